"""Schedules of 2,000 loans beside five libraries, each held to the same exact answers first."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from fractions import Fraction
from math import floor

from app.domain.terms import terms_of
from tests.bench.figures import Figure, interleaved
from tests.bench.peers import OURS, PEERS, Loan, Maker, Rows

LOANS = 2000
ROUNDS = 5
AIM = 3
FIRST = date(2024, 1, 15)
NAME = "Kist"


def figures() -> list[Figure]:
    """Schedules a second of everybody, how many are exact, and ours to the fastest exact peer."""
    loans = list(_loans())
    makers = {NAME: OURS, **PEERS}
    exact = {name: _exactness(maker, loans) for name, maker in makers.items()}
    pace = _paces(makers, loans)
    ours = pace.pop(NAME)
    nearest = max(pace, key=lambda name: exact[name][0])
    perfect = [name for name in pace if exact[name][0] == 1]
    beside = max(perfect or pace, key=lambda name: pace[name])
    fastest = "the fastest exact peer" if perfect else "the fastest peer (none is exact)"
    ratio = ours / pace[beside]
    said = f"{ours:,.0f} ({_said(exact[NAME])})"
    rows = [
        Figure("schedules, 24 to 60 lines, a second a core", said, aim="all exact"),
        *(
            Figure(
                "",
                "",
                f"{name} {pace[name]:,.0f} ({_said(exact[name])})",
                f"{ours / pace[name]:.2f}",
            )
            for name in sorted(pace, key=lambda name: -pace[name])
        ),
    ]
    met = exact[NAME][0] == 1 and ratio >= 1
    aim = f">= 1 and all exact; the aim beyond is {AIM}"
    return [
        *rows,
        Figure("ours to the peer nearest to exact", "", nearest, f"{ours / pace[nearest]:.2f}"),
        Figure(f"ours to {fastest}", "", beside, f"{ratio:.2f}", aim, met),
    ]


def _paces(makers: dict[str, Maker], loans: Sequence[Loan]) -> dict[str, float]:
    """Schedules a CPU second, all makers in turn in each round."""
    taken = {name: [loan for loan in loans if maker.takes(loan)] for name, maker in makers.items()}

    def run(make: Callable[[Loan], object], asked: Sequence[Loan]) -> Callable[[], object]:
        return lambda: [make(loan) for loan in asked]

    works = {name: run(maker.make, taken[name]) for name, maker in makers.items()}
    took = interleaved(works, ROUNDS)
    return {name: len(taken[name]) / took[name] * 1000 for name in makers}


def _exactness(maker: Maker, loans: Sequence[Loan]) -> tuple[Fraction, Fraction]:
    """The shares of loans with all rows and totals exact: of the collectable and the printed run.

    The collectable schedule rounds each line and its sums are those of its lines; the printed one
    is the unrounded run, each figure rounded by itself. Libraries that never round aim at the
    second, and nobody can collect it.
    """
    asked = [loan for loan in loans if maker.takes(loan)]
    made = [maker.rows(loan) for loan in asked]
    ledger = sum(rows == _collectable(loan) for rows, loan in zip(made, asked, strict=True))
    printed = sum(rows == _printed(loan) for rows, loan in zip(made, asked, strict=True))
    return Fraction(ledger, len(asked)), Fraction(printed, len(asked))


def _said(shares: tuple[Fraction, Fraction]) -> str:
    whole, printed = (f"{floor(share * 1000) / 10:g} %" for share in shares)
    return f"{whole} exact" + (f", {printed} unrounded" if shares[1] and shares[0] < 1 else "")


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
        yield Loan(principal, percent, count, on, terms_of(document, "INR"))


def _level(loan: Loan) -> Fraction:
    rate = Fraction(loan.percent, 1200)
    growth = (1 + rate) ** loan.count
    return loan.principal * 100 * rate * growth / (growth - 1)


def _collectable(loan: Loan) -> Rows:
    """The lines in exact rationals, rounded half up to the paisa; the last takes the rest."""
    balance, rate, level = (
        loan.principal * 100,
        Fraction(loan.percent, 1200),
        _half_up(_level(loan)),
    )
    rows = []
    for number in range(1, loan.count + 1):
        interest = _half_up(balance * rate)
        principal = balance if number == loan.count else level - interest
        balance -= principal
        rows.append((principal, interest))
    return rows


def _printed(loan: Loan) -> Rows:
    """The exact run, each figure rounded by itself."""
    rate, level = Fraction(loan.percent, 1200), _level(loan)
    first = level - loan.principal * 100 * rate
    rows = []
    for number in range(loan.count):
        principal = first * (1 + rate) ** number
        rows.append((_half_up(principal), _half_up(level - principal)))
    return rows


def _half_up(value: Fraction) -> int:
    return floor(value + Fraction(1, 2))
