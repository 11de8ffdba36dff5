"""The folder of the demonstration: made whole or not at all, and never over anything else."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from app.bootstrap.demo_making import make
from app.bootstrap.demonstrating import Demonstration, is_made, open_demonstration
from app.cli.demo import make_and_play, refuse_foreign
from app.domain.errors import NotAllowedNow, StoreTrouble
from app.paths import DEMO_MARK
from app.ports import Progress
from app.reports.catalogue import DAILY
from tests.demo.lives import UNTIL, Stopping, files, why

SMALL = Demonstration(seed=7, until=UNTIL, months=2, borrowers=12)


def silent(_progress: Progress) -> None:
    """Nobody listens."""


def test_a_stop_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotAllowedNow) as refused:
        make(tmp_path / "branch", SMALL, silent, Stopping(at=12))
    assert why(refused.value) == "stopped"
    assert files(tmp_path) == []


def test_a_stop_leaves_the_demonstration_before(tmp_path: Path) -> None:
    make(tmp_path / "branch", SMALL, silent, Stopping())
    before = (tmp_path / "branch" / "kist.db").read_bytes()
    with pytest.raises(NotAllowedNow):
        make(tmp_path / "branch", SMALL, silent, Stopping(at=3))
    assert (tmp_path / "branch" / "kist.db").read_bytes() == before
    assert files(tmp_path) == ["branch"]


@pytest.mark.parametrize("mark", [None, "", "[]", "{}", json.dumps({"kist": "backup", "seed": 7})])
def test_what_the_demonstration_did_not_make_is_not_replaced(
    tmp_path: Path, mark: str | None
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "letter.txt").write_text("Dear Meena")
    if mark is not None:
        (folder / DEMO_MARK).write_text(mark)
    with pytest.raises(StoreTrouble) as refused:
        make_and_play(folder, SMALL, io.StringIO())
    assert why(refused.value) == "not-a-demonstration"
    with pytest.raises(StoreTrouble):
        make(folder, SMALL, silent, Stopping())
    assert (folder / "letter.txt").read_text() == "Dear Meena"


def test_a_file_in_its_place_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file")
    with pytest.raises(StoreTrouble):
        refuse_foreign(tmp_path / "file")
    refuse_foreign(tmp_path / "nothing")


def test_a_day_is_played_with_its_papers_and_the_books_stay_whole(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, out = tmp_path / "branch", io.StringIO()
    assert make_and_play(folder, SMALL, out) == 0
    assert "The books are whole" in capsys.readouterr().out
    sheets = files(folder / "sheets")
    wanted = [f"{one.name} 2026-04-02.{form}" for one in DAILY for form in ("xlsx", "csv", "pdf")]
    assert sheets == sorted(name.replace(" ", "-") for name in wanted)
    papers = files(folder / "papers")
    for start, end in (
        ("schedule-", ".pdf"),
        ("receipt-", "-a5.pdf"),
        ("receipt-", "-80mm.pdf"),
        ("receipt-", "-reversed.pdf"),
        ("day-sheet-", ".pdf"),
    ):
        assert any(name.startswith(start) and name.endswith(end) for name in papers), start + end
    assert all((folder / "papers" / name).read_bytes().startswith(b"%PDF") for name in papers)
    for said in ("Entered the application", "Decided by the rules", "Reversed a receipt"):
        assert said in out.getvalue()


def test_playing_twice_tells_the_same(tmp_path: Path) -> None:
    told = []
    for _turn in range(2):
        out = io.StringIO()
        make_and_play(tmp_path / "branch", SMALL, out)
        told.append(out.getvalue())
    assert told[0] == told[1]
    assert is_made(tmp_path / "branch", SMALL)


def test_a_made_one_opens_with_its_password(tmp_path: Path) -> None:
    make(tmp_path / "branch", SMALL, silent, Stopping())
    program = open_demonstration(tmp_path / "branch")
    try:
        assert program.sign_in("ravi", "demonstration").user_id
    finally:
        program.close()
