"""Months: closed, so that nothing is booked into them any more, and opened again with a reason."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.books import CloseMonth, ReopenDay, ReopenMonth, SpanClosed, SpanOpened
from app.domain.roles import Permission
from app.queries.books import ShowMonths
from app.rows.books import BooksSpans, MonthState
from app.texts import _
from app.texts.figures import day, moment, month_year
from ui.kit.card import Card, row
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.dialog import Dialog, reason_field
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, Text
from ui.kit.theme import theme

Fail = Callable[[Exception], None]
TONES = {"closed": "ok", "open": "due", "running": "neutral"}


class MonthsPage(QWidget):
    """Enter on a month closes it, or opens it again."""

    def __init__(self, station: Station, fail: Fail) -> None:
        super().__init__()
        self._station, self._fail = station, fail
        self.spans: BooksSpans | None = None
        self.until = Text("", tone="text2")
        self._head = row(self.until, gap=8)
        self._head.addStretch(1)
        self._again: QWidget | None = None
        self.model: RowsModel[MonthState] = RowsModel(
            _columns(station), identity=lambda one: one.last_on
        )
        self.table = Table(self.model, _("Months"), row_height="row_two_lines")
        self.table.opened.connect(self.open_month)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addLayout(self._head)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)

    def reload(self) -> None:
        """Read the months again."""
        self._station.desk.read(self, ShowMonths(), self._show, self._fail, slot="months")

    def put_beside(self, again: QWidget) -> None:
        """Take the button that opens the last day again; it is there while that can be done."""
        self._again = again
        again.hide()
        self._head.addWidget(again)

    def begin(self) -> None:
        """Put the keys to the list."""
        self.table.setFocus()

    def search(self) -> None:
        """There is nothing to search: the keys go to the list."""
        self.table.setFocus()

    def report(self) -> None:
        """No report is made of months."""

    @property
    def may_reopen_day(self) -> bool:
        """Whether the last closed day can be opened again."""
        held = self._station.may(Permission.DAY_REOPEN)
        return held and self.spans is not None and self.spans.day_to_reopen is not None

    def open_month(self, one: MonthState) -> None:
        """Ask whether to close the month, or to open it again."""
        if not self._station.may(Permission.MONTH_CLOSE):
            self._station.say(_("Only a manager closes months."))
        elif one.state == "closed":
            self._reopen(one)
        elif one.state == "open":
            self._close(one)
        else:
            said = _("{month} is not over: its last day must be closed first.")
            self._station.say(said.format(month=month_year(one.last_on)))

    def reopen_day(self) -> None:
        """Ask why the last closed day is opened again."""
        on = None if self.spans is None else self.spans.day_to_reopen
        if on is None:
            return
        dialog = Dialog(
            self,
            _("Open the day of {on} again?").format(on=day(on)),
            act=_("Open it again"),
            consequences=(
                _("Receipts and other acts are booked under {on} again.").format(on=day(on)),
                _("Its seal stays in the history. It gets another one when it is closed."),
            ),
            fields=[reason_field()],
            danger=True,
            width=520,
        )
        key = self._station.desk.key()

        def decided(values: dict[str, Any]) -> None:
            command = ReopenDay(on=on, reason=values["reason"])
            self._station.desk.ask(dialog, command, key, opened, dialog.failed)

        def opened(_answer: SpanOpened) -> None:
            dialog.finish()
            self._station.say(_("The day of {on} is open again").format(on=day(on)))

        dialog.decided.connect(decided)
        dialog.open()

    def _close(self, one: MonthState) -> None:
        month = month_year(one.last_on)
        dialog = Dialog(
            self,
            _("Close {month}?").format(month=month),
            act=_("Close the month"),
            consequences=(
                _("Nothing is booked into {month} or any month before it.").format(month=month),
                _("No day of it can be opened again while it is closed."),
                _("The record of the month is sealed, as that of a day."),
            ),
            fields=[reason_field(_("Note, shown in the history"), optional=True)],
            width=520,
        )
        key = self._station.desk.key()

        def decided(values: dict[str, Any]) -> None:
            command = CloseMonth(on=one.last_on, reason=values["reason"] or "")
            self._station.desk.ask(dialog, command, key, shut, dialog.failed)

        def shut(_answer: SpanClosed) -> None:
            dialog.finish()
            self._station.say(_("{month} is closed").format(month=month))

        dialog.decided.connect(decided)
        dialog.open()

    def _reopen(self, one: MonthState) -> None:
        month = month_year(one.last_on)
        dialog = Dialog(
            self,
            _("Open {month} again?").format(month=month),
            act=_("Open it again"),
            consequences=(
                _("Vouchers can be booked into {month} and every month after it.").format(
                    month=month
                ),
                _("Papers of these months printed before may then say something else."),
            ),
            fields=[reason_field()],
            danger=True,
            width=520,
        )
        key = self._station.desk.key()

        def decided(values: dict[str, Any]) -> None:
            command = ReopenMonth(on=one.last_on, reason=values["reason"])
            self._station.desk.ask(dialog, command, key, opened, dialog.failed)

        def opened(_answer: SpanOpened) -> None:
            dialog.finish()
            self._station.say(_("{month} is open again").format(month=month))

        dialog.decided.connect(decided)
        dialog.open()

    def _show(self, spans: BooksSpans) -> None:
        self.spans = spans
        self.model.show(spans.months)
        if spans.closed_until is None:
            said = _("No month is closed yet. Enter closes the month that the mark is on.")
        else:
            said = _("The books are closed until {on}.").format(on=day(spans.closed_until))
        self.until.setText(said)
        if self._again is not None:
            self._again.setVisible(self.may_reopen_day)


def _columns(station: Station) -> tuple[Column[MonthState], ...]:
    words = {"closed": _("closed"), "open": _("open"), "running": _("running")}

    def state(one: MonthState) -> Cell:
        tone = TONES[one.state]
        return Cell(words[one.state], chip=tone, icon=CHIP_ICONS.get(tone, ""))

    def told(one: MonthState) -> Cell:
        if one.told_at is None:
            return Cell(DASH, tone="text3")
        what = _("Closed by {who}") if one.told == "closed" else _("Opened again by {who}")
        at = moment(station.local(one.told_at))
        return Cell(what.format(who=one.who), under=at, tone="text2")

    return (
        Column(title=_("Month"), text=lambda one: Cell(month_year(one.last_on), strong=True)),
        Column(title=_("State"), text=state),
        Column(title=_("Last"), text=told, stretch=2),
        Column(title=_("Reason"), text=lambda one: one.reason or DASH, stretch=3, leaves=1),
    )
