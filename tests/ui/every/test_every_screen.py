"""What holds for every screen that is registered: room, names, the way of Tab, contrast, roles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.texts import SCREEN, use
from tests.ui.every.conftest import HEIGHT, WIDTH, Sit
from tests.ui.every.contrast import faint
from tests.ui.places import Longer, clipped, unnamed
from ui.kit.theme import Theme
from ui.kit.tokens import Mode
from ui.shell.screens import SCREENS

NAMES = [place.name for place in SCREENS]
GOLDEN = Path(__file__).parents[2] / "golden" / "role_screens.json"
MOST_TABS = 120


@pytest.fixture(params=["large", "longer"])
def wide(request: pytest.FixtureRequest, look: Theme, qapp: QApplication) -> Iterator[str]:
    """Text at 150 %, or texts two fifths longer at 100 %."""
    if request.param == "large":
        look.apply(qapp, Mode.LIGHT, 150)
    else:
        SCREEN._catalogue = Longer()
    yield request.param
    use("en")


@pytest.mark.parametrize("name", NAMES)
def test_every_screen_has_room_in_the_smallest_window(name: str, wide: str, sit: Sit) -> None:
    seat = sit(Role.MANAGER)
    screen = seat.open(name)
    assert clipped(screen) == []
    assert (seat.place.width(), seat.place.height()) == (WIDTH, HEIGHT)
    assert seat.place.minimumSizeHint().height() <= HEIGHT
    assert seat.place.minimumSizeHint().width() <= WIDTH


@pytest.mark.parametrize("name", NAMES)
def test_every_control_has_a_name_and_tab_reaches_it_in_reading_order(name: str, sit: Sit) -> None:
    seat = sit(Role.MANAGER)
    screen = seat.open(name)
    assert unnamed(screen) == []
    way, back = walked(screen)
    missed = [one for one in stops(screen) if one not in way]
    assert [told(one) for one in missed] == [], [told(one) for one in way]
    assert back == []


class Windows(QObject):
    """Notes what comes up as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.seen.append(type(watched).__name__)
        return False


def test_no_screen_comes_up_with_a_window_that_takes_the_keys(qapp: QApplication, sit: Sit) -> None:
    seat, windows = sit(Role.MANAGER), Windows()
    qapp.installEventFilter(windows)
    for name in NAMES:
        seat.open(name)
    qapp.removeEventFilter(windows)
    assert windows.seen == []


@pytest.mark.parametrize("mode", [Mode.LIGHT, Mode.DARK, Mode.HIGH_CONTRAST])
def test_words_stand_out_from_their_ground_on_every_screen(
    mode: Mode, look: Theme, qapp: QApplication, qtbot: QtBot, sit: Sit
) -> None:
    look.apply(qapp, mode, 100)
    seat = sit(Role.MANAGER)
    for name in NAMES:
        seat.open(name)
        assert faint(seat.place) == [], name


def test_each_role_sees_what_the_table_says(sit: Sit) -> None:
    seen = {role.value: acts_of(sit, role) for role in Role if role in PEOPLE}
    assert seen == json.loads(GOLDEN.read_text("utf-8")), "if this is meant: write " + json.dumps(
        seen, indent=1
    )


PEOPLE = (Role.CASHIER, Role.OFFICER, Role.MANAGER)


def acts_of(sit: Sit, role: Role) -> dict[str, list[str]]:
    """The screens of a role, each with the names of its acts."""
    seat = sit(role)
    mine = [name for name in NAMES if seat.place.router.has(name)]
    return {name: sorted(act.name for act in seat.open(name).action_set.all()) for name in mine}


def stops(screen: QWidget) -> list[QWidget]:
    """Everything on the screen that wants to be reached by Tab."""
    found = screen.findChildren(QWidget)
    return [one for one in found if one.isVisible() and one.isEnabled() and takes_tab(one)]


def takes_tab(one: QWidget) -> bool:
    """Whether Tab stops there; a widget that passes its focus on is its proxy's place."""
    policy = one.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    seen = not one.visibleRegion().isEmpty()
    return bool(policy) and one.focusProxy() is None and seen


def walked(screen: QWidget) -> tuple[list[QWidget], list[str]]:
    """Where Tab stops on the screen until it comes round, and the steps that lead backwards."""
    order: list[QWidget] = []
    back: list[str] = []
    chain_start(screen).setFocus()
    for _step in range(MOST_TABS):
        now = QApplication.focusWidget()
        if now is None or now in order:
            break
        if screen.isAncestorOf(now):
            if order and goes_back(screen, order[-1], now):
                back.append(f"{told(order[-1])} → {told(now)}")
            order.append(now)
        QTest.keyClick(now, Qt.Key.Key_Tab)
    return order, back


def chain_start(screen: QWidget) -> QWidget:
    """The first stop of the screen in the chain of the window."""
    there, one = stops(screen), screen.nextInFocusChain()
    while one is not None and one not in there and one is not screen:
        one = one.nextInFocusChain()
    return one or screen


def goes_back(screen: QWidget, one: QWidget, then: QWidget) -> bool:
    """Whether the second lies before the first: above it and not to its right, or left of it."""
    a, b = area(screen, one), area(screen, then)
    above = b.bottom() <= a.top() and b.left() <= a.left()
    same_line = a.top() < b.center().y() < a.bottom()
    return above or (same_line and b.right() <= a.left())


def area(screen: QWidget, one: QWidget) -> QRect:
    """The place of a widget on the screen."""
    return one.rect().translated(one.mapTo(screen, QPoint(0, 0)))


def told(one: QWidget) -> str:
    """A control by kind and name."""
    return f"{type(one).__name__} {one.accessibleName()}"
