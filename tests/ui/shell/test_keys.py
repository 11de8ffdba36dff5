"""Everything that can be done is reached without a mouse, and F1 says by which key."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.shell.acts import Key, dialog_of, press, sign_in
from ui.kit.actions import Action
from ui.shell.hits import fitting
from ui.shell.key_sheet import KeySheet, key_lines
from ui.shell.screens import SCREENS
from ui.shell.shell import Shell
from ui.shell.workplace import Workplace

Start = Callable[..., Shell]


def unreachable(acts: dict[str, list[Action]]) -> list[str]:
    """Acts with neither a key nor a place in the palette, and keys that mean two things."""
    found = []
    for place, actions in acts.items():
        found += [f"{place}: {a.name}" for a in actions if not a.keys and not a.palette]
        for keys, times in Counter(a.keys for a in actions if a.keys).items():
            found += [f"{place}: {keys} is {times} things"] if times > 1 else []
    return found


def every_act(place: Workplace) -> dict[str, list[Action]]:
    """The acts of the window and of each screen that the role may open."""
    acts = {"window": list(place.action_set.all())}
    for screen in SCREENS:
        if place.router.go(screen.name):
            shown = place.router.current
            assert shown is not None
            acts[screen.name] = list(shown.action_set.every())
    return acts


def test_an_act_without_key_and_palette_would_be_found() -> None:
    lost = Action(name="lost", text="Lost", run=lambda: None, palette=False)
    twice = Action(name="twice", text="Twice", run=lambda: None, keys="F9")
    found = unreachable({"here": [lost, twice, twice]})
    assert found == ["here: lost", "here: F9 is 2 things"]


def test_every_act_of_every_screen_has_a_key_or_is_in_the_palette(
    qtbot: QtBot, shell: Start
) -> None:
    place = sign_in(qtbot, shell())
    acts = every_act(place)
    assert len(acts) > len(SCREENS) // 2
    assert unreachable(acts) == []


def test_f1_shows_every_key_and_finds_one_by_its_words(qtbot: QtBot, shell: Start) -> None:
    program = shell()
    place = sign_in(qtbot, program)
    place.router.go("loans")
    press(place, Key.Key_F1)
    sheet = dialog_of(qtbot, program)
    assert isinstance(sheet, KeySheet)
    shown = place.router.current
    assert shown is not None
    keys = {action.keys for action in (*shown.action_set.every(), *place.action_set.all())}
    assert keys - {""} <= {line.keys for line in sheet.lines}
    QTest.keyClicks(sheet.search, "columns")
    assert [line.keys for line in sheet.model.rows()] == ["Alt+K"]
    sheet.reject()


def test_a_key_that_the_screen_takes_is_not_said_of_the_program() -> None:
    own = Action(name="receipt", text="Receipt of this loan", run=lambda: None, keys="F6")
    program = Action(name="receipt", text="Receipt", run=lambda: None, keys="F6")
    lines = [line for line in key_lines("Loans", [own], [program]) if line.keys == "F6"]
    assert [(line.where, line.text) for line in lines] == [("Loans", "Receipt of this loan")]


def test_an_act_is_found_by_a_part_of_its_words_which_is_marked(qtbot: QtBot, shell: Start) -> None:
    place = sign_in(qtbot, shell())
    place.router.go("loans")
    found = fitting(place._hits(), "colu")
    assert [(hit.text, hit.keys, hit.found) for hit in found] == [
        ("Columns of the list", "Alt+K", ((0, 4),))
    ]
