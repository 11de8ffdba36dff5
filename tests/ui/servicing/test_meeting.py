"""A centre's meeting in the window: keyed by keys alone, counted by note, booked once, printed."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QStackedWidget
from pytestqt.qtbot import QtBot

from app.queries.servicing import ShowTill
from app.rows.facts import Mode
from tests.services.branch import House
from tests.services.lending import receive
from tests.services.meeting import CENTRE, met, view
from tests.ui.places import clipped, station, unnamed
from tests.ui.servicing.counter_acts import key, type_text
from ui.kit.printing import FOLDER
from ui.servicing.meeting import MeetingScreen
from ui.servicing.meeting_count import CountDialog
from ui.servicing.meeting_evening import EveningDialog
from ui.servicing.meeting_lines import Keyed

Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
MEMBERS = 30
LONG = 20_000  # ms: a meeting of thirty is a long act beside other work
MOST_KEYS = 60  # two minutes at one key in two seconds


@dataclass
class Hall:
    """The screen, its house, and the folder that its printer writes to; keys are counted."""

    qtbot: QtBot
    house: House
    screen: MeetingScreen
    folder: Path
    said: list[str] = field(default_factory=list)
    keys: int = 0

    def press(
        self, which: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        key(which, held)
        self.keys += 1

    def type(self, text: str) -> None:
        type_text(text)
        self.keys += len(text)

    def keyed(self) -> Keyed:
        assert self.screen.keyed is not None
        return self.screen.keyed

    def counting(self) -> CountDialog:
        """The count of the cash, once it is open."""
        self.qtbot.waitUntil(lambda: self.screen.booking.dialog is not None, timeout=LONG)
        dialog = self.screen.booking.dialog
        assert dialog is not None
        self.qtbot.waitUntil(dialog.isActiveWindow, timeout=LONG)
        return dialog

    def count(self, minor: int) -> None:
        """Type the notes of a sum, the largest first, and Enter to the last."""
        for value in (500_00, 200_00, 100_00, 50_00, 20_00, 10_00):
            many, minor = divmod(minor, value)
            if many:
                self.type(str(many))
            self.press(Key.Key_Return)
        for value in (20_00, 10_00, 5_00, 2_00, 1_00):
            many, minor = divmod(minor, value)
            if many:
                self.type(str(many))
            self.press(Key.Key_Return)
        assert minor == 0

    def booked(self) -> None:
        """Wait until the choice of a centre stands there again."""
        self.qtbot.waitUntil(lambda: self.screen.keyed is None, timeout=LONG)

    def papers(self) -> list[str]:
        return sorted(path.name for path in self.folder.glob("*.pdf"))


def hall(qtbot: QtBot, house: House, folder: Path, members: int) -> Hall:
    """A meeting of so many on its day, open in the window."""
    met(house, members)
    place = station(qtbot, house, "cashier", folder)
    paper = folder / "printed"
    place.settings.set("printer.receipt", f"{FOLDER}{paper}")
    stack = place.parent()
    assert isinstance(stack, QStackedWidget)
    place.router.register("meeting", lambda: MeetingScreen(place))
    stack.resize(1178, 684)
    place.router.go("meeting", centre=CENTRE)
    screen = place.router.current
    assert isinstance(screen, MeetingScreen)
    with qtbot.waitActive(stack):
        stack.show()
    made = Hall(qtbot, house, screen, paper)
    place.said.connect(lambda sentence, _act, _keys, _then: made.said.append(sentence))
    qtbot.waitUntil(lambda: screen.keyed is not None and screen.grid.edit.hasFocus(), timeout=LONG)
    return made


def test_thirty_members_are_keyed_in_two_minutes(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    """Three paid a part, two stayed away, one paid ahead: no more than sixty keys in all."""
    here = hall(qtbot, branch, tmp_path, MEMBERS)
    due = here.keyed().lines[0].member.due_minor
    for at in range(20):
        if at in {3, 9}:
            here.press(Key.Key_Space)
        elif at in {5, 6}:
            here.type("500")
        elif at == 12:
            here.type("900")
        here.press(Key.Key_Return)
    assert [line.came for line in here.keyed().lines].count(False) == 2
    paid = 25 * due + 2 * 500_00 + 900_00
    assert here.keyed().total_minor == paid
    here.press(Key.Key_A, Ctrl)
    here.counting()
    here.count(paid)
    here.booked()
    held = view(branch).held[0]
    assert (held.total_minor, held.cash_minor) == (paid, paid)
    assert (held.came, held.members) == (28, MEMBERS)
    assert here.keys <= MOST_KEYS
    assert branch.ask(branch.cashier, ShowTill()).received_minor == paid
    qtbot.waitUntil(lambda: len(here.papers()) == MEMBERS - 2, timeout=60_000)
    qtbot.waitUntil(
        lambda: any("28 receipts are printed" in said for said in here.said), timeout=LONG
    )


@pytest.fixture
def three(qtbot: QtBot, branch: House, tmp_path: Path) -> Hall:
    """A meeting of three."""
    return hall(qtbot, branch, tmp_path, 3)


def test_notes_that_do_not_make_the_total_book_nothing(three: Hall) -> None:
    three.press(Key.Key_A, Ctrl)
    dialog = three.counting()
    three.type("1")
    three.press(Key.Key_A, Ctrl)
    three.qtbot.waitUntil(dialog.banner.isVisible)
    assert view(three.house).held == ()
    three.press(Key.Key_Escape)
    window, edit = three.screen.window(), three.screen.grid.edit
    three.qtbot.waitUntil(lambda: window.focusWidget() is edit)
    assert three.keyed().total_minor == sum(one.member.due_minor for one in three.keyed().lines)


def test_money_that_came_meanwhile_is_named_and_what_was_typed_stays(three: Hall) -> None:
    member = three.keyed().lines[1].member
    three.type("300")
    three.press(Key.Key_Down)
    receive(three.house, member.loan_id, 100_00)
    total = three.keyed().total_minor
    three.press(Key.Key_A, Ctrl)
    three.counting()
    three.count(total)
    three.qtbot.waitUntil(lambda: three.screen.banner.isVisible())
    three.qtbot.waitUntil(
        lambda: three.keyed().lines[1].member.asked_minor == member.asked_minor - 100_00
    )
    assert three.keyed().lines[0].paid_minor == 300_00
    assert three.keyed().lines[1].paid_minor == member.asked_minor - 100_00
    assert view(three.house).held == ()


def test_upi_needs_its_reference_and_is_not_counted_by_note(three: Hall) -> None:
    due = three.keyed().lines[0].member.due_minor
    three.press(Key.Key_Asterisk)
    three.qtbot.waitUntil(lambda: bool(dialogs(three)))
    three.qtbot.waitUntil(lambda: dialogs(three)[0].isActiveWindow())
    three.type("412345678901")
    three.press(Key.Key_A, Ctrl)
    three.qtbot.waitUntil(lambda: three.keyed().lines[0].mode is Mode.UPI)
    assert three.keyed().cash_minor == 2 * due
    assert three.keyed().other_minor == due


def test_what_was_keyed_is_there_again_after_the_screen_was_left(three: Hall) -> None:
    three.type("250")
    three.press(Key.Key_Return)
    three.press(Key.Key_Space)
    three.screen.draft.flush()
    three.qtbot.waitUntil(lambda: "Draft kept" in three.screen.state[0])
    three.screen.router.go("meeting")
    three.qtbot.waitUntil(lambda: three.screen.keyed is None)
    three.screen.router.go("meeting", centre=CENTRE)
    three.qtbot.waitUntil(
        lambda: three.screen.keyed is not None and three.keyed().lines[0].paid_minor == 250_00
    )
    assert three.keyed().lines[1].came is False


def test_every_control_has_a_name_and_room(three: Hall) -> None:
    assert unnamed(three.screen) == []
    assert clipped(three.screen) == []


def dialogs(here: Hall) -> list[QDialog]:
    return [one for one in here.screen.findChildren(QDialog) if one.isVisible()]


def test_the_sheets_of_a_day_are_drawn_up_once_and_printed(three: Hall) -> None:
    three.screen.station.settings.set("printer.day-sheet", f"{FOLDER}{three.folder}")
    three.screen.router.go("meeting")
    three.qtbot.waitUntil(lambda: three.screen.action_set.run("evening"))
    three.qtbot.waitUntil(lambda: bool(dialogs(three)) and dialogs(three)[0].isActiveWindow())
    form = three.screen.findChildren(EveningDialog)[0].form
    assert form is not None
    form.set_value("on", three.screen.station.today)
    form.set_value("language", "hi")
    three.press(Key.Key_A, Ctrl)
    three.qtbot.waitUntil(lambda: len(three.papers()) == 1, timeout=LONG)
    sheet = view(three.house).sheet
    assert sheet is not None
    three.screen.evening.print(three.screen.station.today, "en")
    three.qtbot.waitUntil(lambda: len(three.papers()) == 2, timeout=LONG)
    assert view(three.house).sheet == sheet
