"""Applications as the queue and the screen show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.commands.origination import RequestFacts
from app.domain.application import CLOSED, MOVES, Stage, Step, missing
from app.domain.errors import NotFound
from app.domain.party import folded
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.origination import ListApplications, ShowApplication, SummariseApplications
from app.rows.origination import (
    ApplicationRow,
    ApplicationView,
    DecisionView,
    DocumentRow,
    SanctionView,
    StageCount,
    StoryRow,
)
from app.services.applications import filled
from app.services.decision_views import decision_view
from app.services.decisions import DECIDED
from app.services.households import household_facts
from app.services.parties import facts_of
from app.services.paying_terms import statement_wanted
from app.services.registry import answers
from app.services.work import Reading
from app.store.applications import (
    SUBJECT,
    Wanted,
    application_by_id,
    count_of,
    counts_by_stage,
    event_by_id,
    page_of,
    story_of,
    user_names,
)
from app.store.checks import check_by_id
from app.store.documents_index import documents_of
from app.store.store import Snapshot
from app.texts.labels import named

ALL, CHECK, DISBURSABLE = "all", "check", "disbursable"
LONGEST_PAGE = 1000
PAYABLE = tuple(stage.value for stage in MOVES[Step.DISBURSE])
_OPEN = tuple(stage.value for stage in Stage if stage not in CLOSED)


@answers(ListApplications, needs=Permission.VIEW_APPLICATIONS)
def list_applications(reading: Reading, query: ListApplications) -> Page[ApplicationRow]:
    """One page of the queue; asked without a sort, the longest in their stage come first."""
    wanted = Wanted(
        branch_id=reading.branch.branch_id,
        stages=stages_of(query.stage),
        waiting=query.stage == CHECK,
        text=folded(query.text),
        officer_id=query.officer_id,
        product_id=query.product_id,
        village=query.village,
    )
    limit, offset = min(max(query.limit, 1), LONGEST_PAGE), max(query.offset, 0)
    found = page_of(reading.connection, wanted, query.sort, offset, limit)
    rows = tuple(_row(reading, row) for row in found)
    return Page(rows, offset, count_of(reading.connection, wanted))


@answers(SummariseApplications, needs=Permission.VIEW_APPLICATIONS)
def summarise_applications(
    reading: Reading, _query: SummariseApplications
) -> tuple[StageCount, ...]:
    """Every stage in its order, then what waits for a checker."""
    branch_id = reading.branch.branch_id
    counts = counts_by_stage(reading.connection, branch_id)
    waiting = count_of(reading.connection, Wanted(branch_id, (), waiting=True, text=""))
    stages = (StageCount(stage.value, counts.get(stage.value, 0)) for stage in Stage)
    return (*stages, StageCount(CHECK, waiting))


@answers(ShowApplication, needs=Permission.VIEW_APPLICATIONS)
def show_application(reading: Reading, query: ShowApplication) -> ApplicationView:
    """One application, whole, identity numbers masked. Raises NotFound."""
    connection = reading.connection
    row = application_by_id(connection, query.application_id, reading.branch.branch_id)
    if row is None:
        raise NotFound(what="application", id=query.application_id)
    party, member_number = facts_of(connection, row["party_id"])
    check = check_by_id(connection, row["check_id"]) if row["check_id"] else None
    return ApplicationView(
        application_id=row["id"],
        version=row["version"],
        number=row["number"],
        stage=row["stage"],
        entered_on=row["entered_on"],
        officer=row["officer"] or "",
        party_id=row["party_id"],
        party=party,
        household=household_facts(connection, row["party_id"]),
        request=_request(row),
        product=row["product"],
        group=row["group_title"] or "",
        documents=document_rows(connection, SUBJECT, row["id"]),
        missing=missing(row["stage"], filled(connection, dict(row))),
        decision=_decision(connection, row["decision_id"]),
        sanction=_sanction(connection, row["sanction_id"]),
        check_id=row["check_id"],
        check_version=check["version"] if check else 0,
        check_maker_id=check["maker_id"] if check else None,
        loan_id=row["loan_id"],
        story=application_story(connection, row["id"]),
        member_number=member_number,
        statement=_statement(reading, row),
    )


def _statement(reading: Reading, row: Mapping[Any, Any]) -> str:
    """What the key fact statement still needs of an application that may be paid out."""
    if row["stage"] not in PAYABLE:
        return ""
    return statement_wanted(reading.connection, row, reading.day)


def document_rows(
    connection: Snapshot, subject_kind: str, subject_id: int
) -> tuple[DocumentRow, ...]:
    """The papers of a subject, for this screen and the loan's."""
    return tuple(
        DocumentRow(
            document_id=row["id"],
            kind=row["kind"],
            title=row["title"],
            media=row["media"],
            size=row["size"],
            sha256=row["sha256"],
            added_at=datetime.fromisoformat(row["added_at"]),
            added_by=row["who"] or "",
        )
        for row in documents_of(connection, subject_kind, subject_id)
    )


def application_story(connection: Snapshot, application_id: int) -> tuple[StoryRow, ...]:
    """What happened to an application, oldest first, for this screen and the loan's."""
    return tuple(_story(row) for row in story_of(connection, application_id))


def stages_of(stage: str) -> tuple[str, ...]:
    """The stages that a choice of the queue means; none means every one."""
    if stage in (ALL, CHECK):
        return ()
    if stage == DISBURSABLE:
        return PAYABLE
    return (stage,) if stage else _OPEN


def _row(reading: Reading, row: Mapping[Any, Any]) -> ApplicationRow:
    return ApplicationRow(
        application_id=row["id"],
        number=row["number"],
        borrower=row["full_name"],
        local_name=row["local_name"],
        village=row["village"],
        product=row["product"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        stage=row["stage"],
        stage_since_on=row["stage_since_on"],
        days_in_stage=max((reading.day - row["stage_since_on"]).days, 0),
        officer=row["officer"] or "",
        check_id=row["check_id"],
    )


def _request(row: Mapping[Any, Any]) -> RequestFacts:
    return RequestFacts(
        product_id=row["product_id"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        instalments=row["instalments"],
        purpose=row["purpose"],
        group_id=row["group_id"],
    )


def _decision(connection: Snapshot, event_id: int | None) -> DecisionView | None:
    fact = event_by_id(connection, event_id) if event_id else None
    return None if fact is None else decision_view(fact)


def _sanction(connection: Snapshot, event_id: int | None) -> SanctionView | None:
    fact = event_by_id(connection, event_id) if event_id else None
    if fact is None:
        return None
    said = json.loads(fact["payload"])
    ids = [said["maker_id"], said.get("checker_id") or 0]
    names = user_names(connection, ids)
    return SanctionView(
        amount_minor=fact["amount_minor"],
        currency=fact["currency"],
        instalments=said["instalments"],
        annual_rate=said["annual_rate"],
        sanctioned_on=fact["booked_on"],
        maker=names.get(ids[0], ""),
        checker=names.get(ids[1], ""),
        override_reason=said["override_reason"],
    )


def _story(row: Mapping[Any, Any]) -> StoryRow:
    said = json.loads(row["payload"]) if row["payload"] else {}
    return StoryRow(
        at=datetime.fromisoformat(row["recorded_at"]),
        on=row["booked_on"],
        who=row["who"] or "",
        what=row["kind"],
        detail=_detail(row, said),
        amount_minor=row["amount_minor"],
        currency=row["currency"] or "",
    )


def _detail(row: Mapping[Any, Any], said: Mapping[str, Any]) -> str:
    """What is worth saying of an event beside its kind, its amount and who did it."""
    if row["kind"] == DECIDED:
        return named("decision-outcome", row["title"])
    return str(
        said.get("note") or said.get("title") or said.get("override_reason") or row["title"] or ""
    )
