"""One loan, whole: figures, schedule, statement, papers, promises, books, history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QGuiApplication

from app.commands.base import Topic
from app.commands.servicing import LoanForeclosed
from app.domain.roles import Permission
from app.queries.field import ListPromises
from app.queries.servicing import QuoteForeclosure, ScheduleForPaper, ShowLoan
from app.rows.papers import SchedulePaper
from app.rows.servicing import ForeclosureQuote, LoanView
from app.texts import _
from ui.kit.actions import Action
from ui.kit.card import row
from ui.kit.messages import spoken
from ui.kit.panel import scrolled
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import SCHEDULE
from ui.kit.screen_context import Station, StationScreen
from ui.kit.theme import theme
from ui.servicing.loan_dialogs import ChargeDialog, CloseDialog, PromiseDialog, WaiveDialog
from ui.servicing.loan_head import FOLDS_AT, FiguresCard, LoanHead
from ui.servicing.loan_side import LoanSide
from ui.servicing.loan_tabs import LoanTabs
from ui.servicing.loan_words import ACTIVE
from ui.servicing.receipt_print import ReceiptPrinter, ToPrint

P = Permission
SIDE = 336  # px at 100 % of the column at the right


class LoanScreen(StationScreen):
    """Everything about one loan. `arrive(loan_id=…)` says which."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.PROMISE, Topic.VISIT, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Loan"))
        self.loan: LoanView | None = None
        self._loan_id: int | None = None
        self.install_actions()
        self.printer = ReceiptPrinter(station, self)
        self.printer.printed.connect(self._on_printed)
        self.printer.refused.connect(self._on_not_printed)
        self._more = self.action_set.button("more")
        self.head = LoanHead(
            self.action_set.button("receipt", "primary"),
            self.action_set.button("promise"),
            self.action_set.button("print"),
            self._more,
        )
        self.figures, self.tabs, self.side = FiguresCard(), LoanTabs(station), LoanSide()
        self._lay_out()
        self.set_state(_("History is sealed"), "lock-simple", "text2")

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        return [
            self._act("receipt", _("Receipt"), "F6", self._receipt, P.RECEIPT_POST, "receipt"),
            self._act("promise", _("Promise"), "Alt+M", self.promise, P.VISIT_RECORD),
            self._shows("print", _("Print"), "Alt+P", self.print_schedule),
            self._shows("more", _("More"), "Alt+O", self._open_more, icon="dots-three"),
            self._act("close", _("Close early"), "Alt+F", self.close_early, P.LOAN_FORECLOSE),
            self._act("waive", _("Waive"), "Alt+W", self.waive, P.LOAN_WAIVE),
            self._act("charge", _("Charge"), "Alt+G", self.charge, P.LOAN_CHARGE),
            self._shows("copy", _("Copy calc document"), "Alt+Y", self.copy_terms, bar=False),
        ]

    def arrive(self, loan_id: int | None = None, **_more: Any) -> None:
        """Remember which loan; another one is not shown with the figures of the last."""
        if loan_id is not None and loan_id != self._loan_id:
            self._loan_id, self.loan = loan_id, None
            self.banner.clear()
            self.set_title(_("Loan"))
            self._show_parts(False)

    def reload(self) -> None:
        if self._loan_id is None:
            return
        self.desk.read(self, ShowLoan(loan_id=self._loan_id), self._take, self.failed, slot="loan")
        promises = ListPromises(loan_id=self._loan_id)
        self.desk.read(self, promises, self.tabs.show_promises, self.failed, slot="promises")

    def promise(self) -> None:
        """Ask for a promise."""
        if self.loan is not None:
            PromiseDialog(self, self.station, self.loan).open()

    def charge(self) -> None:
        """Ask for a charge."""
        if self.loan is not None:
            ChargeDialog(self, self.station, self.loan).open()

    def waive(self) -> None:
        """Ask what to forgive; where nothing is due, say so."""
        if self.loan is None:
            return
        if not self.loan.due_today.total_minor:
            self.banner.say(_("Nothing is due on this loan, so there is nothing to waive."))
            return
        WaiveDialog(self, self.station, self.loan).open()

    def close_early(self) -> None:
        """Quote what closing asks today, then ask."""
        if self.loan is not None:
            query = QuoteForeclosure(loan_id=self.loan.loan_id)
            self.desk.read(self, query, self._ask_close, self.failed, slot="quote")

    def print_schedule(self) -> None:
        """Show the schedule as it is printed."""
        if self.loan is not None:
            query = ScheduleForPaper(loan_id=self.loan.loan_id)
            self.desk.read(self, query, self._show_paper, self.failed, slot="paper")

    def copy_terms(self) -> None:
        """Put the terms of the loan on the clipboard, as any calculator can read them."""
        if self.loan is not None:
            QGuiApplication.clipboard().setText(self.loan.terms)
            said = _("Calc document of {number} copied")
            self.station.say(said.format(number=self.loan.number))

    def _act(
        self,
        name: str,
        text: str,
        keys: str,
        run: Callable[[], object],
        needs: Permission,
        icon: str = "",
    ) -> Action:
        """Something that changes the loan: wants the permission, an open day, a living loan."""
        may = self.station.may(needs)
        return Action(
            name=name,
            text=text,
            keys=keys,
            run=run,
            icon=icon,
            enabled=lambda: may and self.station.day_is_open and self._is_living(),
            why=_("The day is closed or the loan has ended") if may else _("Not in your role"),
        )

    def _shows(
        self,
        name: str,
        text: str,
        keys: str,
        run: Callable[[], object],
        *,
        icon: str = "",
        bar: bool = True,
    ) -> Action:
        """Something that only shows the loan."""
        return Action(
            name=name,
            text=text,
            keys=keys,
            run=run,
            icon=icon,
            bar=bar,
            enabled=lambda: self.loan is not None,
        )

    def _is_living(self) -> bool:
        return self.loan is not None and self.loan.status == ACTIVE

    def _lay_out(self) -> None:
        self.page.addWidget(self.head)
        self.page.addWidget(self.figures)
        if theme().scale >= FOLDS_AT:  # no room beside the lists
            self.tabs.add("side", _("Balance"), scrolled(self.side))
            self.page.addWidget(self.tabs, 1)
            return
        self.side.setFixedWidth(theme().px(SIDE))
        below = row(self.tabs, gap=16)
        below.setStretch(0, 1)
        below.addWidget(self.side)
        self.page.addLayout(below, 1)

    def _take(self, view: LoanView) -> None:
        first = self.loan is None
        self.loan = view
        today = self.station.today
        self.set_title(f"{view.borrower} · {view.number}")
        self.head.show_loan(view)
        self.figures.show_loan(view)
        self.tabs.show_loan(view, today)
        self.side.show_loan(view, today)
        self._show_parts(True)
        self.action_set.refresh()
        if first and self.isVisible():
            self.tabs.schedule.setFocus()

    def _show_parts(self, there: bool) -> None:
        """Nothing of the last borrower stays in sight while the next one is read."""
        for part in (self.head, self.figures, self.tabs, self.side):
            part.setVisible(there)

    def _receipt(self) -> None:
        self.router.go("counter", loan_id=self._loan_id)

    def _open_more(self) -> None:
        self.action_set.menu(self._more, ["close", "waive", "charge", "copy"])

    def _ask_close(self, quote: ForeclosureQuote) -> None:
        if self.loan is not None and quote.loan_id == self.loan.loan_id:
            CloseDialog(self, self.station, self.loan, quote, self._closed).open()

    def _closed(self, done: LoanForeclosed) -> None:
        if not done.receipt_id:
            self.station.say(_("Loan closed"))
            return
        self.printer.print(ToPrint(done.receipt_id, done.number))

    def _show_paper(self, paper: SchedulePaper) -> None:
        number = self.loan.number if self.loan is not None else ""
        PaperDialog(self, self.station, _("Schedule"), paper, SCHEDULE, number).open()

    def _on_printed(self, what: ToPrint, _duplicate: int) -> None:
        self.station.say(_("Loan closed, receipt {number} printed").format(number=what.number))

    def _on_not_printed(self, what: ToPrint, error: Exception) -> None:
        said = _("Loan closed with receipt {number}. No paper came out: {why}")
        self.banner.say(
            said.format(number=what.number, why=spoken(error)),
            "late2",
            _("Print again"),
            lambda: self.printer.print(what),
        )
