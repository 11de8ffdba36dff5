"""Settings of papers: typed, seen on the paper beside, kept; a logo looked into; another key."""

from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.queries.papers import ListStationKeys, ShowPaperSettings
from tests.services.branch import House
from tests.ui.places import clipped, unnamed
from ui.admin.papers_part import PapersPart, RenewKeyDialog
from ui.admin.screen import SettingsScreen
from ui.kit.screen_context import Station


@pytest.fixture
def papers(qtbot: QtBot, manager: Station) -> PapersPart:
    """The part, as the manager sees it, with what is set and a paper beside."""
    screen = SettingsScreen(manager)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    with qtbot.waitActive(screen):
        screen.show()
    screen.choose("papers")
    part = screen.part("papers")
    assert isinstance(part, PapersPart)
    part.reload()
    qtbot.waitUntil(lambda: part.settings is not None and part.paper.page_count > 0)
    return part


def test_what_is_typed_is_kept_for_the_branch(
    qtbot: QtBot, branch: House, papers: PapersPart, tmp_path: Path
) -> None:
    assert not unnamed(papers)
    assert not clipped(papers)
    logo = tmp_path / "logo.jpg"
    Image.new("RGB", (1200, 400), "navy").save(logo)
    papers.take_logo(logo)
    qtbot.waitUntil(lambda: bool(papers.logo))
    papers.form.set_values({"upi_id": "gomti@sbi", "foot_text": "Closed on Sundays"})
    papers.form.set_values({"size_receipt": "58mm", "borrower_language": "hi"})
    papers.save()

    def kept() -> None:
        found = branch.ask(branch.manager, ShowPaperSettings())
        assert (found.version, found.upi_id, found.foot_text) == (
            1,
            "gomti@sbi",
            "Closed on Sundays",
        )
        assert (dict(found.sizes)["receipt"], found.borrower_language) == ("58mm", "hi")
        assert found.logo == papers.logo

    qtbot.waitUntil(kept)
    qtbot.waitUntil(lambda: not papers.form.is_dirty())


def test_a_file_that_is_no_picture_is_refused(
    qtbot: QtBot, papers: PapersPart, tmp_path: Path
) -> None:
    bad = tmp_path / "logo.png"
    bad.write_bytes(b"%PDF-1.7 not a picture")
    papers.take_logo(bad)
    qtbot.waitUntil(lambda: papers.banner.isVisible())
    assert papers.logo == ""


def test_another_key_is_made_with_a_reason(qtbot: QtBot, branch: House, papers: PapersPart) -> None:
    papers.renew_key()
    dialog = next(d for d in papers.findChildren(QDialog) if d.isVisible())
    assert isinstance(dialog, RenewKeyDialog)
    assert dialog.form is not None
    dialog.form.set_value("reason", "The PC was stolen")
    dialog.decide()
    keys = ListStationKeys()

    def made() -> None:
        reasons = [one.reason for one in branch.ask(branch.manager, keys)]
        assert reasons[-1] == "The PC was stolen"

    qtbot.waitUntil(made)
