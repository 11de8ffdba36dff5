"""The papers of a loan: card, statement, letters, quotes, vouchers, shown as they are printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.domain.errors import ValueRefused
from app.queries.base import Query
from app.queries.papers import (
    DemandForPaper,
    LoanCardForPaper,
    LoanSanctionForPaper,
    NoDuesForPaper,
    StatementForPaper,
)
from app.queries.servicing import ClosureQuoteForPaper, ScheduleForPaper, VoucherForPaper
from app.rows.papers import Paper
from app.rows.servicing import LedgerRow, LoanView
from app.texts import _
from ui.kit.actions import Action
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.messages import spoken
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import BOOK, CARD, LETTER, SCHEDULE, PaperKind
from ui.kit.screen_context import Station

PAID_OUT = ("disbursement", "refund")


class Shown(Protocol):
    """What is seen of the screen: the loan, and the line of the statement that the mark is on."""

    loan: LoanView | None
    station: Station

    def fact(self) -> LedgerRow | None: ...

    def as_widget(self) -> QWidget: ...


class LoanPapers:
    """What can be printed of the loan that is shown."""

    names = (
        *("schedule", "card", "account", "demand", "sanction", "no-dues"),
        *("proof", "paper-quote", "paper-out", "paper-line"),
    )

    def __init__(self, screen: Shown) -> None:
        self._screen = screen

    def actions(self) -> Sequence[Action]:
        """One for each paper; they stand in the menu of papers."""
        return (
            self._action("schedule", _("Schedule"), self.schedule, self._any),
            self._action("card", _("Loan card"), self.card, self._any),
            self._action("account", _("Statement"), self.statement, self._any),
            self._action("demand", _("Demand notice"), self.demand, self._owes),
            self._action("sanction", _("Sanction letter"), self.sanction, self._any),
            self._action("no-dues", _("No-dues letter"), self.no_dues, self._any),
            self._action("paper-quote", _("Newest kept quote"), self._quote, self._quoted),
            self._action("paper-out", _("Voucher of the disbursement"), self._out, self._began),
            self._action("paper-line", _("Voucher of the line"), self._line, self._marked),
        )

    def schedule(self) -> None:
        """Show the schedule as it is printed."""
        self._show(lambda loan: ScheduleForPaper(loan_id=loan), _("Schedule"), SCHEDULE)

    def card(self) -> None:
        """Show the card that the borrower keeps."""
        self._show(lambda loan: LoanCardForPaper(loan_id=loan), _("Loan card"), CARD, "card")

    def statement(self) -> None:
        """Ask for which days, then show the account of the loan; Enter takes all of them."""
        if self._screen.loan is None:
            return
        today, hint = self._station.today, _("Empty: from the beginning")
        last = Field(name="to_on", label=_("To"), kind=Kind.DATE, value=today, today=today)
        first = Field(
            name="from_on", label=_("From"), kind=Kind.DATE, optional=True, hint=hint, today=today
        )
        dialog = Dialog(
            self._owner, _("Statement"), act=_("Show the statement"), fields=[first, last]
        )
        dialog.decided.connect(lambda days: self._show_statement(dialog, days))
        dialog.open()

    def _show_statement(self, dialog: Dialog, days: dict[str, Any]) -> None:
        if days["from_on"] is not None and days["from_on"] > days["to_on"]:
            dialog.failed(ValueRefused(field="to_on", why="days-turned"))
            return
        dialog.finish()
        self._show(
            lambda loan: StatementForPaper(loan_id=loan, **days), _("Statement"), BOOK, "statement"
        )

    def demand(self) -> None:
        """Show the demand for what is due."""
        self._show(lambda loan: DemandForPaper(loan_id=loan), _("Demand notice"), LETTER, "demand")

    def sanction(self) -> None:
        """Show the letter that granted the loan."""
        made = _("Sanction letter")
        self._show(lambda loan: LoanSanctionForPaper(loan_id=loan), made, LETTER, "sanction")

    def no_dues(self) -> None:
        """Show that nothing is owed any more; while something is, that is said instead."""
        made = _("No-dues letter")
        self._show(lambda loan: NoDuesForPaper(loan_id=loan), made, LETTER, "no-dues")

    def _show(
        self, query: Callable[[int], Query[Paper]], title: str, kind: PaperKind, name: str = ""
    ) -> None:
        if (view := self._screen.loan) is None:
            return
        owner, station = self._owner, self._station
        file = f"{view.number}-{name}" if name else view.number

        def show(paper: Paper) -> None:
            PaperDialog(owner, station, title, paper, kind, file).open()

        station.desk.read(owner, query(view.loan_id), show, _teller(station), slot="paper")

    @property
    def _owner(self) -> QWidget:
        return self._screen.as_widget()

    @property
    def _station(self) -> Station:
        return self._screen.station

    def _action(
        self, name: str, text: str, run: Callable[[], object], enabled: Callable[[], bool]
    ) -> Action:
        why = _("There is no such paper of this loan, or no line is marked")
        return Action(name=name, text=text, run=run, enabled=enabled, why=why, bar=False)

    def _any(self) -> bool:
        return self._screen.loan is not None

    def _owes(self) -> bool:
        view = self._screen.loan
        return view is not None and bool(view.due_today.total_minor)

    def _quoted(self) -> bool:
        return self._screen.loan is not None and bool(self._screen.loan.quotes)

    def _began(self) -> bool:
        """Whether it was paid out here: one that ran elsewhere was not."""
        view = self._screen.loan
        return view is not None and any(line.what == "disbursement" for line in view.ledger)

    def _marked(self) -> bool:
        fact = self._screen.fact()
        return fact is not None and fact.what in PAID_OUT

    def _quote(self) -> None:
        if (view := self._screen.loan) is not None and view.quotes:
            newest = view.quotes[0]
            show_quote(self._owner, self._station, newest.quote_id, newest.number)

    def _out(self) -> None:
        if (view := self._screen.loan) is not None:
            show_voucher(self._owner, self._station, view.loan_id, None, view.number)

    def _line(self) -> None:
        view, fact = self._screen.loan, self._screen.fact()
        if view is not None and fact is not None:
            number = fact.number or view.number
            show_voucher(self._owner, self._station, view.loan_id, fact.event_id, number)


def show_quote(owner: QWidget, station: Station, quote_id: int, number: str) -> None:
    """Show a kept quote as it is printed, over `owner`."""
    show = _shower(owner, station, _("Quote to close a loan early"), number)
    query = ClosureQuoteForPaper(quote_id=quote_id)
    station.desk.read(owner, query, show, _teller(station), slot="paper")


def show_voucher(
    owner: QWidget, station: Station, loan_id: int, event_id: int | None, number: str
) -> None:
    """Show the voucher of money paid out as it is printed, over `owner`; None is the first."""
    show = _shower(owner, station, _("Voucher"), number)
    query = VoucherForPaper(loan_id=loan_id, event_id=event_id)
    station.desk.read(owner, query, show, _teller(station), slot="paper")


def _shower(owner: QWidget, station: Station, title: str, name: str) -> Callable[[Paper], None]:
    def show(paper: Paper) -> None:
        PaperDialog(owner, station, title, paper, SCHEDULE, name).open()

    return show


def _teller(station: Station) -> Callable[[Exception], None]:
    return lambda error: station.say(spoken(error))
