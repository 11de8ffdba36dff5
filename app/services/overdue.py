"""Who is late, by how much and since when; on the open day or as it was on an earlier one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from app.domain.ageing import BUCKETS, Portion, arrears_rate
from app.domain.errors import ValueRefused
from app.domain.party import folded
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.field import ListOverdue, SummariseOverdue
from app.rows.field import BucketTotal, OverdueRow, OverdueSummary
from app.services.borrower_class import npas_of_loans
from app.services.registry import answers
from app.services.standing import Standing, bucket_spans, standings_of
from app.services.work import Reading
from app.store.field import last_contacts
from app.store.late_lists import is_listed, listed_outstanding
from app.store.listed_rows import spoken_with
from app.store.overdue import (
    NO_PROMISE,
    SORTS,
    Late,
    LateSums,
    late_buckets,
    late_page,
    late_sums,
)
from app.store.past import past_running, past_unpaid, running_now
from app.store.promises import shown_promises

TODAY = "today"
LONGEST_PAGE = 1000
_PAR_DAYS = 30
_BASIS = 10_000
_PROMISES = ("", "open", "kept", "broken", NO_PROMISE)
Mapped = Mapping[Any, Any]


@answers(ListOverdue, needs=Permission.VIEW_FIELD)
def list_overdue(reading: Reading, query: ListOverdue) -> Page[OverdueRow]:
    """One page of the late loans, or of those with something due on the day."""
    late, sort = _asked(reading, query), _sort(query.sort)
    offset, limit = max(query.offset, 0), min(max(query.limit, 1), LONGEST_PAGE)
    if late.day_ended:
        return _past_page(reading, late, sort, offset, limit)
    found = late_page(reading.connection, late, sort, offset, limit)
    if not query.counted:
        return Page(_rows(reading, late, found, {}), offset, offset + len(found))
    sums = late_sums(reading.connection, late)
    return Page(_rows(reading, late, found, {}), offset, sums.loans, _totals(sums))


@answers(SummariseOverdue, needs=Permission.VIEW_FIELD)
def summarise_overdue(reading: Reading, query: SummariseOverdue) -> OverdueSummary:
    """The buckets with the two rates that are often taken for one another."""
    late = replace(
        _scope(reading, query.as_on),
        officer_id=query.officer_id,
        product_id=query.product_id,
        village=query.village,
        centre=query.centre,
    )
    return _summary(reading, late)


def overdue_summary(reading: Reading, as_on: date | None, officer_id: int | None) -> OverdueSummary:
    """The buckets, what is due on the day, arrears rate and PAR-30 of all outstanding."""
    return _summary(reading, replace(_scope(reading, as_on), officer_id=officer_id))


def _summary(reading: Reading, late: Late) -> OverdueSummary:
    sums, due = _past_sums(reading, late) if late.day_ended else _present_sums(reading, late)
    outstanding = _outstanding(reading, late)
    return OverdueSummary(
        as_on=late.day,
        currency=late.currency,
        due_today_loans=due.loans,
        due_today_minor=due.arrears_minor,
        buckets=tuple(_bucket_total(span.name, sums) for span in bucket_spans()),
        outstanding_minor=outstanding,
        arrears_rate_bp=arrears_rate_bp(sums, outstanding),
        par30_bp=par30_bp(sums, outstanding),
    )


def _outstanding(reading: Reading, late: Late) -> int:
    if is_listed(reading.connection, late):
        return listed_outstanding(reading.connection, late)
    find = past_running if late.day_ended else running_now
    return find(reading.connection, late).outstanding_minor


def arrears_rate_bp(sums: Mapping[str, LateSums], outstanding_minor: int) -> int:
    """Principal in arrears of all outstanding."""
    late = sum(one.principal_late_minor for one in sums.values())
    return basis_points(arrears_rate([(late, outstanding_minor)]))


def par30_bp(sums: Mapping[str, LateSums], outstanding_minor: int) -> int:
    """The whole outstanding of loans more than 30 days late, of all outstanding."""
    over = [span.name for span in bucket_spans() if span.first > _PAR_DAYS]
    at_risk = sum(sums[name].outstanding_minor for name in over if name in sums)
    return basis_points(Portion(at_risk, outstanding_minor))


def basis_points(portion: Portion) -> int:
    """Hundredths of a percent, half up; 0 of nothing."""
    if not portion.whole:
        return 0
    return (2 * portion.part * _BASIS + portion.whole) // (2 * portion.whole)


def _scope(reading: Reading, as_on: date | None) -> Late:
    """The branch on a day. A day to come is refused: nobody knows what will be paid till then."""
    day = reading.day
    if as_on is not None and as_on > day:
        raise ValueRefused(field="as_on", why="in-the-future")
    on = day if as_on is None else as_on
    branch = reading.branch
    return Late(branch.branch_id, branch.currency, on, day_ended=on < day)


def _asked(reading: Reading, query: ListOverdue) -> Late:
    if query.promise not in _PROMISES:
        raise ValueRefused(field="promise", why="not-a-choice", given=query.promise)
    late = replace(
        _scope(reading, query.as_on),
        due_today=query.bucket == TODAY,
        officer_id=query.officer_id,
        village=query.village,
        product_id=query.product_id,
        centre=query.centre,
        words=tuple(folded(query.text).split()),
        promise=query.promise,
    )
    if query.bucket in ("", TODAY):
        return late
    for span in bucket_spans():
        if span.name == query.bucket:
            oldest = None if span.last is None else late.day - timedelta(span.last)
            return replace(late, oldest=oldest, newest=late.day - timedelta(span.first))
    raise ValueRefused(field="bucket", why="not-a-choice", given=query.bucket)


def _sort(asked: str) -> str:
    """A column's key as the store knows it; the oldest arrears first where nothing is said."""
    sign = "-" if asked.startswith("-") else ""
    key = asked.lstrip("-")
    for ending in ("_minor", "_on", "_state"):
        key = key.removesuffix(ending)
    return sign + key if key in SORTS else "-dpd"


def _rows(
    reading: Reading, late: Late, found: Sequence[Mapped], known: Mapping[int, Standing]
) -> tuple[OverdueRow, ...]:
    every = [row["loan_id"] for row in found]
    npas = npas_of_loans(reading, every, late.day)
    stands = {
        row["loan_id"]: _with_npa(known.get(row["loan_id"]) or _from_page(late, row), npas, row)
        for row in found
    }
    ids = spoken_with(reading.connection, every)
    if not ids:
        return tuple(_row(late, row, stands[row["loan_id"]], None, {}) for row in found)
    promised = shown_promises(reading.connection, ids, late.day, day_ended=late.day_ended)
    seen = last_contacts(reading.connection, ids, late.day)
    return tuple(
        _row(late, row, stands[row["loan_id"]], promised.get(row["loan_id"]), seen) for row in found
    )


def _with_npa(stands: Standing, npas: Mapping[int, date], row: Mapped) -> Standing:
    """The class is the borrower's: an NPA through any loan is one in all."""
    since = npas.get(row["loan_id"])
    return stands if since is None else replace(stands, npa_since_on=since)


def _row(
    late: Late,
    row: Mapped,
    stands: Standing,
    promised: Mapped | None,
    seen: Mapping[int, date],
) -> OverdueRow:
    asked_for = stands.due_minor if late.due_today else stands.arrears_minor
    return OverdueRow(
        loan_id=row["loan_id"],
        number=row["number"],
        borrower=row["full_name"],
        local_name=row["local_name"],
        village=row["village"],
        phone=row["phone"],
        officer=row["officer"] or "",
        officer_id=row["officer_id"],
        dpd=stands.dpd,
        bucket=stands.bucket,
        asset_class=stands.asset_class,
        arrears_minor=asked_for,
        outstanding_minor=stands.outstanding_minor,
        currency=row["currency"],
        last_paid_on=row["last_paid_on"],
        promise_on=promised["promised_on"] if promised else None,
        promise_minor=promised["amount_minor"] if promised else 0,
        promise_state=promised["state"] if promised else "",
        last_contact_on=seen.get(row["loan_id"]),
    )


def _from_page(late: Late, row: Mapped) -> Standing:
    """The standing of a row of the open day; its one amount is what the list asks for."""
    amount = int(row["arrears_minor"])
    return Standing(
        day=late.day,
        oldest_on=row["next_unsettled_due_on"],
        npa_since_on=row["npa_since_on"],
        outstanding_minor=row["principal_minor"],
        arrears_minor=0 if late.due_today else amount,
        due_minor=amount if late.due_today else 0,
        principal_late_minor=0,
        ended=False,
    )


def _past_page(
    reading: Reading, late: Late, sort: str, offset: int, limit: int
) -> Page[OverdueRow]:
    """A past day is a question for a report, asked seldom: the whole list is read and sorted."""
    rows: Sequence[OverdueRow] = _past_rows(reading, late)
    key, descending = sort.removeprefix("-"), sort.startswith("-")
    rows = _sorted(rows, _KEYS[key], descending=descending)
    sums = LateSums(
        len(rows), sum(r.arrears_minor for r in rows), sum(r.outstanding_minor for r in rows)
    )
    return Page(tuple(rows[offset : offset + limit]), offset, sums.loans, _totals(sums))


def _past_rows(reading: Reading, late: Late) -> tuple[OverdueRow, ...]:
    found = past_unpaid(reading.connection, late)
    rows = _rows(reading, late, found, standings_of(reading, found, late.day))
    return tuple(row for row in rows if row.arrears_minor > 0)


def _sorted(
    rows: Iterable[OverdueRow], key: Callable[[OverdueRow], Any], *, descending: bool
) -> list[OverdueRow]:
    """By a key, what has none last either way, ties by the loan."""
    placed = sorted(rows, key=lambda row: row.loan_id)
    known = [row for row in placed if key(row) is not None]
    known.sort(key=key, reverse=descending)
    return known + [row for row in placed if key(row) is None]


def _present_sums(reading: Reading, late: Late) -> tuple[dict[str, LateSums], LateSums]:
    starts = {span.name: late.day - timedelta(span.first) for span in bucket_spans()}
    due = late_sums(reading.connection, replace(late, due_today=True))
    return late_buckets(reading.connection, late, starts), due


def _past_sums(reading: Reading, late: Late) -> tuple[dict[str, LateSums], LateSums]:
    found = past_unpaid(reading.connection, late)
    stands = standings_of(reading, found, late.day).values()
    due = [one.due_minor for one in stands if one.due_minor > 0]
    return sums_of(stands), LateSums(len(due), sum(due))


def sums_of(stands: Iterable[Standing]) -> dict[str, LateSums]:
    """The late ones of some standings, added up by bucket."""
    sums: dict[str, LateSums] = {}
    for one in stands:
        if not one.dpd:
            continue
        before = sums.get(one.bucket, LateSums())
        sums[one.bucket] = LateSums(
            before.loans + 1,
            before.arrears_minor + one.arrears_minor,
            before.outstanding_minor + one.outstanding_minor,
            before.principal_late_minor + one.principal_late_minor,
        )
    return sums


def _bucket_total(name: str, sums: Mapping[str, LateSums]) -> BucketTotal:
    one = sums.get(name, LateSums())
    return BucketTotal(name, one.loans, one.arrears_minor, one.outstanding_minor)


def _totals(sums: LateSums) -> tuple[tuple[str, int], ...]:
    return ("arrears", sums.arrears_minor), ("outstanding", sums.outstanding_minor)


_KEYS: Mapping[str, Callable[[OverdueRow], Any]] = MappingProxyType(
    {
        "number": lambda row: row.number,
        "borrower": lambda row: row.borrower.lower(),
        "village": lambda row: row.village.lower(),
        "phone": lambda row: row.phone,
        "officer": lambda row: row.officer.lower(),
        "dpd": lambda row: row.dpd,
        "bucket": lambda row: BUCKETS.index(row.bucket),
        "asset_class": lambda row: row.dpd,
        "arrears": lambda row: row.arrears_minor,
        "outstanding": lambda row: row.outstanding_minor,
        "last_paid": lambda row: row.last_paid_on,
        "promise": lambda row: row.promise_on,
        "last_contact": lambda row: row.last_contact_on,
    }
)
