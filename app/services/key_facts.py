"""Key fact statements: issued of a sanctioned loan, acknowledged, shown as they were issued."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from app.commands.base import Topic
from app.commands.codec import decode, encode
from app.commands.key_facts import (
    AcknowledgeKeyFacts,
    IssueKeyFacts,
    KeyFactsAcknowledged,
    KeyFactsIssued,
)
from app.domain.application import Stage
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.domain.terms import Terms, doc_of
from app.queries.key_facts import KeyFactsForPaper, ListKeyFacts, PreviewKeyFacts, ShowKeyFacts
from app.rows.facts import TranchePlan
from app.rows.key_facts import KeyFactsPaper
from app.rows.origination import KeyFactsRow, KeyFactsView, Quote
from app.services.applications import hold_day, lock_steady
from app.services.calendars import rule_here, with_calendar
from app.services.facts import record
from app.services.key_fact_papers import Proposal, paper_of
from app.services.key_fact_rules import rule_of
from app.services.numbers import next_statement
from app.services.paper_settings import paper_look
from app.services.projecting import terms_from
from app.services.quotes import quote_of, terms_for
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.applications import SUBJECT
from app.store.key_facts import about_application, statement_by_id, statements_of
from app.store.products import product_version
from app.store.schema.terms import key_fact_acknowledgements, key_fact_statements
from app.store.store import Snapshot

READY = (Stage.SANCTIONED.value, Stage.READY.value)
STATEMENT = "key-facts"
LONGEST_NAME = 200
Row = Mapping[str, Any]


@use_case(
    IssueKeyFacts,
    needs=Permission.KEY_FACTS,
    changes={Topic.APPLICATION},
    answer=KeyFactsIssued,
)
def issue_key_facts(work: Work, command: IssueKeyFacts) -> KeyFactsIssued:
    """Keep what the loan will cost, in both schedules, under a proposal number of its own."""
    lock_steady(work, command.application_id, None)
    made = proposal(work.tx.connection, work.branch.branch_id, work.day, command)
    statement_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    number = next_statement(work)
    paper, quote = paper_of(made, number), quote_of(made.terms)
    work.tx.insert(
        key_fact_statements,
        id=statement_id,
        branch_id=work.branch.branch_id,
        application_id=command.application_id,
        number=number,
        made_on=work.day,
        valid_to=paper.valid_to,
        valid_days=paper.valid_days,
        language=paper.language,
        disburse_on=made.terms.disbursed_on,
        first_due_on=paper.first_due_on,
        terms=encode(doc_of(made.terms)),
        paper=encode(paper),
        quote=encode(quote),
        apr_percent=quote.disclosed_apr_percent,
        apr_method=paper.apr_method,
        rule=made.rule.citation,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    payload = {"statement_id": statement_id, "valid_to": paper.valid_to}
    record(work, SUBJECT, command.application_id, "key-facts", title=number, payload=payload)
    return KeyFactsIssued(statement_id, number, paper.valid_to)


@use_case(
    AcknowledgeKeyFacts,
    needs=Permission.KEY_FACTS,
    changes={Topic.APPLICATION},
    answer=KeyFactsAcknowledged,
)
def acknowledge_key_facts(work: Work, command: AcknowledgeKeyFacts) -> KeyFactsAcknowledged:
    """Note that the borrower had it explained and signed it; not after its last day."""
    hold_day(work)
    found = _statement(work.tx.connection, command.statement_id, work.branch.branch_id)
    application_id = int(found["application_id"])
    lock_steady(work, application_id, None)
    _check_open(work, found, statements_of(work.tx.connection, application_id))
    signed_by = cleaned(command.by, "by")
    if len(signed_by) > LONGEST_NAME:
        raise ValueRefused(field="by", why="too-long", most=LONGEST_NAME)
    about = _about(work.tx.connection, application_id, work.branch.branch_id)
    work.tx.insert(
        key_fact_acknowledgements,
        statement_id=command.statement_id,
        acknowledged_on=work.day,
        signed_by=signed_by or about["full_name"],
        explained_in=command.explained_in or found["language"],
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    record(work, SUBJECT, application_id, "key-facts-signed", title=found["number"])
    return KeyFactsAcknowledged(command.statement_id, work.day)


@answers(ShowKeyFacts, needs=Permission.VIEW_APPLICATIONS)
def show_key_facts(reading: Reading, query: ShowKeyFacts) -> KeyFactsView | None:
    """A statement, or the newest of an application, with both schedules."""
    connection, branch_id = reading.connection, reading.branch.branch_id
    if query.statement_id is not None:
        found: Row | None = _statement(connection, query.statement_id, branch_id)
    else:
        found = next(iter(_of_application(reading, query.application_id or 0)), None)
    if found is None:
        return None
    siblings = statements_of(connection, found["application_id"])
    quote = decode(Quote, found["quote"])
    return KeyFactsView(_row(found, siblings, reading.day), _paper(found), quote)


@answers(ListKeyFacts, needs=Permission.VIEW_APPLICATIONS)
def list_key_facts(reading: Reading, query: ListKeyFacts) -> tuple[KeyFactsRow, ...]:
    """The statements of an application, newest first."""
    found = _of_application(reading, query.application_id)
    return tuple(_row(one, found, reading.day) for one in found)


@answers(PreviewKeyFacts, needs=Permission.VIEW_APPLICATIONS)
def preview_key_facts(reading: Reading, query: PreviewKeyFacts) -> KeyFactsPaper:
    """The statement as it would be issued, without a number."""
    made = proposal(reading.connection, reading.branch.branch_id, reading.day, query)
    return paper_look(reading).dressed(paper_of(made, ""))


@answers(KeyFactsForPaper, needs=Permission.VIEW_APPLICATIONS)
def key_facts_for_paper(reading: Reading, query: KeyFactsForPaper) -> KeyFactsPaper:
    """A statement as it was issued, with its acknowledgement."""
    branch_id = reading.branch.branch_id
    issued = _paper(_statement(reading.connection, query.statement_id, branch_id))
    return paper_look(reading).dressed(issued)


def proposal(
    connection: Snapshot, branch_id: int, day: date, asked: IssueKeyFacts | PreviewKeyFacts
) -> Proposal:
    """The sanctioned loan as it is planned. Raises where there is nothing to disclose, or how."""
    about = _about(connection, asked.application_id, branch_id)
    if about["stage"] not in READY or about["sanctioned_minor"] is None:
        raise NotAllowedNow(why="not-sanctioned")
    disburse_on = asked.disburse_on or day
    if disburse_on < day:
        raise ValueRefused(field="disburse_on", why="before-today", given=disburse_on)
    product = sanctioned_product(connection, about)
    terms = sanctioned_terms(product, about, disburse_on, asked.first_due_on, asked.tranches)
    return Proposal(
        about=about,
        product=product,
        terms=terms,
        rule=rule_here(connection, branch_id, rule_of(terms.currency, day), day),
        made_on=day,
        language=asked.language or about["party_language"],
    )


def sanctioned_product(connection: Snapshot, application: Row) -> Mapping[Any, Any]:
    """The product with the terms that were sanctioned. Raises NotFound."""
    product = product_version(
        connection,
        application["product_id"],
        application["product_number"],
        application["stage_since_on"],
    )
    if product is None:
        raise NotFound(what="product", id=application["product_id"])
    since = application["stage_since_on"]
    return with_calendar(connection, application["branch_id"], product, since)


def sanctioned_terms(
    product: Mapping[Any, Any],
    application: Row,
    disbursed_on: date,
    first_due_on: date | None,
    later: Sequence[TranchePlan],
) -> Terms:
    """The terms of a sanctioned application that is paid out on a day."""
    return terms_for(
        product,
        application["sanctioned_minor"],
        application["sanctioned_instalments"],
        application["sanctioned_rate"],
        disbursed_on,
        first_due_on,
        later,
    )


def terms_disclosed(statement: Row) -> Terms:
    """The terms that a statement is about."""
    return terms_from(statement["terms"], decode(Quote, statement["quote"]).currency)


def later_parts(terms: Terms) -> tuple[TranchePlan, ...]:
    """The parts of the principal after the first."""
    return tuple(TranchePlan(part.on, part.amount) for part in terms.tranches[1:])


def state_of(statement: Row, siblings: Sequence[Row], day: date) -> str:
    """How a statement stands among those of its application, newest first."""
    if statement["id"] != siblings[0]["id"]:
        return "replaced"
    if statement["acknowledged_on"] is not None:
        return "acknowledged"
    return "expired" if statement["valid_to"] < day else "open"


def _check_open(work: Work, statement: Row, siblings: Sequence[Row]) -> None:
    state = state_of(statement, siblings, work.day)
    if state != "open":
        raise NotAllowedNow(why=f"key-facts-{state}", valid_on=statement["valid_to"])


def _about(connection: Snapshot, application_id: int, branch_id: int) -> Row:
    found = about_application(connection, application_id)
    if found is None or found["branch_id"] != branch_id:
        raise NotFound(what="application", id=application_id)
    return found


def _statement(connection: Snapshot, statement_id: int, branch_id: int) -> Row:
    found = statement_by_id(connection, statement_id)
    if found is None or found["branch_id"] != branch_id:
        raise NotFound(what=STATEMENT, id=statement_id)
    return found


def _of_application(reading: Reading, application_id: int) -> Sequence[Row]:
    _about(reading.connection, application_id, reading.branch.branch_id)
    return statements_of(reading.connection, application_id)


def _paper(found: Row) -> KeyFactsPaper:
    return replace(
        decode(KeyFactsPaper, found["paper"]),
        acknowledged_on=found["acknowledged_on"],
        explained_in=found["explained_in"] or "",
    )


def _row(found: Row, siblings: Sequence[Row], day: date) -> KeyFactsRow:
    at = found["acknowledged_at"]
    return KeyFactsRow(
        statement_id=found["id"],
        application_id=found["application_id"],
        number=found["number"],
        state=state_of(found, siblings, day),
        made_on=found["made_on"],
        made_by=found["made_by"] or "",
        valid_to=found["valid_to"],
        valid_days=found["valid_days"],
        language=found["language"],
        disburse_on=found["disburse_on"],
        first_due_on=found["first_due_on"],
        tranches=later_parts(terms_disclosed(found)),
        apr_percent=found["apr_percent"],
        apr_method=found["apr_method"],
        acknowledged_on=found["acknowledged_on"],
        acknowledged_at=None if at is None else datetime.fromisoformat(at),
        acknowledged_by=found["signed_by"] or "",
        witnessed_by=found["witnessed_by"] or "",
        explained_in=found["explained_in"] or "",
    )
