"""One loan, whole: figures, schedule, statement, papers, promises, books, history."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.field import ListPromises
from app.queries.papers import LoanProof
from app.queries.servicing import ShowLoan
from app.queries.takeover import ListLoanTerms
from app.rows.proof import ProofPaper
from app.rows.servicing import LedgerRow, LoanView
from app.texts import _
from ui.kit.actions import Action
from ui.kit.buttons import Button
from ui.kit.card import row
from ui.kit.messages import spoken
from ui.kit.panel import scrolled
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import SCHEDULE
from ui.kit.screen_context import Station, StationScreen
from ui.kit.theme import theme
from ui.servicing.loan_acts import LoanActs
from ui.servicing.loan_head import FOLDS_AT, FiguresCard, LoanHead
from ui.servicing.loan_print import LoanPapers
from ui.servicing.loan_side import LoanSide
from ui.servicing.loan_strip import LoanStrip
from ui.servicing.loan_tabs import LoanTabs
from ui.servicing.loan_words import ACTIVE, WRITTEN_OFF
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
        self.acts, self.papers = LoanActs(self), LoanPapers(self)
        self._said_paid = ""
        self.set_state(_("History is sealed"), "lock-simple", "text2")
        self.make_parts(self._parts(), ahead=self.router.ahead)

    def _parts(self) -> Iterator[None]:
        self.install_actions()
        self.printer = ReceiptPrinter(self.station, self)
        self.printer.printed.connect(self._on_printed)
        self.printer.refused.connect(self._on_not_printed)
        self._more = self.action_set.button("more")
        self._print = self.action_set.button("print")
        yield
        self.head = LoanHead(*self._buttons())
        self.strip = LoanStrip(self.acts.look)
        self.figures, self.tabs, self.side = FiguresCard(), LoanTabs(self.station), LoanSide()
        yield
        yield from self.tabs.parts()
        self.tabs.quotes.opened.connect(self.acts.against)
        yield
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        shown = [
            self._shows("print", _("Print"), "Alt+P", self._open_papers),
            self._shows("more", _("More"), "Alt+O", self._open_more, icon="dots-three"),
            self._shows("proof", _("Proof of every figure"), "Alt+H", self.prove, bar=False),
            self._shows("copy", _("Copy calc document"), "Alt+Y", self.copy_terms, bar=False),
        ]
        may = self.station.may(P.RECEIPT_POST)
        receipt = Action(
            name="receipt",
            text=_("Receipt"),
            keys="F6",
            icon="receipt",
            run=self._receipt,
            enabled=lambda: may and self.station.day_is_open and self._takes_money(),
            why=_("The day is closed or the loan has ended") if may else _("Not in your role"),
        )
        return [receipt, *shown, *self.papers.actions(), *self.acts.actions()]

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
        terms = ListLoanTerms(loan_id=self._loan_id)
        self.desk.read(self, terms, self.tabs.show_terms, self.failed, slot="terms")
        promises = ListPromises(loan_id=self._loan_id)
        self.desk.read(self, promises, self.tabs.show_promises, self.failed, slot="promises")

    def prove(self) -> None:
        """Show how every figure of the loan came about, as it is printed."""
        if self.loan is not None:
            query = LoanProof(loan_id=self.loan.loan_id)
            self.desk.read(self, query, self._show_proof, self.failed, slot="paper")

    def fact(self) -> LedgerRow | None:
        """The line of the statement that the mark is on, while the statement is in front."""
        return self.tabs.statement.current() if self.tabs.current == "statement" else None

    def to_printer(self, what: ToPrint, said: str) -> None:
        """Print the receipt of an act; `said` is what was done."""
        self._said_paid = said
        self.printer.print(what)

    def as_widget(self) -> QWidget:
        """What dialogs stand over."""
        return self

    def copy_terms(self) -> None:
        """Put the terms of the loan on the clipboard, as any calculator can read them."""
        if self.loan is not None:
            QGuiApplication.clipboard().setText(self.loan.terms)
            said = _("Calc document of {number} copied")
            self.station.say(said.format(number=self.loan.number))

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

    def _takes_money(self) -> bool:
        return self.loan is not None and self.loan.status in (ACTIVE, WRITTEN_OFF)

    def _lay_out(self) -> None:
        self.page.addWidget(self.head)
        self.page.addWidget(self.strip)
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
        self.strip.show_loan(view)
        self.tabs.show_loan(view)
        self._show_parts(True)
        QTimer.singleShot(0, self, lambda: self._tell(view, today))  # the figures are seen first
        self.action_set.refresh()
        if first and self.isVisible():
            self.tabs.schedule.setFocus()

    def _tell(self, view: LoanView, today: date) -> None:
        """Show what happened to the loan, unless another one came meanwhile."""
        if view is self.loan:
            self.side.show_loan(view, today)
            self.tabs.show_story(view, today)

    def _show_parts(self, there: bool) -> None:
        """Nothing of the last borrower stays in sight while the next one is read."""
        for part in (self.head, self.figures, self.tabs, self.side):
            part.setVisible(there)
        self.strip.setVisible(there and bool(self.strip.lines))

    def _buttons(self) -> list[Button]:
        may = self.station.may(P.RECEIPT_POST)
        first = [self.action_set.button("receipt", "primary")] if may else []
        promise = self.station.may(P.VISIT_RECORD)
        second = [self.action_set.button("promise")] if promise else []
        return [*first, *second, self._print, self._more]

    def _receipt(self) -> None:
        if self.loan is not None and self.loan.status == WRITTEN_OFF:
            self.action_set.run("recover")
            return
        self.router.go("counter", loan_id=self._loan_id)

    def _open_papers(self) -> None:
        if self.loan is not None:
            self.action_set.menu(self._print, self.papers.names)

    def _open_more(self) -> None:
        if self.loan is None:
            return
        names = {action.name for action in self.action_set.all()}
        undo = [name for name in ("reverse",) if name in names]
        self.action_set.menu(self._more, [*self.acts.menu(self.loan), *undo, "proof", "copy"])

    def _show_proof(self, paper: ProofPaper) -> None:
        number = self.loan.number if self.loan is not None else ""
        PaperDialog(self, self.station, _("Proof"), paper, SCHEDULE, f"{number}-proof").open()

    def _on_printed(self, what: ToPrint, _duplicate: int) -> None:
        said = _("{done}, receipt {number} printed")
        self.station.say(said.format(done=self._said_paid, number=what.number))

    def _on_not_printed(self, what: ToPrint, error: Exception) -> None:
        said = _("{done} with receipt {number}. No paper came out: {why}")
        self.banner.say(
            said.format(done=self._said_paid, number=what.number, why=spoken(error)),
            "late2",
            _("Print again"),
            lambda: self.printer.print(what),
        )
