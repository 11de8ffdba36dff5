"""The grid of a meeting: members as rows, one amount under the cursor, moved by Enter."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.base import Page
from app.reports import Kind
from app.rows.facts import Mode
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.money import MoneyEdit
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH
from ui.kit.theme import theme
from ui.servicing.meeting_lines import Line

PAID = "paid"
PAID_WIDTH = 104  # px at 100 %
_GIVEN_AWAY = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space, Qt.Key.Key_Up)


class PaidEdit(MoneyEdit):
    """The amount of the marked row; every key that is no amount belongs to the grid."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if Qt.Key(event.key()) in (*_GIVEN_AWAY, Qt.Key.Key_Down):
            event.ignore()
            return
        super().keyPressEvent(event)


class MeetingTable(QWidget):
    """Rows with the one that is keyed marked. It changes nothing by itself."""

    typed = Signal(int, object)  # place, minor units or None
    moved = Signal(int)  # the place that is marked now
    finished = Signal()  # Enter in the last row

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.model: RowsModel[Line] = RowsModel(
            _columns(currency), identity=lambda line: line.member.loan_id, currency=currency
        )
        empty = Empty(
            _("Nobody pays here today"),
            _("Members with a running loan stand here in the order of the sheet."),
            icon_name="users-three",
        )
        self.table: Table[Line] = Table(self.model, _("Members"), row_height=34, empty=empty)
        self.edit = PaidEdit(currency, parent=self.table.view.viewport())
        self.edit.setAccessibleName(_("Paid"))
        self.edit.hide()
        self._filling = False
        self._at = -1
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.table)
        self._connect()

    def show_lines(self, lines: Sequence[Line], *, anew: bool) -> None:
        """Show the rows; `anew` begins with the first that is not booked."""
        if anew:
            self._at = -1
            self.model.show(lines)
            first = next((at for at, line in enumerate(lines) if not line.taken), 0)
            if lines:
                self.table.set_current(first)
        else:
            self.model.reload(top=False)
            self.model.take(Page(tuple(lines), 0, len(lines)))
        self._place()

    def place(self) -> int:
        """The place of the marked row, -1 without one."""
        return self.table.view.currentIndex().row()

    def go(self, place: int) -> None:
        """Mark a row and put the cursor into its amount."""
        if 0 <= place < self.model.count:
            self.table.set_current(place)
            self.focus()

    def step(self, by: int) -> None:
        """Go to the next row or back; Enter in the last one is the end."""
        place = self.place() + by
        if place >= self.model.count:
            self.finished.emit()
        else:
            self.go(place)

    def focus(self) -> None:
        """Put the cursor into the amount of the marked row."""
        if self.edit.isEnabled() and self.edit.isVisible():
            self.edit.setFocus(Qt.FocusReason.TabFocusReason)
            self.edit.selectAll()

    def fill(self) -> None:
        """Show the amount of the marked row in the field, as the program."""
        line = self.table.current()
        self._filling = True
        self.edit.set_value(None if line is None else line.paid_minor)
        self.edit.setEnabled(line is not None and not line.taken)
        self._filling = False
        if line is not None:
            self.edit.setAccessibleName(_("Paid by {name}").format(name=line.member.borrower))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.edit and isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._moves(Qt.Key(event.key()))
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show}:
            QTimer.singleShot(0, self, self._place)
        return super().eventFilter(watched, event)

    def _moves(self, key: Qt.Key) -> bool:
        steps = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key not in steps:
            return False
        if key == Qt.Key.Key_Down and self.place() == self.model.count - 1:
            return True
        self.step(steps[key])
        return True

    def _connect(self) -> None:
        view = self.table.view
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.table.setFocusProxy(self.edit)
        self.setFocusProxy(self.edit)
        self.edit.installEventFilter(self)
        view.viewport().installEventFilter(self)
        self.edit.minor_changed.connect(self._on_typed)
        self.table.current_changed.connect(lambda _line: self._on_moved())
        view.verticalScrollBar().valueChanged.connect(lambda _value: self._place())
        view.horizontalHeader().sectionResized.connect(lambda *_args: self._place())

    def _on_typed(self, minor: int | None) -> None:
        if not self._filling and self.place() >= 0:
            self.typed.emit(self.place(), 0 if self.edit.is_empty() else minor)

    def _on_moved(self) -> None:
        place = self.place()
        if place == self._at:
            return
        self._at = place
        self.fill()
        self._place()
        if self.isVisible():
            self.focus()
        self.moved.emit(place)

    def _place(self) -> None:
        """Put the field over the amount of the marked row."""
        section, view = self.model.section_of(PAID), self.table.view
        index = self.model.index(self.place(), section)
        line = self.table.current()
        if section < 0 or not index.isValid() or line is None or line.taken:
            self.edit.hide()
            return
        edge = theme().px(2)
        self.edit.setGeometry(view.visualRect(index).adjusted(0, edge, 0, -edge - 1))
        self.edit.show()


def _columns(currency: str) -> Sequence[Column[Line]]:
    def money(minor: int) -> str:
        return amount(minor, currency, trim=True)

    def late(line: Line) -> Cell:
        minor = line.member.late_minor
        return Cell(money(minor), tone="late2") if minor else Cell(DASH, tone="text3")

    def due(line: Line) -> Cell:
        minor = line.member.due_minor
        return Cell(money(minor)) if minor else Cell(DASH, tone="text3")

    def paid(line: Line) -> Cell:
        minor = line.member.taken_minor or line.paid_minor
        if minor is None:
            return Cell("?", tone="bad")
        return Cell(money(minor), strong=bool(minor), tone="text" if minor else "text2")

    number: Column[Line] = Column(
        title=_("Instalment"),
        text=lambda line: str(line.member.instalment or DASH),
        numeric=True,
        leaves=3,
        name="instalment",
    )
    return (
        Column(title=_("No."), text=lambda line: str(line.member.place), numeric=True, name="no"),
        Column(title=_("Came"), text=lambda line: Cell(checked=line.came), name="came"),
        Column(title=_("Member"), text=_member, stretch=3, name="member"),
        Column(title=_("Loan"), text=lambda line: line.member.loan_number, leaves=2, name="loan"),
        number,
        Column(title=_("Late"), text=late, numeric=True, kind=Kind.MONEY, name="late"),
        Column(title=_("Due"), text=due, numeric=True, kind=Kind.MONEY, name="due"),
        Column(
            title=_("Paid"), text=paid, numeric=True, kind=Kind.MONEY, width=PAID_WIDTH, name=PAID
        ),
        Column(title=_("State"), text=lambda line: state_of(line, currency), name="state"),
        Column(title=_("Note"), text=_said, stretch=1, leaves=1, name="note"),
    )


def state_of(line: Line, currency: str) -> Cell:
    """How what is paid stands to what is asked, as a chip."""
    if line.taken:
        return Cell(_("booked"), chip="info", icon="seal-check")
    if line.paid_minor is None:
        return Cell(_("no amount"), chip="bad", icon="warning")
    return _against_asked(line, currency)


def _against_asked(line: Line, currency: str) -> Cell:
    over = line.over_minor
    shown = amount(abs(over), currency, trim=True)
    if over > 0:
        return Cell(_("{amount} ahead").format(amount=shown), chip="info", icon="arrow-up-right")
    if not over:
        if not line.member.asked_minor:
            return Cell(_("nothing due"), chip="neutral")
        return Cell(_("all"), chip="ok", icon="check-circle")
    if not line.paid_minor:
        word = _("nothing") if line.came else _("absent")
        return Cell(word, chip="late3", icon="warning-circle")
    return Cell(_("{amount} short").format(amount=shown), chip="late1", icon="warning-circle")


def _member(line: Line) -> Cell:
    return Cell(line.member.borrower, strong=True, after=line.member.local_name)


def _said(line: Line) -> Cell:
    parts = [
        "" if line.mode is Mode.CASH else named("mode", line.mode.value),
        line.reference,
        _("leaf {leaf}").format(leaf=line.leaf) if line.leaf else "",
        line.note,
    ]
    return Cell(" · ".join(part for part in parts if part), tone="text2")
