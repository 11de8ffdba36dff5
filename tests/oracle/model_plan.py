"""The plan of a loan: its lines with principal, interest and charges, before anybody pays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from tests.oracle.model_days import checked
from tests.oracle.model_flat import Flat
from tests.oracle.model_past import BROKEN, DailyWalk, Past, meter_of, of_broken
from tests.oracle.model_spans import Broken, Span, Spans
from tests.oracle.model_terms import Charge, Number, Refused, Terms
from tests.oracle.model_walk import Move, Row, State, Walk


@dataclass(slots=True)
class Extra:
    """A charge in a line: its head, its amount, the day it is due."""

    head: str
    amount: Number
    due_on: date
    done: int = 0
    each: bool = False  # on every instalment, so worked out again with the lines
    first: bool = False  # of disbursement: due with the first line


@dataclass(slots=True)
class Line:
    """A line of the plan."""

    number: int
    due_on: date
    principal: Number
    interest: Number
    balance: Number
    extras: list[Extra] = field(default_factory=list)
    span: Span | None = None
    own: Number = 0
    before: Number = 0


@dataclass(slots=True)
class Plan:
    """The lines, and what was deducted on disbursement."""

    terms: Terms
    lines: list[Line]
    deducted: list[Extra]
    down: Number
    spread: tuple[Number, Number] = (0, 0)  # broken days: the part of a line, and all
    level: Number = 0  # the instalment found last
    levels: Sequence[Number] = ()  # by line, where interest follows the days
    bore: Sequence[Number] = ()  # by line, its own interest before broken days are spread


def planned(
    terms: Terms,
    moves: Sequence[Move] = (),
    over: int | None = None,
    past: Past | None = None,
) -> Plan:
    """Work out the plan of the terms with what moved it since.

    `over` is how many lines a broken period was first spread over.
    """
    refuse_what_does_not_go_together(terms)
    first = terms.tranches[0][1] if terms.tranches else terms.principal
    later = [Move(on, amount) for on, amount in terms.tranches[1:]]
    down = _down(terms)
    spans = Spans(terms, terms.disbursed_on, terms.first_due_on, terms.grace_free)
    moves = sorted([*later, *moves], key=lambda one: one.on)
    rows, level, levels = _rows(terms, spans, (first, down), moves, past)
    lines = [
        Line(
            row.number,
            row.due_on,
            row.principal,
            row.interest,
            row.balance,
            [],
            spans[at],
            row.own,
            row.before,
        )
        for at, row in enumerate(rows)
    ]
    checked([line.due_on for line in lines], terms)
    spread = _broken(terms, spans, lines, (first - down, down), moves, (over, past))
    if down:
        lines.insert(0, Line(0, terms.disbursed_on, down, 0, first - down))
    plan = Plan(terms, lines, [], down, spread, level, levels, [row.own for row in rows])
    _charged(plan)
    return plan


def refuse_what_does_not_go_together(terms: Terms) -> None:
    """Refuse combinations the conventions exclude."""
    to = terms.allocation.advance_to
    bad = (
        (terms.instalments is None) == (terms.instalment is None),
        terms.instalment is not None and (terms.flat or terms.repayment != "equal-instalments"),
        terms.flat and to.startswith("reduce"),
        terms.flat and terms.recalculate != "never",
        terms.rounding.exact and terms.recalculate != "never",
        terms.down_percent is not None and bool(terms.tranches),
        terms.down_percent is not None and terms.broken == "separate",
        terms.first_due_on is not None and terms.first_due_on <= terms.disbursed_on,
    )
    if any(bad):
        raise Refused("terms that do not go together")
    count = terms.instalments
    graces = (terms.grace_principal, terms.grace_interest, terms.grace_free)
    if count is not None and any(grace >= count for grace in graces):
        raise Refused("grace is as long as the loan")
    if terms.tranches:
        _check_tranches(terms)


def _check_tranches(terms: Terms) -> None:
    days = [on for on, _ in terms.tranches]
    if (
        sum(amount for _, amount in terms.tranches) != terms.principal
        or days != sorted(days)
        or days[0] != terms.disbursed_on
    ):
        raise Refused("tranches")


def _down(terms: Terms) -> Number:
    if terms.down_percent is None:
        return 0
    down = terms.rounding.instalment(terms.principal * terms.down_percent)
    if down >= terms.principal:
        raise Refused("the down payment is all the principal")
    return down


def _rows(
    terms: Terms,
    spans: Spans,
    money: tuple[Number, Number],
    moves: Sequence[Move],
    past: Past | None,
) -> tuple[list[Row], Number, Sequence[Number]]:
    (first, down), levels = money, list[Number]()
    if terms.flat:
        flat = Flat(terms, spans)
        rows, level = flat.rows(first - down, first, moves), flat.level
    else:
        walk = Walk(terms, spans, terms.instalments)
        if past is not None:
            walk = DailyWalk(terms, spans, terms.instalments, past)
            levels = walk.levels
        state = State(first - down, terms.rate)
        if terms.rest and terms.repayment == "bullet":
            state.gathered = terms.rest.gathered
        elif terms.rest:
            state.carried = terms.rest.gathered
        if terms.repayment == "equal-principal":
            state.level = terms.rounding.instalment(
                Fraction(first - down) / ((terms.instalments or 1) - terms.grace_principal)
            )
        rows, level = walk.rows(state, moves), walk.level
    if moves and moves[-1].on >= rows[-1].due_on:
        raise Refused("a tranche after the last due date")
    return rows, level, levels


def _broken(
    terms: Terms,
    spans: Spans,
    lines: list[Line],
    money: tuple[Number, Number],
    moves: Sequence[Move],
    known: tuple[int | None, Past | None],
) -> tuple[Number, Number]:
    """Ask the interest of a broken period where lines do not bear it themselves."""
    (first, down), broken, (over, past) = money, spans.broken, known
    if terms.rest and terms.rest.spread[1]:
        _spread(terms, lines, *terms.rest.spread)
    if broken is None or not broken.from_day(broken.start):
        return 0, 0
    base = first + down if terms.flat else first
    joined = [Move(on, amount) for on, amount in terms.rest.inside] if terms.rest else []
    base -= sum(move.amount for move in joined)
    exact: Number = _of_broken(terms, broken, base, [*joined, *moves])
    if past is not None:
        exact = of_broken(meter_of(terms, moves, past), past, broken, base, moves)
    interest = terms.rounding.interest(exact) - (past.taken.get(BROKEN, 0) if past else 0)
    inside = terms.broken == "first-instalment" and not terms.flat
    bullet = terms.repayment == "bullet" and terms.broken != "separate"
    if inside or (bullet and not terms.flat):
        return 0, 0
    if bullet:
        lines[-1].interest += interest
        return 0, interest
    if terms.broken == "first-instalment":
        lines[min(terms.grace_interest, len(lines) - 1)].interest += interest
        _bears(terms, lines, 0, interest)
    elif terms.broken == "separate":
        balance = first + sum(move.amount for move in moves if move.on < broken.end)
        lines.insert(0, Line(0, broken.end, 0, interest, balance, own=interest))
    else:
        each = terms.rounding.interest(Fraction(interest) / (over or len(lines)))
        _spread(terms, lines, each, interest)
        return each, interest
    return 0, 0


def _spread(terms: Terms, lines: list[Line], each: Number, interest: Number) -> None:
    """Divide broken interest over the lines; what falls into grace is asked after it."""
    left = interest
    for index in range(len(lines)):
        part = left if index == len(lines) - 1 else min(each, left)
        left -= part
        lines[max(index, min(terms.grace_interest, len(lines) - 1))].interest += part
        _bears(terms, lines, index, part)


def _bears(terms: Terms, lines: list[Line], index: int, part: Number) -> None:
    """Note what a line bears, for the lines after it too as long as it is not asked."""
    lines[index].own += part
    for line in lines[index + 1 : terms.grace_interest + 1]:
        line.before += part


def _of_broken(terms: Terms, broken: Broken, first: Number, moves: Sequence[Move]) -> Fraction:
    total, balance, rate = Fraction(0), Fraction(first), terms.rate
    left = broken.from_day(broken.start)
    for move in moves:
        stop = broken.from_day(move.on)
        total += balance * rate * (left - stop)
        left, balance = stop, balance + move.amount
        rate = rate if move.rate is None else move.rate
    return total + balance * rate * left


def _charged(plan: Plan) -> None:
    terms, lines = plan.terms, plan.lines
    repaying = [line for line in lines if line.number > 0]
    whole = Line(0, terms.disbursed_on, terms.principal, sum(one.interest for one in lines), 0)
    for charge in terms.charges:
        if charge.on == "disbursement":
            extra = Extra(charge.head, priced(terms, charge, whole), repaying[0].due_on, first=True)
            (plan.deducted if charge.deduct else repaying[0].extras).append(extra)
        elif charge.on == "instalment":
            for line in repaying:
                amount = priced(terms, charge, line)
                line.extras.append(Extra(charge.head, amount, line.due_on, each=True))
    dated = [(one.on, one) for one in terms.charges if isinstance(one.on, date)]
    for on, charge in sorted(dated, key=lambda pair: pair[0]):
        if on >= terms.disbursed_on:
            line = line_for(plan.lines, on, terms)
            amount = priced(terms, charge, whole if charge.of == "principal" else line)
            line.extras.append(Extra(charge.head, amount, on))


def priced(terms: Terms, charge: Charge, base: Line) -> Number:
    """A charge with its tax."""
    if charge.amount is not None:
        net: Number = charge.amount
    else:
        assert charge.percent is not None
        of = {"principal": base.principal, "interest": base.interest}
        of["instalment"] = base.principal + base.interest
        net = terms.rounding.currency(of[charge.of] * charge.percent)
    return net + terms.rounding.currency(net * charge.tax)


def line_for(lines: list[Line], on: date, terms: Terms) -> Line:
    """The line a dated charge belongs to; one is added after the last."""
    for line in lines:
        if on <= line.due_on and (line.number > 0 or on > terms.disbursed_on):
            return line
    added = Line(lines[-1].number + 1, on, 0, 0, lines[-1].balance)
    lines.append(added)
    return added
