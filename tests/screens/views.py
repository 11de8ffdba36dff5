"""The places of the rail, with what they are opened on and the dialogs they lead to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.domain.application import Stage
from app.ports import Session
from app.ports.program import Program
from app.queries.field import ListOverdue
from app.queries.origination import ListApplications
from app.queries.servicing import ListLoans
from app.reports.catalogue import CATALOGUE
from ui.shell.screens import SCREENS

RECORDS = ("loan", "application")
SETTINGS = ("users", "products", "printers", "backup", "look")
# Actions that open a dialog and change nothing before that is confirmed.
DIALOGS: Mapping[str, tuple[str, ...]] = {
    "loan": ("promise", "close", "waive", "charge", "print"),
    "overdue": ("visit", "promise"),
    "visits": ("outcome", "sheet"),
    f"application-{Stage.DECIDED}": ("next", "reject", "withdraw"),
    f"application-{Stage.SANCTIONED}": ("next",),
    f"application-{Stage.READY}": ("disburse",),
    "settings-users": ("add",),
}


@dataclass(frozen=True)
class View:
    """A screen with what it is opened on."""

    name: str
    place: str
    params: Mapping[str, Any]

    @property
    def dialogs(self) -> tuple[str, ...]:
        """The actions that open its dialogs."""
        return DIALOGS.get(self.name, ())


def views(program: Program, session: Session) -> Iterator[View]:
    """Every place, a late loan, and an application at each stage there is."""
    late = program.asks.ask(session, ListOverdue(limit=1)).rows
    some = program.asks.ask(session, ListLoans(limit=1, status="active")).rows
    loan = late[0].loan_id if late else some[0].loan_id
    for place in SCREENS:
        if place.name not in RECORDS and place.name != "settings":
            yield View(place.name, place.name, {})
    yield View("counter-loan", "counter", {"loan_id": loan})
    yield View("loan", "loan", {"loan_id": loan})
    yield View("application-new", "application", {})
    yield from _stages(program, session)
    for report in CATALOGUE:
        yield View(f"report-{report.name}", "reports", {"report": report.name})
    for part in SETTINGS:
        yield View(f"settings-{part}", "settings", {"part": part})


def _stages(program: Program, session: Session) -> Iterator[View]:
    found = {
        row.stage: row.application_id
        for row in program.asks.ask(session, ListApplications(limit=500, stage="all")).rows
    }
    for stage, application_id in sorted(found.items()):
        yield View(f"application-{stage}", "application", {"application_id": application_id})
