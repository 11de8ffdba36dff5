"""The terms of a loan were keyed wrongly: other ones take their place, from its beginning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from app.commands.base import Topic
from app.commands.codec import encode
from app.commands.takeover import LoanChanged, RestateLoan
from app.domain.errors import EventRefused, KistError, NotFound, TermsRefused, ValueRefused
from app.domain.reading import percent_text
from app.domain.roles import Limit, Permission
from app.domain.terms import Terms, doc_of, terms_of
from app.queries.takeover import ListLoanTerms
from app.rows.takeover import TermsChange, TermsVersionRow
from app.services.acting import Desk, Plan, agreed, check_living
from app.services.books import About, post
from app.services.disbursing import levies
from app.services.facts import record
from app.services.projecting import LOAN, Living, brought_up, keep, terms_from
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.loan_terms import FIRST, count_versions, loan_as_made, versions_of_terms
from app.store.schema.terms import loan_terms
from app.texts import SCREEN
from app.texts.term_words import differing

RESTATED = "restated"
FIXED = ("principal", "disbursed_on")


@use_case(RestateLoan, needs=Permission.LOAN_RESTATE, changes={Topic.LOAN}, answer=LoanChanged)
def restate_loan(work: Work, command: RestateLoan) -> LoanChanged:
    """Keep the terms as a version, replay the loan by them, post today's difference today."""
    loan, plan = agreed(work, command, plan_restatement)
    terms = plan.terms
    if terms is None:
        raise AssertionError("a restatement without terms")
    number = count_versions(work.tx.connection, command.loan_id) + 1
    before, was = brought_up(work, loan), loan.place
    lines = restated(loan, terms, work)
    event_id = record(
        work,
        LOAN,
        command.loan_id,
        RESTATED,
        title=command.reason.strip(),
        payload={"number": number},
    )
    _insert(work, loan, terms, number, event_id, command.reason.strip())
    found = loan.record
    about = About(RESTATED, found.currency, found.product_id, found.loan_id, event_id)
    post(work, about, lines)
    keep(work, loan, before, anew=True, was=was)
    return LoanChanged(command.loan_id, event_id)


def plan_restatement(desk: Desk, loan: Living, command: RestateLoan) -> Plan:
    """Other terms, and no fact. Raises at the field where they cannot be this loan's."""
    desk.reason(command.reason)
    check_living(loan)
    terms = _read(command.terms, loan.record.currency)
    was, now = doc_of(loan.terms), doc_of(terms)
    if any(was[key] != now[key] for key in FIXED) or _handed_out(loan, terms):
        raise ValueRefused(field="terms", why="restate-fixed")
    if was == now:
        raise ValueRefused(field="terms", why="restate-same")
    _try(loan, terms)
    return Plan((), Limit.RESTATE, loan.position.principal_outstanding, terms=terms)


@answers(ListLoanTerms, needs=Permission.VIEW_LOANS)
def list_loan_terms(reading: Reading, query: ListLoanTerms) -> tuple[TermsVersionRow, ...]:
    """The versions of a loan's terms, the one in force first. Raises NotFound."""
    made = loan_as_made(reading.connection, query.loan_id)
    if made is None or made["branch_id"] != reading.branch.branch_id:
        raise NotFound(what=LOAN, id=query.loan_id)
    later = versions_of_terms(reading.connection, query.loan_id)
    rows, currency = [_first(made)], made["currency"]
    for one in later:
        row = _row(one)
        rows.append(replace(row, changes=_changes(rows[-1].terms, row.terms, currency)))
    return tuple(reversed(rows))


def _changes(was: str, now: str, currency: str) -> tuple[TermsChange, ...]:
    """What two versions agree otherwise, in the words of the screen."""
    differ = differing(terms_from(was, currency), terms_from(now, currency), SCREEN)
    return tuple(TermsChange(*one) for one in differ)


def restated(loan: Living, terms: Terms, work: Work) -> Any:
    """The entry of the difference, with the loan put on its terms. Raises ValueRefused."""
    try:
        return loan.restate(terms, work.tools.rules)
    except EventRefused as refusal:
        raise _misfit(refusal) from refusal


def _try(loan: Living, terms: Terms) -> None:
    """Raise where what happened on the loan does not fit the terms."""
    trial = Living(loan.record, loan.terms, list(loan.events), loan.day)
    try:
        trial.fit(terms)
    except KistError as refusal:
        raise _misfit(refusal) from refusal


def _misfit(refusal: KistError) -> ValueRefused:
    return ValueRefused(field="terms", why="restate-history", of=refusal.params.get("why"))


def _handed_out(loan: Living, terms: Terms) -> bool:
    """Whether the parts of the principal would be other ones than were planned."""
    return [part.amount for part in loan.terms.tranches] != [part.amount for part in terms.tranches]


def _read(text: str, currency: str) -> Terms:
    try:
        doc = json.loads(text)
    except ValueError:
        raise TermsRefused(field="terms", path="terms", given=text[:40], allowed="JSON") from None
    if not isinstance(doc, dict):
        raise TermsRefused(field="terms", path="terms", given=text[:40], allowed="JSON")
    try:
        return terms_of(doc, currency)
    except TermsRefused as refusal:
        raise TermsRefused(field="terms", **refusal.params) from refusal


def _insert(
    work: Work, loan: Living, terms: Terms, number: int, event_id: int, reason: str
) -> None:
    work.tx.insert(
        loan_terms,
        loan_id=loan.record.loan_id,
        number=number,
        annual_rate=percent_text(terms.annual_rate),
        rules=terms.rules,
        terms=encode(doc_of(terms)),
        interest_mode=terms.rounding.mode.value,
        interest_to_minor=terms.rounding.interest_to,
        levies=levies(terms),
        moves=loan.moves,
        reason=reason,
        event_id=event_id,
        booked_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )


def _row(one: Mapping[Any, Any]) -> TermsVersionRow:
    return TermsVersionRow(
        number=one["number"],
        terms=one["terms"],
        annual_rate=one["annual_rate"],
        reason=one["reason"],
        booked_on=one["booked_on"],
        at=datetime.fromisoformat(one["recorded_at"]),
        by=one["by"] or "",
    )


def _first(made: Mapping[Any, Any]) -> TermsVersionRow:
    return TermsVersionRow(
        number=FIRST,
        terms=made["terms"],
        annual_rate=made["annual_rate"],
        reason="",
        booked_on=made["disbursed_on"],
        at=None,
        by="",
    )
