"""What was lent in a period: by group with its rates, and loan by loan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from app.reports.grouping import CYCLE
from app.rows.reports import Figures, GroupRow
from app.services.report_asked import Asked, Made
from app.services.report_groups import groups_of
from app.services.report_lines import Lines, lines, rows_of
from app.services.work import Reading
from app.store.report_lending import handed_out
from app.store.report_names import Known, loans_before
from app.texts import ngettext

_HUNDREDTHS = 100


class Lent(NamedTuple):
    """What was handed out of a loan in the period, from a day on. Amount in minor units."""

    loan: Known
    on: date
    amount_minor: int
    cycle: int

    @property
    def rate(self) -> int:
        """The yearly rate in hundredths of a percent, half up."""
        scaled = Fraction(self.loan.rate) * _HUNDREDTHS
        return (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)


def lent_in(reading: Reading, asked: Asked) -> tuple[Lent, ...]:
    """The loans of the period, taken back ones left out. Read once for all that ask."""
    key = ("lent", asked.period, asked.known_on)
    return reading.once(key, lambda: tuple(_lent(reading, asked)))


def _lent(reading: Reading, asked: Asked) -> Iterable[Lent]:
    period = asked.period
    found = handed_out(reading.connection, asked.scope, period.first, period.last, asked.known_on)
    sums: dict[int, int] = defaultdict(int)
    days: dict[int, date] = {}
    for one in found:
        sums[one.loan_id] += one.amount_minor
        days[one.loan_id] = min(one.on, days.get(one.loan_id, one.on))
    known = groups_of(reading, asked.scope).know(sums)
    before = loans_before(reading.connection, {known[loan_id].party_id for loan_id in sums})
    for loan_id, amount in sums.items():
        loan = known[loan_id]
        place = before[loan.party_id].index((loan.lent_on, loan_id))
        if amount:
            yield Lent(loan, days[loan_id], amount, place + 1)


def _asked_for(reading: Reading, asked: Asked) -> list[Lent]:
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    cycle = asked.within.get(CYCLE)
    return [
        one
        for one in lent_in(reading, asked)
        if accept(one.loan) and cycle in (None, str(one.cycle))
    ]


def lent(reading: Reading, asked: Asked) -> Made:
    """Disbursements by group."""
    groups = groups_of(reading, asked.scope)
    key = _key(reading, asked)
    found = _asked_for(reading, asked)
    made = _summed(found, key)
    by_cycle = asked.by == CYCLE
    rows = rows_of(groups, asked.by, dict(sorted(made.items())), _ordinal if by_cycle else None)
    whole = _summed(found, lambda _one: "")[""]
    return Made(rows, totals=tuple(whole.items()))


def _key(reading: Reading, asked: Asked) -> Callable[[Lent], str]:
    if asked.by == CYCLE:
        return lambda one: str(one.cycle)
    of_loan = groups_of(reading, asked.scope).key(asked.by)
    return lambda one: of_loan(one.loan)


def _ordinal(cycle: str) -> str:
    return ngettext("Loan {number}", "Loan {number}", int(cycle)).format(number=cycle)


def _summed(found: Iterable[Lent], key: Callable[[Lent], str]) -> Lines:
    """Counts and amounts; of the rates the lowest, the highest and the average by amount."""
    made, weights = lines(), defaultdict[str, int](int)
    rates: dict[str, list[int]] = defaultdict(list)
    for one in found:
        group = key(one)
        sums = made[group]
        sums["loans"] += 1 if one.amount_minor > 0 else -1
        sums["first_loans"] += int(one.cycle == 1 and one.amount_minor > 0)
        sums["amount_minor"] += one.amount_minor
        weights[group] += one.amount_minor * one.rate
        rates[group].append(one.rate)
    for group, sums in made.items():
        whole = sums["amount_minor"]
        sums["least_rate"], sums["most_rate"] = min(rates[group]), max(rates[group])
        if whole > 0 and sums["loans"] > 0:
            sums["average_minor"] = _half_up(whole, sums["loans"])
            sums["average_rate"] = _half_up(weights[group], whole)
    return made


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def disbursed(reading: Reading, asked: Asked) -> Made:
    """Loan by loan."""
    groups = groups_of(reading, asked.scope)
    rows: list[GroupRow] = []
    for one in _asked_for(reading, asked):
        loan = one.loan
        figures: Figures = {
            "borrower": loan.borrower,
            "on": one.on,
            "product": groups.products.get(loan.product_id, ""),
            "cycle": one.cycle,
            "centre": groups.centres.get(loan.group_id or 0, ""),
            "officer": groups.people.get(loan.officer_id, ""),
            "rate": one.rate,
            "amount_minor": one.amount_minor,
        }
        rows.append(GroupRow(str(loan.loan_id), loan.number, figures, loan.loan_id))
    rows.sort(key=lambda row: (str(row.figures["on"]), row.name))
    return Made(tuple(rows))
