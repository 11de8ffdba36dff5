"""Each wall between the rooms falls over when somebody climbs it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT

# A file that climbs the wall, by the name of the contract.
CLIMBS = {
    "The screens stand on the application": ("app/cli/planted.py", "import ui.kit"),
    "Rooms of app, high to low": ("app/domain/planted_1.py", "import app.rows"),
    "Rooms of ui, high to low; screen rooms side by side": (
        "ui/field/planted.py",
        "import ui.reports",
    ),
    "app runs without Qt": ("app/papers/planted.py", "import PySide6.QtCore"),
    "What screens, phones and papers share is plain Python": (
        "app/rows/planted.py",
        "import os",
    ),
    "SQL in the store alone": ("app/services/planted_1.py", "import sqlalchemy"),
    "PDF and Excel in the papers alone": ("app/services/planted_2.py", "import reportlab"),
    "Thermal printers in the papers and the adapters alone": (
        "app/services/planted_5.py",
        "import escpos",
    ),
    "The vault and the decision engine in the adapters alone": (
        "app/services/planted_3.py",
        "import keyring",
    ),
    "The store is opened by services and bootstrap": (
        "app/demo/planted.py",
        "import app.store.engine",
    ),
    "The outside world is put in by bootstrap, through ports": (
        "app/services/planted_4.py",
        "import app.adapters.clock",
    ),
    "Screens send commands and queries; they never call services, papers or bootstrap": (
        "ui/shell/planted.py",
        "import app.services.gate",
    ),
    "The kit knows Qt and nothing of lending": ("ui/kit/planted.py", "import app.domain.loan"),
    "No cycles between siblings": ("app/texts/planted.py", "import app.rows"),
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the contracts say of a copy of the tree in which every wall was climbed."""
    copy = tmp_path_factory.mktemp("tree")
    python = shutil.ignore_patterns("__pycache__", "*.pyc")
    for room in ("app", "ui"):
        shutil.copytree(ROOT / room, copy / room, ignore=python)
    shutil.copyfile(ROOT / "pyproject.toml", copy / "pyproject.toml")
    for path, text in CLIMBS.values():
        Path(copy / path).write_text(text + "\n", "utf-8")
    words = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports())"
    done = subprocess.run(
        [sys.executable, "-c", words], cwd=copy, check=False, capture_output=True, text=True
    )
    assert done.returncode == 1, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
@pytest.mark.parametrize("contract", CLIMBS)
def test_a_wall_that_is_climbed_falls_over(said: str, contract: str) -> None:
    assert re.search(rf"^{re.escape(contract)}\s*BROKEN", said, re.MULTILINE), said


def test_every_wall_is_climbed_once() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    contracts = settings["tool"]["importlinter"]["contracts"]
    assert {contract["name"] for contract in contracts} == set(CLIMBS)
