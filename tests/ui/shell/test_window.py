"""The window around the screens: rail, palette, business day, keys, history, notices."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.domain.roles import PERMISSIONS_OF, Permission, Role
from tests.ui.places import HouseLauncher, unnamed
from tests.ui.shell.acts import Alt, Ctrl, Key, active, dialog_of, press, sign_in
from ui.admin.products import ProductsPart
from ui.admin.screen import SettingsScreen
from ui.kit.look import Look
from ui.kit.theme import theme
from ui.kit.tokens import Mode
from ui.main import load_screen
from ui.shell.day_end import DayEndDialog
from ui.shell.demonstration import DemonstrationMark
from ui.shell.screens import SCREENS, places
from ui.shell.shell import Shell
from ui.shell.workplace import WITHIN, Workplace

Start = Callable[..., Shell]


@pytest.fixture
def place(qtbot: QtBot, shell: Start) -> Workplace:
    """The manager at work, in Settings."""
    found = sign_in(qtbot, shell())
    found.router.go("settings")
    return found


def test_every_control_has_a_name(place: Workplace) -> None:
    assert unnamed(place) == []


@pytest.mark.parametrize("role", list(Role))
def test_the_rail_shows_only_what_the_role_may_see(role: Role) -> None:
    held = frozenset(permission.value for permission in PERMISSIONS_OF[role])
    shown = {found.name for found in places(held)}
    forbidden = {found.name for found in SCREENS if found.needs not in PERMISSIONS_OF[role]}
    assert shown.isdisjoint(forbidden)


def test_no_two_places_share_a_name() -> None:
    names = [found.name for found in SCREENS]
    assert len(names) == len(set(names))


def test_a_place_that_is_not_in_the_rail_says_which_one_it_belongs_to() -> None:
    rail = {place.name for place in SCREENS if place.rail}
    assert {place.name for place in SCREENS} - rail == set(WITHIN)
    assert set(WITHIN.values()) <= rail


def test_alt_and_a_digit_open_a_place(qtbot: QtBot, place: Workplace) -> None:
    at = place.rail.names().index("settings") + 1
    place.router.clear()
    QTest.keyClick(place, Key(Key.Key_0.value + at), Alt)
    assert place.router.name == "settings"
    assert place.rail.item("settings").isChecked()


def test_ctrl_k_finds_a_place_by_its_letters_and_enter_opens_it(place: Workplace) -> None:
    press(place, Key.Key_K, Ctrl)
    box = place.top.find_box
    QTest.keyClicks(box, "sett")
    found = place.palette_list.model.rows()
    assert [hit.text for hit in found] == ["Settings"]
    press(box, Key.Key_Return)
    assert place.palette_list.isHidden()
    assert place.router.name == "settings"


def test_the_palette_knows_the_keys_and_says_when_nothing_fits(place: Workplace) -> None:
    press(place, Key.Key_K, Ctrl)
    box = place.top.find_box
    assert ("Applications", "") in {(h.text, h.keys) for h in place.palette_list.model.rows()}
    QTest.keyClicks(box, "busin")
    assert ("Business day", "F2") in {(h.text, h.keys) for h in place.palette_list.model.rows()}
    box.clear()
    QTest.keyClicks(box, "qqqq")
    assert place.palette_list.model.rows() == ()
    press(box, Key.Key_Escape)
    assert place.palette_list.isHidden()
    assert box.text() == ""


def test_the_day_is_closed_and_opened_by_keys_and_says_what_it_will_do(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    program = shell()
    place = sign_in(qtbot, program)
    press(place, Key.Key_F2)
    closing = dialog_of(qtbot, program)
    assert "Close the day of 5 Jan 2026" in closing.windowTitle()
    assert isinstance(closing, DayEndDialog)
    qtbot.waitUntil(lambda: closing.end is not None)
    assert [line.check.state for line in closing.lines] == ["ok"] * 5
    assert unnamed(closing) == []
    press(closing, Key.Key_Return)
    qtbot.waitUntil(lambda: place.station.branch.business_on is None, timeout=10_000)
    assert "No business day is open" in place.day_banner.text()
    assert "closed" in program.toast.text()
    assert launcher.house is not None
    launcher.house.clock.move(days=1)
    place.station.refresh()
    qtbot.waitUntil(lambda: place.station.branch.today == date(2026, 1, 6))
    active(qtbot, program)
    press(place, Key.Key_F2)
    opening = dialog_of(qtbot, program)
    assert opening.form is not None
    assert opening.form.value("on") == date(2026, 1, 6)
    opening.activateWindow()
    qtbot.waitUntil(opening.isActiveWindow)
    press(opening.form.editor("on"), Key.Key_A, Ctrl)
    qtbot.waitUntil(lambda: place.station.branch.business_on == date(2026, 1, 6), timeout=10_000)
    assert place.day_banner.text() == ""


def test_somebody_who_may_not_close_the_day_is_told_whom_to_ask(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    place = sign_in(qtbot, program, "officer1")
    assert not place.station.may(Permission.DAY_CLOSE)
    place.day()
    dialog = dialog_of(qtbot, program)
    assert "manager" in dialog.banner.text()
    dialog.reject()


def test_dark_and_large_are_taken_at_once_and_kept(
    qtbot: QtBot, shell: Start, place: Workplace
) -> None:
    chosen = replace(Look(), mode=Mode.DARK, scale=150)
    place.station.look_chosen.emit(chosen)
    assert (theme().mode, theme().scale) == (Mode.DARK, 150)
    assert place.station.look == chosen
    assert place.top.height() == theme().height("topbar")


def test_the_menu_of_the_person_locks_and_signs_out(qtbot: QtBot, place: Workplace) -> None:
    place.person_wanted.emit(QPoint(10, 10))
    menus = [menu for menu in place.window().findChildren(QMenu) if menu.isVisible()]
    words = [action.text().split("\t")[0] for action in menus[0].actions()]
    menus[0].close()
    assert {"Lock", "Sign out", "Change your password", "Dark"} <= set(words)


def test_what_is_not_saved_is_told_before_the_window_closes(qtbot: QtBot, place: Workplace) -> None:
    place.router.go("settings", part="products")
    part = place.router.current
    assert isinstance(part, SettingsScreen)
    products = part.part("products")
    assert isinstance(products, ProductsPart)
    qtbot.waitUntil(lambda: len(products.rows) == 4)
    products.form.set_value("title", "Changed")
    assert not place.window().close()
    assert "not saved" in products.banner.text()
    products.undo()


def test_a_demonstration_is_marked_on_the_window(qtbot: QtBot, place: Workplace) -> None:
    assert place.findChildren(DemonstrationMark) == []
    branch = replace(place.station.branch, demonstration=True)
    marked = Workplace(
        place.station.desk, place.station.program, place.station.me, branch, load_screen
    )
    qtbot.addWidget(marked)
    assert len(marked.findChildren(DemonstrationMark)) == 1


def test_the_second_line_of_the_title_says_where_one_is(place: Workplace) -> None:
    assert place.window().windowTitle().startswith("Settings · Sitapur")
