"""To check: what somebody may not do alone, and the way to where another person decides."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.commands.acts import ProposeAct, WriteOffLoan, wanted
from tests.services.branch import House
from tests.services.lending import lent
from tests.ui.places import clipped, station, unnamed
from ui.today.checks import ChecksScreen


def test_an_act_on_a_loan_waits_here_and_enter_opens_the_loan(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    loan_id = lent(branch, 12_000_00)
    act = wanted(WriteOffLoan(loan_id=loan_id, currency="INR", reason="gone away"))
    branch.run(branch.manager, ProposeAct(loan_id=loan_id, act=act))
    at = station(qtbot, branch, "manager", tmp_path)
    screen = ChecksScreen(at)
    qtbot.addWidget(screen)
    screen.resize(1178, 610)
    with qtbot.waitActive(screen):
        screen.show()
    qtbot.waitUntil(lambda: screen.table.model.count == 1)
    (check,) = screen.table.model.rows()
    assert (check.command, check.subject_id) == ("loan.write-off", loan_id)
    went: list[str] = []
    at.router.missed.connect(went.append)
    qtbot.waitUntil(screen.table.view.hasFocus)
    QTest.keyClick(screen.table.view, Qt.Key.Key_Return)
    assert went == ["loan"]
    qtbot.waitUntil(lambda: clipped(screen) == [])  # the count was just told: it is laid out next
    assert unnamed(screen) == []
