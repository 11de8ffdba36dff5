"""Style, types and the walls between the rooms, as part of every run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

from tests.architecture.tree import ROOT


def run(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words], cwd=ROOT, check=False, capture_output=True, text=True
    )


def test_every_room_imports_only_what_is_below_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setattr(sys, "path", [*sys.path])
    code = lint_imports(config_filename="pyproject.toml", no_cache=True, no_logo=True)
    assert code == 0, capsys.readouterr().out


@pytest.mark.parametrize("words", [("check",), ("format", "--check")], ids=["rules", "layout"])
def test_the_style_holds(words: tuple[str, ...]) -> None:
    done = run("ruff", *words, ".")
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_every_type_fits() -> None:
    done = run("mypy")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_run_of_the_checks_is_the_one_in_the_readme() -> None:
    command = [
        line for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "apt-get" in line
    ]
    assert len([line for line in command if line.startswith("apt-get update && ")]) == 1
    assert "'^apt-get update && apt-get install '" in (ROOT / ".ci" / "run").read_text().replace(
        "/^", "'^"
    ).replace(" /p", " '")


def test_no_file_of_the_tree_knows_the_machine_it_was_made_on() -> None:
    machine = re.compile(r"/(work|home|root|Users)/[a-z]")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, check=False, capture_output=True, text=True
    ).stdout.split("\0")
    found = [
        name
        for name in listed
        if name and _text(ROOT / name) and machine.search(_text(ROOT / name))
    ]
    assert [name for name in found if name != "tests/architecture/test_tools.py"] == []


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (UnicodeDecodeError, FileNotFoundError):
        return ""
