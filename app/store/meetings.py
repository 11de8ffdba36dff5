"""Meetings as SQL: whose loans are paid at a centre, what was asked, who came."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, RowMapping, case, func, or_, select

from app.domain.events import EventKind
from app.store.arrears import ACTIVE, LOAN, stands
from app.store.schema.loans import (
    events,
    instalments,
    loan_positions,
    loans,
    receipt_parts,
    receipts,
)
from app.store.schema.meetings import attendances, collection_sheets, meetings
from app.store.schema.people import groups, memberships, parties
from app.store.schema.system import users
from app.store.store import Snapshot
from app.store.tx import Row, Tx

GROUP = "group"
_A, _E, _G, _I, _L, _M = (
    *(attendances.c, events.c, groups.c, instalments.c),
    *(loans.c, meetings.c),
)
_P, _Q, _R, _S, _W = (
    *(loan_positions.c, receipt_parts.c, receipts.c, collection_sheets.c),
    parties.c,
)


def member_on(on: date) -> FromClause:
    """The memberships of groups that hold on a day."""
    return (
        select(memberships)
        .where(
            memberships.c.kind == GROUP,
            memberships.c.from_on <= on,
            or_(memberships.c.to_on.is_(None), memberships.c.to_on >= on),
        )
        .subquery("held")
    )


def centre_loans(
    snapshot: Snapshot, branch_id: int, centres: Collection[str], on: date
) -> list[Row]:
    """The running loans of groups, of those who are members at these centres on a day.

    Who left the groups pays where the loan was made. In the order of paper.
    """
    held, wanted = member_on(on), groups_of(branch_id, centres)
    ids = _paid_here(held, wanted)
    joined = (
        loans.join(loan_positions, _P.loan_id == _L.id)
        .join(parties, _W.id == _L.party_id)
        .outerjoin(held, held.c.party_id == _L.party_id)
        .join(groups, _G.id == func.coalesce(held.c.of_id, _L.group_id))
    )
    query = (
        select(
            *(_L.id.label("loan_id"), _L.number, _L.party_id, _L.currency),
            *(_W.full_name, _W.local_name, _W.number.label("member_number")),
            *(_G.title.label("group_title"), _G.centre, _P.officer_id),
        )
        .select_from(joined)
        .where(_L.id.in_(ids), _G.id.in_(wanted), _P.status == ACTIVE, _P.branch_id == branch_id)
        .order_by(_G.centre, _G.title, _W.full_name, _L.number)
    )
    return [dict(row) for row in snapshot.execute(query).mappings()]


def groups_of(branch_id: int, centres: Collection[str]) -> Any:
    """The ids of the groups at some centres, as a select."""
    here = groups.alias("here")
    return select(here.c.id).where(here.c.branch_id == branch_id, here.c.centre.in_(list(centres)))


def due_centres(snapshot: Snapshot, branch_id: int, on: date) -> frozenset[str]:
    """Centres of which some loan has a line that falls due on a day."""
    query = (
        select(_G.centre)
        .select_from(
            instalments.join(loans, _L.id == _I.loan_id).join(groups, _G.id == _L.group_id)
        )
        .where(_I.due_on == on, _G.branch_id == branch_id, _G.centre != "")
        .distinct()
    )
    return frozenset(snapshot.execute(query).scalars())


def line_numbers(snapshot: Snapshot, loan_ids: Sequence[int], on: date) -> dict[int, int]:
    """The line of each loan that falls due last by a day, else its first."""
    number = func.coalesce(func.max(case((_I.due_on <= on, _I.number))), func.min(_I.number))
    query = select(_I.loan_id, number).where(_I.loan_id.in_(loan_ids)).group_by(_I.loan_id)
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def last_receipts(snapshot: Snapshot, loan_ids: Sequence[int]) -> dict[int, int]:
    """The event of the newest receipt of each loan that had one."""
    query = (
        select(_E.subject_id, func.max(_E.id))
        .where(
            _E.subject_kind == LOAN,
            _E.subject_id.in_(loan_ids),
            _E.kind == EventKind.RECEIPT.value,
        )
        .group_by(_E.subject_id)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def taken_at(
    snapshot: Snapshot, branch_id: int, centre: str, held_on: date, loan_ids: Iterable[int] = ()
) -> dict[int, int]:
    """What came in at the meetings of a centre and day by loan, without what was reversed."""
    wanted = list(loan_ids)
    query = (
        select(_Q.account_id, func.sum(_Q.amount_minor))
        .select_from(
            receipts.join(meetings, _M.id == _R.meeting_id).join(
                receipt_parts, _Q.receipt_id == _R.id
            )
        )
        .where(
            *(_M.branch_id == branch_id, _M.held_on == held_on),
            func.lower(_M.centre) == centre.lower(),
            _Q.account_kind == LOAN,
            stands(_Q.event_id, _Q.account_id),
            *([_Q.account_id.in_(wanted)] if wanted else ()),
        )
        .group_by(_Q.account_id)
    )
    return {row[0]: int(row[1]) for row in snapshot.execute(query)}


def loans_here(snapshot: Snapshot, branch_id: int, loan_ids: Collection[int]) -> dict[int, int]:
    """The borrowers of loans of a branch, by loan."""
    query = (
        select(_L.id, _L.party_id)
        .select_from(loans.join(loan_positions, _P.loan_id == _L.id))
        .where(_L.id.in_(sorted(loan_ids)), _P.branch_id == branch_id)
    )
    return {row[0]: row[1] for row in snapshot.execute(query)}


def held_meetings(
    snapshot: Snapshot,
    branch_id: int,
    *,
    centre: str | None = None,
    on: date | None = None,
    limit: int = 50,
) -> Sequence[RowMapping]:
    """Booked meetings, the newest first, with how many of how many came."""
    came = func.coalesce(func.sum(case((_A.came, 1), else_=0)), 0).label("came")
    asked = func.coalesce(func.sum(_A.asked_minor), 0).label("asked_minor")
    joined = (
        meetings.outerjoin(attendances, _A.meeting_id == _M.id)
        .outerjoin(collection_sheets, _S.id == _M.sheet_id)
        .outerjoin(users, users.c.id == _M.user_id)
    )
    columns = (
        *(_M.id, _M.centre, _M.held_on, _M.booked_on, _M.total_minor, _M.cash_minor),
        *(_S.number.label("sheet_number"), users.c.full_name.label("who")),
    )
    query = (
        select(*columns, came, asked, func.count(_A.id).label("members"))
        .select_from(joined)
        .where(_M.branch_id == branch_id)
        .group_by(*columns)
        .order_by(_M.held_on.desc(), _M.id.desc())
        .limit(limit)
    )
    if centre is not None:
        query = query.where(func.lower(_M.centre) == centre.lower())
    if on is not None:
        query = query.where(_M.held_on == on)
    return snapshot.execute(query).mappings().all()


def attended(
    snapshot: Snapshot, branch_id: int, centre: str, since: date
) -> dict[int, tuple[int, int]]:
    """To how many of how many meetings of a centre since a day each person came."""
    per = (
        select(_A.party_id, _A.meeting_id, func.max(case((_A.came, 1), else_=0)).label("came"))
        .select_from(attendances.join(meetings, _M.id == _A.meeting_id))
        .where(
            *(_M.branch_id == branch_id, func.lower(_M.centre) == centre.lower()),
            _M.held_on >= since,
        )
        .group_by(_A.party_id, _A.meeting_id)
        .subquery("per")
    )
    query = select(per.c.party_id, func.sum(per.c.came), func.count()).group_by(per.c.party_id)
    return {row[0]: (int(row[1]), int(row[2])) for row in snapshot.execute(query)}


def attendance_of(snapshot: Snapshot, loan_id: int, limit: int) -> Sequence[RowMapping]:
    """The meetings from which its borrower brought nothing or stayed away, the newest first."""
    joined = attendances.join(meetings, _M.id == _A.meeting_id).outerjoin(
        users, users.c.id == _M.user_id
    )
    query = (
        select(
            *(_A.came, _A.asked_minor, _A.paid_minor, _A.note, _M.centre, _M.held_on),
            *(_M.recorded_at, _M.currency, users.c.full_name.label("who")),
        )
        .select_from(joined)
        .where(_A.loan_id == loan_id, or_(_A.came.is_(False), _A.paid_minor == 0))
        .order_by(_M.held_on.desc(), _M.id.desc())
        .limit(limit)
    )
    return snapshot.execute(query).mappings().all()


def sheet_by(
    snapshot: Snapshot,
    branch_id: int,
    *,
    sheet_id: int | None = None,
    number: str = "",
    centre: str = "",
    meet_on: date | None = None,
) -> Row | None:
    """A sheet by its id or number; else the newest of a centre and day that is not booked."""
    found: list[ColumnElement[bool]] = [_S.branch_id == branch_id]
    if sheet_id is not None:
        found.append(_S.id == sheet_id)
    elif number:
        found.append(func.lower(_S.number) == number.strip().lower())
    else:
        found += [func.lower(_S.centre) == centre.lower(), _S.meet_on == meet_on, _M.id.is_(None)]
    query = (
        select(collection_sheets, _M.id.label("meeting_id"), users.c.full_name.label("who"))
        .select_from(
            collection_sheets.outerjoin(meetings, _M.sheet_id == _S.id).outerjoin(
                users, users.c.id == _S.user_id
            )
        )
        .where(*found)
        .order_by(_S.id.desc())
        .limit(1)
    )
    row = snapshot.execute(query).mappings().first()
    return None if row is None else dict(row)


def sheets_on(snapshot: Snapshot, branch_id: int, meet_on: date) -> dict[str, tuple[int, str]]:
    """Id and number of each centre's newest sheet for a day, by its title in small letters."""
    query = select(_S.centre, _S.id, _S.number).where(
        _S.branch_id == branch_id, _S.meet_on == meet_on
    )
    found = snapshot.execute(query.order_by(_S.id))
    return {row[0].lower(): (row[1], row[2]) for row in found}


def sheet_lines(row: Row) -> list[tuple[int, int, int]]:
    """Loan, late and due of each row of a sheet, in the order of paper."""
    return [(line[0], line[1], line[2]) for line in json.loads(row["lines"])]


def sheet_heads(snapshot: Snapshot, loan_ids: Sequence[int]) -> dict[int, RowMapping]:
    """Who stands on a sheet, by loan, also where the loan is closed since."""
    query = (
        select(
            *(_L.id, _L.number, _W.full_name, _W.local_name),
            *(_W.number.label("member_number"), _G.title.label("group_title")),
        )
        .select_from(
            loans.join(parties, _W.id == _L.party_id).outerjoin(groups, _G.id == _L.group_id)
        )
        .where(_L.id.in_(loan_ids))
    )
    return {row["id"]: row for row in snapshot.execute(query).mappings()}


def lock_sheet(tx: Tx, sheet_id: int, branch_id: int) -> Row | None:
    """The sheet, locked, so that two who key it wait for each other."""
    query = select(collection_sheets).where(_S.id == sheet_id, _S.branch_id == branch_id)
    found = tx.one(query.with_for_update())
    return None if found is None else dict(found)


def booked_at(tx: Tx, sheet_id: int) -> RowMapping | None:
    """The meeting that a sheet was booked with, or None."""
    return tx.one(select(meetings).where(_M.sheet_id == sheet_id))


def count_sheets(snapshot: Snapshot, prefix: str) -> int:
    """How many sheet numbers begin with a prefix; sheets are never deleted."""
    query = select(func.count()).where(_S.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def _paid_here(held: FromClause, wanted: Any) -> Any:
    """Loans made in these groups, and loans of groups of people who are members of them now."""
    made, moved = loans.alias("made"), loans.alias("moved")
    members = select(held.c.party_id).where(held.c.of_id.in_(wanted)).correlate(None)
    return (
        select(made.c.id)
        .where(made.c.group_id.in_(wanted))
        .union(
            select(moved.c.id).where(moved.c.group_id.is_not(None), moved.c.party_id.in_(members))
        )
    )
