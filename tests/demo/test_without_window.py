"""`kist demo` as its own process: the whole of it, without Qt and without the keyring."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.demo.lives import files

SCRIPT = """
import sys
from app.cli import main
code = main(["demo", "--seed", "5", "--until", "2026-04-01"])
loaded = [name for name in sys.modules if name.startswith(("PySide6", "shiboken6"))]
assert loaded == [], loaded
assert "tests.memory_keyring" not in sys.modules
sys.exit(code)
"""
ROOT = Path(__file__).resolve().parents[2]


def run(words: list[str], where: Path) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if "DISPLAY" not in name},
        "PYTHONPATH": str(ROOT),
        "PYTHONUTF8": "1",
    }
    return subprocess.run(
        [sys.executable, *words],
        cwd=where,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.slow
def test_the_whole_demonstration_runs_without_qt_and_keyring(tmp_path: Path, home: Path) -> None:
    ran = run(["-c", SCRIPT], tmp_path)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert "The books are whole" in ran.stdout
    assert "150 borrowers" in ran.stdout
    assert files(tmp_path) == ["kist-demo"]
    assert not home.exists()


def test_a_foreign_folder_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "kist-demo").mkdir()
    (tmp_path / "kist-demo" / "letter.txt").write_text("Dear Meena")
    ran = run(["-m", "app", "demo"], tmp_path)
    assert ran.returncode == 2
    assert "not made by the demonstration" in ran.stderr
    assert files(tmp_path / "kist-demo") == ["letter.txt"]


def test_a_wrong_day_is_refused_with_a_sentence(tmp_path: Path) -> None:
    ran = run(["-m", "app", "demo", "--until", "1 April"], tmp_path)
    assert ran.returncode == 2
    assert "Traceback" not in ran.stderr
    assert files(tmp_path) == []
