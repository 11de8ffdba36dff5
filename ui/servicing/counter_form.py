"""The receipt being taken: whose, how much, how it was paid, and for which day."""

from __future__ import annotations

from datetime import date
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.commands.origination import Mode
from app.commands.servicing import PostReceipt, ReceiptPart
from app.domain.errors import KistError
from app.queries.admin import ListOfficers
from app.rows.admin import SignInCard
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount, day_short
from app.texts.words import amount_in_words
from ui.kit.buttons import Button
from ui.kit.card import Card, column, row
from ui.kit.chips import Chip
from ui.kit.dates import DateEdit
from ui.kit.field import FieldBox
from ui.kit.figures import Avatar
from ui.kit.inputs import Choice, LineEdit
from ui.kit.messages import spoken
from ui.kit.money import MoneyEdit
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.segmented import Segmented
from ui.kit.text import Elided, Text, note
from ui.kit.theme import theme
from ui.servicing.counter_find import late_tone
from ui.servicing.counter_labels import beside, late_words
from ui.servicing.counter_reference import ReferenceEdit
from ui.servicing.counter_several import Several

NARROW_AT = 150
IN_TILL = 0  # the cash is with nobody else
HALO = 3  # px at 100 % that the ring of focus takes around an input
RIGHT = Qt.AlignmentFlag.AlignRight


class BorrowerCard(Card):
    """Who pays, on which loan, and how late it is."""

    def __init__(self, change: Button | None) -> None:
        super().__init__()
        self._face, self._chip = Avatar(), Chip()
        self._name, self._local = Text("", "lead", strong=True), Elided("", tone="text2")
        self._under = Elided("", "small", tone="text2")
        names = row(self._name, gap=8)
        names.addWidget(self._local, 1)
        words = column(gap=2)
        words.addLayout(names)
        words.addWidget(self._under)
        line = row(self._face, gap=12)
        line.addLayout(words, 1)
        line.addWidget(self._chip)
        if change is not None:
            line.addWidget(change)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        look = theme()
        self.body.setContentsMargins(look.space(15), look.space(10), look.space(8), look.space(10))
        self.body.addLayout(line)

    def show_loan(self, loan: LoanView) -> None:
        """Show another borrower."""
        tone = late_tone(loan.dpd)
        self._face.show_name(loan.borrower, "info" if tone == "npa" else tone)
        self._name.setText(loan.borrower)
        self._local.setText(loan.local_name)
        place = loan.group or loan.village
        parts = (loan.number, place, loan.phone)
        self._under.setText(" · ".join(part for part in parts if part))
        self._chip.show_state(late_words(loan), tone)
        self.setAccessibleName(f"{loan.borrower}, {loan.number}, {late_words(loan)}")


class ReceiptForm(QWidget):
    """The inputs of one receipt. `edited` whenever what would be posted is another."""

    edited = Signal()
    crowded = Signal(bool)  # there are so many inputs that the room is short

    def __init__(self, station: Station, change: Button | None) -> None:
        super().__init__()
        self._station = station
        self.loan: LoanView | None = None
        self.borrower = BorrowerCard(change)
        self.money = MoneyEdit(station.currency, hero=True)
        self.amount_box = FieldBox(_("Amount received"), self.money)
        self._due, self._words = note(""), note("")
        self.several = Several(station.currency)
        self.mode = Segmented(
            [
                (Mode.CASH, _("Cash")),
                (Mode.UPI, _("UPI")),
                (Mode.CHEQUE, _("Cheque")),
                (Mode.BANK, _("Bank")),
            ],
            icons=("money", "qr-code", "note-pencil", "bank"),
        )
        self.mode_box = FieldBox(_("Paid by"), self.mode)
        self.reference = ReferenceEdit()
        self.reference_box = FieldBox(_("Reference"), self.reference)
        self.on = DateEdit(station.today)
        self.on_box = FieldBox(_("Received on"), self.on)
        self.reason = LineEdit()
        self.reason_box = FieldBox(_("Why it is booked late"), self.reason)
        self.leaf = LineEdit()
        self.leaf.setPlaceholderText(_("A 113"))
        self.leaf_box = FieldBox(_("Leaf given"), self.leaf)
        self.holder = Choice([(IN_TILL, _("In this till"))])  # or who collected it in the field
        self.holder_box = FieldBox(_("The cash is"), self.holder)
        self._lay_out()
        self._connect()

    @property
    def boxes(self) -> dict[str, FieldBox]:
        """The places of the command's fields."""
        return {
            "amount_minor": self.amount_box,
            "mode": self.mode_box,
            "reference": self.reference_box,
            "received_on": self.on_box,
            "reason": self.reason_box,
            "leaf": self.leaf_box,
            "collected_by": self.holder_box,
            "payer": self.several.payer_box,
        }

    def show_loan(self, loan: LoanView) -> None:
        """Begin a receipt for this loan, with what is due today."""
        self.loan = loan
        self.borrower.show_loan(loan)
        self._reset()
        self._say_due(loan)
        self.set_due()

    def clear(self) -> None:
        """No loan, nothing typed."""
        self.loan = None
        self._reset()
        self.money.clear()

    def set_due(self) -> None:
        """Put in what is due today."""
        if self.loan is not None:
            due = self.loan.due_today.total_minor + self.several.total_minor()
            self.money.set_value(due or None)
            self.focus_amount()

    def focus_amount(self) -> None:
        """Let the amount be typed over."""
        self.money.setFocus(Qt.FocusReason.OtherFocusReason)
        self.money.selectAll()

    def toggle_back_date(self) -> None:
        """Ask for another day and the reason, or take that back."""
        shown = self.on_box.isHidden()
        self._show_back_date(shown=shown)
        if shown:
            self.on.setFocus(Qt.FocusReason.OtherFocusReason)
            self.on.selectAll()
        else:
            self.focus_amount()
        self.edited.emit()

    def received_on(self) -> date | None:
        """The value date; None while it cannot be read."""
        return self._station.today if self.on_box.isHidden() else self.on.on()

    def parts(self) -> tuple[ReceiptPart, ...]:
        """What each loan takes of the amount, the first the rest; empty where none is left."""
        rest = (self.money.minor() or 0) - self.several.total_minor()
        if self.loan is None or rest <= 0:
            return ()
        return (ReceiptPart(self.loan.loan_id, rest), *self.several.parts())

    def numbers(self) -> dict[int, str]:
        """The loans on the receipt by their numbers."""
        own = {} if self.loan is None else {self.loan.loan_id: self.loan.number}
        return own | self.several.loans()

    def command(self) -> PostReceipt | None:
        """What would be posted, or None with what is wrong said at its field."""
        self.clear_errors()
        loan, minor, on = self.loan, self._amount(), self._day()
        if loan is None or minor is None or on is None:
            return None
        return PostReceipt(
            parts=self.parts(),
            amount_minor=minor,
            currency=loan.currency,
            received_on=on,
            mode=cast(Mode, self.mode.value()),
            reference="" if self.reference_box.isHidden() else self.reference.value(),
            payer=self.several.payer.value() or loan.borrower,
            reason="" if self.reason_box.isHidden() else self.reason.value(),
            leaf="" if self.leaf_box.isHidden() else self.leaf.value(),
            collected_by=None if self.holder_box.isHidden() else self.holder.value() or None,
        )

    def show_error(self, error: Exception) -> bool:
        """Say a refusal at its field; False where it has none here."""
        field = error.field if isinstance(error, KistError) else ""
        box = self.boxes.get(field or "")
        if box is None or box.isHidden():
            return False
        box.show_error(spoken(error))
        box.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def clear_errors(self) -> None:
        """Take every refusal away."""
        for box in self.boxes.values():
            box.show_error("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.Resize}:
            QTimer.singleShot(0, self, self._settle)
        return super().eventFilter(watched, event)

    def _settle(self) -> None:
        """As high as the lines, never higher; where there is less room the focus stays in sight."""
        layout, width = self._inner.layout(), self._area.viewport().width()
        if layout is None:
            return
        wished = layout.totalHeightForWidth(width) if layout.hasHeightForWidth() else -1
        least = layout.totalMinimumSize().height()  # words that wrap ask for more than they take
        inner = max(wished, least, layout.totalSizeHint().height())
        self.setMaximumHeight(inner + self.borrower.sizeHint().height() + self._gap)
        focus = self.focusWidget()
        if focus is not None and self._inner.isAncestorOf(focus):
            self._area.ensureWidgetVisible(focus, 0, theme().space(16))

    def _amount(self) -> int | None:
        try:
            minor = self.money.value()
        except KistError as wrong:
            self.amount_box.show_error(spoken(wrong))
            self.focus_amount()
            return None
        if not minor or minor < 0:
            self.amount_box.show_error(_("Type how much was received, more than 0."))
            self.focus_amount()
            return None
        if not self.parts():
            self.amount_box.show_error(_("The other loans take all of it: type the whole sum."))
            self.focus_amount()
            return None
        return minor

    def _day(self) -> date | None:
        if self.received_on() is None:
            self.on_box.show_error(_("Type the day the money came in, such as 14-10-2026."))
            self.on.setFocus()
        return self.received_on()

    def _reset(self) -> None:
        self.clear_errors()
        self.several.clear()
        self.mode.set_value(Mode.CASH)
        self.reference.clear()
        self.reference_box.hide()
        self._show_back_date(shown=False)

    def _show_back_date(self, *, shown: bool) -> None:
        self.on.set_value(self._station.today)
        self.reason.clear()
        self.leaf.clear()
        self.holder.set_value(IN_TILL)
        for box in (self.on_box, self.reason_box, self.leaf_box):
            box.setVisible(shown)
        if shown:
            station = self._station
            station.desk.read(self, ListOfficers(), self._offer, lambda _error: None, slot="who")
        self._show_holder()
        self._make_room()

    def _offer(self, officers: tuple[SignInCard, ...]) -> None:
        """Offer who may have the cash of a receipt given in the field."""
        with_whom = [(one.user_id, _("With {name}").format(name=one.full_name)) for one in officers]
        self.holder.set_choices([(IN_TILL, _("In this till")), *with_whom])
        self._show_holder()

    def _show_holder(self) -> None:
        """Ask where the cash is: of a receipt of another day, where anybody goes to the field."""
        asked = not self.on_box.isHidden() and self.mode.value() is Mode.CASH
        self.holder_box.setVisible(asked and self.holder.count() > 1)

    def _make_room(self) -> None:
        """Where letters are large the words give way to the fields that are asked for."""
        asked = not (self.reference_box.isHidden() and self.on_box.isHidden())
        crowded = asked and theme().scale >= NARROW_AT
        more = not self.several.isHidden()
        self._words.setHidden(crowded or more or not self._words.text())
        self.crowded.emit(crowded)

    def _say_due(self, loan: LoanView) -> None:
        due = loan.due_today.total_minor
        if due:
            sum_ = amount(due, loan.currency, trim=True)
            self._due.setText(_("due today {amount}").format(amount=sum_))
        elif loan.next_due_on is not None:
            sum_ = amount(loan.next_due_minor, loan.currency, trim=True)
            said = _("nothing due today, next {amount} on {day}")
            self._due.setText(said.format(amount=sum_, day=day_short(loan.next_due_on)))
        else:
            self._due.setText(_("nothing due"))

    def _connect(self) -> None:
        self.money.minor_changed.connect(self._on_amount)
        self.several.moved.connect(lambda by: self.money.set_value(self._moved(by)))
        self.several.edited.connect(self._make_room)
        self.several.edited.connect(self.edited.emit)
        self.mode.chosen.connect(self._on_mode)
        self.reference.other_way.connect(self.mode.next)
        self.on.textChanged.connect(lambda _text: self.edited.emit())
        for line in (self.reference, self.reason, self.leaf, self.holder):
            line.edited.connect(self.edited.emit)

    def _moved(self, by: int) -> int | None:
        return max((self.money.minor() or 0) + by, 0) or None

    def _on_amount(self, minor: int | None) -> None:
        words = amount_in_words(minor, self.money.currency) if minor else ""
        self._words.setText(words.removesuffix(_(" only")))
        self.amount_box.show_error("")
        self._make_room()
        self.edited.emit()

    def _on_mode(self, mode: Mode) -> None:
        labels = {
            Mode.UPI: _("UPI reference"),
            Mode.CHEQUE: _("Cheque number and bank"),
            Mode.BANK: _("Transfer reference"),
        }
        self.mode_box.show_error("")
        self.reference_box.set_label(labels.get(mode, _("Reference")))
        self.reference_box.setVisible(mode is not Mode.CASH)
        self._show_holder()
        self._make_room()
        if mode is Mode.CASH:
            self.focus_amount()
        else:
            self.reference.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()

    def _lay_out(self) -> None:
        look = theme()
        self._words.setAlignment(RIGHT)
        inner = QWidget()
        lines = QVBoxLayout(inner)
        lines.setContentsMargins(look.px(HALO), 0, look.px(HALO), look.px(HALO))
        lines.setSpacing(look.space(6))
        lines.addWidget(self.amount_box)
        lines.addWidget(self._words)
        lines.addWidget(self.several)
        lines.addWidget(self.mode_box)
        more = row(gap=10)
        under = more if look.scale < NARROW_AT else row(gap=10)
        for box in (self.reference_box, self.on_box, self.reason_box):
            more.addWidget(box, 1)
        for box in (self.leaf_box, self.holder_box):
            under.addWidget(box, 1)
        lines.addLayout(more)
        if under is not more:
            lines.addLayout(under)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._inner = inner
        self._area = scrolled(inner)
        self._gap = look.space(6)
        layout.setSpacing(self._gap)
        who = row(self.borrower)  # stays in sight, whatever scrolls
        who.setContentsMargins(look.px(HALO), 0, look.px(HALO), 0)
        layout.addLayout(who)
        layout.addWidget(self._area)
        inner.installEventFilter(self)
        beside(self.amount_box, self._due, "F9")
        beside(self.mode_box, note(_("next")), "*")
