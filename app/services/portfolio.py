"""The loans of a branch at the end of a day, as known on that day: what reports stand on.

A report that is made again says what it said then: loans of which something was booked later
that changes the day are replayed as known on it, all others read their spans.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.services.standing import Standing, standings, standings_of
from app.services.work import Reading
from app.store.overdue import Late, late_rows
from app.store.past import (
    Running,
    past_rows,
    past_running,
    past_unpaid,
    running_loans,
    running_now,
    told_later,
)

Mapped = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Portfolio:
    """Loans with anything unpaid that was due by the day, and all that run."""

    day: date
    unpaid: tuple[tuple[Mapped, Standing], ...]  # the oldest first
    running: Running
    retold: frozenset[int]  # loans replayed because something was booked later

    @property
    def late(self) -> tuple[tuple[Mapped, Standing], ...]:
        """Those that are late: something was due before the day."""
        return tuple((row, stands) for row, stands in self.unpaid if stands.dpd)

    @property
    def unpaid_minor(self) -> int:
        """Unpaid at the end of the day of everything due by then."""
        return sum(stands.arrears_minor + stands.due_minor for _row, stands in self.unpaid)


def portfolio(reading: Reading, day: date, officer_id: int | None) -> Portfolio:
    """The portfolio on the open day as it stands, or at the end of an earlier one."""
    branch = reading.branch
    late = Late(branch.branch_id, branch.currency, day, officer_id=officer_id)
    return _past(reading, late) if day < reading.day else _present(reading, late)


def _present(reading: Reading, late: Late) -> Portfolio:
    found = [
        *late_rows(reading.connection, late),
        *late_rows(reading.connection, replace(late, due_today=True)),
    ]
    rows = {row["loan_id"]: row for row in found}
    stands = standings(reading, list(rows), late.day)
    running = running_now(reading.connection, late)
    unpaid = tuple((row, stands[loan_id]) for loan_id, row in rows.items())
    return Portfolio(late.day, unpaid, running, frozenset())


def _past(reading: Reading, late: Late) -> Portfolio:
    connection, day = reading.connection, late.day
    retold = told_later(connection, late.branch_id, day)
    found = [row for row in past_unpaid(connection, late) if row["loan_id"] not in retold]
    stands = standings_of(reading, found, day)
    again = _again(reading, late, retold)
    known = standings_of(reading, again, day, as_known=True)
    pairs: list[tuple[Mapped, Standing]] = [(row, stands[row["loan_id"]]) for row in found]
    pairs += [
        (row, one)
        for row in again
        if (one := known.get(row["loan_id"])) and one.oldest_on and one.oldest_on <= day
    ]
    pairs.sort(key=lambda pair: (pair[1].oldest_on or day, pair[0]["loan_id"]))
    running = (
        past_running(connection, late) if not again else _recounted(reading, late, again, known)
    )
    return Portfolio(day, tuple(pairs), running, frozenset(row["loan_id"] for row in again))


def _again(reading: Reading, late: Late, retold: frozenset[int]) -> list[Mapped]:
    """The rows of loans told of later, within the officer and the currency asked for."""
    if not retold:
        return []
    return [
        row
        for row in past_rows(reading.connection, sorted(retold), late.day)
        if row["currency"] == late.currency and late.officer_id in (None, row["officer_id"])
    ]


def _recounted(
    reading: Reading, late: Late, again: Sequence[Mapped], known: Mapping[int, Standing]
) -> Running:
    """All running loans with those told of later put as they were known."""
    retold = {row["loan_id"] for row in again}
    runs = [
        (row["loan_id"], row["party_id"], row["principal_minor"])
        for row in running_loans(reading.connection, late)
        if row["loan_id"] not in retold
    ]
    runs += [
        (row["loan_id"], row["party_id"], one.outstanding_minor)
        for row in again
        if (one := known.get(row["loan_id"])) and one.oldest_on is not None
    ]
    people = {party_id for _loan, party_id, _principal in runs}
    return Running(sum(principal for *_who, principal in runs), len(runs), len(people))
