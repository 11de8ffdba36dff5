"""Schedules of 2,000 loans beside two libraries, each held to the same exact answer first."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import floor

import numpy_financial
from amortization.schedule import amortization_schedule

from app.domain.schedule import lines
from app.domain.terms import Terms, terms_of
from tests.bench.figures import Figure, cpu_ms

LOANS = 2000
ROUNDS = 5
SAMPLE = 400
FIRST = date(2024, 1, 15)

Rows = list[tuple[int, int]]  # principal and interest of each line, in minor units


@dataclass(frozen=True)
class Loan:
    """What is asked of everybody."""

    principal: int  # rupees
    percent: int
    count: int
    terms: Terms


def figures() -> list[Figure]:
    """Ours against `amortization` and numpy-financial, with how many each gets right."""
    loans = list(_loans())
    wanted = [_exact(loan) for loan in loans[:SAMPLE]]
    rights = [
        sum(answer(loan) == want for loan, want in zip(loans, wanted, strict=False))
        for answer in (_ours, _amortization, _numpy)
    ]
    ours, peer, numpy = (
        cpu_ms(lambda work=work: [work(loan) for loan in loans], ROUNDS)  # type: ignore[misc]
        for work in (_run_ours, _run_amortization, _run_numpy)
    )
    return [
        Figure(
            "schedules, 24 to 60 lines, a second",
            f"{LOANS / ours * 1000:,.0f} ({rights[0]}/{SAMPLE} exact)",
            f"amortization {LOANS / peer * 1000:,.0f} ({rights[1]}/{SAMPLE} exact)",
            f"{peer / ours:.2f}",
            ">= 1, all exact",
            ours <= peer and rights[0] == SAMPLE,
        ),
        Figure(
            "",
            "",
            f"numpy-financial {LOANS / numpy * 1000:,.0f} ({rights[2]}/{SAMPLE} exact)",
            f"{numpy / ours:.2f}",
        ),
    ]


def _loans() -> Iterator[Loan]:
    """Random loans; each month has disbursement days of its own, as a branch has."""
    chance = random.Random(24)
    for _ in range(LOANS):
        principal, percent = chance.randint(5_000, 200_000), chance.randint(10, 30)
        count = chance.randint(24, 60)
        on = FIRST + timedelta(chance.randrange(60))
        document = {
            "principal": f"{principal}.00",
            "disbursed_on": on.isoformat(),
            "annual_rate": str(percent),
            "instalments": count,
            "every": {"n": 1, "unit": "month"},
            "rounding": {"mode": "half-up"},
        }
        yield Loan(principal, percent, count, terms_of(document, "INR"))


def _exact(loan: Loan) -> Rows:
    """The lines in exact rationals, rounded half up to the paisa: the answer to be reproduced."""
    balance, rate = loan.principal * 100, Fraction(loan.percent, 1200)
    growth = (1 + rate) ** loan.count
    level = _half_up(balance * rate * growth / (growth - 1))
    rows = []
    for number in range(1, loan.count + 1):
        interest = _half_up(balance * rate)
        principal = balance if number == loan.count else level - interest
        balance -= principal
        rows.append((principal, interest))
    return rows


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))


def _ours(loan: Loan) -> Rows:
    return [(line.principal, line.interest) for line in lines(loan.terms)]


def _amortization(loan: Loan) -> Rows:
    made = amortization_schedule(loan.principal, loan.percent / 100, loan.count)
    return [(round(row.principal * 100), round(row.interest * 100)) for row in made]


def _numpy(loan: Loan) -> Rows:
    rate, periods = loan.percent / 1200, range(1, loan.count + 1)
    interest = numpy_financial.ipmt(rate, periods, loan.count, -loan.principal)
    principal = numpy_financial.ppmt(rate, periods, loan.count, -loan.principal)
    pairs = zip(principal, interest, strict=True)
    return [(round(p * 100), round(i * 100)) for p, i in pairs]


def _run_ours(loan: Loan) -> object:
    return lines(loan.terms)


def _run_amortization(loan: Loan) -> object:
    return list(amortization_schedule(loan.principal, loan.percent / 100, loan.count))


def _run_numpy(loan: Loan) -> object:
    return _numpy(loan)
