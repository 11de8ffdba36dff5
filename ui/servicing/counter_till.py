"""The till of this counter: its cash today in one line, and the receipts it gave."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.till import Filling, TillState
from app.rows.servicing import ReceiptRow, TillView
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.kit.buttons import Button
from ui.kit.card import Card, Rule, row
from ui.kit.cells import Cell
from ui.kit.chips import Chip
from ui.kit.empty import Empty
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import Elided, Text, heading, note
from ui.kit.theme import theme


class TillCard(Card):
    """Cash of the day and the latest receipts. `fold` leaves the line alone."""

    current_changed = Signal()

    def __init__(
        self,
        station: Station,
        owes: Callable[[int], bool],
        last: Button,
        way: Button | None = None,
    ) -> None:
        """`last` shows the receipts where they are folded, `way` leads to the till."""
        super().__init__(flush=True)
        self.setAccessibleName(_("Till"))
        self.till: TillView | None = None
        self._last, self._station, self._way = last, station, way
        self._state = Chip()
        self._figures = tuple(_Sum(word) for word in _words())
        self._others = Elided("", "small", tone="text2")
        self._line = Rule()
        self.model: RowsModel[ReceiptRow] = RowsModel(
            _columns(station, owes), identity=lambda receipt: receipt.receipt_id
        )
        empty = Empty(
            _("No receipt yet today"),
            _("What this counter takes stands here, the latest first."),
            icon_name="receipt",
        )
        self.table = Table(self.model, _("Last receipts"), row_height="row_dense", empty=empty)
        self.table.current_changed.connect(lambda _row: self.current_changed.emit())
        self._lay_out()

    def show_till(self, till: TillView) -> None:
        """Show the day."""
        self.till = till
        if till.till_used:
            self._state.show_state(*_standing(till, self._station))
        elif till.day_open:
            self._state.show_state(_("open"), "ok", "lock-open")
        else:
            self._state.show_state(_("closed"), "neutral", "lock-simple")
        sums = (till.opening_minor, till.received_minor, till.paid_minor, till.expected_minor)
        for figure, minor in zip(self._figures, sums, strict=True):
            figure.say(amount(minor, till.currency, trim=True))
        others = [
            f"{named('mode', mode)} {amount(minor, till.currency, trim=True)}"
            for mode, minor in till.other_modes
        ]
        self._others.setText(" · ".join(others))
        self.model.show(till.receipts)

    def current(self) -> ReceiptRow | None:
        """The receipt that the mark is on."""
        return self.table.current()

    def mark_latest(self) -> None:
        """Put the mark on the receipt that was given last."""
        if self.model.rowCount():
            self.table.set_current(0)

    def fold(self, *, narrow: bool, listed: bool) -> None:
        """Show only what is in the drawer where it is narrow; the list where there is room."""
        for figure in self._figures[:-1]:
            figure.setVisible(not narrow)
        self._others.setVisible(not narrow)
        self._last.setVisible(narrow)
        self._line.setVisible(listed)
        self.table.setVisible(listed)

    def _lay_out(self) -> None:
        look = theme()
        line = row(heading(_("Till")), self._state, gap=12)
        line.addSpacing(look.space(8))
        for figure in self._figures:
            line.addWidget(figure)
            line.addSpacing(look.space(6))
        line.addStretch(1)
        line.addWidget(self._others)
        line.addWidget(self._last)
        if self._way is not None:
            line.addWidget(self._way)
        line.setContentsMargins(look.space(15), look.space(5), look.space(13), look.space(6))
        self.body.setSpacing(0)
        self.body.addLayout(line)
        self.body.addWidget(self._line)
        self.body.addWidget(self.table, 1)


def _standing(till: TillView, station: Station) -> tuple[str, str, str]:
    """The state of a till that is opened and closed: words, tone, icon."""
    if till.arriving:
        return _("cash on its way here"), "due", "swap"
    if till.till_state is TillState.COUNTED:
        return _("waits for a second person"), "due", "clock"
    if till.till_state is TillState.CLOSED:
        return _("closed: takes no cash"), "late1", "lock-simple"
    if till.filling is not Filling.FINE:
        over = till.filling is Filling.OVER
        return (_("over its limit") if over else _("near its limit")), "late1", "warning-circle"
    if till.since is None:
        return _("open"), "ok", "lock-open"
    at = f"{station.local(till.since):%H:%M}"
    return _("open since {time}").format(time=at), "ok", "lock-open"


class _Sum(QWidget):
    """A word and a sum beside it."""

    def __init__(self, word: str) -> None:
        super().__init__()
        self._word, self._value = word, Text("", strong=True)
        self.setLayout(row(note(word), self._value, gap=8))

    def say(self, value: str) -> None:
        """Show another sum."""
        self._value.setText(value)
        self.setAccessibleName(f"{self._word} {value}")


def _words() -> Sequence[str]:
    return (_("opening"), _("+ received"), _("\u2212 paid"), _("= in the drawer"))


def _columns(station: Station, owes: Callable[[int], bool]) -> Sequence[Column[ReceiptRow]]:
    at: Column[ReceiptRow] = Column(
        title=_("Time"), text=lambda one: f"{station.local(one.at):%H:%M}", leaves=2
    )
    number: Column[ReceiptRow] = Column(title=_("Receipt"), text=lambda one: one.number)
    who: Column[ReceiptRow] = Column(
        title=_("From"), text=lambda one: Cell(one.borrower, after=one.local_name), stretch=1
    )
    loan: Column[ReceiptRow] = Column(title=_("Loan"), text=lambda one: one.loan_number, leaves=1)
    how: Column[ReceiptRow] = Column(
        title=_("How"), text=lambda one: named("mode", one.mode), leaves=3
    )
    sum_: Column[ReceiptRow] = Column(
        title=_("Amount"),
        text=lambda one: amount(one.amount_minor, one.currency, trim=True),
        numeric=True,
    )
    state: Column[ReceiptRow] = Column(
        title=_("State"), text=lambda one: _state(one, owes(one.receipt_id))
    )
    return (at, number, who, loan, how, sum_, state)


def _state(receipt: ReceiptRow, owed: bool) -> Cell:
    if receipt.reversed:
        return Cell(_("reversed"), chip="bad", icon="arrow-u-up-left")
    if owed:
        return Cell(_("not printed"), chip="late1", icon="printer")
    if not receipt.prints:
        return Cell(_("saved only"), tone="text2")
    if receipt.prints == 1:
        return Cell(_("printed"), tone="text2")
    return Cell(_("printed ×{count}").format(count=receipt.prints), tone="text2")
