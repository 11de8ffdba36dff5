"""The lines of a voucher: account, debit, credit; a new line when the last one is used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.commands.books import JournalLine
from app.rows.books import AccountChoice
from app.texts import _
from app.texts.figures import amount
from ui.kit.inputs import Choice
from ui.kit.money import MoneyEdit
from ui.kit.text import Text
from ui.kit.theme import theme

FIRST_LINES, MOST_LINES = 3, 40
ACCOUNT, DEBIT, CREDIT = 0, 1, 2
AMOUNT_WIDTH = 136  # px at 100 %


class _Line(NamedTuple):
    """The inputs of one line."""

    account: Choice
    debit: MoneyEdit
    credit: MoneyEdit

    @property
    def used(self) -> bool:
        """Whether anything stands in it."""
        return not all(part.is_empty() for part in self)

    @property
    def minor(self) -> int:
        """Debit above zero, credit below; 0 where nothing can be read."""
        return (self.debit.minor() or 0) - (self.credit.minor() or 0)


class VoucherLines(QWidget):
    """Enter goes on; after the last filled line it leaves. Below: what both sides come to."""

    changed = Signal()
    finished = Signal()
    grown = Signal()  # by a line

    def __init__(self, accounts: Sequence[AccountChoice], currency: str) -> None:
        super().__init__()
        self._choices = [
            (one.code, f"{one.code} {one.title}") for one in accounts if not one.controlled
        ]
        self._currency = currency
        self.lines: list[_Line] = []
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(8))
        self._grid.setVerticalSpacing(theme().space(4))
        self._grid.setColumnStretch(ACCOUNT, 1)
        for place, words in enumerate((_("Account"), _("Debit"), _("Credit"))):
            head = Text(words, "small", tone="text2")
            if place != ACCOUNT:
                head.setAlignment(Qt.AlignmentFlag.AlignRight)
            self._grid.addWidget(head, 0, place)
        self.sums = Text("", strong=True)
        self.sums.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._grid)
        layout.addWidget(self.sums)
        for _place in range(FIRST_LINES):
            self._add()
        self._tell()

    def values(self) -> tuple[JournalLine, ...]:
        """The lines in which anything stands."""
        return tuple(
            JournalLine(str(line.account.value() or ""), line.minor)
            for line in self.lines
            if line.used
        )

    @property
    def debit(self) -> int:
        """All debits."""
        return sum(max(line.minor, 0) for line in self.lines)

    @property
    def difference(self) -> int:
        """Debits less credits."""
        return sum(line.minor for line in self.lines)

    @property
    def whole(self) -> bool:
        """Whether two lines or more are filled and both sides are the same."""
        lines = self.values()
        filled = all(line.account and line.amount_minor for line in lines)
        return filled and len(lines) > 1 and not self.difference

    def focus(self) -> None:
        """Put the keys to the first account."""
        self.lines[0].account.setFocus(Qt.FocusReason.TabFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if enter and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
                self._go_on(watched)
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, watched: QObject) -> None:
        """Account, then its amount; a debit skips the credit; an empty account leaves."""
        for at, line in enumerate(self.lines):
            if watched in (line.account, line.account.lineEdit()):
                if not line.used and at >= FIRST_LINES - 1 - (not self.difference):
                    self.finished.emit()
                    return
                self._offer(line)
                side = line.credit if self.difference > 0 or line.credit.minor() else line.debit
                side.setFocus(Qt.FocusReason.TabFocusReason)
                return
            if watched is line.debit and not line.debit.minor():
                line.credit.setFocus(Qt.FocusReason.TabFocusReason)
                return
            if watched in (line.debit, line.credit):
                self._next(at)
                return

    def _offer(self, line: _Line) -> None:
        """Put what is missing to balance the voucher into a line without amount."""
        missing = -self.difference
        if line.minor or not missing or line.account.value() is None:
            return
        side = line.debit if missing > 0 else line.credit
        side.set_value(abs(missing))

    def _next(self, at: int) -> None:
        if self.whole:
            self.finished.emit()
            return
        if at + 1 == len(self.lines):
            self._add()
            self.grown.emit()
        self.lines[at + 1].account.setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self) -> None:
        if len(self.lines) >= MOST_LINES:
            return
        number = len(self.lines) + 1
        line = _Line(
            Choice(self._choices, searchable=True),
            MoneyEdit(self._currency),
            MoneyEdit(self._currency),
        )
        names = (_("Account"), _("Debit"), _("Credit"))
        for place, (part, name) in enumerate(zip(line, names, strict=True)):
            part.setAccessibleName(_("{name}, line {number}").format(name=name, number=number))
            part.installEventFilter(self)
            if place != ACCOUNT:
                part.setFixedWidth(theme().px(AMOUNT_WIDTH))
            self._grid.addWidget(part, number, place)
        edit = line.account.lineEdit()
        if edit is not None:
            edit.installEventFilter(self)
        line.account.edited.connect(self._tell)
        line.debit.edited.connect(lambda: self._one_side(line.debit, line.credit))
        line.credit.edited.connect(lambda: self._one_side(line.credit, line.debit))
        for side in (line.debit, line.credit):
            side.minor_changed.connect(lambda _minor: self._tell())
        self.lines.append(line)

    def _one_side(self, typed: MoneyEdit, other: MoneyEdit) -> None:
        """A line has a debit or a credit."""
        if typed.minor() and not other.is_empty():
            other.set_value(None)

    def _tell(self) -> None:
        missing = self.difference
        both = amount(self.debit, self._currency, symbol=True)
        said = _("{sum} on both sides").format(sum=both)
        if missing:
            rest = amount(abs(missing), self._currency, symbol=True)
            words = _("{sum} missing in credit") if missing > 0 else _("{sum} missing in debit")
            said = words.format(sum=rest)
        self.sums.setText(said if self.debit or missing else _("Nothing yet"))
        self.sums.set_tone("bad" if missing else "text2")
        self.changed.emit()
