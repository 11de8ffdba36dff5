"""Both databases open, write in turn and say what is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from app.domain.errors import StoreTrouble, WrongKey
from app.store.engine import open_postgres, open_sqlite, reading
from app.store.queue import WriterQueue

ON_POSTGRES = pytest.mark.parametrize("engine_kind", ["postgresql"], indirect=True)
KEY, OTHER = bytes(range(32)), bytes(32)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kist.db"


@pytest.fixture
def table(engine: Engine) -> Engine:
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id BIGINT PRIMARY KEY, body TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES (1, 'Asha Devi')"))
    return engine


@pytest.fixture
def embedded(path: Path) -> Iterator[Engine]:
    engine = open_sqlite(path, KEY, create=True)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT)"))
        connection.execute(text("INSERT INTO notes VALUES (1, 'Asha Devi')"))
    yield engine
    engine.dispose()


def count(engine: Engine) -> int:
    with reading(engine).connect() as connection:
        return int(connection.execute(text("SELECT count(*) FROM notes")).scalar_one())


def test_what_is_rolled_back_leaves_nothing(table: Engine) -> None:
    with table.connect() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'x')"))
        connection.rollback()
    assert count(table) == 1


def test_a_reader_sees_one_snapshot_and_waits_for_no_writer(table: Engine) -> None:
    ask = text("SELECT count(*) FROM notes")
    with reading(table).connect() as reader, table.begin() as writer:
        assert reader.execute(ask).scalar_one() == 1
        writer.execute(text("INSERT INTO notes VALUES (2, 'x')"))
        assert reader.execute(ask).scalar_one() == 1
        writer.commit()
        assert reader.execute(ask).scalar_one() == 1
    assert count(table) == 2


def test_a_statement_at_fault_stays_its_own_error(table: Engine) -> None:
    with pytest.raises(IntegrityError), table.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (1, 'again')"))


def test_sixteen_writers_each_get_their_turn(table: Engine) -> None:
    def write(number: int) -> None:
        with table.begin() as connection:
            connection.execute(text("INSERT INTO notes VALUES (:n, 'x')"), {"n": number})

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(write, range(10, 170)))
    assert count(table) == 161


def test_the_file_holds_no_readable_word(embedded: Engine, path: Path) -> None:
    embedded.dispose()
    assert path.read_bytes().find(b"Asha") == path.read_bytes().find(b"SQLite format") == -1
    with pytest.raises(sqlite3.DatabaseError):
        list(sqlite3.connect(path).execute("SELECT * FROM sqlite_master"))


def test_every_connection_is_set_up(embedded: Engine) -> None:
    wanted = {"foreign_keys": 1, "recursive_triggers": 1, "journal_mode": "wal", "synchronous": 2}
    with embedded.connect() as one, reading(embedded).connect() as two:
        for connection in (one, two):
            got = {n: connection.exec_driver_sql(f"PRAGMA {n}").scalar_one() for n in wanted}
            assert got == wanted


def test_a_wrong_key_is_said(embedded: Engine, path: Path) -> None:
    embedded.dispose()
    with pytest.raises(WrongKey):
        open_sqlite(path, OTHER)


def test_a_foreign_file_is_left_as_it_is(path: Path) -> None:
    path.write_bytes(b"a letter to the bank " * 500)
    with pytest.raises(WrongKey):
        open_sqlite(path, KEY, create=True)
    assert path.read_bytes() == b"a letter to the bank " * 500


def test_a_missing_file_is_not_made_by_opening(path: Path) -> None:
    with pytest.raises(StoreTrouble) as refused:
        open_sqlite(path, KEY)
    assert refused.value.params["why"] == "missing"
    assert not path.exists()


def test_a_flipped_bit_is_found(embedded: Engine, path: Path) -> None:
    with embedded.begin() as connection:
        rows = [{"n": n, "b": "x" * 400} for n in range(2, 500)]
        connection.execute(text("INSERT INTO notes VALUES (:n, :b)"), rows)
    embedded.dispose()
    damaged = bytearray(path.read_bytes())
    damaged[4096 * 9 + 77] ^= 1
    path.write_bytes(damaged)
    engine = open_sqlite(path, KEY)
    with pytest.raises(StoreTrouble) as refused, engine.connect() as connection:
        connection.execute(text("SELECT sum(length(body)) FROM notes"))
    engine.dispose()
    assert refused.value.params["why"] == "damaged"


def test_a_full_disk_is_said_and_nothing_is_half_done(embedded: Engine) -> None:
    rows = [{"n": n, "b": "x" * 900} for n in range(2, 90)]
    with embedded.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 3")
        with pytest.raises(StoreTrouble) as refused:
            connection.execute(text("INSERT INTO notes VALUES (:n, :b)"), rows)
    assert refused.value.params["why"] == "full"
    assert count(embedded) == 1


def test_a_file_held_by_another_program_is_said_to_be_locked(
    embedded: Engine, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.store.engine._BUSY_TRIES", 2)
    other = open_sqlite(path, KEY)
    with other.begin(), pytest.raises(StoreTrouble) as refused, embedded.begin():
        pass
    other.dispose()
    assert refused.value.params["why"] == "locked"
    with embedded.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'x')"))


def test_a_file_opened_for_reading_refuses_to_be_written(embedded: Engine, path: Path) -> None:
    embedded.dispose()
    engine = open_sqlite(path, KEY, readonly=True)
    assert count(engine) == 1
    with pytest.raises(StoreTrouble) as refused, engine.connect() as connection:
        connection.execute(text("DELETE FROM notes"))
    engine.dispose()
    assert refused.value.params["why"] == "read-only"


def test_turns_come_in_the_order_they_were_asked_for() -> None:
    queue, order = WriterQueue(), list[int]()
    assert queue.enter(1)

    def wait(number: int) -> None:
        assert queue.enter(5)
        order.append(number)
        queue.leave()

    with ThreadPoolExecutor(8) as pool:
        for number in range(8):
            pool.submit(wait, number)
            while len(queue._waiting) <= number:
                pass
        queue.leave()
    assert order == list(range(8))


def test_a_turn_that_does_not_come_is_given_up() -> None:
    queue = WriterQueue()
    assert queue.enter(1)
    assert not queue.enter(0)
    queue.leave()
    assert queue.enter(0)


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(StoreTrouble) as refused:
        open_postgres("postgresql://kist@127.0.0.1:9/kist", connect_seconds=2)
    assert refused.value.params["why"] == "gone"


@ON_POSTGRES
def test_a_server_that_hangs_up_is_said_and_comes_back(table: Engine) -> None:
    address = table.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with table.connect() as connection:
        pid = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with psycopg.connect(address, autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [pid])
        with pytest.raises(StoreTrouble) as refused:
            connection.execute(text("SELECT 1"))
    assert refused.value.params["why"] == "gone"
    assert count(table) == 1


@ON_POSTGRES
def test_a_deadlock_is_a_conflict_for_one_of_the_two(table: Engine) -> None:
    change = text("UPDATE notes SET body = 'x' WHERE id = :n")
    with table.begin() as connection:
        connection.execute(text("INSERT INTO notes VALUES (2, 'y')"))
    met = Barrier(2)

    def write(first: int, second: int) -> object:
        try:
            with table.begin() as connection:
                connection.execute(change, {"n": first})
                met.wait(10)
                connection.execute(change, {"n": second})
        except StoreTrouble as trouble:
            return trouble.params["why"]
        return None

    with ThreadPoolExecutor(2) as pool:
        ends = list(pool.map(write, (1, 2), (2, 1)))
    assert set(ends) == {None, "conflict"}


@ON_POSTGRES
def test_a_silent_server_is_given_up(table: Engine) -> None:
    address = table.url.set(drivername="postgresql").render_as_string(hide_password=False)
    engine = open_postgres(address, deadline_seconds=1)
    with pytest.raises(StoreTrouble) as refused, engine.begin() as connection:
        connection.execute(text("SELECT pg_sleep(30)"))
    engine.dispose()
    assert refused.value.params["why"] == "gone"
