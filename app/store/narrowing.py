"""What narrows a list of loans beyond its own question, and what it can be narrowed by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    and_,
    cast,
    func,
    literal,
    literal_column,
    or_,
    select,
)
from sqlalchemy.types import String

from app.store.listing import listed_day
from app.store.schema.lists import loan_list
from app.store.schema.loans import loan_positions, loans
from app.store.schema.people import applications, groups, parties, products
from app.store.schema.system import users
from app.store.store import Snapshot

UNCOUNTED = -1  # a choice whose rows nobody counted
MOST_CHOICES = 500  # of one field; the most frequent
_A, _G, _L, _P, _R, _U, _W = (
    *(applications.c, groups.c, loans.c, loan_positions.c),
    *(products.c, users.c, parties.c),
)
_S = loan_list.c
Where = ColumnElement[bool]
Found = tuple[str, str, str, int]  # field, value, words, count
Named = tuple[ColumnElement[Any], ColumnElement[Any]]  # value, words


@dataclass(frozen=True, slots=True)
class Narrow:
    """Only loans that are all this; empty parts ask for nothing.

    `since` bounds the oldest unpaid due date of running loans (None on either side is open), and
    `npa` says whether loans that have stayed non-performing are meant (True), not meant (False).
    """

    officer_id: int | None = None
    product_id: int | None = None
    village: str = ""
    centre: str = ""
    npa: bool | None = None
    oldest: date | None = None
    newest: date | None = None
    standard_from: date | None = None  # set: nothing unpaid that was due before this day

    @property
    def asks(self) -> bool:
        """Whether it leaves anything out."""
        return self != EVERY


EVERY = Narrow()  # leaves nothing out


def narrowed(narrow: Narrow, loan_id: ColumnElement[Any]) -> list[Where]:
    """The condition on the column with the loan's id; none where nothing is asked."""
    if not narrow.asks:
        return []
    return [loan_id.in_(select(_L.id).select_from(_joined(narrow)).where(*_wanted(narrow)))]


def _joined(narrow: Narrow) -> FromClause:
    found: FromClause = loans.join(loan_positions, _P.loan_id == _L.id)
    if narrow.village:
        found = found.join(parties, _W.id == _L.party_id)
    return found.join(groups, _G.id == _L.group_id) if narrow.centre else found


def _wanted(narrow: Narrow) -> list[Where]:
    exact: list[tuple[ColumnElement[Any], Any]] = [
        (_P.officer_id, narrow.officer_id),
        (_L.product_id, narrow.product_id),
        (_G.centre, narrow.centre or None),
    ]
    where: list[Where] = [column == value for column, value in exact if value is not None]
    if narrow.village:  # as it is kept for lists, in lower case
        where.append(func.lower(_W.village) == func.lower(literal(narrow.village)))
    return where + _class(narrow)


def _class(narrow: Narrow) -> list[Where]:
    """Running loans whose oldest unpaid due date lies between the bounds."""
    due_on, npa = _P.next_unsettled_due_on, _P.npa_since_on
    where: list[Where] = []
    if narrow.npa is not None:
        where.append(_P.status == "active")
    if narrow.standard_from is not None:
        where.append(or_(due_on.is_(None), due_on >= narrow.standard_from))
    bounds: list[Where] = []
    if narrow.oldest is not None:
        bounds.append(due_on >= narrow.oldest)
    if narrow.newest is not None:
        bounds.append(due_on <= narrow.newest)
    if narrow.npa is True:
        where.append(or_(npa.is_not(None), and_(*bounds)))
    elif narrow.npa is False:
        where += [npa.is_(None), *bounds]
    return where


def loan_choices(
    snapshot: Snapshot, branch_id: int, statuses: Sequence[str], late_before: date | None = None
) -> Sequence[Found]:
    """What the loans of a branch have; of some statuses, or those late before a day."""
    listed = listed_day(snapshot, branch_id)
    if listed is not None and late_before in {None, listed}:
        kept: list[Where] = [_S.branch_id == branch_id]
        if late_before is not None:  # as the indexes of late loans have it
            kept += [_S.listed == literal_column("1"), _S.late == literal_column("1")]
        elif statuses:  # what is late runs
            kept.append(_S.status.in_(statuses))
        return _listed_choices(snapshot, branch_id, kept)
    where: list[Where] = [_P.branch_id == branch_id]
    if statuses:
        where.append(_P.status.in_(statuses))
    if late_before is not None:
        where.append(_P.next_unsettled_due_on < late_before)
    base = loans.join(loan_positions, _P.loan_id == _L.id)
    kind = base.join(products, _R.id == _L.product_id)
    return [
        *_counted(snapshot, "officer", base.join(users, _U.id == _P.officer_id), where, _OFFICER),
        *_counted(snapshot, "product", kind, where, _PRODUCT),
        *_counted(snapshot, "village", base.join(parties, _W.id == _L.party_id), where, _VILLAGE),
        *_counted(snapshot, "centre", base.join(groups, _G.id == _L.group_id), where, _CENTRE),
    ]


def _listed_choices(snapshot: Snapshot, branch_id: int, where: Sequence[Where]) -> Sequence[Found]:
    """The same from the rows that are kept for lists; centres are not counted there."""
    kind = loans.join(products, _R.id == _L.product_id)
    place = loans.join(parties, _W.id == _L.party_id)
    charge = loans.join(loan_positions, _P.loan_id == _L.id).join(users, _U.id == _P.officer_id)
    query = select(_G.centre).where(_G.branch_id == branch_id, _G.centre != "").distinct()
    centres = snapshot.execute(query.order_by(_G.centre).limit(MOST_CHOICES)).scalars()
    return [
        *_grouped(snapshot, "officer", _S.officer_id, where, charge, _OFFICER),
        *_grouped(snapshot, "product", _S.product, where, kind, _PRODUCT),
        *_grouped(snapshot, "village", _S.village, where, place, _VILLAGE),
        *(("centre", centre, centre, UNCOUNTED) for centre in centres),
    ]


def _grouped(
    snapshot: Snapshot,
    field: str,
    by: ColumnElement[Any],
    where: Sequence[Where],
    of: FromClause,
    named: Named,
) -> Sequence[Found]:
    """Counted by a kept column; the words are those of one loan of each group."""
    number, one = func.count(), func.min(_S.loan_id)
    query = select(number, one).where(*where).group_by(by).order_by(number.desc())
    counts = {row[1]: int(row[0]) for row in snapshot.execute(query.limit(MOST_CHOICES))}
    value, words = named
    said = select(_L.id, cast(value, String), words).select_from(of).where(_L.id.in_(counts))
    found = [(field, row[1], row[2], counts[row[0]]) for row in snapshot.execute(said) if row[2]]
    return sorted(found, key=lambda choice: (-choice[3], choice[2]))


def application_choices(
    snapshot: Snapshot, branch_id: int, stages: Sequence[str], *, waiting: bool
) -> Sequence[Found]:
    """What the applications at some stages have; no stage means every one."""
    where: list[Where] = [_A.branch_id == branch_id]
    if stages:
        where.append(_A.stage.in_(stages))
    if waiting:
        where.append(_A.check_id.is_not(None))
    of = applications
    return [
        *_counted(snapshot, "officer", of.join(users, _U.id == _A.officer_id), where, _OFFICER),
        *_counted(snapshot, "product", of.join(products, _R.id == _A.product_id), where, _PRODUCT),
        *_counted(snapshot, "village", of.join(parties, _W.id == _A.party_id), where, _VILLAGE),
    ]


_OFFICER: Named = (_U.id, _U.full_name)
_PRODUCT: Named = (_R.id, _R.title)
_VILLAGE: Named = (_W.village, _W.village)
_CENTRE: Named = (_G.centre, _G.centre)


def _counted(
    snapshot: Snapshot, field: str, of: FromClause, where: Sequence[Where], named: Named
) -> Sequence[Found]:
    value, words = named
    number = func.count()
    query = (
        select(literal(field), cast(value, String), words, number)
        .select_from(of)
        .where(*where, words != "")
        .group_by(value, words)
        .order_by(number.desc(), words)
        .limit(MOST_CHOICES)
    )
    return [(row[0], row[1], row[2], int(row[3])) for row in snapshot.execute(query)]
