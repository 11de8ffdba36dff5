"""A counter with a borrower in front of it, and what a cashier does at it by keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.rows.servicing import ReceiptRow, TillView
from tests.services.branch import House
from tests.ui.places import station
from ui.kit.dialog import Dialog
from ui.kit.printing import FOLDER
from ui.servicing.counter import CounterScreen

ENTERS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Enters(QObject):
    """Counts the Enters that were pressed."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def press(self) -> None:
        """Press it where the focus is."""
        self.count += 1
        key(Qt.Key.Key_Return)


@dataclass
class Counter:
    """The screen, its house, and the folder that its printer writes to."""

    qtbot: QtBot
    house: House
    screen: CounterScreen
    folder: Path
    said: list[str] = field(default_factory=list)

    def find(self, text: str) -> None:
        """Type who is there and wait for the hits."""
        type_text(text)
        self.qtbot.waitUntil(lambda: self.screen.find_panel.model.rowCount() > 0)

    def wait_split(self) -> None:
        """Wait until the split of what is typed stands there."""

        def stands() -> None:
            preview, minor = self.screen.split.preview, self.screen.form.money.minor()
            assert preview is not None
            assert self.screen.split.is_fresh()
            assert preview.amount_minor == minor

        self.qtbot.waitUntil(stands)

    def begin(self, loan_id: int) -> None:
        """Choose a loan and wait for its split."""
        self.screen.choose(loan_id)
        self.qtbot.waitUntil(lambda: self.screen.form.loan is not None)
        self.wait_split()

    def till(self) -> TillView:
        """The till as it stands on the screen."""
        assert self.screen.till.till is not None
        return self.screen.till.till

    def receipts(self) -> tuple[ReceiptRow, ...]:
        """The receipts on the screen."""
        return self.till().receipts

    def papers(self) -> list[str]:
        """The names of the papers that came out."""
        return sorted(path.name for path in self.folder.glob("*.pdf"))

    def dialog(self) -> Dialog:
        """The dialog that is open."""
        found = [one for one in self.screen.findChildren(QDialog) if one.isVisible()][-1]
        assert isinstance(found, Dialog)
        return found


def opened(qtbot: QtBot, house: House, folder: Path, who: str = "cashier") -> Counter:
    """The counter on screen, its printer a folder."""
    place = station(qtbot, house, who, folder)
    paper = folder / "printed"
    place.settings.set("printer.receipt", f"{FOLDER}{paper}")
    screen = CounterScreen(place)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    with qtbot.waitActive(screen):
        screen.show()
    made = Counter(qtbot, house, screen, paper)
    place.said.connect(lambda sentence, _act, _keys, _then: made.said.append(sentence))
    qtbot.waitUntil(lambda: screen.till.till is not None)
    return made


def key(which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, which, held)


def type_text(text: str) -> None:
    """Type where the focus is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def repeat_enter() -> None:
    """What a key held down sends."""
    widget = QApplication.focusWidget()
    assert widget is not None
    none = Qt.KeyboardModifier.NoModifier
    press = QKeyEvent(QEvent.Type.KeyPress, ENTERS[0], none, "\r", True)
    QApplication.sendEvent(widget, press)
