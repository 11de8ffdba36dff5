"""The first run: two doors, the form of a branch, the recovery code, and a way out of trouble."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.errors import StoreTrouble, ValueRefused, WrongKey
from app.ports.program import Standing
from tests.ui.places import CODE, HouseLauncher, unnamed
from tests.ui.shell.acts import Ctrl, Key, focused, page_of, press, type_words
from ui.shell.doors import DoorsPage
from ui.shell.founding import FoundingPage
from ui.shell.recovery import RecoveryPage
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.trouble import TroublePage, UnlockPage
from ui.shell.workplace import Workplace

Start = Callable[..., Shell]
FACTS = {
    "lender_name": "Gomti Sahayog Finance",
    "branch_name": "Sitapur",
    "branch_code": "stp",
    "user_name": "Meena Khanna",
    "login": "meena",
    "password": "long-enough",
    "again": "long-enough",
    "cash_minor": 50_000_00,
}


@pytest.fixture
def empty(launcher: HouseLauncher) -> HouseLauncher:
    """Nothing lies in the folder yet."""
    launcher.stands = Standing.EMPTY
    return launcher


def founding(qtbot: QtBot, shell: Start) -> tuple[Shell, FoundingPage]:
    program = shell()
    doors = page_of(qtbot, program, DoorsPage)
    assert unnamed(doors) == []
    assert focused() is doors
    press(focused(), Key.Key_Return)
    return program, page_of(qtbot, program, FoundingPage)


def test_a_branch_is_founded_by_keys_and_its_code_is_typed_back(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    program, page = founding(qtbot, shell)
    assert unnamed(page) == []
    assert focused() is page.form.editor("lender_name")
    type_words("Gomti Sahayog Finance", "", "", "Sitapur", "stp", "", "", "", "", "")
    type_words("Meena Khanna", "meena", "long-enough", "long-enough", "50000", "10 lakh")
    code = page_of(qtbot, program, RecoveryPage)
    assert empty.facts is not None
    assert empty.facts.branch_code == "STP"
    assert (empty.facts.cash_minor, empty.facts.bank_minor) == (50_000_00, 10_00_000_00)
    assert unnamed(code) == []
    type_words(CODE)
    place = page_of(qtbot, program, Workplace)
    assert place.recovery_banner.text() == ""


def test_what_is_missing_is_said_at_its_field(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    _program, page = founding(qtbot, shell)
    press(focused(), Key.Key_A, Ctrl)
    assert page.form.box("lender_name").error != ""
    assert focused() is page.form.editor("lender_name")


def test_a_refusal_stands_at_its_field_and_nothing_typed_is_lost(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    _program, page = founding(qtbot, shell)
    empty.founds = ValueRefused(field="branch_code", why="branch-code", given="STP")
    page.form.set_values(FACTS)
    page.found()
    qtbot.waitUntil(lambda: page.form.box("branch_code").error != "")
    assert page.form.value("lender_name") == "Gomti Sahayog Finance"
    assert page.form.value("password") == "long-enough"
    assert page.form.isEnabled()


def test_passwords_that_differ_are_told(qtbot: QtBot, shell: Start, empty: HouseLauncher) -> None:
    _program, page = founding(qtbot, shell)
    page.form.set_values({**FACTS, "again": "something-else"})
    page.found()
    assert page.form.box("again").error != ""


def test_another_currency_keeps_what_was_typed(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    _program, page = founding(qtbot, shell)
    page.form.set_values(FACTS)
    page.form.set_value("currency", "NPR")
    page.form.edited.emit("currency")
    assert page.form.value("lender_name") == "Gomti Sahayog Finance"
    assert page.form.value("time_zone") == "Asia/Kathmandu"
    assert page.form.value("password") == "long-enough"
    assert page.form.value("cash_minor") == 50_000_00


def test_the_draft_of_a_branch_is_there_again(
    qtbot: QtBot, shell: Start, empty: HouseLauncher, home: Path
) -> None:
    program, page = founding(qtbot, shell)
    QTest.keyClicks(focused(), "Gomti")
    press(page, Key.Key_Escape)
    qtbot.waitUntil(lambda: (home / "new-branch.json").exists())
    assert "long-enough" not in (home / "new-branch.json").read_text("utf-8")
    doors = page_of(qtbot, program, DoorsPage)
    press(doors, Key.Key_2)
    again = page_of(qtbot, program, FoundingPage)
    qtbot.waitUntil(lambda: again.form.value("lender_name") == "Gomti")


def test_without_a_vault_a_passphrase_is_asked(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    empty.vault = False
    _program, page = founding(qtbot, shell)
    page.form.set_values({**FACTS, "passphrase": "a long one, kept well"})
    page.found()
    qtbot.waitUntil(lambda: empty.facts is not None)
    assert empty.facts is not None
    assert empty.facts.passphrase == "a long one, kept well"


def test_a_wrong_code_is_told_and_later_reminds(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    program, page = founding(qtbot, shell)
    page.form.set_values(FACTS)
    page.found()
    code = page_of(qtbot, program, RecoveryPage)
    type_words("7K2M-XXXX")
    qtbot.waitUntil(lambda: code.field.error != "")
    press(code, Key.Key_Escape)
    page_of(qtbot, program, Workplace)


def test_looking_around_opens_the_demonstration(
    qtbot: QtBot, shell: Start, empty: HouseLauncher
) -> None:
    program = shell()
    press(page_of(qtbot, program, DoorsPage), Key.Key_1)
    page_of(qtbot, program, SignInPage)


@pytest.mark.parametrize(
    ("why", "said"),
    [
        ("network", "network share"),
        ("synchronised", "synchronised folder"),
        ("in-use", "Another Kist"),
        ("damaged", "damaged"),
        ("foreign", "not a Kist database"),
    ],
)
def test_a_branch_that_does_not_open_says_why_and_offers_ways_out(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher, why: str, said: str
) -> None:
    launcher.opens = StoreTrouble(why=why)
    page = page_of(qtbot, shell(), TroublePage)
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert said in texts
    assert unnamed(page) == []
    launcher.opens = None
    press(focused(), Key.Key_Return)
    program_page = page.window()
    qtbot.waitUntil(lambda: bool(program_page.findChildren(SignInPage)), timeout=15_000)


def test_without_a_vault_the_passphrase_is_asked_first(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    launcher.stands, launcher.vault = Standing.LOCKED, False
    program = shell()
    page = page_of(qtbot, program, UnlockPage)
    assert focused() is page.form.editor("passphrase")
    type_words("a long one, kept well")
    page_of(qtbot, program, SignInPage)


def test_a_branch_without_its_key_opens_with_the_code(
    qtbot: QtBot, shell: Start, launcher: HouseLauncher
) -> None:
    launcher.stands, launcher.opens = Standing.LOCKED, WrongKey(why="recovery-code")
    program = shell()
    page = page_of(qtbot, program, UnlockPage)
    type_words("7K2M")
    qtbot.waitUntil(lambda: page.form.box("recovery_code").error != "")
    page.form.set_value("recovery_code", "")
    type_words(CODE)
    page_of(qtbot, program, SignInPage)
