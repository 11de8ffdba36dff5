"""Cash is counted by note with keys alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.counting import Counted, check_count
from app.domain.errors import ValueRefused
from app.texts.denominations import pieces
from ui.parts.notes import NotesCount, PiecesEdit

FIVE_HUNDRED, TWENTY = 500_00, 20_00


@pytest.fixture
def count(qtbot: QtBot) -> NotesCount:
    """A count of rupees on the screen."""
    made = NotesCount("INR")
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.start()
    return made


def typed(qtbot: QtBot, *texts: str) -> None:
    """Type into the piece in focus and go on, as often as there are texts."""
    for text in texts:
        edit = QApplication.focusWidget()
        assert edit is not None
        QTest.keyClicks(edit, text)
        QTest.keyClick(edit, Qt.Key.Key_Return)


def test_pieces_typed_one_after_the_other_come_to_a_total(qtbot: QtBot, count: NotesCount) -> None:
    with qtbot.waitSignal(count.submitted):
        typed(qtbot, "3", "", "", "", "2", "", "4", "", "", "", "1")
    assert count.counted() == (
        Counted(FIVE_HUNDRED, False, 3),
        Counted(TWENTY, False, 2),
        Counted(TWENTY, True, 4),
        Counted(1_00, True, 1),
    )
    assert count.total() == 1_621_00
    assert count.notes() == ((FIVE_HUNDRED, 3), (TWENTY, 6), (1_00, 1))


def test_a_figure_that_cannot_be_read_leaves_no_total(qtbot: QtBot, count: NotesCount) -> None:
    typed(qtbot, "3", "x")
    assert count.total() is None
    with pytest.raises(ValueRefused):
        count.counted()
    count.start()
    at = QApplication.focusWidget()
    assert isinstance(at, PiecesEdit)
    assert at.text() == "x"


def test_up_goes_back_and_nothing_typed_is_not_an_empty_drawer(
    qtbot: QtBot, count: NotesCount
) -> None:
    assert count.is_empty()
    typed(qtbot, "")
    second = QApplication.focusWidget()
    assert second is not None
    QTest.keyClick(second, Qt.Key.Key_Up)
    typed(qtbot, "0")
    assert not count.is_empty()
    assert count.total() == 0


def test_notes_and_coins_of_a_currency_are_data() -> None:
    rupees = pieces("INR")
    assert [piece.minor // 100 for piece in rupees if not piece.coin] == [500, 200, 100, 50, 20, 10]
    assert [piece.minor // 100 for piece in rupees if piece.coin] == [20, 10, 5, 2, 1]
    assert [piece.minor for piece in rupees][:2] == [FIVE_HUNDRED, 200_00]
    assert pieces("JPY")[0].minor == 1000
    with pytest.raises(ValueRefused):
        check_count([Counted(2_000_00, False, 1)], rupees)
    with pytest.raises(ValueRefused):
        check_count([Counted(TWENTY, True, 1)] * 2, rupees)
