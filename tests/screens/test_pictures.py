"""Every picture can be drawn, and every word on it has room, in dark and at 150 %."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.bootstrap.demo_making import make
from app.bootstrap.demonstrating import Demonstration
from app.domain.application import Stage
from app.ports import Progress
from app.reports.catalogue import CATALOGUE
from tests.screens.__main__ import Never
from tests.screens.drawing import draw
from tests.screens.studio import LOOKS, Shot, Studio
from tests.screens.views import DIALOGS, RECORDS
from ui.kit.start import dress
from ui.shell.screens import SCREENS

SMALL = Demonstration(seed=7, until=date(2026, 4, 1), months=3, borrowers=16)
DARK_LARGE = LOOKS[-1]
APART = 7  # pixels between those that are looked at


def silent(_progress: Progress) -> None:
    """Nobody listens."""


@pytest.fixture
def studio(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Studio:
    """A studio that draws into a folder of the test."""
    dress(qapp)
    return Studio(qapp, tmp_path / "pictures")


@pytest.mark.slow
def test_every_screen_and_dialog_is_drawn_and_its_words_have_room(
    studio: Studio, tmp_path: Path
) -> None:
    make(tmp_path / "branch", SMALL, silent, Never())
    studio.dress(DARK_LARGE)
    draw(studio, tmp_path / "branch", tmp_path)
    assert _wanted() - {shot.name for shot in studio.shots} == set()
    assert {shot.path.name: shot.clipped for shot in studio.shots if shot.clipped} == {}
    assert [shot.name for shot in studio.shots if _is_blank(shot)] == []
    index = studio.index().read_text("utf-8")
    assert [shot.name for shot in studio.shots if shot.path.name not in index] == []


def _wanted() -> set[str]:
    """The names that every demonstration has to lead to."""
    rail = {place.name for place in SCREENS if place.name not in {*RECORDS, "settings"}}
    shell = {"doors", "founding", "recovery", "unlock", "trouble", "sign-in", "locked", "palette"}
    dialogs = {"day", "person", "doors-restore", "settings-users-add"}
    dialogs |= {f"{name}-{act}" for name in ("loan", "overdue") for act in DIALOGS[name]}
    reports = {f"report-{report.name}" for report in CATALOGUE}
    records = {"loan", "counter-loan", "application-new", f"application-{Stage.DISBURSED}"}
    return rail | shell | dialogs | reports | records


def _is_blank(shot: Shot) -> bool:
    """Whether a picture shows hardly anything."""
    image = QImage(str(shot.path))
    wide, high = range(0, image.width(), APART), range(0, image.height(), APART)
    return len({image.pixel(x, y) for x in wide for y in high}) < 3
