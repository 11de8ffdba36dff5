"""Signing in, locking and signing out, by keys, on a real branch."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from tests.ui.places import CODE, PASSWORD, HouseLauncher, unnamed
from tests.ui.shell.acts import (
    Ctrl,
    Key,
    dialog_of,
    dialogs,
    focused,
    page_of,
    press,
    sign_in,
    type_words,
)
from ui.kit.dialog import Dialog
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.workplace import Workplace

Start = Callable[..., Shell]


def test_people_are_cards_and_the_cursor_is_in_the_password(qtbot: QtBot, shell: Start) -> None:
    page = page_of(qtbot, shell(), SignInPage)
    chosen = page.chosen()
    assert chosen is not None
    assert chosen.full_name == "Meena Khanna"
    assert focused() is page.password
    assert unnamed(page) == []


def test_a_wrong_password_is_told_at_the_field_and_selected(qtbot: QtBot, shell: Start) -> None:
    page = page_of(qtbot, shell(), SignInPage)
    type_words("not-this")
    qtbot.waitUntil(lambda: page.field.error != "")
    assert "not right" in page.field.error
    assert page.password.selectedText() != ""
    assert page.enter.isEnabled()


def test_too_many_tries_say_how_long_to_wait_and_hold_enter(qtbot: QtBot, shell: Start) -> None:
    page = page_of(qtbot, shell(), SignInPage)
    for word in ("one", "two", "three", "four"):
        page.password.clear()
        type_words(word)
        qtbot.waitUntil(lambda: page.field.error != "")
    assert "Try again in" in page.field.error
    assert not page.enter.isEnabled()
    qtbot.waitUntil(lambda: page.enter.isEnabled(), timeout=8000)
    assert page.field.error == ""


def test_the_cashier_sees_her_places_alone(qtbot: QtBot, shell: Start) -> None:
    place = sign_in(qtbot, shell(), "cashier1")
    assert "settings" not in place.rail.names()
    assert "visits" not in place.rail.names()
    assert place.station.me.full_name == "Sunita Verma"


def test_a_lock_hides_the_work_and_the_password_brings_it_back(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    place = sign_in(qtbot, program)
    place.day()
    dialog = dialog_of(qtbot, program)
    program.lock()
    locked = page_of(qtbot, program, SignInPage)
    assert dialogs(program) == []
    type_words(PASSWORD)
    assert page_of(qtbot, program, Workplace) is place
    assert isinstance(dialog, Dialog)
    assert dialog.isVisible()
    assert locked is not program.window.page
    dialog.reject()


def test_ctrl_l_locks(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    place = sign_in(qtbot, program)
    press(place, Key.Key_L, Ctrl)
    assert page_of(qtbot, program, SignInPage).chosen() is not None
    assert program.workplace is place


def test_somebody_else_may_sign_in_when_it_is_locked(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    place = sign_in(qtbot, program)
    program.lock()
    page = page_of(qtbot, program, SignInPage)
    press(page, Key.Key_F3)
    qtbot.waitUntil(
        lambda: isinstance(program.window.page, SignInPage) and program.window.page is not page
    )
    other = sign_in(qtbot, program, "officer1")
    assert other is not place
    assert other.station.me.full_name == "Ravi Shukla"


def test_idle_minutes_lock_by_themselves(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    sign_in(qtbot, program)
    program._idle.passed.emit()
    page_of(qtbot, program, SignInPage)


def test_a_forgotten_password_is_set_with_the_code(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    page = page_of(qtbot, program, SignInPage)
    press(page, Key.Key_F3)
    dialog = dialog_of(qtbot, program)
    assert dialog.form is not None
    dialog.form.set_values({"recovery_code": CODE, "password": "another-one", "again": "other"})
    dialog.decide()
    qtbot.waitUntil(lambda: dialog.form is not None and dialog.form.box("again").error != "")
    dialog.form.set_value("again", "another-one")
    dialog.decide()
    qtbot.waitUntil(lambda: page.banner.text() != "")
    sign_in(qtbot, program, "meena", "another-one")


def test_the_role_asked_on_the_command_line_signs_in(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    program = shell("officer", demonstration=True)
    page = page_of(qtbot, program, SignInPage)
    chosen = page.chosen()
    assert chosen is not None
