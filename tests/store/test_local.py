"""The station's own file keeps what must not be lost and forgets what was answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest

from app.adapters.clock import FixedClock
from app.commands.base import Command, secret
from app.commands.codec import decode
from app.domain.errors import StoreTrouble
from app.paths import LOCAL_DB
from app.ports import Drafts, Notes, Session, Settings
from app.store.folder import Folder
from app.store.local import Head, Local, OpenNote, StationIdentity

AT = datetime(2026, 4, 1, 9, 30, tzinfo=UTC)
SESSION = Session(station_id=3, branch_id=7, user_id=9)
HERE = StationIdentity(3, 7, "2")


@dataclass(frozen=True, slots=True, kw_only=True)
class Told(Command[None]):
    """A command of this test."""

    name: ClassVar[str] = "test.told"
    edition: ClassVar[int] = 2
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Whispered(Command[None]):
    """A command with a password in it."""

    name: ClassVar[str] = "test.whispered"
    word: str = secret()


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path, bytes(32))


@pytest.fixture
def local(folder: Folder) -> Iterator[Local]:
    made = Local(folder.local(create=True), FixedClock(AT))
    yield made
    made.close()


def again(folder: Folder, local: Local) -> Local:
    """The same file after the program was started anew."""
    local.close()
    return Local(folder.local(), FixedClock(AT))


def test_what_was_sent_and_not_answered_is_there_after_a_start(
    folder: Folder, local: Local
) -> None:
    notes: Notes = local
    notes.note(SESSION, Told(text="second borrower"), "k2")
    notes.note(SESSION, Told(text="दूसरा"), "k1")
    notes.note(SESSION, Told(text="दूसरा"), "k1")
    started = again(folder, local)
    kept = started.open_notes()
    assert [note.key for note in kept] == ["k2", "k1"]
    expected = OpenNote("k1", SESSION, "test.told", 2, '{"text":"दूसरा"}', AT.isoformat())
    assert kept[1] == expected
    assert decode(Told, kept[1].payload) == Told(text="दूसरा")
    started.forget("k1")
    started.forget("k1")
    assert [note.key for note in started.open_notes()] == ["k2"]
    started.close()


def test_a_password_is_never_noted(local: Local, folder: Folder) -> None:
    local.note(SESSION, Whispered(word="open sesame"), "k1")
    assert local.open_notes() == ()


def test_drafts_come_back_until_they_are_dropped(local: Local) -> None:
    drafts: Drafts = local
    assert drafts.find("application") is None
    drafts.keep("application", "{}")
    drafts.keep("application", '{"name":"Asha"}')
    drafts.keep("visit", "{}")
    assert drafts.find("application") == '{"name":"Asha"}'
    assert local.drafts() == ("application", "visit")
    assert local.drafts("app") == ("application",)
    drafts.drop("application")
    drafts.drop("application")
    assert drafts.find("application") is None


def test_settings_have_a_default_and_outlive_a_start(folder: Folder, local: Local) -> None:
    settings: Settings = local
    assert settings.get("theme", "light") == "light"
    settings.set("theme", "dark")
    settings.set("printer.receipt", "")
    started = again(folder, local)
    assert started.get("theme", "light") == "dark"
    assert started.get("printer.receipt", "Office") == ""
    started.close()


def test_a_station_stays_the_station_it_is(folder: Folder, local: Local) -> None:
    assert local.identity() is None
    local.be(HERE)
    local.be(HERE)
    assert local.identity() == HERE
    with pytest.raises(StoreTrouble) as refused:
        local.be(StationIdentity(4, 7, "3"))
    assert refused.value.params["why"] == "another-station"


def test_the_heads_of_chains_go_on(local: Local) -> None:
    local.keep_head(Head(3, 10, "aa"))
    local.keep_head(Head(1, 5, "bb"))
    local.keep_head(Head(3, 11, "cc"))
    assert local.heads() == (Head(1, 5, "bb"), Head(3, 11, "cc"))


def test_a_newer_file_is_refused(
    folder: Folder, local: Local, monkeypatch: pytest.MonkeyPatch
) -> None:
    local.close()
    monkeypatch.setattr("app.store.local.FORMAT", 0)
    engine = folder.local()
    with pytest.raises(StoreTrouble) as refused:
        Local(engine, FixedClock(AT))
    engine.dispose()
    assert refused.value.params["why"] == "newer"


def test_nothing_in_it_can_be_read_without_the_key(local: Local, folder: Folder) -> None:
    local.keep("application", "Asha Devi of Rampur")
    local.close()
    assert b"Rampur" not in (folder.path / LOCAL_DB).read_bytes()
