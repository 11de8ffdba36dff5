"""A line that is cut is waited out: nothing fails, nothing is done twice, everything is told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.commands.base import Command, Done, Topic
from app.domain.errors import StoreTrouble
from app.ports import Session
from app.ports.program import Pulse, SharedAddress
from app.queries.base import Query
from tests.ui.kit.doors import SESSION, Notebook, OpenAsks, OpenGate, R, Say, Which
from ui.kit.line import LineState, LineWatch
from ui.kit.tasks import Desk


@dataclass
class Wire:
    """A line to gate and asks that can be cut, and its own pulse."""

    gate: OpenGate = field(default_factory=OpenGate)
    asks: OpenAsks = field(default_factory=OpenAsks)
    why: str = ""
    carried_out: bool = False  # what was sent is done, and its answer lost
    met: Event = field(default_factory=Event)
    topics: frozenset[Topic] = frozenset()
    looks: int = 0
    address: SharedAddress = SharedAddress("db.office.example", 5432, "kist", "kist")  # noqa: RUF009

    def run(self, session: Session, command: Command[R], key: str) -> Done[R]:
        if self.why:
            if self.carried_out:
                self.gate.run(session, command, key)
            self.met.set()
            raise StoreTrouble(why=self.why)
        done = self.gate.run(session, command, key)
        if self.gate.keys.count(key) > 1:
            return Done(done.result, frozenset(), 1, again=True)
        return done

    def ask(self, session: Session, query: Query[R]) -> R:
        if self.why:
            self.met.set()
            raise StoreTrouble(why=self.why)
        return self.asks.ask(session, query)

    def look(self) -> Pulse:
        self.looks += 1
        if self.why:
            raise StoreTrouble(why=self.why)
        topics, self.topics = self.topics, frozenset()
        return Pulse(topics, 12)


@pytest.fixture
def wire() -> Wire:
    return Wire()


@pytest.fixture
def notes() -> Notebook:
    return Notebook()


@pytest.fixture
def desk(wire: Wire, notes: Notebook) -> Iterator[Desk]:
    desk = Desk(session=SESSION)
    desk.open(wire, wire, notes, patient=True)
    yield desk
    desk.close()


@pytest.fixture
def watch(desk: Desk, wire: Wire) -> Iterator[LineWatch]:
    watch = LineWatch(desk, wire)
    yield watch
    watch.end()


def test_a_change_waits_for_its_first_answer(
    qtbot: QtBot, desk: Desk, wire: Wire, notes: Notebook
) -> None:
    owner, said, failed = QObject(), [""], [Exception()]
    wire.why, wire.carried_out = "gone", True
    changed: list[frozenset[Topic]] = []
    desk.changed.connect(changed.append)
    desk.ask(owner, Say(word="once"), "k1", said.append, failed.append)
    qtbot.waitUntil(wire.met.is_set)
    assert desk.waiting == 1
    assert notes.open == ["k1"]
    wire.why = ""
    desk.wake()
    qtbot.waitUntil(lambda: said[-1] == "once")
    assert len(failed) == 1
    assert desk.waiting == 0
    assert notes.open == []
    assert changed == [frozenset(Topic)]  # whatever it changed, screens look


def test_a_lock_that_the_cut_left_behind_is_waited_out_too(
    qtbot: QtBot, desk: Desk, wire: Wire
) -> None:
    owner, said = QObject(), [""]
    wire.why = "gone"
    desk.ask(owner, Say(word="once"), "k1", said.append)
    qtbot.waitUntil(wire.met.is_set)
    wire.why = "locked"
    wire.met.clear()
    desk.wake()
    qtbot.waitUntil(wire.met.is_set)
    wire.why = ""
    desk.wake()
    qtbot.waitUntil(lambda: said[-1] == "once")
    assert wire.gate.keys == ["k1"]


def test_a_refusal_is_told_at_once(qtbot: QtBot, desk: Desk, wire: Wire) -> None:
    owner, failed = QObject(), [Exception()]
    wire.why = "locked"
    desk.ask(owner, Say(word="once"), "k1", None, failed.append)
    qtbot.waitUntil(lambda: len(failed) == 2)


def test_a_question_waits_too(qtbot: QtBot, desk: Desk, wire: Wire) -> None:
    owner, said = QObject(), [""]
    wire.why = "gone"
    desk.read(owner, Which(word="here"), said.append)
    qtbot.waitUntil(wire.met.is_set)
    wire.why = ""
    desk.wake()
    qtbot.waitUntil(lambda: said[-1] == "here")


def test_who_closes_the_window_keeps_the_key_for_the_next_start(
    qtbot: QtBot, desk: Desk, wire: Wire, notes: Notebook
) -> None:
    wire.why = "gone"
    desk.ask(QObject(), Say(word="once"), "k1")
    qtbot.waitUntil(wire.met.is_set)
    desk.close()
    assert notes.open == ["k1"]


def test_what_others_changed_is_told_to_screens(
    qtbot: QtBot, desk: Desk, wire: Wire, watch: LineWatch
) -> None:
    wire.topics = frozenset({Topic.CASH})
    with qtbot.waitSignal(desk.changed) as told:
        watch.begin()
    assert told.args == [frozenset({Topic.CASH})]
    assert watch.state == LineState(shared=True, millis=12)


def test_a_cut_line_is_shown_with_what_waits_and_comes_back_by_itself(
    qtbot: QtBot, desk: Desk, wire: Wire, watch: LineWatch
) -> None:
    watch.begin()
    qtbot.waitUntil(lambda: wire.looks == 1)
    wire.why = "gone"
    said = [""]
    for key in ("k1", "k2", "k3"):
        desk.ask(QObject(watch), Say(word=key), key, said.append)
    qtbot.waitUntil(lambda: watch.state.cut and watch.state.waiting == 3)
    wire.why = ""
    qtbot.waitUntil(lambda: not watch.state.cut)
    qtbot.waitUntil(lambda: said[1:] == ["k1", "k2", "k3"])
    assert watch.state.waiting == 0


def test_tables_of_a_later_program_are_told(qtbot: QtBot, wire: Wire, watch: LineWatch) -> None:
    wire.why = "newer"
    watch.begin()
    qtbot.waitUntil(lambda: watch.state.newer)
    assert not watch.state.cut
