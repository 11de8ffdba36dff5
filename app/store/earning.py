"""Interest by the day as a sum over kinds of lines: each kind once, whatever the number of loans.

Lines of one product that run over the same days and bear the same interest earn the same each day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, literal, select, text

from app.domain.loan import LinePaid
from app.store.days import ProductSum, RunningLine, moves
from app.store.loan_terms import newest
from app.store.schema.lists import interest_lines
from app.store.schema.loans import instalments, loan_positions, loans
from app.store.store import Snapshot
from app.store.tx import Tx

_I, _L, _N, _P = instalments.c, loans.c, interest_lines.c, loan_positions.c
ALL = 0  # the loan id of what a closed day has put together
_PAST = date(1900, 1, 1)  # both days of what has earned all it ever will
_KEYS = (
    *("branch_id", "due_on", "from_on", "product_id", "currency"),
    *("mode", "to_minor", "interest_minor", "loan_id"),
)


@dataclass(frozen=True, slots=True)
class Earns:
    """How a loan's lines earn: of which product, and how their interest is rounded."""

    product_id: int
    currency: str
    mode: str
    to: int


@dataclass(frozen=True, slots=True)
class RunningLines:
    """So many running lines of one kind."""

    line: RunningLine
    lines: int


def write_lines(
    tx: Tx,
    place: tuple[int, int],
    was: tuple[Earns | None, Iterable[LinePaid]],
    now: tuple[Earns | None, Iterable[LinePaid]],
) -> None:
    """Count what changed of the lines of a loan; `place` is its branch and id.

    A loan that moves with the days earns by itself: for it there is no Earns.
    """
    counts: Counter[tuple[Any, ...]] = Counter()
    for sign, (earns, lines) in ((-1, was), (1, now)):
        if earns is None:
            continue
        own = (earns.product_id, earns.currency, earns.mode, earns.to)
        for line in lines:
            if line.interest:
                counts[line.due_on, line.scheduled_from, *own, line.interest] += sign
    rows = [
        dict(zip(_KEYS, (place[0], *kind, place[1]), strict=True)) | {"lines": count}
        for kind, count in sorted(counts.items())
        if count
    ]
    if rows:
        tx.after(_adder(), *rows)


def put_together(tx: Tx, branch_id: int, on: date) -> None:
    """At the end of a day: loans' own changes into one row a kind, what is past into one row."""
    tx.flush()
    own = and_(_N.branch_id == branch_id, _N.loan_id != ALL)
    past = and_(_N.branch_id == branch_id, _N.due_on <= on, _N.due_on > _PAST)
    kinds = [_N[name] for name in _KEYS[:-1]]
    _add(tx, select(*kinds, literal(ALL), func.sum(_N.lines)).where(own).group_by(*kinds))
    tx.connection.execute(delete(interest_lines).where(own))
    pools: list[Any] = [_N.product_id, _N.currency]
    earned: Any = func.sum(_N.lines * _N.interest_minor)
    days: list[Any] = [literal(_PAST), literal(_PAST)]
    whole: list[Any] = [literal(""), literal(1), literal(1), literal(ALL)]
    _add(
        tx,
        select(_N.branch_id, *days, *pools, *whole, earned)
        .where(past)
        .group_by(_N.branch_id, *pools),
    )
    tx.connection.execute(delete(interest_lines).where(past))
    tx.connection.execute(delete(interest_lines).where(_N.branch_id == branch_id, _N.lines == 0))


def count_lines_anew(tx: Tx, branch_id: int) -> None:
    """Count all lines of a branch, but those of loans that move with the days."""
    tx.flush()
    tx.connection.execute(delete(interest_lines).where(_N.branch_id == branch_id))
    kinds = [
        *(_P.branch_id, _I.due_on, _I.from_on, _L.product_id, _L.currency),
        *(newest("interest_mode"), newest("interest_to_minor"), _I.interest_minor),
    ]
    joined = instalments.join(loans, _L.id == _I.loan_id).join(
        loan_positions, _P.loan_id == _I.loan_id
    )
    one = (
        select(*(column.label(f"k{place}") for place, column in enumerate(kinds)))
        .select_from(joined)
        .where(_P.branch_id == branch_id, _I.interest_minor != 0, ~moves())
        .subquery("one")
    )
    made = [one.c[f"k{place}"] for place in range(len(kinds))]
    _add(tx, select(*made, literal(ALL), func.count()).group_by(*made))


def counted_due(snapshot: Snapshot, branch_id: int, on: date) -> Sequence[ProductSum]:
    """As `due_by`, from the counted lines."""
    query = (
        select(_N.product_id, _N.currency, func.sum(_N.interest_minor * _N.lines))
        .where(_N.branch_id == branch_id, _N.due_on <= on)
        .group_by(_N.product_id, _N.currency)
    )
    return [ProductSum(row[0], row[1], int(row[2])) for row in snapshot.execute(query)]


def counted_running(snapshot: Snapshot, branch_id: int, on: date) -> Sequence[RunningLines]:
    """As `running`, from the counted lines."""
    kinds = (
        *(_N.product_id, _N.currency, _N.mode, _N.to_minor),
        *(_N.interest_minor, _N.from_on, _N.due_on),
    )
    query = (
        select(*kinds, func.sum(_N.lines))
        .where(_N.branch_id == branch_id, _N.from_on < on, _N.due_on > on)
        .group_by(*kinds)
    )
    return [
        RunningLines(RunningLine(*tuple(row)[:-1]), int(row[-1])) for row in snapshot.execute(query)
    ]


def _add(tx: Tx, rows: Any) -> None:
    """Insert rows whose kinds may be there under all loans already."""
    names = [*_KEYS, "lines"]
    staged = tx.connection.execute(rows).all()
    if staged:
        tx.connection.execute(_adder(), [dict(zip(names, row, strict=True)) for row in staged])


@cache
def _adder() -> Any:
    """Add to the count of a kind, or begin it; both databases speak this."""
    names = [*_KEYS, "lines"]
    return text(
        f"INSERT INTO {interest_lines.name} ({', '.join(names)})"
        f" VALUES ({', '.join(':' + name for name in names)})"
        f" ON CONFLICT ({', '.join(_KEYS)})"
        f" DO UPDATE SET lines = {interest_lines.name}.lines + excluded.lines"
    ).bindparams(*(bindparam(name, type_=_N[name].type) for name in names))
