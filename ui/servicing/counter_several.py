"""Further loans on the receipt that is being taken, and who brings the money for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.servicing import ReceiptPart
from app.rows.servicing import FoundLoan
from app.texts import _
from app.texts.figures import amount
from ui.kit.buttons import Button
from ui.kit.card import column, row
from ui.kit.field import FieldBox
from ui.kit.inputs import LineEdit
from ui.kit.money import MoneyEdit
from ui.kit.text import Elided
from ui.kit.theme import theme

LONGEST_PAYER = 80
WIDE = 150  # px at 100 % of an amount


@dataclass(frozen=True, slots=True)
class _Added:
    """A further loan and what stands for it."""

    loan: FoundLoan
    line: QWidget
    money: MoneyEdit


class Several(QWidget):
    """The further loans with their amounts; the loan that was chosen first takes the rest.

    `moved` carries by how much the total changes.
    """

    moved = Signal(object)  # int, minor units
    edited = Signal()

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self._added: list[_Added] = []
        self._stood = 0  # what the further loans took before the last change
        self.payer = LineEdit()
        self.payer.setMaxLength(LONGEST_PAYER)
        self.payer.edited.connect(self.edited.emit)
        self.payer_box = FieldBox(_("Brought by"), self.payer)
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(theme().space(6))
        self._lines.addWidget(self.payer_box)
        self.clear()

    def clear(self) -> None:
        """One loan, paid by its borrower."""
        while self._added:
            self._take_out(self._added[-1])
        self._stood = 0
        self.payer.clear()
        self.payer_box.hide()
        self.hide()

    def loans(self) -> dict[int, str]:
        """The further loans and what names each in a list."""
        return {one.loan.loan_id: one.loan.number for one in self._added}

    def parts(self) -> tuple[ReceiptPart, ...]:
        """What the further loans take; one without an amount is left out."""
        return tuple(
            ReceiptPart(one.loan.loan_id, minor)
            for one in self._added
            if (minor := one.money.minor())
        )

    def total_minor(self) -> int:
        """What the further loans take together."""
        return sum(part.amount_minor for part in self.parts())

    def add(self, loan: FoundLoan) -> None:
        """Put a loan on the receipt with what is due on it, unless it is there."""
        if loan.loan_id in self.loans():
            return
        money = MoneyEdit(self._currency)
        money.setFixedWidth(theme().px(WIDE))
        money.setAccessibleName(_("Amount for {number}").format(number=loan.number))
        due = amount(loan.due_minor, loan.currency, trim=True)
        said = _("{number} · due {amount}").format(number=loan.number, amount=due)
        names = column(Elided(loan.borrower), Elided(said, "small", tone="text2"), gap=0)
        out = Button(_("Take off"), kind="ghost")
        line = QWidget()
        layout = row(gap=8)
        layout.addLayout(names, 1)
        layout.addWidget(money)
        layout.addWidget(out)
        line.setLayout(layout)
        added = _Added(loan, line, money)
        out.clicked.connect(partial(self._remove, added))
        self._added.append(added)
        self._lines.insertWidget(len(self._added) - 1, line)
        self.show()
        money.minor_changed.connect(lambda _minor: self._tell())
        money.set_value(loan.due_minor or None)
        self._tell()

    def show_payer(self) -> None:
        """Ask who brings the money, or take that back."""
        shown = self.payer_box.isHidden()
        self.payer.clear()
        self.payer_box.setVisible(shown)
        self.setVisible(shown or bool(self._added))
        if shown:
            self.payer.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _remove(self, added: _Added, _checked: bool = False) -> None:
        self._take_out(added)
        self.setVisible(bool(self._added) or not self.payer_box.isHidden())
        self._tell()

    def _take_out(self, added: _Added) -> None:
        self._added.remove(added)
        added.money.blockSignals(True)
        added.line.hide()
        added.line.deleteLater()

    def _tell(self) -> None:
        stands = self.total_minor()
        by, self._stood = stands - self._stood, stands
        if by:
            self.moved.emit(by)
        self.edited.emit()
