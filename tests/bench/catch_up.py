"""A business day closed and the next opened: what it earned, who is late; beside a loop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from math import log
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, func, select, update

from app.commands.branch import CloseDay, OpenDay
from app.domain.loan import project
from app.services.accruals import earned, earned_by_kinds
from app.services.projecting import terms_from
from app.store.listing import differing, list_new_day, list_whole_day
from app.store.loans import events_of, loan_ids, loans_by_id
from app.store.projections import Place, position_row
from app.store.schema.lists import loan_list
from app.store.schema.loans import loan_positions, receipts
from app.store.tx import Tx
from tests.bench.figures import Figure
from tests.bench.loaded import Loaded, opened

SAMPLE = 400
MOST_COMPARED = 200_000  # loans whose rows are compared one by one; beyond, by their sums
LEAST_PEER, LEAST_FULL, MOST_EXPONENT = 100, 10, 1.08


@dataclass(frozen=True)
class Measured:
    """CPU milliseconds at a number of loans; whether the short way came to what the long did.

    `gate` closes a day and opens the next; `moved` and `whole` bring lists and interest to the day
    after the last that had receipts: by what moved, and by a look at all lines and loans.
    """

    size: int
    gate: float
    moved: float
    whole: float
    loop: float
    right: bool


def figures(folders: Sequence[Path]) -> Iterator[Figure]:
    """The figures of each branch, and how they grow from the smallest to the largest."""
    made = []
    for folder in folders:
        with opened(folder) as loaded:
            made.append(_measured(loaded))
        yield from _figures(made[-1])
    if len(made) > 1:
        yield from _growth(sorted(made, key=lambda one: one.size))


def _measured(loaded: Loaded) -> Measured:
    gate = _cpu_ms(lambda: _next_day(loaded))
    branch_id, following = loaded.branch_id, loaded.day + timedelta(1)
    with loaded.store.engine.connect() as connection, connection.begin() as transaction:
        tx = Tx(connection, loaded.manager.station_id, loaded.store.digest)
        last = connection.scalar(select(func.max(receipts.c.booked_on)))
        assert last is not None
        after = last + timedelta(1)
        list_whole_day(tx, branch_id, last)
        moved = _cpu_ms(lambda: list_new_day(tx, branch_id, after))
        right = loaded.size > MOST_COMPARED or differing(connection) == []
        by_moved = _sums(connection)
        whole = _cpu_ms(lambda: list_whole_day(tx, branch_id, after))
        right = right and by_moved == _sums(connection)
        transaction.rollback()
    with loaded.store.read() as snapshot:
        moved += _cpu_ms(lambda: earned_by_kinds(snapshot, branch_id, following))
        whole += _cpu_ms(lambda: earned(snapshot, branch_id, following))
        by_kinds = earned_by_kinds(snapshot, branch_id, following)
        right = right and by_kinds == earned(snapshot, branch_id, following)
    return Measured(loaded.size, gate, moved, whole, _loop_ms(loaded), right)


def _sums(connection: Connection) -> tuple[int, ...]:
    """What the rows of lists come to."""
    one = loan_list.c
    columns = (one.arrears_minor, one.due_minor, one.principal_late_minor, one.late, one.listed)
    query = select(func.count(one.late_on), *(func.sum(column) for column in columns))
    return tuple(int(value or 0) for value in connection.execute(query).one())


def _next_day(loaded: Loaded) -> None:
    following = loaded.day + timedelta(1)
    gate, key = loaded.program.gate, uuid4().hex
    loaded.clock.go_to(datetime.combine(loaded.day, datetime.min.time(), UTC) + timedelta(hours=15))
    gate.run(loaded.manager, CloseDay(on=loaded.day), f"close {key}")
    loaded.clock.go_to(datetime.combine(following, datetime.min.time(), UTC) + timedelta(hours=4))
    gate.run(loaded.manager, OpenDay(on=following), f"open {key}")


def _loop_ms(loaded: Loaded) -> float:
    """Loan after loan: its facts read, replayed, one UPDATE; all in one transaction."""
    with loaded.store.engine.connect() as connection, connection.begin() as transaction:
        ids = loan_ids(connection)
        some = ids[:: max(len(ids) // SAMPLE, 1)]
        begun = time.process_time()
        for loan_id in some:
            record = loans_by_id(connection, [loan_id])[loan_id]
            facts = events_of(connection, [loan_id])[loan_id]
            projection = project(terms_from(record.terms, record.currency), facts)
            place = Place(loan_id, record.branch_id, record.officer_id)
            own = loan_positions.c.loan_id == loan_id
            row = position_row(place, projection)
            connection.execute(update(loan_positions).where(own).values(**row))
        took = (time.process_time() - begun) * 1000
        transaction.rollback()
    return took * len(ids) / len(some)


def _cpu_ms(work: Callable[[], object]) -> float:
    begun = time.process_time()
    work()
    return (time.process_time() - begun) * 1000


def _figures(one: Measured) -> Iterator[Figure]:
    loop, whole = one.loop / one.gate, one.whole / one.moved
    yield Figure(
        f"{one.size:,} loans: a day closed and the next opened, beside a loop of replay and UPDATE",
        f"{one.gate:,.0f} ms",
        f"{one.loop:,.0f} ms, from {SAMPLE} loans",
        f"{loop:,.0f}",
        aim=f">= {LEAST_PEER}",
        met=one.right and loop >= LEAST_PEER,
    )
    yield Figure(
        f"{one.size:,} loans: lists and interest by what moved, beside all lines and loans",
        f"{one.moved:,.0f} ms",
        f"{one.whole:,.0f} ms, the same result: {'yes' if one.right else 'NO'}",
        f"{whole:,.1f}",
        aim=f">= {LEAST_FULL}",
        met=one.right and whole >= LEAST_FULL,
    )


def _growth(made: Sequence[Measured]) -> Iterator[Figure]:
    small, large = made[0], made[-1]
    for name, one, other in (
        ("a day closed and the next opened", small.gate, large.gate),
        ("lists and interest by what moved", small.moved, large.moved),
    ):
        exponent = log(other / one) / log(large.size / small.size)
        yield Figure(
            f"from {small.size:,} to {large.size:,} loans, {name}",
            f"exponent {exponent:.2f}",
            aim=f"<= {MOST_EXPONENT}",
            met=exponent <= MOST_EXPONENT,
        )
