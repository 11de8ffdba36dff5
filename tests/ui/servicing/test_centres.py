"""Centres and receipt books in the window: kept by keys, sheets shown, leaves accounted for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from app.commands.meetings import IssueReceiptBook
from app.queries.meetings import ListReceiptBooks, ShowCentre
from tests.services.branch import House
from tests.services.meeting import CENTRE, keyed, met, view
from tests.ui.places import clipped, station, unnamed
from tests.ui.servicing.counter_acts import key, type_text
from ui.kit.dialog import Dialog
from ui.kit.paper_dialog import PaperDialog
from ui.kit.router import Screen
from ui.kit.screen_context import Station
from ui.servicing.centre import CentreScreen
from ui.servicing.centres import CentresScreen
from ui.servicing.receipt_books import ReceiptBooksScreen

Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
S = TypeVar("S", bound=Screen)
SCREENS: dict[str, Callable[[Station], Screen]] = {
    "centres": CentresScreen,
    "centre": CentreScreen,
    "receipt-books": ReceiptBooksScreen,
}


def shown(
    qtbot: QtBot, house: House, folder: Path, name: str, kind: type[S], **params: object
) -> S:
    """A screen of the manager's window, in a stack with the others."""
    place = station(qtbot, house, "manager", folder)
    stack = place.parent()
    assert isinstance(stack, QStackedWidget)
    for one, made in SCREENS.items():
        place.router.register(one, partial(made, place))
    stack.resize(1178, 684)
    place.router.go(name, **params)
    with qtbot.waitActive(stack):
        stack.show()
    screen = place.router.current
    assert isinstance(screen, kind)
    return screen


def dialog(qtbot: QtBot, screen: Screen) -> Dialog:
    """The dialog that is open and active."""

    def found() -> list[Dialog]:
        return [one for one in screen.findChildren(Dialog) if one.isActiveWindow()]

    qtbot.waitUntil(lambda: bool(found()))
    return found()[0]


@pytest.fixture
def meeting_house(branch: House) -> House:
    """A centre of three whose first meeting is today."""
    met(branch, 3)
    return branch


def test_enter_opens_a_centre_and_its_next_sheet_is_drawn_up(
    qtbot: QtBot, meeting_house: House, tmp_path: Path
) -> None:
    screen = shown(qtbot, meeting_house, tmp_path, "centres", CentresScreen)
    qtbot.waitUntil(lambda: screen.model.count == 1 and screen.table.view.hasFocus())
    assert unnamed(screen) == []
    qtbot.waitUntil(lambda: clipped(screen) == [])
    key(Key.Key_Return)
    centre = screen.router.current
    assert isinstance(centre, CentreScreen)
    qtbot.waitUntil(lambda: centre.view is not None and centre.members.model.count == 3)
    assert unnamed(centre) == []
    qtbot.waitUntil(lambda: clipped(centre) == [])
    key(Key.Key_P, Alt)
    qtbot.waitUntil(
        lambda: any(isinstance(one, PaperDialog) for one in centre.findChildren(PaperDialog)),
        timeout=10_000,
    )
    sheet = view(meeting_house).sheet
    assert sheet is not None
    assert sheet.lines == 3


def test_a_centre_gets_its_meetings_by_keys(
    qtbot: QtBot, meeting_house: House, tmp_path: Path
) -> None:
    screen = shown(qtbot, meeting_house, tmp_path, "centre", CentreScreen, centre=CENTRE)
    qtbot.waitUntil(lambda: screen.view is not None and screen.station.day_is_open)
    qtbot.waitUntil(lambda: screen.action_set.run("change"))
    form = dialog(qtbot, screen).form
    assert form is not None
    form.set_value("every", "week")
    form.focus("first_on")
    type_text("+1")
    key(Key.Key_A, Ctrl)
    qtbot.waitUntil(
        lambda: bool(meeting_house.ask(meeting_house.officer, ShowCentre(title=CENTRE)).coming)
    )
    qtbot.waitUntil(lambda: screen.coming.model.count == 8)


def test_a_leaf_is_voided_with_its_reason(
    qtbot: QtBot, meeting_house: House, tmp_path: Path
) -> None:
    house = meeting_house
    issue = IssueReceiptBook(officer_id=house.officer.user_id, series="A", first=1, last=5)
    house.run(house.manager, issue)
    due = view(house).members[0].due_minor
    house.run(house.cashier, keyed(view(house), (due, 0, 0), leaf="A 2"))
    screen = shown(qtbot, house, tmp_path, "receipt-books", ReceiptBooksScreen)
    qtbot.waitUntil(lambda: screen.leaves.model.count == 5)
    assert [row.state for row in screen.leaves.model.rows()][:3] == ["missing", "used", "open"]
    assert unnamed(screen) == []
    qtbot.waitUntil(lambda: clipped(screen) == [])
    screen.leaves.set_current(0)
    qtbot.waitUntil(lambda: screen.action_set.run("void"))
    dialog(qtbot, screen)
    type_text("torn")
    key(Key.Key_A, Ctrl)

    def voided() -> None:
        (book,) = house.ask(house.manager, ListReceiptBooks())
        assert (book.used, book.void, book.missing) == (1, 1, ())

    qtbot.waitUntil(voided)
    qtbot.waitUntil(lambda: screen.leaves.model.rows()[0].state == "void")
