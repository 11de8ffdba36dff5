"""What is large is made part by part: before it is opened, or the rest of it when it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

import pytest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from ui.kit.router import Router, Screen
from ui.kit.story import Happened, Story
from ui.kit.tasks import Desk


class Slow(Screen):
    """Three parts; `made` says which are there."""

    def __init__(self, desk: Desk, router: Router) -> None:
        super().__init__(desk, router)
        self.made = 0
        self.make_parts(self._parts(), ahead=router.ahead)

    def _parts(self) -> Iterator[None]:
        for _at in range(2):
            self.made += 1
            yield
        self.made += 1


@pytest.fixture
def router(qtbot: QtBot) -> Router:
    stack, desk = QStackedWidget(), Desk()
    qtbot.addWidget(stack)
    router = Router(stack)
    router.register("slow", lambda: Slow(desk, router))
    return router


def test_a_screen_that_is_opened_is_whole(router: Router) -> None:
    router.go("slow")
    assert cast(Slow, router.current).made == 3


def test_a_screen_is_made_ahead_by_parts_and_the_rest_when_it_is_opened(router: Router) -> None:
    assert router.make_ahead("slow")
    assert router.make_ahead("slow")
    assert router.current is None
    router.go("slow")
    assert cast(Slow, router.current).made == 3
    assert not router.make_ahead("slow")


def test_a_screen_made_ahead_to_its_end_is_the_one_that_opens(router: Router) -> None:
    steps = 0
    while router.make_ahead("slow"):
        steps += 1
    assert steps == 4  # the screen, and three parts, after the last of which it has its place
    router.go("slow")
    assert cast(Slow, router.current).made == 3


def test_a_long_story_is_told_to_its_end_in_turns(qtbot: QtBot) -> None:
    story = Story()
    qtbot.addWidget(story)

    def told() -> int:
        layout = story.layout()
        assert layout is not None
        return layout.count()

    story.show_lines([Happened(str(at)) for at in range(40)])
    assert told() < 40
    qtbot.waitUntil(lambda: told() == 40)
    story.show_lines([Happened("only")])
    qtbot.waitUntil(lambda: told() == 1)
