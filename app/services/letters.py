"""Letters by stage: each a fact with a number, printed again as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

from app.commands.base import Topic
from app.commands.late import LettersWritten, NotWritten, WriteLetters
from app.domain.errors import NotFound, ValueRefused
from app.domain.letters import LetterStage, letter_stages_of, stages_on
from app.domain.roles import Permission
from app.paths import resources
from app.queries.late import LettersForPaper, ListLetters
from app.rows.late import LetterRow
from app.rows.papers import DemandPaper, LettersPaper
from app.services.contact import STOPPED
from app.services.loan_now import LoanNow, as_on_day
from app.services.loan_papers import demand_of
from app.services.numbers import next_letter
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.arrears import ACTIVE
from app.store.letters import last_letter, letters_by_id, letters_of
from app.store.loan_terms import believed_on
from app.store.loans import events_of, loans_by_id
from app.store.outbox import stopped
from app.store.schema.late import letters

MOST_LOANS = 500
Mapped = Mapping[Any, Any]


@use_case(
    WriteLetters,
    needs=Permission.VISIT_PLAN,
    changes={Topic.MESSAGE},
    answer=LettersWritten,
)
def write_letters(work: Work, command: WriteLetters) -> LettersWritten:
    """Write to each loan the letter of its stage; who gets none is named with why."""
    ids = tuple(dict.fromkeys(command.loan_ids))
    if not ids or len(ids) > MOST_LOANS:
        raise ValueRefused(field="loan_ids", why="too-many" if ids else "empty", most=MOST_LOANS)
    stages = stages_on(shipped_stages(), work.day)
    if command.stage and command.stage not in stages:
        raise ValueRefused(field="stage", why="not-a-choice", given=command.stage)
    records = loans_by_id(work.tx.connection, ids)
    facts = events_of(work.tx.connection, ids)
    made: list[int] = []
    left: list[NotWritten] = []
    for loan_id in ids:
        found = records.get(loan_id)
        if found is None or found.branch_id != work.branch.branch_id:
            raise NotFound(what="loan", id=loan_id)
        now = as_on_day(found, facts[loan_id], work.day)
        written = _written(work, now, stages, command.stage)
        if isinstance(written, int):
            made.append(written)
        else:
            left.append(NotWritten(loan_id, written))
    return LettersWritten(tuple(made), tuple(left))


def _written(work: Work, now: LoanNow, stages: Mapping[str, LetterStage], wanted: str) -> int | str:
    """The id of the letter, or the code of why there is none."""
    found, since = now.record, now.oldest_late_on
    if found.status != ACTIVE or since is None:
        return "not-late"
    if stopped(work.tx.connection, [found.party_id], work.day):
        return STOPPED
    fitting = (one for one in stages.values() if one.fits(now.dpd))
    stage = stages[wanted] if wanted else next(fitting, None)
    if stage is None:
        return "no-stage"
    last = last_letter(work.tx.connection, found.loan_id, stage.stage)
    if last is not None and work.day < last + timedelta(stage.again_after_days):
        return "too-soon"
    letter_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    work.tx.insert(
        letters,
        id=letter_id,
        branch_id=work.branch.branch_id,
        number=next_letter(work),
        loan_id=found.loan_id,
        party_id=found.party_id,
        stage=stage.stage,
        made_on=work.day,
        pay_by_on=work.day + timedelta(stage.pay_within_days),
        oldest_due_on=since,
        dpd=now.dpd,
        arrears_minor=now.late.total,
        outstanding_minor=now.position.principal_outstanding,
        currency=found.currency,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    work.tx.flush()
    return letter_id


@answers(LettersForPaper, needs=Permission.VIEW_LOANS)
def letters_for_paper(reading: Reading, query: LettersForPaper) -> LettersPaper:
    """The letters in the order asked for, each with the figures of its day as known then."""
    rows = letters_by_id(reading.connection, reading.branch.branch_id, query.letter_ids)
    if not query.letter_ids or set(rows) != set(query.letter_ids):
        raise NotFound(what="letter")
    return LettersPaper(letters=tuple(_paper(reading, rows[one]) for one in query.letter_ids))


@answers(ListLetters, needs=Permission.VIEW_LOANS)
def list_letters(reading: Reading, query: ListLetters) -> tuple[LetterRow, ...]:
    """The letters of a loan, the newest first."""
    return tuple(
        LetterRow(
            letter_id=row["id"],
            number=row["number"],
            stage=row["stage"],
            made_on=row["made_on"],
            pay_by_on=row["pay_by_on"],
            dpd=row["dpd"],
            arrears_minor=row["arrears_minor"],
            currency=row["currency"],
            by=row["by"] or "",
        )
        for row in letters_of(reading.connection, reading.branch.branch_id, query.loan_id)
    )


def _paper(reading: Reading, row: Mapped) -> DemandPaper:
    loan_id, on = row["loan_id"], row["made_on"]
    found = loans_by_id(reading.connection, [loan_id])[loan_id]
    then = believed_on(reading.connection, [loan_id], on) if on < reading.day else {}
    found = replace(found, terms=then.get(loan_id, found.terms))
    facts = events_of(reading.connection, [loan_id])[loan_id]
    known = [event for event in facts if event.booked_on <= on and event.ref < row["id"]]
    made = demand_of(reading, as_on_day(found, known, on))
    return replace(
        made,
        about=replace(made.about, printed_on=on),
        number=row["number"],
        stage=row["stage"],
        pay_by_on=row["pay_by_on"],
    )


@cache
def shipped_stages() -> tuple[LetterStage, ...]:
    """The stages as shipped."""
    text = (resources() / "rules" / "letters.json").read_text("utf-8")
    return letter_stages_of(json.loads(text))
