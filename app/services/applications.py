"""Applications from the desk to verification, and the two ways out."""

from __future__ import annotations

from app.commands.base import Topic
from app.commands.origination import (
    ApplicationChanged,
    ApplicationEntered,
    EnterApplication,
    RejectApplication,
    RequestFacts,
    ReviseApplication,
    VerifyApplication,
    WithdrawApplication,
)
from app.domain.application import Filled, Stage, Step, incomplete, moved, revised_to
from app.domain.errors import CurrencyMismatch, DayClosed, NotAllowedNow, NotFound
from app.domain.household import monthly_income
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.services.facts import record
from app.services.households import (
    clean_household,
    household_differs,
    household_facts,
    join,
    save_household,
)
from app.services.parties import add_party, change_party, clean_party, lock_and_compare
from app.services.quotes import check_bounds, product_rate
from app.services.registry import use_case
from app.services.work import Work
from app.store.applications import SUBJECT, lock_application
from app.store.documents_index import kinds_of
from app.store.loans import share_open_day
from app.store.parties import group_by_id, identities_of, last_number, party_by_id
from app.store.products import product_on
from app.store.schema.people import applications
from app.store.store import Snapshot
from app.store.tx import Row

GROUP = "group"


@use_case(
    EnterApplication,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.APPLICATION, Topic.PARTY},
    answer=ApplicationEntered,
)
def enter_application(work: Work, command: EnterApplication) -> ApplicationEntered:
    """Take the application: a new person, or a known one whose facts may have changed."""
    hold_day(work)
    request = _clean_request(work, command.request)
    facts, household = clean_party(work, command.party), clean_household(command.household)
    known = command.party_id is not None
    if command.party_id is None:
        party_id = add_party(work, facts)
    else:
        party_id = command.party_id
        changed = lock_and_compare(work, party_id, facts)
        if changed is not None:
            change_party(work, changed, facts)
    save_household(work, party_id, household, known=known)
    if request.group_id is not None:
        join(work, party_id, GROUP, request.group_id, known=known)
    application_id, number = _insert(work, party_id, request)
    _note(work, application_id, "entered", request)
    return ApplicationEntered(application_id, number, party_id, 1)


@use_case(
    ReviseApplication,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.APPLICATION, Topic.PARTY},
    answer=ApplicationChanged,
)
def revise_application(work: Work, command: ReviseApplication) -> ApplicationChanged:
    """Change what was entered. What a change touches is verified and decided anew."""
    before = lock_steady(work, command.application_id, command.version)
    revised_to(before["stage"], person_changed=False)
    request = _clean_request(work, command.request)
    facts, household = clean_party(work, command.party), clean_household(command.household)
    party_id = int(before["party_id"])
    person = lock_and_compare(work, party_id, facts)
    house = household_differs(work, party_id, household)
    asked = _columns(request)
    asked = {name: value for name, value in asked.items() if before[name] != value}
    if person is None and not house and not asked:
        return ApplicationChanged(int(before["id"]), int(before["version"]), before["stage"])
    if person is not None:
        change_party(work, person, facts)
    if house:
        save_household(work, party_id, household, known=True)
    if "group_id" in asked:
        join(work, party_id, GROUP, request.group_id, known=True)
    stage = revised_to(before["stage"], person_changed=person is not None or house)
    _note(work, int(before["id"]), "revised", request)
    return change_stage(work, before, stage, decision_id=None, decided_outcome="", **asked)


@use_case(
    VerifyApplication,
    needs=Permission.APPLICATION_VERIFY,
    changes={Topic.APPLICATION},
    answer=ApplicationChanged,
)
def verify_application(work: Work, command: VerifyApplication) -> ApplicationChanged:
    """Somebody has looked at the borrower and the papers; what is missing is refused by name."""
    before = lock_steady(work, command.application_id, command.version)
    note = cleaned(command.note, "note")
    if before["stage"] in (Stage.ENTERED, Stage.DOCUMENTS):
        lacking = incomplete(filled(work.tx.connection, before))
        if lacking:
            raise NotAllowedNow(why="incomplete", missing=lacking)
    stage = moved(before["stage"], Step.VERIFY)
    record(work, SUBJECT, int(before["id"]), "verified", payload={"note": note})
    return change_stage(work, before, stage)


@use_case(
    RejectApplication,
    needs=Permission.APPLICATION_SANCTION,
    changes={Topic.APPLICATION},
    answer=ApplicationChanged,
)
def reject_application(work: Work, command: RejectApplication) -> ApplicationChanged:
    """Say no, with the reason."""
    return _left(work, command, Step.REJECT, "rejected")


@use_case(
    WithdrawApplication,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.APPLICATION},
    answer=ApplicationChanged,
)
def withdraw_application(work: Work, command: WithdrawApplication) -> ApplicationChanged:
    """The borrower does not want it any more."""
    return _left(work, command, Step.WITHDRAW, "withdrawn")


def lock_steady(work: Work, application_id: int, version: int | None) -> Row:
    """The application, locked; refused while a second person has to check something on it."""
    hold_day(work)
    before = lock_application(work.tx, application_id, work.branch.branch_id, version)
    if before["check_id"] is not None:
        raise NotAllowedNow(why="waiting-for-checker")
    return before


def hold_day(work: Work) -> None:
    """Keep the open day open until this is done. Raises DayClosed."""
    if not share_open_day(work.tx, work.branch.branch_id):
        raise DayClosed()


def change_stage(work: Work, before: Row, stage: Stage, **changes: object) -> ApplicationChanged:
    """Move a locked application on (or let it stay) and change what else there is."""
    if stage != before["stage"]:
        changes = {**changes, "stage": stage.value, "stage_since_on": work.day}
    version = work.tx.change(applications, before, **changes)
    check_id = changes.get("check_id")
    return ApplicationChanged(
        application_id=int(before["id"]),
        version=version,
        stage=stage.value,
        check_id=check_id if isinstance(check_id, int) else None,
    )


def filled(connection: Snapshot, application: Row) -> Filled:
    """What is known about an application, as far as completeness goes."""
    party_id = int(application["party_id"])
    party = party_by_id(connection, party_id)
    if party is None:
        raise NotFound(what="party", id=party_id)
    numbers = [row for row in identities_of(connection, party_id) if row["value"]]
    return Filled(
        born_on=party["born_on"],
        phone=party["phone"],
        village=party["village"],
        identities=len(numbers),
        papers=kinds_of(connection, SUBJECT, int(application["id"])),
        income_minor=monthly_income(household_facts(connection, party_id).members),
    )


def _clean_request(work: Work, request: RequestFacts) -> RequestFacts:
    """The request within its product and group. Raises at the first field that does not fit."""
    product = product_on(work.tx.connection, request.product_id, work.day)
    if product is None:
        raise NotFound(field="product_id", what="product", id=request.product_id)
    if product["currency"] != request.currency:
        raise CurrencyMismatch(field="currency", one=product["currency"], other=request.currency)
    check_bounds(product, request.amount_minor, request.instalments, product_rate(product))
    if request.group_id is not None:
        group = group_by_id(work.tx.connection, request.group_id, work.branch.branch_id)
        if group is None:
            raise NotFound(field="group_id", what="group", id=request.group_id)
    return RequestFacts(
        product_id=request.product_id,
        amount_minor=request.amount_minor,
        currency=request.currency,
        instalments=request.instalments,
        purpose=cleaned(request.purpose, "purpose"),
        group_id=request.group_id,
    )


def _insert(work: Work, party_id: int, request: RequestFacts) -> tuple[int, str]:
    application_id = work.tx.new_id()
    number = _next_number(work)
    work.tx.insert(
        applications,
        id=application_id,
        number=number,
        branch_id=work.branch.branch_id,
        party_id=party_id,
        officer_id=work.actor.user_id,
        stage=Stage.ENTERED.value,
        stage_since_on=work.day,
        entered_on=work.day,
        decided_outcome="",
        **_columns(request),
    )
    return application_id, number


def _next_number(work: Work) -> str:
    """A-<branch>-<yymm>-<counter>-<serial>, from 1 in every month; a counter leaves no gap."""
    branch = work.branch
    prefix = f"A-{branch.code}-{work.day:%y%m}-{branch.counter_code}-"
    last = last_number(work.tx, applications, work.session.station_id)
    serial = 1 + int(last.removeprefix(prefix)) if last and last.startswith(prefix) else 1
    return f"{prefix}{serial:04d}"


def _columns(request: RequestFacts) -> dict[str, object]:
    return {
        "product_id": request.product_id,
        "group_id": request.group_id,
        "amount_minor": request.amount_minor,
        "currency": request.currency,
        "instalments": request.instalments,
        "purpose": request.purpose,
    }


def _note(work: Work, application_id: int, kind: str, request: RequestFacts) -> None:
    record(
        work,
        SUBJECT,
        application_id,
        kind,
        amount_minor=request.amount_minor,
        currency=request.currency,
        payload={"instalments": request.instalments, "product_id": request.product_id},
    )


def _left(
    work: Work, command: RejectApplication | WithdrawApplication, step: Step, kind: str
) -> ApplicationChanged:
    before = lock_steady(work, command.application_id, command.version)
    stage = moved(before["stage"], step)
    reason = cleaned(command.reason, "reason", needed=True)
    record(work, SUBJECT, int(before["id"]), kind, payload={"note": reason})
    return change_stage(work, before, stage)
