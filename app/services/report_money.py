"""Receipts of a period summed by what loans are grouped by, day and mode."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from app.domain.allocation import Head
from app.domain.events import EventKind
from app.services.receipt_report import collection_rows
from app.services.report_asked import Asked
from app.services.report_flows import set_since, told_anew
from app.services.report_stock import dims_of_branch
from app.services.work import Reading
from app.store.report_flows import Rows, Span, receipts_of, recoveries, undone
from app.store.reports import Taken

HEADS = (Head.PRINCIPAL, Head.INTEREST, Head.CHARGE, Head.PENALTY)
_PLACES = {head.value: place for place, head in enumerate(HEADS)}
Key = tuple[int, int, int | None, date, str]


class Received(NamedTuple):
    """Receipts of a group of loans on a day in one mode, in minor units by head."""

    officer_id: int
    product_id: int
    group_id: int | None
    on: date
    mode: str
    receipts: int
    amount: int
    principal: int
    interest: int
    charge: int
    penalty: int

    @property
    def loan_id(self) -> int:
        """Of no one loan."""
        return 0


def money(reading: Reading, asked: Asked) -> tuple[Received, ...]:
    """All receipts of the period but those on written-off loans, summed. Read once."""
    key = ("received", asked.period, asked.known_on)
    return reading.once(key, lambda: tuple(_money(reading, asked)))


def taken_in(reading: Reading, asked: Asked) -> Rows:
    """(day, mode, loan, event, amount) of every part of a receipt of the period, read once."""
    span = Span(asked.scope, asked.period.first, asked.period.last)
    key = ("receipts", span, asked.known_on)
    return reading.once(key, lambda: receipts_of(reading.connection, span, asked.known_on))


def gone_by(reading: Reading, asked: Asked) -> frozenset[int]:
    """The facts of the period that were taken back by its end, or by what is known."""
    period = asked.period
    by = asked.known(period.last)
    key = ("gone", asked.scope, period.first, by)
    return reading.once(key, lambda: undone(reading.connection, asked.scope, period.first, by))


def _money(reading: Reading, asked: Asked) -> Iterator[Received]:
    again, _moves = told_anew(reading, asked)
    made: dict[Key, list[int]] = defaultdict(lambda: [0] * 6)
    _sum_receipts(reading, asked, made, again)
    dims = dims_of_branch(reading, asked.scope)
    for row in collection_rows(
        reading, asked.period, Taken(asked.known_on, again, EventKind.RECEIPT)
    ):
        one = dims[row.loan_id]
        on = row.on or asked.period.last
        parts = made[one.officer_id, one.product_id, one.group_id, on, row.mode_code]
        split = (row.principal_minor, row.interest_minor, row.charge_minor, row.penalty_minor)
        for at, part in enumerate((0 if row.state else 1, row.amount_minor, *split)):
            parts[at] += part
    for key, parts in made.items():
        yield Received._make((*key, *parts))


def _sum_receipts(
    reading: Reading, asked: Asked, made: dict[Key, list[int]], again: frozenset[int]
) -> None:
    """Receipts that stood, of loans that are not replayed, with the heads they were set on."""
    period = asked.period
    by = asked.known(period.last)
    left = gone_by(reading, asked) | recoveries(reading.connection, asked.scope, period.first, by)
    heads = _heads(reading, asked)
    dims = dims_of_branch(reading, asked.scope)
    mine = dims.keys() - again
    for on, mode, loan_id, event_id, amount in taken_in(reading, asked):
        if loan_id not in mine or event_id in left:
            continue
        one = dims[loan_id]
        parts = made[one.officer_id, one.product_id, one.group_id, on, mode]
        parts[0] += 1
        parts[1] += amount
        split = heads.get(event_id)
        if split is not None:
            for at, part in enumerate(split, 2):
                parts[at] += part


def _heads(reading: Reading, asked: Asked) -> dict[int, list[int]]:
    """What each fact was set on by the end of the period, by head."""
    last = asked.period.last
    made: dict[int, list[int]] = {}
    for _loan, event_id, head, on, _due, amount in set_since(reading, asked.period):
        if on <= last:
            split = made.get(event_id)
            if split is None:
                split = made[event_id] = [0, 0, 0, 0]
            split[_PLACES[head]] += amount
    return made
