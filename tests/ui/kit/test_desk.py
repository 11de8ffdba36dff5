"""The desk: answers on the UI thread, once, and only to those who still wait."""

from __future__ import annotations

from collections.abc import Iterator
from threading import Event, current_thread, main_thread
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.commands.base import Topic
from app.domain.errors import AmountNotPositive, NotAllowedNow, StoreTrouble
from app.ports import Progress
from tests.ui.kit.doors import SESSION, Notebook, OpenAsks, OpenGate, Say, Which
from ui.kit.tasks import Desk, Report, Stop


@pytest.fixture
def gate() -> OpenGate:
    return OpenGate()


@pytest.fixture
def asks() -> OpenAsks:
    return OpenAsks()


@pytest.fixture
def notes() -> Notebook:
    return Notebook()


@pytest.fixture
def desk(gate: OpenGate, asks: OpenAsks, notes: Notebook) -> Iterator[Desk]:
    desk = Desk(gate, asks, SESSION, notes)
    yield desk
    desk.close()


def test_an_answer_comes_on_the_ui_thread_after_the_change_was_told(
    qtbot: QtBot, desk: Desk, gate: OpenGate
) -> None:
    owner = QObject()
    seen: list[Any] = []
    desk.changed.connect(lambda topics: seen.append(topics))
    desk.ask(owner, Say(word="a"), "k", lambda word: seen.append((word, current_thread())))
    assert seen == []
    qtbot.waitUntil(lambda: len(seen) == 2)
    assert seen == [frozenset({Topic.LOAN}), ("a", main_thread())]
    assert gate.threads[0] is not main_thread()


def test_a_refusal_reaches_whoever_asked(qtbot: QtBot, desk: Desk, gate: OpenGate) -> None:
    gate.error = AmountNotPositive(field="amount")
    owner = QObject()
    failed: list[Any] = []
    bugs: list[Any] = []
    desk.bug.connect(bugs.append)
    desk.ask(owner, Say(word="a"), "k", None, failed.append)
    qtbot.waitUntil(lambda: failed == [gate.error])
    assert bugs == []


def test_a_refusal_that_nobody_takes_is_told_to_the_window(
    qtbot: QtBot, desk: Desk, gate: OpenGate
) -> None:
    gate.error = AmountNotPositive()
    owner = QObject()
    with qtbot.waitSignal(desk.trouble) as trouble:
        desk.ask(owner, Say(word="a"), "k")
    assert trouble.args == [gate.error]


def test_a_bug_is_told_as_one_and_frees_the_form(qtbot: QtBot, desk: Desk, gate: OpenGate) -> None:
    gate.error = ZeroDivisionError()
    owner = QObject()
    failed: list[Any] = []
    with qtbot.waitSignal(desk.bug) as bug:
        desk.ask(owner, Say(word="a"), "k", None, failed.append)
    qtbot.waitUntil(lambda: failed == [gate.error])
    assert bug.args == [gate.error]


def test_an_answer_for_a_closed_screen_is_dropped_but_the_change_is_told(
    qtbot: QtBot, desk: Desk
) -> None:
    owner = QObject()
    seen: list[Any] = []
    with qtbot.waitSignal(desk.changed):
        desk.ask(owner, Say(word="a"), "k", seen.append, seen.append)
        shiboken6.delete(owner)
    assert seen == []


def test_changes_are_made_one_after_another_in_the_order_asked(
    qtbot: QtBot, desk: Desk, gate: OpenGate
) -> None:
    owner = QObject()
    seen: list[Any] = []
    for word in "abcdefgh":
        desk.ask(owner, Say(word=word), word, seen.append)
    qtbot.waitUntil(lambda: len(seen) == 8)
    assert seen == gate.keys == list("abcdefgh")


def test_a_read_does_not_wait_for_a_change(qtbot: QtBot, desk: Desk, gate: OpenGate) -> None:
    owner, go = QObject(), Event()
    seen: list[Any] = []
    gate.before = go.wait
    desk.ask(owner, Say(word="slow"), "k", seen.append)
    desk.read(owner, Which(word="quick"), seen.append)
    qtbot.waitUntil(lambda: seen == ["quick"])
    go.set()
    qtbot.waitUntil(lambda: seen == ["quick", "slow"])


def test_a_late_reply_to_an_older_question_of_the_same_slot_is_dropped(
    qtbot: QtBot, desk: Desk, asks: OpenAsks
) -> None:
    owner, go, begun = QObject(), Event(), Event()
    seen: list[Any] = []

    def hold(word: str) -> None:
        if word == "old":
            begun.set()
            go.wait()

    asks.before = hold
    desk.read(owner, Which(word="old"), seen.append, slot="list")
    assert begun.wait(5)
    desk.read(owner, Which(word="new"), seen.append, slot="list")
    desk.read(owner, Which(word="other"), seen.append, slot="head")
    qtbot.waitUntil(lambda: len(seen) == 2)
    go.set()
    desk.read(owner, Which(word="last"), seen.append)
    qtbot.waitUntil(lambda: "last" in seen)
    assert sorted(seen) == ["last", "new", "other"]


def test_a_key_is_noted_before_the_command_and_forgotten_with_its_answer(
    qtbot: QtBot, desk: Desk, gate: OpenGate, notes: Notebook
) -> None:
    owner = QObject()
    during: list[Any] = []
    gate.before = lambda: during.extend(notes.open)
    with qtbot.waitSignal(desk.changed):
        desk.ask(owner, Say(word="a"), "k")
    assert during == ["k"]
    assert notes.open == []


@pytest.mark.parametrize(
    ("error", "left"),
    [
        (AmountNotPositive(), []),
        (StoreTrouble(why="full"), []),
        (StoreTrouble(why="gone"), ["k"]),
        (ZeroDivisionError(), ["k"]),
    ],
)
def test_a_key_stays_noted_only_while_nobody_knows_what_became_of_it(
    qtbot: QtBot, desk: Desk, gate: OpenGate, notes: Notebook, error: Exception, left: list[str]
) -> None:
    gate.error = error
    owner = QObject()
    failed: list[Any] = []
    desk.ask(owner, Say(word="a"), "k", None, failed.append)
    qtbot.waitUntil(lambda: failed == [error])
    assert notes.open == left


def test_long_work_tells_how_far_it_is_and_stops_when_asked(qtbot: QtBot, desk: Desk) -> None:
    owner = QObject()
    told: list[Any] = []
    ended: list[Any] = []
    go = Event()

    def job(stop: Stop, report: Report) -> str:
        report(Progress(1, 2, "first"))
        go.wait()
        return "stopped" if stop.wanted() else "whole"

    stop = desk.work(owner, job, ended.append, None, told.append)
    qtbot.waitUntil(lambda: told == [Progress(1, 2, "first")])
    stop.now()
    go.set()
    qtbot.waitUntil(lambda: ended == ["stopped"])


def test_nobody_can_ask_before_signing_in(qtbot: QtBot, gate: OpenGate, asks: OpenAsks) -> None:
    desk, owner = Desk(gate, asks), QObject()
    failed: list[Any] = []
    desk.ask(owner, Say(word="a"), "k", None, failed.append)
    desk.read(owner, Which(word="a"), lambda _word: None, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)
    assert {type(error) for error in failed} == {NotAllowedNow}
    assert gate.keys == []
    desk.sit(SESSION)
    with qtbot.waitSignal(desk.changed):
        desk.ask(owner, Say(word="a"), "k")
    desk.close()


def test_closing_finishes_what_was_asked_to_change(desk: Desk, gate: OpenGate) -> None:
    owner = QObject()
    for key in "abc":
        desk.ask(owner, Say(word=key), key)
    desk.close()
    assert gate.keys == ["a", "b", "c"]


def test_keys_are_never_the_same(desk: Desk) -> None:
    assert len({desk.key() for _ in range(100)}) == 100
