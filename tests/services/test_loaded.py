"""A branch that the loader of the benches filled is whole."""

from __future__ import annotations

from pathlib import Path

from app.bootstrap.demonstrating import open_demonstration
from app.cli.keeping import Never
from app.ports import Progress
from app.queries.admin import ShowBranch
from app.queries.servicing import ListLoans
from tests.bench.load import Wanted, load


def test_a_loaded_branch_of_three_hundred_loans_is_whole(tmp_path: Path) -> None:
    folder, said = tmp_path / "branch", list[str]()
    made = load(folder, Wanted(300, 1_500), said.append)
    program = open_demonstration(folder)
    try:
        assert program.verify(_tell_nobody, Never()) == ()
        page = program.asks.ask(made.manager, ListLoans(limit=5))
        assert (page.count, len(page.rows)) == (300, 5)
        branch = program.asks.ask(made.manager, ShowBranch())
        assert branch.name == "Sitapur"
    finally:
        program.close()
    assert "lists made" in said


def _tell_nobody(_progress: Progress) -> None:
    """Nobody waits for it."""
