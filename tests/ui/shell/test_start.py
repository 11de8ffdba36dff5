"""Starting: what may be loaded before the first paint, one window for a folder, verbs, bugs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from ui import __main__ as entry
from ui.kit.look import Look, keep_look, read_look
from ui.kit.tokens import Mode
from ui.main import Demonstration
from ui.shell.bugs import Bugs
from ui.shell.instance import Instance
from ui.shell.opening import Loaders, Opening

HEAVY = (
    "ui.kit.tasks",
    "app.commands",
    "app.rows",
    "app.domain.loan",
    "sqlalchemy",
    "alembic",
    "sqlcipher3",
    "psycopg",
    "reportlab",
    "xlsxwriter",
    "segno",
    "keyring",
    "argon2",
    "cryptography",
    "pypdfium2",
    "PIL",
    "zen",
    "babel",
    "holidays",
    "pyxirr",
    "app.services",
    "app.store",
    "app.papers",
    "app.adapters",
    "app.bootstrap",
)
PAINTED = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
from ui.shell.opening import Loaders, Opening
from ui.shell.start import start
from ui.main import load_screen

def shell(*given):
    heavy = {0!r}
    found = [name for name in heavy if name in sys.modules]
    print("loaded before the first paint:", found, flush=True)
    os._exit(1 if found else 0)

start(Opening(Path(sys.argv[1])), Loaders(None, shell, load_screen))
"""


def test_nothing_of_the_store_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    script = PAINTED.format(HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, "PYTHONPATH": os.getcwd()},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_entry_loads_no_qt() -> None:
    script = "import sys, ui.__main__; sys.exit('PySide6' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], timeout=60, check=False)
    assert done.returncode == 0


def test_a_second_window_of_a_folder_brings_the_first_forward(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Instance(tmp_path), Instance(tmp_path)
    assert first.take()
    with qtbot.waitSignal(first.called):
        assert not second.take()
    first.release()


def test_another_folder_has_a_window_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    first, second = Instance(tmp_path / "one"), Instance(tmp_path / "two")
    assert first.take()
    assert second.take()
    first.release()
    second.release()


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """What the entry hands on: lists of words, or what the window is asked to open."""
    said: list[object] = []

    def cli(words: Sequence[str]) -> int:
        said.append(list(words))
        return 0

    def window(opening: Opening, _loaders: Loaders) -> int:
        said.append((opening.demonstration, opening.role))
        return 0

    monkeypatch.setattr(entry, "load_cli", lambda: cli)
    monkeypatch.setattr(entry, "load_window", lambda: window)
    return said


def test_a_verb_goes_to_the_program_without_windows(heard: list[object]) -> None:
    assert entry.main(["calc", "loan.json"]) == 0
    assert heard == [["calc", "loan.json"]]


def test_the_bare_program_without_a_display_says_so(
    heard: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(entry, "has_display", lambda: False)
    assert entry.main([]) == entry.NO_WINDOW
    assert heard == []
    assert "no display" in capsys.readouterr().err


def test_the_demonstration_without_a_display_plays_the_day(
    heard: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "has_display", lambda: False)
    assert entry.main(["demo", "--seed", "7"]) == 0
    assert heard == [["demo", "--seed", "7"]]


def test_the_demonstration_opens_as_the_role_asked(
    heard: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entry, "has_display", lambda: True)
    assert entry.main(["demo", "--as", "cashier"]) == 0
    assert heard == [(True, "cashier")]


def test_where_qt_does_not_load_the_day_is_played(
    heard: list[object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def missing() -> None:
        raise ImportError("libEGL.so.1")

    monkeypatch.setattr(entry, "has_display", lambda: True)
    monkeypatch.setattr(entry, "load_window", missing)
    assert entry.main(["demo"]) == 0
    assert heard == [["demo"]]
    assert "libEGL" in capsys.readouterr().err


def test_the_options_of_the_demonstration_are_read() -> None:
    read = entry._demo_options(["--seed", "3", "--until", "2026-11-23", "--fresh"])
    assert read == Demonstration(seed=3, until=date(2026, 11, 23), fresh=True)


def test_the_look_is_kept_and_a_damaged_file_is_passed_over(tmp_path: Path) -> None:
    look = Look(mode=Mode.DARK, scale=150, language="hi", idle_minutes=5)
    keep_look(tmp_path / "new", look)
    assert read_look(tmp_path / "new") == look
    (tmp_path / "new" / "look.json").write_text('{"mode": "pink", "scale": 1e9}', "utf-8")
    assert read_look(tmp_path / "new") == Look()


def test_a_bug_is_written_down_without_what_was_in_it(qtbot: QtBot, tmp_path: Path) -> None:
    bugs = Bugs(tmp_path, lambda: "2026-01-05T10:00")
    with qtbot.waitSignal(bugs.happened):
        try:
            int("Rekha Devi 9839041127")
        except ValueError as error:
            bugs.take(type(error), error, error.__traceback__)
    text = (tmp_path / "bugs.txt").read_text("utf-8")
    assert "builtins.ValueError" in text
    assert "test_start.py" in text
    assert "Rekha" not in text
