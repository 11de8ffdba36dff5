"""Repayment schedules: what falls due, when, and how it splits."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from itertools import accumulate, islice, repeat
from operator import add, sub
from typing import NamedTuple

from app.domain.charges import When
from app.domain.charging import Charged, DatedCharge, NamedCharge, Rows, charge_rows
from app.domain.finding import plan_of
from app.domain.level import Run
from app.domain.plan import Plan
from app.domain.points import Amount, Points
from app.domain.runs import repaid
from app.domain.spans import Spans, separate_line
from app.domain.terms import Recalculate, Repayment, Terms

__all__ = [
    "DatedCharge",
    "Line",
    "NamedCharge",
    "Schedule",
    "Totals",
    "disbursement_charges",
    "first_charges",
    "lines",
    "lines_of",
    "plan_rows",
    "schedule",
    "totals",
]

LAST_LINE_LARGE = "last-line-over-twice-the-instalment"


class Line(NamedTuple):
    """One line of the schedule, in minor units.

    `balance` is the principal outstanding after it; `charge` and `penalty` hold every charge of the
    terms that falls into it, with its tax; `scheduled_from` is the day its interest starts.
    `amount` is all that the line asks: the sum of its heads, but in the exact run printed by
    itself.
    """

    number: int
    due_on: date
    principal: int
    interest: int
    charge: int
    penalty: int
    balance: int
    scheduled_from: date
    amount: int


class Totals(NamedTuple):
    """Interest, charges with their tax (deducted ones too), and all that is paid."""

    interest: int
    charge: int
    amount: int


class Schedule(NamedTuple):
    """A whole schedule.

    `flows` are (line number, amount) as the rate of cost takes them: the money out less what is
    deducted as +, every line without penalties as −, exact where the terms ask for the exact run.
    """

    lines: tuple[Line, ...]
    dated: tuple[DatedCharge, ...]
    disbursement: tuple[NamedCharge, ...]
    level: int
    totals: Totals
    flows: tuple[tuple[int, Amount], ...]
    warnings: tuple[str, ...]


def lines(terms: Terms) -> tuple[Line, ...]:
    """The schedule's lines in the order of their number."""
    points = Points(terms.rounding)
    rows, _ = _made(terms, points)
    if terms.charges:
        charge_rows(terms, points, rows)
    return lines_of(terms, points, rows)


def first_charges(terms: Terms) -> tuple[int, int]:
    """(charge, penalty) that charges on disbursement, where not deducted, bring line 1."""
    points = Points(terms.rounding)
    rows, _ = _made(terms, points)
    asked = (one for one in terms.charges if one.on is When.DISBURSEMENT and not one.deduct)
    charge_rows(replace(terms, charges=tuple(asked)), points, rows)
    return points.printed(sum(rows.charge, 0)), points.printed(sum(rows.penalty, 0))


def disbursement_charges(terms: Terms) -> tuple[NamedCharge, ...]:
    """The charges on disbursement, in the order of the terms."""
    return schedule(terms).disbursement if terms.charges else ()


def totals(terms: Terms) -> Totals:
    """What the whole schedule asks."""
    return schedule(terms).totals


def schedule(terms: Terms) -> Schedule:
    """The schedule with its dated charges, totals, cash flows and warnings."""
    points = Points(terms.rounding)
    rows, found = _made(terms, points)
    charged = charge_rows(terms, points, rows)
    made = lines_of(terms, points, rows)
    level = points.printed(found)
    return Schedule(
        lines=made,
        dated=tuple(charged.dated),
        disbursement=tuple(charged.named),
        level=level,
        totals=_totals(terms, points, rows, charged),
        flows=_flows(terms, rows, charged),
        warnings=(LAST_LINE_LARGE,) if _last_is_large(terms, made, level) else (),
    )


def _last_is_large(terms: Terms, made: tuple[Line, ...], level: int) -> bool:
    """Whether the last line that repays is over twice the instalment, its charges left aside.

    Not where all the principal is meant to be in it.
    """
    if terms.repayment in (Repayment.BULLET, Repayment.INTEREST_ONLY):
        return False
    last = next((line for line in reversed(made) if line.principal), made[-1])
    return last.principal + last.interest > 2 * level > 0


def _made(terms: Terms, points: Points) -> tuple[Rows, Amount]:
    """The lines before charges, and the instalment."""
    if terms.tranches or terms.recalculate is not Recalculate.NEVER:
        plan = plan_of(terms)
        planned, down = plan_rows(plan), terms.first_day_amount - plan.base
        if down and planned.balance is not None:
            _put_first(planned, terms, terms.disbursed_on, down, 0)
            planned.balance.insert(0, plan.base)
        return planned, plan.level
    spans, run, down = repaid(terms, points)
    return _rows(terms, points, spans, run, down), run.level


def plan_rows(plan: Plan) -> Rows:
    """A plan as columns, with line 0 where the broken period stands alone."""
    count, stretches = plan.count, plan.stretches
    rows = Rows(
        list(range(1, count + 1)),
        [stretch.due_on for stretch in stretches[:count]],
        list(plan.principal),
        plan.printed_interest(),
        [plan.scheduled_from(place) for place in range(count)],
        balance=plan.balances(),
    )
    alone = plan.before_first()
    if alone is not None and rows.balance is not None:
        early = sum(move.amount for move in plan.moves if move.on < stretches[0].start)
        _put_first(rows, plan.terms, stretches[0].start, 0, alone)
        rows.balance.insert(0, plan.base + early)
    return rows


def _rows(terms: Terms, points: Points, spans: Spans, run: Run, down: Amount) -> Rows:
    """The run as columns, with line 0 where there is a down payment or a separate broken period."""
    count = len(run.principal)
    numbers, due_on = list(range(1, count + 1)), spans.due_on[:count]
    separate = separate_line(terms, spans)
    first_from = spans.first_from if separate else terms.disbursed_on
    starts = [first_from, *due_on[:-1]]
    if terms.repayment is Repayment.BULLET:
        starts[-1] = first_from
    rows = Rows(numbers, due_on, run.principal, run.interest, starts)
    if not separate and not down:
        rows.balance, rows.asked = run.left, run.asked
    if separate and spans.broken is not None:
        numerator, denominator = spans.broken
        interest = points.interest(terms.principal * numerator, denominator)
        _put_first(rows, terms, spans.first_from, 0, interest)
    elif down:
        _put_first(rows, terms, terms.disbursed_on, down, 0)
    return rows


def _put_first(rows: Rows, terms: Terms, due_on: date, principal: Amount, interest: Amount) -> None:
    rows.number.insert(0, 0)
    rows.due_on.insert(0, due_on)
    rows.principal.insert(0, principal)
    rows.interest.insert(0, interest)
    rows.scheduled_from.insert(0, terms.disbursed_on)


def lines_of(terms: Terms, points: Points, rows: Rows) -> tuple[Line, ...]:
    """Columns as lines, each figure printed as the terms say."""
    balances: Iterable[Amount] | None = rows.balance
    if rows.balance is not None and len(rows.balance) < len(rows.number):
        added = len(rows.number) - len(rows.balance)  # lines for charges after the last
        balances = [*rows.balance, *repeat(0, added)]
    elif balances is None:
        balances = islice(accumulate(rows.principal, sub, initial=terms.principal), 1, None)
    amounts: Iterable[Amount] = rows.asked or map(add, rows.principal, rows.interest)
    if rows.charge:
        amounts = map(add, rows.principal, rows.interest)
        amounts = map(add, amounts, map(add, rows.charge, rows.penalty))
    columns: list[Iterable[Amount]] = [
        rows.principal,
        rows.interest,
        rows.charge or repeat(0),
        rows.penalty or repeat(0),
        balances,
        amounts,
    ]
    if points.exact:
        columns = [map(points.printed, column) for column in columns]
    *figures, asked = columns
    made = zip(rows.number, rows.due_on, *figures, rows.scheduled_from, asked, strict=False)
    return tuple(map(tuple.__new__, repeat(Line), made))


def _totals(terms: Terms, points: Points, rows: Rows, charged: Charged) -> Totals:
    interest = sum(rows.interest, 0)
    charge = sum(rows.charge, 0) + charged.deducted
    penalty = sum(rows.penalty, 0) + charged.deducted_penalty
    amount = terms.principal + interest + charge + penalty
    return Totals(points.printed(interest), points.printed(charge), points.printed(amount))


def _flows(terms: Terms, rows: Rows, charged: Charged) -> tuple[tuple[int, Amount], ...]:
    """Money out at 0, every line at its number."""
    flows: list[tuple[int, Amount]] = [(0, terms.first_amount - charged.deducted)]
    for one in terms.tranches[1:]:
        before = bisect_right(rows.due_on, one.on)
        flows.append((max(rows.number[before] - 1, 0), one.amount))
    for number, *parts in zip(rows.number, rows.principal, rows.interest, rows.charge, strict=True):
        flows.append((number, -sum(parts, 0)))
    return tuple(flows)
