"""The counter: money in over it, receipt after receipt, by keys alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.commands.base import Topic
from app.commands.servicing import PostReceipt, ReceiptPosted
from app.domain.roles import Permission
from app.queries.servicing import PreviewReceipt, ShowLoan, ShowTill
from app.rows.servicing import LoanView, ReceiptRow, SplitPreview, TillView
from app.texts import _
from app.texts.figures import amount
from ui.kit.actions import Action
from ui.kit.card import row
from ui.kit.messages import spoken
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import note, title
from ui.kit.theme import theme
from ui.servicing.counter_find import FindPanel
from ui.servicing.counter_form import ReceiptForm
from ui.servicing.counter_split import SplitCard
from ui.servicing.counter_till import TillCard
from ui.servicing.receipt_print import ReceiptPrinter, ToPrint
from ui.servicing.receipt_reverse import ReverseDialog

NARROW_AT = 150  # text size in percent from which the list of receipts folds away
LOW = 560  # px at 100 % below which it does so too
LEFT, RIGHT = 53, 47  # shares of the width


@dataclass(frozen=True, slots=True)
class Keyed:
    """A filled form and the key that it is posted under, however often Enter is pressed."""

    command: PostReceipt
    key: str


class CounterScreen(StationScreen):
    """One receipt after another. Without a loan the find box has the focus."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Counter"))
        self.install_actions()
        self._loan_id: int | None = None
        self._keyed: Keyed | None = None
        self._seen = PreviewReceipt(loan_id=0, amount_minor=0, received_on=station.today)
        self._posting = False
        self._prints = False  # whether the receipt being posted is to be printed
        self._closed_said = False
        self._listed = False  # the receipts were asked for where they are folded
        self.printer = ReceiptPrinter(station, self)
        self.printer.printed.connect(self._on_printed)
        self.printer.refused.connect(self._on_not_printed)
        self.find_panel = FindPanel(station)
        self.find_panel.chosen.connect(self.choose)
        self.form = ReceiptForm(station, self.action_set.button("change", "ghost"))
        self.form.edited.connect(self._on_edited)
        self.split = SplitCard()
        last = self.action_set.button("last")
        self.till = TillCard(station, self.printer.owes, last)
        self.till.current_changed.connect(self.action_set.refresh)
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        taking, idle = self._is_taking, self._is_idle
        return (
            Action(
                name="print",
                text=_("Print receipt"),
                keys="Enter",
                icon="printer",
                run=self.save_and_print,
                enabled=taking,
            ),
            Action(
                name="save",
                text=_("Save only"),
                keys="Ctrl+A",
                run=self.save_only,
                enabled=taking,
            ),
            Action(name="clear", text=_("Clear"), keys="Esc", run=self.clear, enabled=idle),
            Action(name="change", text=_("Change"), keys="F4", run=self.clear, enabled=taking),
            Action(
                name="due",
                text=_("Amount due"),
                keys="F9",
                run=lambda: self.form.set_due(),
                enabled=taking,
                bar=False,
            ),
            Action(
                name="mode",
                text=_("Paid by: next"),
                keys="*",
                run=lambda: self.form.mode.next(),
                enabled=taking,
                bar=False,
            ),
            Action(
                name="back-date",
                text=_("Other day"),
                keys="Alt+D",
                run=lambda: self.form.toggle_back_date(),
                enabled=taking,
            ),
            *self._receipt_actions(),
        )

    def _receipt_actions(self) -> Sequence[Action]:
        return (
            Action(
                name="again",
                text=_("Print again"),
                keys="Alt+P",
                run=self.print_again,
                enabled=lambda: self._may_on(Permission.RECEIPT_REPRINT),
            ),
            Action(
                name="reverse",
                text=_("Reverse"),
                keys="Alt+R",
                run=self.reverse,
                enabled=self._may_reverse,
            ),
            Action(name="last", text=_("Last receipts"), keys="Alt+L", run=self.show_last),
            Action(
                name="loan",
                text=_("Open the loan"),
                keys="Alt+O",
                run=self._open_loan,
                enabled=lambda: self._is_taking() or self.till.current() is not None,
            ),
        )

    def arrive(self, loan_id: int | None = None, **_more: Any) -> None:
        """Take a receipt for this loan; without one go on with what was begun."""
        if loan_id is not None:
            self._loan_id = loan_id

    def reload(self) -> None:
        """Read the till, and the loan that a receipt is taken for."""
        self.desk.read(self, ShowTill(), self._take_till, self.failed, slot="till")
        self._say_day()
        if self._loan_id is not None and not self._posting:
            self._read_loan(self._loan_id)
        self.action_set.refresh()

    def can_leave(self) -> bool:
        """Not while a receipt is on its way: its paper would be lost from sight."""
        return not self._posting

    def choose(self, loan_id: int) -> None:
        """Begin a receipt for the loan."""
        self._loan_id = loan_id
        self._read_loan(loan_id)

    def clear(self) -> None:
        """Empty the counter for the next borrower."""
        if self._listed:
            self.show_last()
            return
        self._loan_id, self._keyed = None, None
        self.form.clear()
        self.find_panel.clear()
        self.split.clear()
        self._show_form(shown=False)
        self.banner.clear()
        self._say_day()
        self._begin()

    def save_and_print(self) -> None:
        """Enter: show what the amount pays; once that is seen, post it and print."""
        self._save(prints=True)

    def save_only(self) -> None:
        """Post without a paper."""
        self._save(prints=False)

    def print_again(self) -> None:
        """Print the marked receipt once more, as a duplicate."""
        receipt = self.till.current()
        if receipt is not None:
            self.printer.print(ToPrint(receipt.receipt_id, receipt.number))

    def reverse(self) -> None:
        """Ask before the marked receipt is reversed."""
        receipt = self.till.current()
        if receipt is not None:
            ReverseDialog(self, self.station, receipt, self.till.till).open()

    def show_last(self) -> None:
        """Go to the receipts; where they are folded they take the place of the form."""
        self._listed = self._is_narrow() and not self._listed
        self._fold()
        if self._listed or not self._is_narrow():
            self.till.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._begin()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fold()
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._listed = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _begin(self) -> None:
        if self.form.loan is None:
            self.find_panel.begin()
        else:
            self.form.focus_amount()

    def _is_idle(self) -> bool:
        return not self._posting

    def _is_taking(self) -> bool:
        return self.form.loan is not None and not self._posting and self.station.day_is_open

    def _may_on(self, permission: Permission) -> bool:
        return self.till.current() is not None and self.station.may(permission)

    def _may_reverse(self) -> bool:
        receipt = self.till.current()
        fresh = receipt is not None and not receipt.reversed
        return fresh and self.station.day_is_open and self.station.may(Permission.RECEIPT_REVERSE)

    def _open_loan(self) -> None:
        receipt: ReceiptRow | None = self.till.current()
        if self.form.loan is not None:
            self.router.go("loan", loan_id=self.form.loan.loan_id)
        elif receipt is not None:
            self.router.go("loan", loan_id=receipt.loan_id)

    def _read_loan(self, loan_id: int) -> None:
        self.desk.read(self, ShowLoan(loan_id=loan_id), self._take_loan, self._no_loan, slot="loan")

    def _no_loan(self, error: Exception) -> None:
        self._loan_id = None
        self.failed(error)

    def _take_loan(self, loan: LoanView) -> None:
        if loan.loan_id != self._loan_id or self._posting:
            return
        if self.form.loan is not None and self.form.loan.loan_id == loan.loan_id:
            self.form.loan = loan  # read again: what was typed stays
            self.form.borrower.show_loan(loan)
            self._ask_split()
            return
        self._keyed = None
        self._show_form(shown=True)
        self.form.show_loan(loan)
        self._ask_split()
        self.action_set.refresh()

    def _on_edited(self) -> None:
        self._ask_split()

    def _ask_split(self) -> None:
        """Split what is typed; an older question's answer is void."""
        loan, minor, on = self.form.loan, self.form.money.minor(), self.form.received_on()
        if loan is None or not minor or on is None:
            self.split.clear()
            return
        query = PreviewReceipt(loan_id=loan.loan_id, amount_minor=minor, received_on=on)
        self.desk.read(
            self, query, lambda found: self._take_split(query, found), self._no_split, slot="split"
        )

    def _take_split(self, query: PreviewReceipt, found: SplitPreview) -> None:
        loan, on = self.form.loan, self.form.received_on()
        if loan is None or self.form.money.minor() != query.amount_minor:
            return
        if loan.loan_id == query.loan_id and on == query.received_on:
            self.split.show_split(found)
            self._seen = query

    def _no_split(self, error: Exception) -> None:
        self.split.clear(spoken(error))
        if not self.form.show_error(error):
            self.failed(error)

    def _is_seen(self, command: PostReceipt) -> bool:
        """Whether the split that stands there is the one of this receipt."""
        seen, part = self.split.preview, command.parts[0]
        return (
            seen is not None
            and (seen.loan_id, seen.amount_minor) == (part.loan_id, part.amount_minor)
            and self._seen.received_on == command.received_on
        )

    def _save(self, *, prints: bool) -> None:
        command = self.form.command()
        if command is None or self._posting:
            return
        if not self._is_seen(command):
            self._ask_split()
            return
        if self._keyed is None or self._keyed.command != command:
            self._keyed = Keyed(command, self.desk.key())
        self._posting, self._prints = True, prints
        self.form.setEnabled(False)
        self.action_set.refresh()
        self.desk.ask(self, command, self._keyed.key, self._posted, self._refused)

    def _posted(self, done: ReceiptPosted) -> None:
        keyed, prints = self._keyed, self._prints
        self._release()
        self.clear()
        self.till.mark_latest()
        if prints:
            self.printer.print(ToPrint(done.receipt_id, done.number))
        elif keyed is not None:
            sum_ = amount(keyed.command.amount_minor, keyed.command.currency, trim=True)
            said = _("Receipt {number} is saved, {amount} from {borrower}").format(
                number=done.number, amount=sum_, borrower=keyed.command.payer
            )
            self.station.say(said, _("Print"), "Alt+P", self.print_again)

    def _refused(self, error: Exception) -> None:
        self._release()
        if not self.form.show_error(error):
            self.failed(error)
            self.form.focus_amount()

    def _release(self) -> None:
        self._posting = False
        self.form.setEnabled(True)
        self.action_set.refresh()

    def _on_printed(self, what: ToPrint, duplicate: int) -> None:
        self.banner.clear()
        self._say_day()
        said = _("Receipt {number} is printed").format(number=what.number)
        if duplicate:
            said = _("Receipt {number} is printed as duplicate {count}").format(
                number=what.number, count=duplicate
            )
        self.station.say(said, _("Print again"), "", lambda: self.printer.print(what))
        self.stale()

    def _on_not_printed(self, what: ToPrint, error: Exception) -> None:
        said = _("Receipt {number} is saved but not printed. {why}").format(
            number=what.number, why=spoken(error)
        )
        self.banner.say(said, "late2", _("Print again"), lambda: self.printer.print(what))
        self.stale()

    def _take_till(self, till: TillView) -> None:
        self.till.show_till(till)
        self.action_set.refresh()

    def _say_day(self) -> None:
        is_open = self.station.day_is_open
        self.find_panel.setEnabled(is_open)
        if is_open:
            if self._closed_said:
                self.banner.clear()
        else:
            said = _("The day is closed. Open it with F2 to take receipts.")
            self.banner.say(said, "info", keeps=True)
        self._closed_said = not is_open

    def _show_form(self, *, shown: bool) -> None:
        self._left.setCurrentIndex(1 if shown else 0)
        self.action_set.refresh()

    def _is_narrow(self) -> bool:
        return theme().scale >= NARROW_AT or self.height() < theme().px(LOW)

    def _fold(self) -> None:
        narrow = self._is_narrow()
        self._listed = self._listed and narrow
        self._upper.setVisible(not self._listed)
        self.till.fold(narrow=narrow, listed=self._listed or not narrow)
        self.page.setStretch(self.page.indexOf(self.till), 0 if narrow and not self._listed else 1)

    def _lay_out(self) -> None:
        buttons = row(
            self.action_set.button("print", "primary", large=True),
            self.action_set.button("save", large=True),
        )
        buttons.addStretch(1)
        buttons.addWidget(self.action_set.button("clear", "ghost", large=True))
        taking = QWidget()
        lines = QVBoxLayout(taking)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.form, 1)
        lines.addLayout(buttons)
        lines.addWidget(
            note(_("Enter saves, prints and clears the counter for the next borrower."))
        )
        self._left = QStackedWidget()
        self._left.addWidget(self.find_panel)
        self._left.addWidget(taking)
        left = QVBoxLayout()
        left.setSpacing(theme().space(10))
        left.addWidget(title(_("Receipt")))
        left.addWidget(self._left, 1)
        self._upper = QWidget()
        upper = row(gap=20)
        upper.addLayout(left, LEFT)
        upper.addWidget(self.split, RIGHT)
        self._upper.setLayout(upper)
        self.page.addWidget(self._upper, 2)
        self.page.addWidget(self.till, 1)
