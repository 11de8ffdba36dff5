"""Business days: who opened and closed them, their seals, and the heads kept outside."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.audit import CompareHeads, ListDaySeals
from app.queries.base import Page, Paged
from app.rows.audit import DaySeal, KeptHead
from app.texts import _
from app.texts.figures import count, day, moment, weekday
from ui.kit.banner import Banner
from ui.kit.card import Card
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.messages import show
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report, Stop
from ui.kit.text import DASH
from ui.kit.theme import theme

SHORT = 12  # signs of a hash that are shown
STATES = {"open": "due", "unsealed": "neutral", "whole": "ok", "broken": "bad"}


class DaySeals(QWidget):
    """Above: whether the chains are those that were sealed. Below: the days."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.kept, self.trouble = Banner(), Banner()
        self.model: RowsModel[DaySeal] = RowsModel(
            _columns(station), identity=lambda row: row.day_on
        )
        self.table = Table(self.model, _("Business days"), row_height="row_two_lines")
        self.table.feed(station.desk, _question, self._failed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addWidget(self.trouble)
        layout.addWidget(self.kept)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)

    def reload(self) -> None:
        """Read the days, and compare the heads kept outside, off the UI thread."""
        self.table.reload()
        ask, program = self._station.desk.asker(), self._station.program

        def job(_stop: Stop, _report: Report) -> tuple[KeptHead, ...]:
            return ask(CompareHeads(heads=program.kept_heads()))

        self._station.desk.work(self, job, self._compare, self._failed)

    def _compare(self, heads: tuple[KeptHead, ...]) -> None:
        wrong = [head for head in heads if head.state != "agrees"]
        if not heads:
            said = _("No head is kept outside the database yet: the first is when a day is closed.")
            self.kept.say(said, "info")
        elif wrong:
            self.kept.say("\n".join(_said_of(head) for head in wrong), "bad")
        else:
            self.kept.say("\n".join(_said_of(head) for head in heads), "ok")

    def _failed(self, error: Exception) -> None:
        show(error, self.trouble)


def _said_of(head: KeptHead) -> str:
    texts = {
        "agrees": _(
            "Counter {counter}: the seal kept outside the database, line {number}, agrees. "
            "The chain has {lines} lines."
        ),
        "differs": _(
            "Counter {counter}: line {number} is not the one that was sealed. "
            "The books were exchanged or changed."
        ),
        "cut": _(
            "Counter {counter}: line {number} was sealed, and the chain ends at {lines}. "
            "An older copy was put in its place, or its end was cut off."
        ),
    }
    return texts[head.state].format(
        counter=head.counter or head.station_id, number=count(head.number), lines=count(head.lines)
    )


def _question(offset: int, _sort: str) -> Paged[Page[DaySeal]]:
    return ListDaySeals(offset=offset)


def _columns(station: Station) -> tuple[Column[DaySeal], ...]:
    def opened(row: DaySeal) -> Cell:
        return Cell(moment(station.local(row.opened_at)), under=row.opened_by or DASH)

    def closed(row: DaySeal) -> Cell:
        if row.closed_at is None:
            return Cell(DASH, tone="text3")
        return Cell(moment(station.local(row.closed_at)), under=row.closed_by or DASH)

    return (
        Column(title=_("Day"), text=_day),
        Column(title=_("Opened"), text=opened, stretch=1),
        Column(title=_("Closed"), text=closed, stretch=1),
        Column(title=_("Seal"), text=_seal, stretch=2, leaves=1),
        Column(title=_("State"), text=_state),
    )


def _day(row: DaySeal) -> Cell:
    return Cell(day(row.day_on), strong=True, under=weekday(row.day_on))


def _seal(row: DaySeal) -> Cell:
    if not row.heads:
        return Cell(DASH, tone="text3")
    parts = [head.split(":") for head in row.heads]
    lines = [f"{station}:{number} {made[:SHORT]}" for station, number, made in parts]
    more = _("and {count} more").format(count=len(lines) - 1) if len(lines) > 1 else ""
    return Cell(lines[0], tone="text2", under=more)


def _state(row: DaySeal) -> Cell:
    words = {
        "open": _("open"),
        "unsealed": _("caught up"),
        "whole": _("in the chain"),
        "broken": _("not in the chain"),
    }
    tone = STATES[row.state]
    return Cell(words[row.state], chip=tone, icon=CHIP_ICONS.get(tone, ""))
