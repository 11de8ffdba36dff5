"""Promises to pay: made and cancelled by people, kept or broken by the facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from app.commands.base import Topic
from app.commands.field import CancelPromise, MakePromise, PromiseFacts, PromiseMade
from app.domain.errors import CurrencyMismatch, NotAllowedNow, NotFound, ValueRefused
from app.domain.promise import Promise, PromiseState, check_cancel, promise_made, state_of
from app.domain.roles import Permission
from app.queries.field import ListPromises
from app.rows.field import PromiseRow
from app.services.facts import record
from app.services.field_rules import promise_rules
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.arrears import ACTIVE
from app.store.field import PROMISE, lock_loan
from app.store.loans import LoanRecord
from app.store.promises import open_promise, promise, promises_due, promises_of
from app.store.schema.field import promise_cancellations, promises

MADE, CANCELLED = "promise-made", "promise-cancelled"
LONGEST_NOTE, LONGEST_REASON = 2000, 500


@use_case(
    MakePromise,
    needs=Permission.VISIT_RECORD,
    changes={Topic.PROMISE},
    answer=PromiseMade,
)
def make_promise(work: Work, command: MakePromise) -> PromiseMade:
    """Note a promise that was made today outside a visit."""
    check_note(command.note)
    loan = lock_living(work, command.loan_id)
    made = add_promise(work, loan, command.promise, work.day, note=command.note)
    return PromiseMade(made)


@use_case(
    CancelPromise,
    needs=Permission.VISIT_RECORD,
    changes={Topic.PROMISE},
    answer=PromiseMade,
)
def cancel_promise(work: Work, command: CancelPromise) -> PromiseMade:
    """Take an open promise back, with the reason; it stays listed as cancelled."""
    reason = command.reason.strip()
    if not reason or len(reason) > LONGEST_REASON:
        why = "too-long" if reason else "reason-missing"
        raise ValueRefused(field="reason", why=why)
    found = promise(work.tx.connection, command.promise_id, work.day)
    if found is None or found["loan_branch_id"] != work.branch.branch_id:
        raise NotFound(what="promise", id=command.promise_id)
    lock_loan(work.tx, found["loan_id"])
    now = promise(work.tx.connection, command.promise_id, work.day) or found
    check_cancel(_state(now, work.day))
    work.tx.insert(
        promise_cancellations,
        promise_id=command.promise_id,
        cancelled_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        reason=reason,
    )
    record(work, PROMISE, command.promise_id, CANCELLED, title=reason)
    return PromiseMade(command.promise_id)


@answers(ListPromises, needs=Permission.VIEW_LOANS)
def list_promises(reading: Reading, query: ListPromises) -> tuple[PromiseRow, ...]:
    """The promises of a loan, or those for a day (the business day where nothing is said)."""
    if query.loan_id is not None:
        found = promises_of(reading.connection, [query.loan_id], reading.day)
        own = [row for row in found if row["loan_branch_id"] == reading.branch.branch_id]
        return promise_rows(own, reading.day)
    due = promises_due(
        reading.connection,
        reading.branch.branch_id,
        query.due_on or reading.day,
        reading.day,
        query.officer_id,
    )
    return promise_rows(due, reading.day)


def add_promise(
    work: Work,
    loan: LoanRecord,
    facts: PromiseFacts,
    made_on: date,
    *,
    note: str = "",
    visit_id: int | None = None,
) -> int:
    """Insert a promise on a locked loan; returns its id. Raises at the field that is wrong."""
    if facts.currency != loan.currency:
        raise CurrencyMismatch(
            field="promise.amount_minor", one=loan.currency, other=facts.currency
        )
    made = promise_made(facts.amount_minor, facts.promised_on, made_on, promise_rules(made_on))
    if open_promise(work.tx.connection, loan.loan_id, made.promised_on, work.day) is not None:
        raise NotAllowedNow(field="promise.promised_on", why="promise-active")
    promise_id = work.tx.insert(
        promises,
        branch_id=work.branch.branch_id,
        loan_id=loan.loan_id,
        visit_id=visit_id,
        **asdict(made),
        currency=facts.currency,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        note=note.strip(),
    )
    record(
        work,
        PROMISE,
        promise_id,
        MADE,
        value_on=made_on,
        amount_minor=made.amount_minor,
        currency=facts.currency,
    )
    return promise_id


def lock_living(work: Work, loan_id: int) -> LoanRecord:
    """The active loan of this branch, locked. Raises NotFound or NotAllowedNow(loan-closed)."""
    loan = lock_loan(work.tx, loan_id)
    if loan is None or loan.branch_id != work.branch.branch_id:
        raise NotFound(what="loan", id=loan_id)
    if loan.status != ACTIVE:
        raise NotAllowedNow(why="loan-closed", number=loan.number)
    return loan


def check_note(note: str) -> None:
    """Raise where a note is longer than can be kept."""
    if len(note.strip()) > LONGEST_NOTE:
        raise ValueRefused(field="note", why="too-long", most=LONGEST_NOTE)


def promise_rows(found: Sequence[Mapping[Any, Any]], day: date) -> tuple[PromiseRow, ...]:
    """Rows with the state of the day."""
    return tuple(
        PromiseRow(
            promise_id=row["id"],
            loan_id=row["loan_id"],
            loan_number=row["number"],
            borrower=row["full_name"],
            made_on=row["made_on"],
            promised_on=row["promised_on"],
            amount_minor=row["amount_minor"],
            received_minor=int(row["received_minor"]),
            currency=row["currency"],
            state=_state(row, day).value,
            by=row["by"] or "",
        )
        for row in found
    )


def _state(row: Mapping[Any, Any], day: date) -> PromiseState:
    made = Promise(
        made_on=row["made_on"],
        promised_on=row["promised_on"],
        amount_minor=row["amount_minor"],
        counts_from_on=row["counts_from_on"],
        keeps_until_on=row["keeps_until_on"],
        enough_minor=row["enough_minor"],
    )
    return state_of(made, int(row["received_minor"]), day, cancelled=bool(row["cancelled"]))
