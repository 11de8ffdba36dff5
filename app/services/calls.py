"""Calling late borrowers: the list to call from, and what came of each call."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.commands.base import Topic
from app.commands.late import CallNoted, NoteCall
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.letters import CallOutcome, outcome_of_call
from app.domain.roles import Permission
from app.queries.late import CallListForPaper, ListCalls
from app.rows.late import CallLine, CallRow
from app.rows.papers import CallListPaper
from app.services.field_rules import hours_shown
from app.services.paper_settings import paper_look
from app.services.promises import add_promise, check_note, lock_living
from app.services.registry import answers, use_case
from app.services.standing import standings
from app.services.work import Reading, Work
from app.store.letters import calls_of
from app.store.outbox import reached_by, stopped
from app.store.promises import shown_promises
from app.store.schema.late import calls
from app.texts import _
from app.texts.figures import day_short
from app.texts.labels import named

MOST_LINES = 500
Mapped = Mapping[Any, Any]


@use_case(
    NoteCall,
    needs=Permission.VISIT_RECORD,
    changes={Topic.PROMISE, Topic.VISIT},
    answer=CallNoted,
)
def note_call(work: Work, command: NoteCall) -> CallNoted:
    """Note what came of a call; a promise made on it is one like any other."""
    outcome = outcome_of_call(command.outcome)
    check_note(command.note)
    promised = command.promise is not None
    if promised is not (outcome is CallOutcome.PROMISE):
        why = "no-promise-here" if promised else "promise-missing"
        raise ValueRefused(field="promise", why=why, outcome=outcome)
    loan = lock_living(work, command.loan_id)
    if outcome is not CallOutcome.WRONG_NUMBER:
        _check_allowed(work, loan.loan_id)
    promise_id = None
    if command.promise is not None:
        promise_id = add_promise(work, loan, command.promise, work.day, note=command.note)
    call_id = work.tx.insert(
        calls,
        branch_id=work.branch.branch_id,
        loan_id=loan.loan_id,
        called_on=work.day,
        outcome=outcome.value,
        promise_id=promise_id,
        note=command.note.strip(),
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    return CallNoted(call_id, promise_id)


def _check_allowed(work: Work, loan_id: int) -> None:
    """Raise NotAllowedNow for a borrower who must not be contacted."""
    row = reached_by(work.tx.connection, [loan_id])[loan_id]
    if stopped(work.tx.connection, [row["party_id"]], work.day):
        raise NotAllowedNow(why="contact-stopped")


@answers(ListCalls, needs=Permission.VIEW_LOANS)
def list_calls(reading: Reading, query: ListCalls) -> tuple[CallRow, ...]:
    """The calls about a loan, the newest first."""
    found = calls_of(reading.connection, reading.branch.branch_id, [query.loan_id])
    return tuple(
        CallRow(row["id"], row["called_on"], row["outcome"], row["note"], row["by"] or "")
        for row in found
    )


@answers(CallListForPaper, needs=Permission.VIEW_FIELD)
def call_list_for_paper(reading: Reading, query: CallListForPaper) -> CallListPaper:
    """The loans in the order given; who must not be contacted is left out."""
    ids = query.loan_ids[:MOST_LINES]
    who = reached_by(reading.connection, ids)
    if any(one not in who or who[one]["branch_id"] != reading.branch.branch_id for one in ids):
        raise NotFound(what="loan")
    quiet = stopped(reading.connection, [row["party_id"] for row in who.values()], reading.day)
    stands = standings(reading, list(ids), reading.day)
    said = _said(reading, ids)
    lines = tuple(
        _line(who[one], stands[one].dpd, stands[one].arrears_minor, said.get(one, ""))
        for one in ids
        if one in stands and who[one]["party_id"] not in quiet
    )
    rules = {who[one]["rule_set"] for one in ids}
    return CallListPaper(
        lender=paper_look(reading).lender,
        on=reading.day,
        who=reading.actor.name,
        lines=lines,
        contact_hours=hours_shown(rules, reading.day),
    )


def _line(row: Mapped, dpd: int, arrears: int, said: str) -> CallLine:
    return CallLine(
        number=row["number"],
        borrower=row["full_name"],
        local_name=row["local_name"],
        phone=row["phone"],
        village=row["village"],
        dpd=dpd,
        arrears_minor=arrears,
        currency=row["currency"],
        said=said,
    )


def _said(reading: Reading, ids: tuple[int, ...]) -> dict[int, str]:
    """The newest promise or, without one, the newest call of each loan."""
    said: dict[int, str] = {}
    for row in reversed(calls_of(reading.connection, reading.branch.branch_id, ids)):
        when = day_short(row["called_on"])
        said[row["loan_id"]] = f"{named('call', row['outcome'])}, {when}"
    promised = shown_promises(reading.connection, ids, reading.day, day_ended=False)
    for loan_id, row in promised.items():
        state = named("promise", row["state"])
        text = _("Promise for {day}: {state}")
        said[loan_id] = text.format(day=day_short(row["promised_on"]), state=state)
    return said
