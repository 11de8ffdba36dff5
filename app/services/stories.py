"""What happened to a loan and around it, in the words of the branch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.queries.field import ShowLoanStory
from app.rows.field import LoanStory
from app.rows.origination import StoryRow
from app.services.late_story import late_story
from app.services.promises import MADE, promise_rows
from app.services.registry import answers
from app.services.standing import standings
from app.services.visits import RECORDED
from app.services.work import Reading
from app.store.field import lines_of, loan_heads, story_of
from app.store.meetings import attendance_of
from app.store.promises import promises_of
from app.texts import _
from app.texts.figures import day as shown_day
from app.texts.labels import named

LATEST = 40
CAME, ABSENT = "came", "absent"
PROPOSED = ("act-asked", "act-allowed", "act-declined")
Mapped = Mapping[Any, Any]


@answers(ShowLoanStory, needs=Permission.VIEW_LOANS)
def show_loan_story(reading: Reading, query: ShowLoanStory) -> LoanStory:
    """Who, how the schedule stands line by line, the promises, what happened last."""
    head = loan_heads(reading.connection, [query.loan_id]).get(query.loan_id)
    if head is None or head["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="loan", id=query.loan_id)
    stands = standings(reading, [query.loan_id], reading.day)[query.loan_id]
    promised = promises_of(reading.connection, [query.loan_id], reading.day)
    return LoanStory(
        loan_id=query.loan_id,
        number=head["number"],
        borrower=head["full_name"],
        local_name=head["local_name"],
        phone=head["phone"],
        dpd=stands.dpd,
        asset_class=stands.asset_class,
        arrears_minor=stands.arrears_minor,
        outstanding_minor=stands.outstanding_minor,
        currency=head["currency"],
        cells=cells(lines_of(reading.connection, query.loan_id), reading.day),
        promises=promise_rows(promised, reading.day),
        story=tuple(whole_story(reading, query.loan_id, LATEST)),
    )


def whole_story(reading: Reading, loan_id: int, limit: int) -> list[StoryRow]:
    """What happened to a loan, meetings, calls, letters, messages; the newest first."""
    told = [story_row(row) for row in story_of(reading.connection, loan_id, limit)]
    met = [met_row(row) for row in attendance_of(reading.connection, loan_id, limit)]
    late = late_story(reading, loan_id, limit)
    return sorted([*told, *met, *late], key=lambda row: (row.on, row.at), reverse=True)[:limit]


def met_row(row: Mapped) -> StoryRow:
    """A meeting at which a loan stood, as a line of its story."""
    return StoryRow(
        at=datetime.fromisoformat(row["recorded_at"]),
        on=row["held_on"],
        who=row["who"] or "",
        what=CAME if row["came"] else ABSENT,
        detail=" \u00b7 ".join(part for part in (row["centre"], row["note"] or "") if part),
        amount_minor=row["paid_minor"] or None,
        currency=row["currency"],
    )


def cells(lines: Sequence[Mapped], day: date) -> tuple[str, ...]:
    """Each line that asks something as paid, late, part or ahead."""
    return tuple(_cell(line, day) for line in lines if line["asked_minor"])


def story_row(row: Mapped) -> StoryRow:
    """A fact about a loan, a visit or a promise as a line of a story."""
    return StoryRow(
        at=datetime.fromisoformat(row["recorded_at"]),
        on=row["value_on"],
        who=row["who"] or "",
        what=row["kind"],
        detail=_detail(row),
        amount_minor=row["amount_minor"],
        currency=row["currency"] or "",
    )


def _cell(line: Mapped, day: date) -> str:
    if not line["unpaid_minor"]:
        return "paid"
    if line["due_on"] < day:
        return "late"
    return "part" if line["unpaid_minor"] < line["asked_minor"] else "ahead"


def _detail(row: Mapped) -> str:
    """The shown text beside what happened."""
    title = row["title"] or ""
    match row["kind"]:
        case kind if kind == RECORDED:
            parts = [named("outcome", title), row["visit_note"] or ""]
        case kind if kind == MADE:
            parts = [_("for {day}").format(day=shown_day(row["promised_on"]))]
            parts.append(row["promise_note"] or "")
        case kind if kind in PROPOSED:
            parts = [named("act", title)]
        case _other:
            parts = [title]
    return " \u00b7 ".join(part for part in parts if part)
