"""An application for tests: a sound borrower, one step at a time or up to a stage."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Engine

from app.adapters.decider import ShippedDecider
from app.commands.origination import (
    ApplicationChanged,
    ApplicationEntered,
    AttachDocument,
    DecideApplication,
    EnterApplication,
    ExistingLoan,
    HouseholdFacts,
    IdentityNumber,
    Member,
    PartyFacts,
    RequestFacts,
    ReviseApplication,
    SanctionApplication,
    VerifyApplication,
)
from app.ports import Session
from app.queries.origination import ShowApplication
from app.rows.origination import ApplicationView
from tests.services.branch import House, founded, prepare

RUPEES = 100
PDF = b"%PDF-1.4 a paper of a test"
AADHAAR = "234123412346"
PAN = "ACUPA7085R"
SUNITA = PartyFacts(
    full_name="Sunita Devi",
    local_name="सुनीता देवी",
    language="hi",
    born_on=date(1990, 3, 14),
    gender="f",
    phone="9876543210",
    relative_name="Ram Lal",
    house="12",
    village="Mishrikh",
    pin="261401",
    identities=(IdentityNumber("aadhaar", AADHAAR), IdentityNumber("pan", PAN)),
)
HOUSEHOLD = HouseholdFacts(
    members=(
        Member("Sunita Devi", "self", 35, 8_000 * RUPEES, "Tailoring"),
        Member("Ram Lal", "spouse", 39, 12_000 * RUPEES, "Daily work"),
    ),
    expenses_minor=9_000 * RUPEES,
    loans=(ExistingLoan("Asha Microfin", 15_000 * RUPEES, 1_200 * RUPEES),),
)


def deciding(fresh_engine: Callable[..., Engine]) -> House:
    """A founded branch that decides by the shipped rules."""
    return founded(fresh_engine(prepare), decider=ShippedDecider())


def request(house: House, **changes: Any) -> RequestFacts:
    """Thirty thousand rupees in 52 weeks."""
    asked = RequestFacts(
        product_id=house.products["JLG-W"],
        amount_minor=30_000 * RUPEES,
        currency="INR",
        instalments=52,
        purpose="Sewing machine",
    )
    return replace(asked, **changes)


def enter(
    house: House,
    party: PartyFacts = SUNITA,
    household: HouseholdFacts = HOUSEHOLD,
    *,
    party_id: int | None = None,
    by: Session | None = None,
    **asked: Any,
) -> ApplicationEntered:
    """Enter an application as the officer (or another)."""
    command = EnterApplication(
        party_id=party_id, party=party, household=household, request=request(house, **asked)
    )
    return house.run(by or house.officer, command)


def attach(house: House, application_id: int, kind: str = "identity", data: bytes = PDF) -> int:
    """Attach a paper of a kind; returns its id."""
    command = AttachDocument(
        application_id=application_id,
        kind=kind,
        title=f"{kind}.pdf",
        media="application/pdf",
        size=len(data),
        sha256=house.tools.documents.put(data),
    )
    return house.run(house.officer, command).document_id


def show(house: House, application_id: int) -> ApplicationView:
    """The application as the manager sees it."""
    return house.ask(house.manager, ShowApplication(application_id=application_id))


def verify(house: House, application_id: int) -> ApplicationChanged:
    """Verify as the officer."""
    version = show(house, application_id).version
    return house.run(
        house.officer, VerifyApplication(application_id=application_id, version=version)
    )


def decide(house: House, application_id: int) -> ApplicationView:
    """Decide as the officer; returns what is then shown."""
    version = show(house, application_id).version
    house.run(house.officer, DecideApplication(application_id=application_id, version=version))
    return show(house, application_id)


def decided(
    house: House, party: PartyFacts = SUNITA, household: HouseholdFacts = HOUSEHOLD, **asked: Any
) -> ApplicationView:
    """An application taken from the desk to its decision."""
    entered = enter(house, party, household, **asked)
    attach(house, entered.application_id)
    verify(house, entered.application_id)
    return decide(house, entered.application_id)


def sanction(view: ApplicationView, **changes: Any) -> SanctionApplication:
    """The command that sanctions what was asked for at the product's rate."""
    facts: dict[str, Any] = {
        "application_id": view.application_id,
        "version": view.version,
        "amount_minor": view.request.amount_minor,
        "instalments": view.request.instalments,
        "annual_rate": "24",
        **changes,
    }
    return SanctionApplication(**facts)


def revise(house: House, application_id: int, **changes: object) -> ReviseApplication:
    """The command that changes these parts of an application as it is shown."""
    view = show(house, application_id)
    facts: dict[str, object] = {
        "party": view.party,
        "household": view.household,
        "request": view.request,
        **changes,
    }
    return ReviseApplication(
        application_id=application_id,
        version=view.version,
        **facts,  # type: ignore[arg-type]
    )
