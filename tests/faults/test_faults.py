"""A killed writer, a full disk, a flipped bit: nothing acknowledged is lost, nothing is partial."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tests.faults.counter import Counter
from tests.faults.desk import Desk, Told, looked_at
from tests.faults.library import Plan
from tests.faults.plans import SMALL, of_files, of_room, of_the_program
from tests.faults.trying import flip, kill_at, kill_at_moments, run_out


@pytest.mark.kill
def test_killed_at_a_point_of_the_program_the_books_are_whole(desk: Desk) -> None:
    for place in of_the_program(SMALL):
        told = kill_at(desk, place)
        assert told.killed, place
        assert told.unanswered == [3], place


@pytest.mark.kill
def test_killed_while_files_are_written_the_books_are_whole(faulty: Desk) -> None:
    for place in of_files(SMALL):
        assert kill_at(faulty, place).killed, place


@pytest.mark.kill
def test_killed_at_any_moment_again_and_again_the_books_are_whole(desk: Desk) -> None:
    assert kill_at_moments(desk, SMALL.moments, random.Random(9)) == SMALL.moments


def test_a_full_disk_is_said_and_leaves_nothing_partial(faulty: Desk) -> None:
    said: set[str] = set()
    for place in of_room(SMALL):
        said |= set(run_out(faulty, place).refused.values())
    assert said == {"full", "gone"}


def test_a_flipped_bit_anywhere_in_the_books_is_found(template: Path) -> None:
    assert flip(template, SMALL.flips, random.Random(7)) == []


def test_a_flipped_bit_in_a_page_of_no_row_is_found(tmp_path: Path, desk: Desk) -> None:
    desk.anew()
    counter = Counter(desk.folder)
    with counter.store.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE emptied AS SELECT randomblob(40000) AS b")
        connection.exec_driver_sql("DROP TABLE emptied")
        root, pages = (
            connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("freelist_count", "page_count")
        )
    counter.close()
    assert root >= 9
    file = desk.folder / "kist.db"
    data = bytearray(file.read_bytes())
    data[(pages - 2) * (len(data) // pages) + 100] ^= 1
    file.write_bytes(data)
    assert flip(desk.folder, 1, random.Random(1)) == []


@pytest.mark.kill
def test_a_lost_acknowledged_receipt_would_be_seen(desk: Desk) -> None:
    desk.anew()
    told = desk.told(Plan("commit", 1))
    told.got[3] = "STP-1-2526-000003"
    with pytest.raises(AssertionError, match="is not there"):
        looked_at(desk.folder, told)


def test_a_receipt_that_nobody_asked_for_would_be_seen(desk: Desk) -> None:
    desk.anew()
    told = desk.told(None)
    with pytest.raises(AssertionError):
        looked_at(desk.folder, Told(asked=told.asked[:-1]))
