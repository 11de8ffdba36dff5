"""The third door: an address, what it leads to, who lets this PC in; and the line afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.errors import SignInFailed, StoreTrouble
from app.ports.program import SharedAddress, SharedFound, Standing, Tls
from tests.ui.places import HouseLauncher, clipped, unnamed
from tests.ui.shell.acts import (
    Alt,
    Ctrl,
    Key,
    dialog_of,
    focused,
    page_of,
    press,
    sign_in,
    type_words,
)
from tests.ui.shell.test_first_run import FACTS
from ui.kit.line import LineState
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.joining import JoinPage
from ui.shell.recovery import RecoveryPage
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.trouble import TroublePage

Start = Callable[..., Shell]
THERE = SharedFound("Sitapur", "Gomti Sahayog Finance", "2", "PostgreSQL 16.4", "TLSv1.3", 12)
ADDRESS = {
    "host": "db.office.example",
    "port": 5432,
    "database": "kist",
    "user": "kist",
    "password": "mango-river",
    "tls": "require",
}


@pytest.fixture
def empty(launcher: HouseLauncher) -> HouseLauncher:
    """Nothing lies in the folder yet."""
    launcher.stands = Standing.EMPTY
    return launcher


def joining(qtbot: QtBot, shell: Start) -> tuple[Shell, JoinPage]:
    program = shell()
    press(page_of(qtbot, program, DoorsPage), Key.Key_3)
    page = page_of(qtbot, program, JoinPage)
    assert unnamed(page) == []
    return program, page


def found(qtbot: QtBot, page: JoinPage) -> None:
    page.form.set_values(ADDRESS)
    press(focused(), Key.Key_A, Ctrl)
    qtbot.waitUntil(lambda: page.found.found is not None)


def test_a_pc_joins_by_keys_once_a_manager_has_signed_in(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    empty.there = THERE
    program, page = joining(qtbot, shell)
    assert focused() is page.form.editor("host")
    found(qtbot, page)
    assert empty.address == SharedAddress(
        "db.office.example", 5432, "kist", "kist", Tls.ENCRYPTED, password="mango-river"
    )
    assert focused() is page.found.form.editor("login")
    type_words("meena", "correct-horse", "")
    page_of(qtbot, program, SignInPage)
    assert empty.counter == "2"


def test_an_address_that_leads_nowhere_is_said_at_its_field(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    empty.there = StoreTrouble(field="host", why="no-host", host="db.office.example")
    _program, page = joining(qtbot, shell)
    page.form.set_values(ADDRESS)
    page.go_on()
    qtbot.waitUntil(lambda: page.form.box("host").error != "")
    assert "db.office.example" in page.form.box("host").error
    assert page.form.value("password") == "mango-river"


def test_a_wrong_sign_in_is_said_at_the_right_and_nothing_is_lost(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    empty.there = THERE
    empty.opens = SignInFailed(field="password", why="wrong")
    _program, page = joining(qtbot, shell)
    found(qtbot, page)
    page.found.form.set_values({"login": "meena", "password": "wrong"})
    page.go_on()
    qtbot.waitUntil(lambda: page.found.form.box("password").error != "")
    assert page.form.box("password").error == ""


def test_an_empty_database_leads_to_the_founding_there(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    program, page = joining(qtbot, shell)
    found(qtbot, page)
    press(focused(), Key.Key_A, Ctrl)
    form = page_of(qtbot, program, FoundingPage)
    form.form.set_values(FACTS)
    form.found()
    page_of(qtbot, program, RecoveryPage)
    assert empty.address is not None
    assert empty.address.host == "db.office.example"


def test_another_address_takes_back_what_was_found(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    empty.there = THERE
    _program, page = joining(qtbot, shell)
    found(qtbot, page)
    assert page.found.isVisible()
    page.form.focus("database")
    type_words("x")
    assert page.found.found is None
    assert not page.found.isVisible()


def test_a_station_without_its_keys_joins_again(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    launcher.stands = Standing.LEFT
    launcher.left = SharedAddress("db.office.example", 6432, "branch", "kist", Tls.ENCRYPTED)
    page = page_of(qtbot, shell(), JoinPage)
    assert page.form.value("port") == 6432
    assert page.banner.text() != ""
    assert focused() is page.form.editor("password")


def test_a_server_that_moved_is_told_where_it_is_now(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    launcher.opens = StoreTrouble(field="host", why="silent", host="old.office.example")
    launcher.left = SharedAddress("old.office.example", 5432, "kist", "kist", Tls.ENCRYPTED)
    program = shell()
    trouble = page_of(qtbot, program, TroublePage)
    press(trouble, Key.Key_A, Alt)
    page = page_of(qtbot, program, JoinPage)
    page.form.set_values({"host": "db.office.example", "password": "mango-river"})
    launcher.there = THERE
    page.go_on()
    page_of(qtbot, program, SignInPage)
    assert launcher.address is not None
    assert launcher.address.host == "db.office.example"


def test_the_doors_and_the_address_fit_in_the_window(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    empty.there = THERE
    program = shell()
    program.window.resize(1366, 768)
    doors = page_of(qtbot, program, DoorsPage)
    assert clipped(doors) == []
    press(doors, Key.Key_3)
    page = page_of(qtbot, program, JoinPage)
    found(qtbot, page)
    assert clipped(page) == []


def test_the_line_is_said_in_the_top_bar_and_above_the_screens(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    place = sign_in(qtbot, shell())
    assert place.top.line.text() == "This PC"
    place.show_line(LineState(shared=True, millis=12))
    assert place.top.line.text() == "Shared · 12 ms"
    assert place.line_banner.isHidden()
    place.show_line(LineState(shared=True, millis=12, cut=True))
    assert place.top.line.text() == "Cut off"
    place.show_line(LineState(shared=True, millis=12, cut=True, waiting=3))
    assert place.top.line.text() == "Cut off · 3 waiting"
    assert "Checking" in place.line_banner.text()
    assert clipped(place.top) == []
    place.show_line(LineState(shared=True, millis=14))
    assert place.line_banner.isHidden()
    place.show_line(LineState(shared=True, millis=14, newer=True))
    assert "Update" in place.line_banner.text()


def test_the_connection_says_where_the_books_are(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    program = shell()
    place = sign_in(qtbot, program)
    place.top.line.click()
    dialog = dialog_of(qtbot, program)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert str(launcher.folder) in said
    press(dialog, Key.Key_Escape)
