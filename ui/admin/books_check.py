"""The check of the books: every invariant, with progress and stop, and what was found in words."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.findings import INVARIANTS, SENTENCES
from app.rows.verify import Finding
from app.texts import _, ngettext, translated
from app.texts.figures import count, moment
from ui.kit.banner import Banner
from ui.kit.buttons import Button
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.messages import show
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report, Stop
from ui.kit.text import DASH
from ui.kit.theme import theme


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check found, and whether somebody stopped it before its end."""

    found: tuple[Finding, ...]
    stopped: bool


class BooksCheck(QWidget):
    """Runs the check on a worker; nothing is held up meanwhile."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.banner, self.progress = Banner(), ProgressCard()
        said = _(
            "Reads every line, row and document, replays every loan and compares. It takes from "
            "seconds to some minutes; work goes on meanwhile."
        )
        begin = Button(_("Check the books"), self.run, kind="primary", icon="shield-check")
        title = _("Not checked since this screen was opened")
        self.empty = Empty(title, said, icon_name="shield-check", buttons=(begin,))
        self.model: RowsModel[Finding] = RowsModel(_columns())
        self.table = Table(self.model, _("Findings"), empty=self.empty)
        self.model.show(())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addWidget(self.progress)
        layout.addWidget(self.banner)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)

    @property
    def running(self) -> bool:
        """Whether a check is under way."""
        return not self.progress.isHidden()

    def run(self) -> None:
        """Check the books now."""
        if self.running:
            return
        program = self._station.program

        def job(stop: Stop, report: Report) -> Checked:
            found = program.verify(report, stop)
            return Checked(found, stop.wanted())

        self.banner.clear()
        name = _("Checking the books")
        self.progress.run(self._station.desk, self, name, job, self._show, self._failed)

    def _show(self, checked: Checked) -> None:
        self.model.show(checked.found)
        number = len(checked.found)
        if number:
            said = ngettext(
                "{number} thing is not as it must be.",
                "{number} things are not as they must be.",
                number,
            )
            self.banner.say(said.format(number=count(number)), "bad")
        elif checked.stopped:
            self.banner.say(_("Stopped before the end; nothing was found until then."), "info")
        else:
            self.banner.say(_("The books are whole: nothing differs."), "ok")
            at = moment(self._station.local(self._station.clock.now()))
            self.empty.say(_("Nothing was found"), _("Checked {moment}").format(moment=at))

    def _failed(self, error: Exception) -> None:
        show(error, self.banner)


def _columns() -> tuple[Column[Finding], ...]:
    return (
        Column(title=_("Rule"), text=lambda one: translated(INVARIANTS.get(one.invariant, ""))),
        Column(title=_("Where"), text=lambda one: Cell(one.where, tone="text2")),
        Column(
            title=_("What is wrong"),
            text=lambda one: Cell(translated(SENTENCES.get(one.code, one.code)), strong=True),
            stretch=1,
        ),
        Column(title=_("Expected"), text=lambda one: one.expected or DASH, leaves=2, stretch=1),
        Column(title=_("Found"), text=lambda one: one.found or DASH, leaves=1, stretch=1),
    )
