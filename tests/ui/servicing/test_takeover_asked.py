"""Take-overs that wait for a second person stand where loans are taken over."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from app.commands.takeover import ProposeTakeOver
from app.domain.roles import Role
from app.queries.servicing import ListLoans
from tests.services.acting import another
from tests.services.branch import House
from tests.services.test_taking_over import OPEN, SUNITA, taken
from tests.ui.places import clipped, station
from ui.servicing.takeover import TakeOverScreen
from ui.servicing.takeover_asked import TakeOverAskedDialog


def waiting(qtbot: QtBot, branch: House, folder: Path) -> TakeOverScreen:
    """The screen with a take-over of somebody with a small limit."""
    small = another(branch, "deputy", Role.MANAGER, take_over_minor=1_000_00)
    branch.run(small, ProposeTakeOver(party=SUNITA, taken=taken(branch), reason="bought"))
    screen = TakeOverScreen(station(qtbot, branch, "manager", folder))
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    screen.show()
    screen.reload()
    qtbot.waitUntil(lambda: len(screen.asked.lines) == 1)
    return screen


def shown_in(screen: TakeOverScreen) -> list[TakeOverAskedDialog]:
    """The dialogs that can be seen; a closed one is let go at once."""
    return [one for one in screen.findChildren(TakeOverAskedDialog) if one.isVisible()]


def opened(qtbot: QtBot, screen: TakeOverScreen) -> TakeOverAskedDialog:
    screen.action_set.run("look")
    (dialog,) = screen.findChildren(TakeOverAskedDialog)
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def test_accepting_takes_the_loan_over(qtbot: QtBot, branch: House, tmp_path: Path) -> None:
    screen = waiting(qtbot, branch, tmp_path)
    dialog = opened(qtbot, screen)
    assert dialog.panel.preview is not None
    assert dialog.panel.preview.outstanding_minor == OPEN
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    dialog.decide()
    qtbot.waitUntil(lambda: not shown_in(screen))
    assert branch.ask(branch.manager, ListLoans()).rows[0].outstanding_minor == OPEN
    screen.reload()
    qtbot.waitUntil(lambda: not screen.asked.lines)


def test_declining_wants_a_reason_and_leaves_nothing(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    screen = waiting(qtbot, branch, tmp_path)
    dialog = opened(qtbot, screen)
    dialog.decline()
    assert dialog.form is not None
    assert dialog.form.box("reason").error
    dialog.form.set_value("reason", "too old")
    dialog.decline()
    qtbot.waitUntil(lambda: not shown_in(screen))
    assert branch.ask(branch.manager, ListLoans()).count == 0
