"""How often a receipt asks the database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from psycopg import pq
from sqlalchemy import Engine, event

from tests.services.branch import House
from tests.services.lending import lent, receive

MOST = 7


class Trips:
    """Counts what waits for the server: begin, each statement, each pipeline, commit."""

    def __init__(self) -> None:
        self.count = 0
        self._batch = False

    def statement(self, connection: Any, *_: Any) -> None:
        raw = connection.connection.driver_connection
        batched = raw.pgconn.pipeline_status != pq.PipelineStatus.OFF
        if not (batched and self._batch):
            self.count += 1
        self._batch = batched

    def turn(self, _connection: Any) -> None:
        self.count += 1
        self._batch = False


@contextmanager
def counted(engine: Engine) -> Iterator[Trips]:
    trips = Trips()
    heard = (
        ("before_cursor_execute", trips.statement),
        ("begin", trips.turn),
        ("commit", trips.turn),
    )
    for name, listener in heard:
        event.listen(engine, name, listener)
    yield trips
    for name, listener in heard:
        event.remove(engine, name, listener)


@pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
def test_a_receipt_takes_at_most_seven_round_trips(house: House) -> None:
    loan = lent(house, 20_000_00, 52)
    receive(house, loan, 480_00)
    with counted(house.store.engine) as trips:
        receive(house, loan, 480_00)
    assert 0 < trips.count <= MOST
