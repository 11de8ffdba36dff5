"""Receipts of a period with what each was set against, as known at the end of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from app.domain.allocation import Head
from app.domain.events import EventKind
from app.domain.loan import replay
from app.rows.reports import CollectionRow
from app.services.projecting import terms_from
from app.services.work import Reading
from app.store.loan_terms import believed_on
from app.store.loans import events_of
from app.store.past import told_later
from app.store.reports import (
    ALL,
    Period,
    Taken,
    receipts_booked,
    receipts_taken_back,
    splits_booked,
)
from app.texts import _
from app.texts.labels import named

_ONE_DAY = timedelta(1)
Mapped = Mapping[Any, Any]


class Part(NamedTuple):
    """A part of a receipt by head, in minor units; below 0 where it was taken back."""

    amount: int = 0
    principal: int = 0
    interest: int = 0
    charge: int = 0
    penalty: int = 0
    excess: int = 0


def collection_rows(
    reading: Reading, period: Period, taken: Taken = ALL
) -> tuple[CollectionRow, ...]:
    """The rows of the collections report; their sums are the money of the period."""
    zone = ZoneInfo(reading.branch.time_zone)
    booked = receipts_booked(reading.connection, period, taken)
    splits = _splits(reading, period, booked, taken)
    known_on = taken.known_on or period.last
    rows = [_booked_row(row, known_on, splits[row["event_id"]], zone) for row in booked]
    if taken.known_on is not None:
        return tuple(sorted(rows, key=_when))
    back = receipts_taken_back(reading.connection, period, taken)
    return tuple(sorted([*rows, *_taken_back(reading, back, zone)], key=_when))


def _when(row: CollectionRow) -> tuple[date, str]:
    """In the order of the days; what is of one minute stays as it was entered."""
    return row.on or date.min, row.time


def _splits(
    reading: Reading, period: Period, rows: Sequence[Mapped], taken: Taken
) -> dict[int, Part]:
    """By receipt event: from the allocations, or replayed where something was booked later."""
    known_on = taken.known_on or period.last
    retold = told_later(reading.connection, period.branch_id, period.last, known_on)
    known = splits_booked(reading.connection, period, taken)
    again = [row for row in rows if row["loan_id"] in retold or _is_recovery(row)]
    made = {row["event_id"]: _part(row, known.get(row["event_id"], {})) for row in rows}
    days = {row["event_id"]: (period.last, known_on) for row in again}
    return {**made, **_replayed(reading, again, days)}


def _part(row: Mapped, heads: Mapping[str, int]) -> Part:
    by_head = {head.value: heads.get(head.value, 0) for head in _HEADS}
    amount: int = row["amount_minor"]
    return Part(amount=amount, **by_head, excess=amount - sum(by_head.values()))


def _replayed(
    reading: Reading, rows: Sequence[Mapped], days: Mapping[int, tuple[date, date]]
) -> dict[int, Part]:
    """Splits as the loan's facts gave them for each receipt event: (as on, as known on)."""
    if not rows:
        return {}
    ids = {row["loan_id"] for row in rows}
    facts = events_of(reading.connection, ids)
    known = {known_on for _day, known_on in days.values()}
    then = {day: believed_on(reading.connection, ids, day) for day in known}
    made = {}
    for row in rows:
        day, known_on = days[row["event_id"]]
        terms = terms_from(then[known_on].get(row["loan_id"], row["terms"]), row["currency"])
        receipts = replay(terms, facts[row["loan_id"]], day, known_on).receipts
        split = next(one for one in receipts if one.ref == row["event_id"])
        by_head = (split.principal, split.interest, split.charge, split.penalty)
        made[row["event_id"]] = Part(split.amount, *by_head, split.excess)
    return made


def _booked_row(row: Mapped, known_on: date, part: Part, zone: ZoneInfo) -> CollectionRow:
    reversed_on = row["reversed_on"]
    void = reversed_on is not None and reversed_on <= known_on
    return _row(row, Part() if void else part, void, row["booked_on"], row["recorded_at"], zone)


def _taken_back(
    reading: Reading, rows: Sequence[Mapped], zone: ZoneInfo
) -> tuple[CollectionRow, ...]:
    """What was counted in an earlier period and is taken off in this one."""
    before = {row["event_id"]: (row["reversed_on"] - _ONE_DAY,) * 2 for row in rows}
    parts = _replayed(reading, rows, before)
    return tuple(
        _row(
            row,
            Part(*(-amount for amount in parts[row["event_id"]])),
            True,
            row["reversed_on"],
            row["reversed_at"],
            zone,
        )
        for row in rows
    )


def _row(row: Mapped, part: Part, void: bool, on: date, at: str, zone: ZoneInfo) -> CollectionRow:
    return CollectionRow(
        number=row["number"],
        time=f"{datetime.fromisoformat(at).astimezone(zone):%H:%M}",
        borrower=row["full_name"],
        loan_number=row["loan_number"],
        officer=row["officer"] or "",
        mode=named("mode", row["mode"]),
        amount_minor=part.amount,
        principal_minor=part.principal,
        interest_minor=part.interest,
        charge_minor=part.charge,
        penalty_minor=part.penalty,
        excess_minor=part.excess,
        state=_state(row, void),
        on=on,
        recovery=_is_recovery(row),
        loan_id=row["loan_id"],
        mode_code=row["mode"],
    )


def _state(row: Mapped, void: bool) -> str:
    if void:
        return _("Reversed")
    return named("event-kind", row["kind"]) if _is_recovery(row) else ""


def _is_recovery(row: Mapped) -> bool:
    """Whether the money was set on what had been written off: no line holds it."""
    return bool(row["kind"] == EventKind.RECOVERY.value)


_HEADS = (Head.PRINCIPAL, Head.INTEREST, Head.CHARGE, Head.PENALTY)
