"""What ended in a period: loans closed, written off, and money recovered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.domain.events import EventKind
from app.domain.loan import replay
from app.reports.grouping import KIND
from app.rows.reports import Figures, GroupRow
from app.services.receipt_report import collection_rows
from app.services.report_asked import Asked, Made
from app.services.report_groups import groups_of
from app.services.report_lines import lines, rows_of
from app.services.report_stock import later_told, lives
from app.services.work import Reading
from app.store.report_flows import recovered_in
from app.store.report_lending import closed_loans_of, struck_of
from app.store.reports import Taken
from app.texts.labels import named

CLOSED, EARLY, WRITTEN_OFF, RECOVERED = "closed", "closed-early", "written-off", "recovered"
_KINDS = (CLOSED, EARLY, WRITTEN_OFF, RECOVERED)
_OVER = ("closed", "overpaid")


class Ended(NamedTuple):
    """What became of a loan on a day. Amounts in minor units."""

    kind: str
    loan_id: int
    on: date
    written_off_minor: int = 0
    recovered_minor: int = 0


def ended_in(reading: Reading, asked: Asked) -> tuple[Ended, ...]:
    """Everything that ended in the period, day by day. Read once for all that ask."""
    key = ("ended", asked.period, asked.known_on)
    return reading.once(
        key, lambda: tuple(sorted(_ended(reading, asked), key=lambda one: (one.on, one.loan_id)))
    )


def _ended(reading: Reading, asked: Asked) -> Iterator[Ended]:
    period, scope, connection = asked.period, asked.scope, reading.connection
    retold = later_told(reading, scope, period.last, asked.known(period.last))
    for one in closed_loans_of(connection, scope, period.first, period.last, retold):
        yield Ended(_closing(one.on, one.last_due_on), one.loan_id, one.on)
    yield from _closed_as_known(reading, asked, retold)
    gone = reading.rules.contra["write-off"].values()
    for struck in struck_of(connection, scope, period.first, period.last, tuple(gone)):
        if struck.amount_minor:
            yield Ended(WRITTEN_OFF, struck.loan_id, struck.on, struck.amount_minor)
    if not recovered_in(connection, scope, period.first, asked.known(period.last)):
        return
    taken = Taken(asked.known_on, None, EventKind.RECOVERY)
    for row in collection_rows(reading, period, taken):
        if row.amount_minor:
            on = row.on or period.last
            yield Ended(RECOVERED, row.loan_id, on, recovered_minor=row.amount_minor)


def _closed_as_known(reading: Reading, asked: Asked, retold: frozenset[int]) -> Iterator[Ended]:
    """Closings of loans of which something was booked later, as they were known."""
    period = asked.period
    known_on = asked.known(period.last)
    for row, terms, facts in lives(reading, asked.scope, retold, known_on):
        if not any(fact.on <= period.last and fact.booked_on <= known_on for fact in facts):
            continue
        position = replay(terms, facts, period.last, known_on)
        days = [line.settled_on for line in position.lines if line.settled_on is not None]
        if position.status in _OVER and days and period.first <= max(days) <= period.last:
            due_on = max(line.due_on for line in position.lines)
            yield Ended(_closing(max(days), due_on), row["loan_id"], max(days))


def _closing(on: date, last_due_on: date | None) -> str:
    return EARLY if last_due_on is not None and on < last_due_on else CLOSED


def ended(reading: Reading, asked: Asked) -> Made:
    """Loan by loan."""
    groups = groups_of(reading, asked.scope)
    rows: list[GroupRow] = []
    for one in _asked_for(reading, asked):
        loan = groups.know(())[one.loan_id]
        figures: Figures = {
            "on": one.on,
            "what": named("ended", one.kind),
            "borrower": loan.borrower,
            "officer": groups.people.get(loan.officer_id, ""),
            "product": groups.products.get(loan.product_id, ""),
            "lent_minor": _lent(one, loan.lent_minor),
            "written_off_minor": one.written_off_minor,
            "recovered_minor": one.recovered_minor,
        }
        rows.append(GroupRow(str(one.loan_id), loan.number, figures, one.loan_id))
    return Made(tuple(rows))


def ended_by(reading: Reading, asked: Asked) -> Made:
    """By what happened, officer or product."""
    groups = groups_of(reading, asked.scope)
    made = lines()
    for one in _asked_for(reading, asked):
        loan = groups.know(())[one.loan_id]
        sums = made[one.kind if asked.by == KIND else groups.key(asked.by)(loan)]
        sums["loans"] += int(one.kind in (CLOSED, EARLY))
        sums["lent_minor"] += _lent(one, loan.lent_minor)
        sums["written_off_minor"] += one.written_off_minor
        sums["recovered_minor"] += one.recovered_minor
    if asked.by != KIND:
        return Made(rows_of(groups, asked.by, made))
    ordered = {kind: made[kind] for kind in _KINDS if kind in made}
    return Made(rows_of(groups, KIND, ordered, lambda kind: named("ended", kind)))


def _asked_for(reading: Reading, asked: Asked) -> list[Ended]:
    groups = groups_of(reading, asked.scope)
    found = ended_in(reading, asked)
    known, accept = groups.know(one.loan_id for one in found), groups.accepts(asked.within)
    kind = asked.within.get(KIND)
    return [one for one in found if kind in (None, one.kind) and accept(known[one.loan_id])]


def _lent(one: Ended, lent_minor: int) -> int:
    """What was lent counts with the closing of a loan alone."""
    return lent_minor if one.kind in (CLOSED, EARLY) else 0
