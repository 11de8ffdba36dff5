"""A backup opens on another PC, or says why not; nothing is ever overwritten."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from app.adapters.vault import MemoryVault
from app.domain.errors import KistError, ValueRefused
from app.paths import DOCUMENTS_DB, KEYS_JSON, KIST_DB, LOCAL_DB
from app.ports import Progress
from app.store.backup import SUFFIX, backup, forget_copies
from app.store.document_bytes import DocumentBytes
from app.store.folder import Folder
from app.store.keys import KeyFile, new_code, new_key
from app.store.restore import finish_interrupted, restore
from app.store.wraps import Slowness

QUICK = Slowness(passes=1, memory_kib=64, lanes=1)
AT = datetime(2026, 4, 1, 18, 0, tzinfo=UTC)
CODE = new_code()
PAPER = b"%PDF-1.7 a paper" * 50


class Going:
    """Nobody asks to stop, or somebody does after some steps."""

    def __init__(self, steps: int = 99) -> None:
        self.left = steps
        self.said: list[Progress] = []

    def wanted(self) -> bool:
        self.left -= 1
        return self.left < 0

    def tell(self, progress: Progress) -> None:
        self.said.append(progress)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A small branch: books with a chain, one paper, something of the station's own."""
    made = Folder(tmp_path / "Kist", new_key())
    keys = KeyFile.new(QUICK).with_recovery(made.key, CODE)
    keys.with_vault(made.key, MemoryVault(), "asha").save(made.path)
    books = made.books(create=True)
    with books.begin() as connection:
        for statement in (
            "CREATE TABLE chains (station_id INTEGER PRIMARY KEY, number INTEGER, hash TEXT)",
            "CREATE TABLE audit (station_id INTEGER, number INTEGER)",
            "INSERT INTO chains VALUES (1, 2, 'cafe')",
            "INSERT INTO audit VALUES (1, 1), (1, 2)",
        ):
            connection.execute(text(statement))
    books.dispose()
    papers = DocumentBytes(made.documents(create=True))
    papers.put(PAPER)
    papers.close()
    made.local(create=True).dispose()
    return made


@pytest.fixture
def books(folder: Folder) -> Iterator[Engine]:
    engine = folder.books()
    yield engine
    engine.dispose()


def make(folder: Folder, to: Path, going: Going | None = None) -> Path:
    going = going or Going()
    return backup(folder, to, AT, going.tell, going).path


def take(path: Path, to: Path, code: str = CODE) -> Folder:
    return restore(path, to, lambda keys: keys.by_recovery(code), Going().tell).folder


def why(attempt: Callable[[], object]) -> object:
    with pytest.raises(KistError) as refused:
        attempt()
    return refused.value.params["why"]


def test_a_backup_opens_on_another_pc_with_the_recovery_code(
    folder: Folder, tmp_path: Path
) -> None:
    there = take(make(folder, tmp_path), tmp_path / "other pc" / "Kist")
    assert there.key == folder.key
    assert sorted(path.name for path in there.path.iterdir()) == [
        DOCUMENTS_DB,
        KEYS_JSON,
        KIST_DB,
    ]
    books = there.books()
    with books.connect() as connection:
        assert connection.execute(text("SELECT * FROM chains")).all() == [(1, 2, "cafe")]
    books.dispose()
    papers = DocumentBytes(there.documents())
    assert [papers.get(sha256) for sha256 in papers.hashes()] == [PAPER]
    papers.close()


def test_a_backup_says_what_it_holds_and_names_itself(folder: Folder, tmp_path: Path) -> None:
    going = Going()
    made = backup(folder, tmp_path, AT, going.tell, going)
    assert made.path == tmp_path / f"kist-20260401-180000{SUFFIX}"
    assert (made.rows, made.lines) == (3, 2)
    assert made.size == made.path.stat().st_size
    assert [step.done for step in going.said] == [0, 1, 2, 3]
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [made.path.name]


def test_writers_go_on_and_the_copy_is_of_one_moment(
    folder: Folder, books: Engine, tmp_path: Path
) -> None:
    def write(progress: Progress) -> None:
        with books.begin() as connection:
            connection.execute(text("INSERT INTO audit VALUES (1, 3)"))

    path = backup(folder, tmp_path, AT, write, Going()).path
    there = take(path, tmp_path / "other").books()
    with there.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == 3
    there.dispose()
    with books.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM audit")).scalar_one() == 6


def test_the_stations_own_file_and_every_name_stay_out(folder: Folder, tmp_path: Path) -> None:
    path = make(folder, tmp_path)
    with zipfile.ZipFile(path) as archive:
        assert LOCAL_DB not in archive.namelist()
    assert PAPER not in path.read_bytes()
    assert folder.key.hex().encode() not in path.read_bytes()


def test_a_file_that_is_there_is_not_overwritten(folder: Folder, tmp_path: Path) -> None:
    path = make(folder, tmp_path / "one")
    before = path.read_bytes()
    assert why(lambda: make(folder, path)) == "exists"
    assert path.read_bytes() == before


def test_a_folder_that_holds_a_branch_is_not_overwritten(folder: Folder, tmp_path: Path) -> None:
    path = make(folder, tmp_path)
    for name in (KIST_DB, KEYS_JSON, LOCAL_DB):
        target = tmp_path / f"with {name}"
        target.mkdir()
        (target / name).write_bytes(b"mine")
        assert why(partial(take, path, target)) == "exists"
        assert [(p.name, p.read_bytes()) for p in target.iterdir()] == [(name, b"mine")]


def test_a_wrong_code_leaves_no_trace(folder: Folder, tmp_path: Path) -> None:
    path, target = make(folder, tmp_path), tmp_path / "other"
    assert why(lambda: take(path, target, new_code())) == "recovery-code"
    with pytest.raises(ValueRefused):
        take(path, target, "7K2M")
    assert not target.exists() or not list(target.iterdir())


def test_any_damage_is_found_before_anything_is_put_in_place(
    folder: Folder, tmp_path: Path
) -> None:
    whole = make(folder, tmp_path).read_bytes()
    bad, target = tmp_path / f"bad{SUFFIX}", tmp_path / "other"
    size = len(whole)
    for place in (*range(7, size, size // 40), size - 3):
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 16]) + whole[place + 1 :])
        try:
            there = take(bad, target)
        except KistError:
            assert not target.exists() or not list(target.iterdir())
        else:  # a bit that means nothing, such as the date of a member
            assert there.key == folder.key
            for file in target.iterdir():
                file.unlink()


@pytest.mark.parametrize("length", [0, 10, 3000, -1])
def test_a_file_that_was_cut_is_refused(folder: Folder, tmp_path: Path, length: int) -> None:
    cut = tmp_path / f"cut{SUFFIX}"
    cut.write_bytes(make(folder, tmp_path).read_bytes()[:length])
    assert why(lambda: take(cut, tmp_path / "other")) == "backup-bad"


def test_a_letter_is_no_backup_and_a_missing_file_is_said(tmp_path: Path) -> None:
    letter = tmp_path / "letter"
    letter.write_text("Dear bank")
    assert why(lambda: take(letter, tmp_path / "other")) == "backup-bad"
    assert why(lambda: take(tmp_path / "nothing", tmp_path / "other")) == "missing"


def test_a_list_that_was_altered_is_refused(folder: Folder, tmp_path: Path) -> None:
    path, forged = make(folder, tmp_path), tmp_path / f"forged{SUFFIX}"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(forged, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "manifest.json":
                data = data.replace(b'"cafe"', b'"beef"')
            new.writestr(info, data)
    assert why(lambda: take(forged, tmp_path / "other")) == "backup-bad"


def test_nothing_in_it_unpacks_to_more_than_it_is(folder: Folder, tmp_path: Path) -> None:
    path, bomb = make(folder, tmp_path), tmp_path / f"bomb{SUFFIX}"
    with (
        zipfile.ZipFile(path) as old,
        zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert why(lambda: take(bomb, tmp_path / "other")) == "backup-bad"


def test_a_backup_nobody_could_open_elsewhere_is_not_made(folder: Folder, tmp_path: Path) -> None:
    KeyFile.new(QUICK).with_vault(folder.key, MemoryVault(), "asha").save(folder.path)
    assert why(lambda: make(folder, tmp_path)) == "no-recovery-code"


@pytest.mark.parametrize("steps", range(4))
def test_a_backup_that_was_stopped_leaves_nothing(
    folder: Folder, tmp_path: Path, steps: int
) -> None:
    target = tmp_path / "stick"
    target.mkdir()
    before = sorted(folder.path.iterdir())
    assert why(lambda: make(folder, target, Going(steps))) == "stopped"
    assert list(target.iterdir()) == []
    assert sorted(folder.path.iterdir()) == before


def test_a_full_disk_leaves_no_half_backup(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_room(*anything: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.store.container.os.fsync", no_room)
    target = tmp_path / "stick"
    target.mkdir()
    assert why(lambda: make(folder, target)) == "full"
    assert list(target.iterdir()) == []


def test_a_restore_killed_while_it_moved_is_finished_at_the_next_start(
    folder: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, target = make(folder, tmp_path), tmp_path / "other"

    def killed(folder: Path) -> None:
        (folder / ".restoring" / DOCUMENTS_DB).rename(folder / DOCUMENTS_DB)
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr("app.store.restore._move", killed)
        with pytest.raises(KeyboardInterrupt):
            take(path, target)
    finish_interrupted(target)
    assert sorted(p.name for p in target.iterdir()) == [DOCUMENTS_DB, KEYS_JSON, KIST_DB]
    Folder(target, folder.key).books().dispose()


def test_a_restore_killed_before_that_is_forgotten(folder: Folder, tmp_path: Path) -> None:
    target = tmp_path / "other"
    (target / ".restoring").mkdir(parents=True)
    (target / ".restoring" / KIST_DB).write_bytes(b"half of it")
    there = take(make(folder, tmp_path), target)
    there.books().dispose()


def test_copies_of_a_killed_backup_are_taken_away(folder: Folder) -> None:
    left = folder.path / ".backup-x1"
    left.mkdir()
    (left / KIST_DB).write_bytes(b"half of it")
    forget_copies(folder.path)
    assert not left.exists()
