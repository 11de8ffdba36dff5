"""Finding the borrower who stands at the counter, by any part of what she says."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.servicing import FindLoans
from app.rows.servicing import FoundLoan
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.kit.card import Card
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.empty import Empty
from ui.kit.inputs import FindEdit
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.theme import theme
from ui.parts.found import loan_cell

LATE_TONES = ((90, "npa"), (60, "late3"), (30, "late2"), (0, "late1"))


def late_tone(dpd: int) -> str:
    """The tone of so many days late."""
    return next((tone for least, tone in LATE_TONES if dpd > least), "ok")


class WhoEdit(FindEdit):
    """The find box. Up and Down move the mark of the list below; Enter takes what it is on."""

    moved = Signal(int)
    taken = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self.moved.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            if not event.isAutoRepeat():
                self.taken.emit()
        else:
            super().keyPressEvent(event)


class FindPanel(QWidget):
    """The find box and the loans that it found. `chosen` carries the id of a loan."""

    chosen = Signal(object)  # int: an id has more than 32 bits
    picked = Signal(object)  # FoundLoan: the same with what is known of it

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._found_for = ""
        self._take_one = False
        self._offered: Sequence[FoundLoan] = ()
        self._left_out: Callable[[FoundLoan], bool] = lambda _row: False
        self.who = WhoEdit(_("Number, name, phone, village, group or centre"))
        self.who.edited.connect(self._ask)
        self.who.moved.connect(self._move)
        self.who.taken.connect(self._take)
        self.model: RowsModel[FoundLoan] = RowsModel(
            _columns(lambda: self._found_for), identity=lambda row: row.loan_id
        )
        self.empty = Empty("", "", icon_name="magnifying-glass")
        self.table = Table(
            self.model,
            _("Loans found"),
            row_height="row_two_lines",
            header=False,
            empty=self.empty,
        )
        self.table.opened.connect(self._pick)
        self._lay_out()
        self.clear()

    def clear(self) -> None:
        """Nothing typed, nothing found."""
        self.who.clear()
        self._show("", ())

    def begin(self) -> None:
        """Wait for the next borrower."""
        self.who.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_out(self, which: Callable[[FoundLoan], bool]) -> None:
        """Never list these."""
        self._left_out = which

    def offer(self, rows: Sequence[FoundLoan]) -> None:
        """List these as long as nothing is typed."""
        self._offered = rows
        if not self.who.value():
            self._show("", rows)

    def _pick(self, row: FoundLoan) -> None:
        self.chosen.emit(row.loan_id)
        self.picked.emit(row)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme().px(3), 0, theme().px(3), 0)
        layout.setSpacing(theme().space(10))
        layout.addWidget(self.who)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)

    def _ask(self) -> None:
        text = self.who.value()
        self._take_one = False
        if not text:
            self._show("", self._offered)
            return
        self._station.desk.read(
            self, FindLoans(text=text), lambda rows: self._show(text, rows), slot="find"
        )

    def _show(self, text: str, rows: Sequence[FoundLoan]) -> None:
        if text != self.who.value():
            return
        rows = [row for row in rows if not self._left_out(row)]
        self._found_for = text
        if text:
            said = _("Try another part: the phone number, the village, the loan's number.")
            self.empty.say(_("No loan has this in it"), said)
        else:
            said = _("Type any part of what the borrower says or brings. Enter takes her.")
            self.empty.say(_("Who is at the counter?"), said)
        self.model.show(rows)
        if rows:
            self.table.set_current(0)
        if self._take_one and len(rows) == 1:  # of several, a person has to see which one
            self._pick(rows[0])
        self._take_one = False

    def _move(self, step: int) -> None:
        place = self.table.view.currentIndex().row() + step
        if 0 <= place < self.model.rowCount():
            self.table.set_current(place)

    def _take(self) -> None:
        row = self.table.current()
        if not self.who.value() and not self._offered:
            return
        if self._found_for != self.who.value():
            self._take_one = True
        elif row is not None:
            self._pick(row)


def _columns(typed: Callable[[], str]) -> Sequence[Column[FoundLoan]]:
    who: Column[FoundLoan] = Column(
        title=_("Borrower"), text=lambda row: loan_cell(row, typed()), stretch=1
    )
    late: Column[FoundLoan] = Column(title=_("Late"), text=_late, leaves=2)
    due: Column[FoundLoan] = Column(
        title=_("Due"),
        text=lambda row: Cell(amount(row.due_minor, row.currency, trim=True), under=_("due today")),
        numeric=True,
        leaves=1,
    )
    return (who, late, due)


def _late(row: FoundLoan) -> Cell:
    if row.status != "active":
        return Cell(named("loan-state", row.status), chip="neutral")
    tone = late_tone(row.dpd)
    if not row.dpd:
        return Cell(_("on time"), chip="ok", icon=CHIP_ICONS["ok"])
    return Cell(_("{days} d").format(days=row.dpd), chip=tone, icon=CHIP_ICONS[tone])
