"""The paper view: drawn on the worker, the latest wins, trouble said in place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import Event, current_thread, main_thread

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.domain.errors import PaperTrouble
from tests.ui.kit.doors import SESSION, OpenAsks, OpenGate
from ui.kit.messages import spoken
from ui.kit.paper import PaperView
from ui.kit.tasks import Desk


def sheet(width: int) -> bytes:
    """A picture of a page as wide as asked, half as high again."""
    image = QImage(width, width * 3 // 2, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(OpenGate(), OpenAsks(), SESSION)
    yield desk
    desk.close()


@pytest.fixture
def view(qtbot: QtBot, desk: Desk) -> PaperView:
    view = PaperView(desk, "Receipt")
    qtbot.addWidget(view)
    view.resize(400, 400)
    with qtbot.waitActive(view):
        view.show()
    return view


def test_pages_are_drawn_on_a_worker_at_the_width_of_the_view(
    qtbot: QtBot, view: PaperView
) -> None:
    seen: list[tuple[int, bool]] = []

    def render(width: int) -> Sequence[bytes]:
        seen.append((width, current_thread() is main_thread()))
        return [sheet(width), sheet(width)]

    with qtbot.waitSignal(view.loaded) as loaded:
        view.show_paper(render)
    assert loaded.args == [2]
    (width, on_ui_thread) = seen[0]
    assert not on_ui_thread
    assert 200 < width < 400
    with qtbot.waitSignal(view.loaded):
        QTest.keyClick(view, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert seen[1][0] == pytest.approx(width * 1.25, abs=2)


def test_pages_turn_by_key(qtbot: QtBot, view: PaperView) -> None:
    with qtbot.waitSignal(view.loaded):
        view.show_paper(lambda width: [sheet(width)] * 3)
    qtbot.waitUntil(lambda: view.page_count == 3)
    assert view._where.text() == "Page 1 of 3"
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view._where.text() == "Page 2 of 3"
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    assert view._where.text() == "Page 1 of 3"


def test_a_drawing_that_comes_late_is_dropped(qtbot: QtBot, view: PaperView) -> None:
    go = Event()

    def slow(width: int) -> Sequence[bytes]:
        go.wait()
        return [sheet(width)] * 5

    view.show_paper(slow)
    with qtbot.waitSignal(view.loaded):
        view.show_paper(lambda width: [sheet(width)])
    go.set()
    with qtbot.waitSignal(view.loaded):
        view.show_paper(lambda width: [sheet(width)] * 2)
    assert view.page_count == 2


def test_a_paper_that_cannot_be_drawn_says_why_in_its_place(qtbot: QtBot, view: PaperView) -> None:
    trouble = PaperTrouble(why="damaged")

    def broken(_width: int) -> Sequence[bytes]:
        raise trouble

    with qtbot.waitSignal(view.failed) as failed:
        view.show_paper(broken)
    assert failed.args == [trouble]
    assert view.empty.isVisible()
    assert spoken(trouble) in [label.text() for label in view.empty.findChildren(QLabel)]
