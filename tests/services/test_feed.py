"""What other stations changed is read by number: nothing is missed, also after a cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import URL

from app.commands.base import Topic
from app.commands.branch import CloseDay
from app.commands.servicing import PostReceipt, ReceiptPart
from app.domain.errors import KistError, StoreTrouble
from app.ports.program import SharedAddress
from app.rows.facts import Mode
from app.store.engine import open_postgres
from app.store.feed import Feed
from tests.databases import Databases
from tests.line import Line
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, receipt, today

OTHER = 9  # a station that writes nothing itself


@dataclass
class Wire:
    """A branch in PostgreSQL, and a line that its feeds are read through."""

    house: House
    line: Line
    feed: Callable[[int], Feed]


@pytest.fixture
def wire(databases: Databases, tmp_path: Path) -> Iterator[Wire]:
    made: list[Feed] = []
    with (
        databases.fresh("postgresql", tmp_path, prepare, "schema") as engine,
        Line(databases.socket()) as line,
    ):
        house = founded(engine)

        def feed(station_id: int) -> Feed:
            address = URL.create(
                "postgresql", "postgres", None, "127.0.0.1", line.port, engine.url.database
            )
            there = SharedAddress("127.0.0.1", line.port, "kist", "postgres")
            engine_of_line = open_postgres(address, pool_size=1)
            made.append(Feed(engine_of_line, station_id, house.clock, there))
            made[-1].look()
            return made[-1]

        yield Wire(house, line, feed)
        for one in made:
            one.close()


def post(house: House, loan_id: int) -> None:
    house.run(house.cashier, receipt(loan_id, 50_00, today(house)))


def test_what_another_station_books_is_told_once(wire: Wire) -> None:
    house, loan_id = wire.house, lent(wire.house)
    feed = wire.feed(OTHER)
    assert feed.look().topics == frozenset()
    post(house, loan_id)
    assert feed.look().topics == {Topic.LOAN, Topic.CASH}
    assert feed.look().topics == frozenset()


def test_a_refusal_is_no_news(wire: Wire) -> None:
    house, loan_id = wire.house, lent(wire.house)
    feed = wire.feed(OTHER)
    command = PostReceipt(
        parts=(ReceiptPart(loan_id, 0),),
        amount_minor=0,
        currency="INR",
        received_on=today(house),
        mode=Mode.CASH,
        payer="Sunita Devi",
    )
    with pytest.raises(KistError):
        house.run(house.cashier, command)
    assert feed.look().topics == frozenset()


def test_what_was_booked_while_the_line_was_cut_is_told_when_it_is_back(wire: Wire) -> None:
    house, loan_id = wire.house, lent(wire.house)
    feed = wire.feed(OTHER)
    wire.line.cut("refuse")
    for _ in range(2):
        with pytest.raises(StoreTrouble):
            feed.look()
        post(house, loan_id)
    house.run(house.manager, CloseDay(on=today(house)))
    wire.line.cut("ok")
    assert feed.look().topics == {Topic.LOAN, Topic.CASH, Topic.DAY}
    assert feed.look().topics == frozenset()


def test_the_own_lines_are_told_after_a_cut_alone(wire: Wire) -> None:
    house, loan_id = wire.house, lent(wire.house)
    feed = wire.feed(house.cashier.station_id)
    post(house, loan_id)
    assert feed.look().topics == frozenset()
    wire.line.cut("refuse")
    with pytest.raises(StoreTrouble):
        feed.look()
    post(house, loan_id)
    wire.line.cut("ok")
    assert feed.look().topics == {Topic.LOAN, Topic.CASH}
