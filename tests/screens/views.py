"""The places of the rail, with what they are opened on and the dialogs they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.application import Stage
from app.ports import Session
from app.ports.program import Program
from app.queries.field import ListOverdue
from app.queries.meetings import ListCentres
from app.queries.origination import ListApplications
from app.queries.servicing import ListLoans, ShowLoan
from app.reports.catalogue import CATALOGUE
from ui.admin.screen import parts_of_settings
from ui.origination.steps import STEPS
from ui.shell.screens import SCREENS

RECORDS = ("loan", "application", "centre")
TABS = ("statement", "documents", "field", "quotes", "books", "history")
PAGES_OF_BOOKS = ("ledger", "trial-balance", "income-statement", "balance-sheet", "months")
# Actions that open a dialog and change nothing before that is confirmed.
DIALOGS: Mapping[str, tuple[str, ...]] = {
    "loan": (
        *("promise", "close", "waive", "charge", "reschedule", "rate", "restate", "write-off"),
        *("schedule", "card", "account", "demand", "sanction", "proof"),
    ),
    "loan-held": ("refund",),
    "loan-written-off": ("recover",),
    "loan-waiting": ("look",),
    "loans": ("list-columns",),
    "overdue": (
        *("visit", "promise", "list-columns"),
        *("message", "letter", "called", "contact", "call-list"),
    ),
    "visits": ("outcome", "sheet"),
    "reports": ("open",),
    "till": ("count",),
    "books": ("voucher", "opening", "tally"),
    f"application-{Stage.DECIDED}": ("next", "reject", "withdraw"),
    f"application-{Stage.SANCTIONED}": ("issue",),
    f"application-{Stage.READY}": ("disburse",),
    "settings-users": ("add",),
    "meeting": ("evening",),
    "meeting-rows": ("say", "day", "count"),
    "centres": ("new",),
    "centre": ("change", "group", "move"),
    "receipt-books": ("issue",),
}


@dataclass(frozen=True)
class View:
    """A screen with what it is opened on; `part` is a tab or step of it."""

    name: str
    place: str
    params: Mapping[str, Any]
    part: str = ""

    @property
    def dialogs(self) -> tuple[str, ...]:
        """The actions that open its dialogs."""
        return DIALOGS.get(self.name, ())


def views(program: Program, session: Session) -> Iterator[View]:
    """Every place, loans that stand differently, an application at each stage there is."""
    loan = _late_loan(program, session)
    for place in SCREENS:
        if place.name not in RECORDS and place.name != "settings":
            yield View(place.name, place.name, {})
    yield View("counter-loan", "counter", {"loan_id": loan})
    yield View("loan", "loan", {"loan_id": loan})
    for tab in TABS:
        yield View(f"loan-{tab}", "loan", {"loan_id": loan}, tab)
    yield from _other_loans(program, session)
    yield from _centres(program, session)
    yield View("application-new", "application", {})
    yield from _stages(program, session)
    for report in CATALOGUE:
        yield View(f"report-{report.name}", "reports", {"report": report.name})
    for page in PAGES_OF_BOOKS:
        yield View(f"books-{page}", "books", {"tab": page})
    for name, *_more in parts_of_settings():
        yield View(f"settings-{name}", "settings", {"part": name})


def no_day_views(program: Program, session: Session) -> Iterator[View]:
    """The screens that need the most height, as they are while no day is open."""
    loan = _late_loan(program, session)
    yield View("loan-no-day", "loan", {"loan_id": loan})
    yield View("counter-no-day", "counter", {"loan_id": loan})
    yield View("application-no-day", "application", {})


def _late_loan(program: Program, session: Session) -> int:
    late = program.asks.ask(session, ListOverdue(limit=1)).rows
    some = program.asks.ask(session, ListLoans(limit=1, status="active")).rows
    return late[0].loan_id if late else some[0].loan_id


def _other_loans(program: Program, session: Session) -> Iterator[View]:
    """One that holds too much, one written off, one with an act that waits for a second."""
    seen: set[str] = set()
    for row in program.asks.ask(session, ListLoans(limit=500)).rows:
        loan = program.asks.ask(session, ShowLoan(loan_id=row.loan_id))
        names = {
            "loan-held": loan.excess_minor > 0 and loan.status == "active",
            "loan-written-off": loan.status == "written-off",
            "loan-closed": loan.status == "closed",
            "loan-waiting": bool(loan.checks),
        }
        for name in [name for name, there in names.items() if there and name not in seen]:
            seen.add(name)
            yield View(name, "loan", {"loan_id": row.loan_id})


def _centres(program: Program, session: Session) -> Iterator[View]:
    """The centre with the most members, and its meeting."""
    rows = program.asks.ask(session, ListCentres())
    if rows:
        centre = {"centre": max(rows, key=lambda row: row.members).title}
        yield View("centre", "centre", centre)
        yield View("meeting-rows", "meeting", centre)


def _stages(program: Program, session: Session) -> Iterator[View]:
    found = {
        row.stage: row.application_id
        for row in program.asks.ask(session, ListApplications(limit=500, stage="all")).rows
    }
    for stage, application_id in sorted(found.items()):
        params = {"application_id": application_id}
        yield View(f"application-{stage}", "application", params)
    for step in STEPS[1:]:
        application_id = found.get(Stage.DECIDED) or next(iter(found.values()))
        yield View(
            f"application-at-{step}", "application", {"application_id": application_id}, step
        )
