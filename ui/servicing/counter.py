"""The counter: money in over it, receipt after receipt, by keys alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.servicing import ShowLoan, ShowTill
from app.rows.servicing import LoanView, TillView
from app.texts import _
from app.texts.figures import amount
from ui.kit.actions import Action
from ui.kit.card import row
from ui.kit.messages import spoken
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import note
from ui.kit.theme import theme
from ui.servicing.counter_add_loan import several_actions
from ui.servicing.counter_find import FindPanel
from ui.servicing.counter_form import HALO, ReceiptForm
from ui.servicing.counter_more import CounterMore, act_buttons, counter_head
from ui.servicing.counter_split import SplitCard, asked_of
from ui.servicing.counter_till import TillCard
from ui.servicing.receipt_post import ReceiptPoster, Taken
from ui.servicing.receipt_print import ReceiptPrinter, ToPrint
from ui.servicing.receipt_reverse import ReverseDialog

NARROW_AT = 150  # text size in percent from which the list of receipts folds away
LOW = 560  # px at 100 % below which it does so too
LEFT, RIGHT = 53, 47  # shares of the width


class CounterScreen(StationScreen):
    """One receipt after another. Without a loan the find box has the focus."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Counter"))
        self.more = CounterMore(self, station)
        self.install_actions()
        self._loan_id: int | None = None
        self._closed_said = False
        self._listed = False  # the receipts were asked for where they are folded
        self._latest = False  # the receipt given last is to be marked once it is in the list
        self.make_parts(self._parts(station), ahead=self.router.ahead)

    def _parts(self, station: Station) -> Iterator[None]:
        self.poster = ReceiptPoster(station, self)
        self.poster.posted.connect(self._posted)
        self.poster.refused.connect(self._refused)
        self.printer = ReceiptPrinter(station, self)
        self.printer.printed.connect(self._on_printed)
        self.printer.refused.connect(self._on_not_printed)
        self.printer.stands.connect(self.set_state)
        self.find_panel = FindPanel(station)
        self.find_panel.chosen.connect(self.choose)
        yield
        wide = theme().scale < NARROW_AT
        change = self.action_set.button("change", "ghost") if wide else None
        self.form = ReceiptForm(station, change)
        self.form.edited.connect(lambda: self._ask_split())
        yield
        self.split = SplitCard(station)
        self.split.refused.connect(self._no_split)
        yield
        last = self.action_set.button("last")
        way = self.action_set.button("till") if self.router.has("till") else None
        self.till = TillCard(station, self.printer.owes, last, way)
        self.till.current_changed.connect(self.action_set.refresh)
        yield
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        taking, idle = self._is_taking, lambda: not self.poster.busy
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
                name="save", text=_("Save only"), keys="Ctrl+A", run=self.save_only, enabled=taking
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
            *self._more_actions(),
            *several_actions(self, self._is_taking),
            *self.more.actions(),
        )

    def _more_actions(self) -> Sequence[Action]:
        return (
            Action(
                name="back-date",
                text=_("Other day"),
                keys="Alt+D",
                run=lambda: self.form.toggle_back_date(),
                enabled=self._is_taking,
            ),
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
            self.stale()  # the same loan again is another receipt

    def reload(self) -> None:
        """Read the till, and the loan that a receipt is taken for."""
        self.desk.read(self, ShowTill(), self._take_till, self.failed, slot="till")
        self._say_day()
        if self._loan_id is not None and not self.poster.busy:
            self._read_loan(self._loan_id)
        self.action_set.refresh()

    def can_leave(self) -> bool:
        """Not while a receipt is on its way: its answer belongs here."""
        if self.poster.busy:
            self.station.say(_("The receipt is being saved"))
        return not self.poster.busy

    def choose(self, loan_id: int) -> None:
        """Begin a receipt for the loan."""
        self._loan_id = loan_id
        self._read_loan(loan_id)

    def clear(self) -> None:
        """Empty the counter for the next borrower."""
        if self._listed:
            self.show_last()
            return
        self._loan_id = None
        self.poster.forget()
        self.form.clear()
        self.find_panel.clear()
        self.split.clear()
        self._show_form(shown=False)
        self._calm()
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
        self.printer.look()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _begin(self) -> None:
        if self.form.loan is None:
            self.find_panel.begin()
        else:
            self.form.focus_amount()

    def _is_taking(self) -> bool:
        return self.form.loan is not None and not self.poster.busy and self.station.day_is_open

    def _may_on(self, permission: Permission) -> bool:
        return self.till.current() is not None and self.station.may(permission)

    def _may_reverse(self) -> bool:
        receipt = self.till.current()
        fresh = receipt is not None and not receipt.reversed
        return fresh and self.station.day_is_open and self.station.may(Permission.RECEIPT_REVERSE)

    def _open_loan(self) -> None:
        shown = self.form.loan or self.till.current()
        if shown is not None:
            self.router.go("loan", loan_id=shown.loan_id)

    def _read_loan(self, loan_id: int) -> None:
        self.desk.read(self, ShowLoan(loan_id=loan_id), self._take_loan, self._no_loan, slot="loan")

    def _no_loan(self, error: Exception) -> None:
        self._loan_id = None
        self.failed(error)

    def _take_loan(self, loan: LoanView) -> None:
        if loan.loan_id != self._loan_id or self.poster.busy:
            return
        if self.form.loan is not None and self.form.loan.loan_id == loan.loan_id:
            self.form.loan = loan  # read again: what was typed stays
            self.form.borrower.show_loan(loan)
            self._ask_split(again=True)
            return
        self.poster.forget()
        self._show_form(shown=True)
        self.form.show_loan(loan)
        self._ask_split()
        self.action_set.refresh()

    def _ask_split(self, *, again: bool = False) -> None:
        """Split what is typed; an older question's answer is void."""
        parts, on = self.form.parts(), self.form.received_on()
        if not parts or on is None:
            self.split.clear()
            return
        self.split.numbers = self.form.numbers()
        self.split.ask(asked_of(parts, on), again=again)

    def _no_split(self, error: Exception) -> None:
        if not self.form.show_error(error):
            self.failed(error)

    def _save(self, *, prints: bool) -> None:
        command = self.form.command()
        if command is None or self.poster.busy:
            return
        if not self.split.shows(command):
            self._ask_split()
            return
        self.form.setEnabled(not self.poster.post(command, prints=prints))
        self.action_set.refresh()

    def _posted(self, taken: Taken) -> None:
        self._release()
        self._latest = True
        self.clear()
        if taken.prints:
            self.printer.print(taken.receipt)
            return
        command = taken.command
        said = _("Receipt {number} is saved, {amount} from {borrower}").format(
            number=taken.receipt.number,
            amount=amount(command.amount_minor, command.currency, trim=True),
            borrower=command.payer,
        )
        self.station.say(said, _("Print"), "", lambda: self.printer.print(taken.receipt))

    def _refused(self, error: Exception) -> None:
        self._release()
        if not (self.form.show_error(error) or self.more.no_till(error, self.banner)):
            self.failed(error)
            self.form.focus_amount()

    def _release(self) -> None:
        self.form.setEnabled(True)
        self.action_set.refresh()

    def _on_printed(self, what: ToPrint, duplicate: int) -> None:
        self._calm()
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

    def _calm(self) -> None:
        """Take the banner away, unless it tells of a paper that is still owed."""
        if not self.printer.owes_any():
            self.banner.clear()
            self._say_day()

    def _take_till(self, till: TillView) -> None:
        self.till.show_till(till)
        if self._latest:
            self.till.mark_latest()
            self._latest = False
        self.action_set.refresh()

    def _say_day(self) -> None:
        self.form.on.set_today(self.station.today)
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
        taking = QWidget()
        lines = QVBoxLayout(taking)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.form, 1000)
        lines.addLayout(act_buttons(self.action_set, HALO))
        said = note(_("Enter saves, prints and clears the counter for the next borrower."))
        said.setContentsMargins(theme().px(HALO), 0, 0, 0)
        self.form.crowded.connect(said.setHidden)
        lines.addWidget(said)
        lines.addStretch(1)
        self._left = QStackedWidget()
        self._left.addWidget(self.find_panel)
        self._left.addWidget(taking)
        left = QVBoxLayout()
        left.setSpacing(theme().space(10))
        left.addLayout(counter_head(self.action_set, HALO))
        left.addWidget(self._left, 1)
        self._upper = QWidget()
        upper = row(gap=20)
        upper.addLayout(left, LEFT)
        upper.addWidget(self.split, RIGHT)
        self._upper.setLayout(upper)
        self.page.addWidget(self._upper, 2)
        self.page.addWidget(self.till, 1)
