"""Every part: named for the blind, whole at every size, painted in every mode, without leaks."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterator
from weakref import ref

import pytest
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.ui.kit.parts import more_parts, parts
from ui.kit.bars import ScheduleBar, ScheduleCell
from ui.kit.buttons import Button
from ui.kit.charts import Bars, Curve, Line
from ui.kit.chips import Chip
from ui.kit.collector import Collector
from ui.kit.text import Text
from ui.kit.theme import Theme
from ui.kit.tokens import Mode, contrast

Make = Callable[[Callable[[str], str]], QWidget]
INTERACTIVE = (QAbstractButton, QLineEdit, QComboBox, QAbstractItemView, QPlainTextEdit)
MODES = (Mode.LIGHT, Mode.DARK, Mode.HIGH_CONTRAST)
PAGES = (parts, more_parts)


@pytest.fixture
def hold() -> Iterator[Callable[[QWidget], None]]:
    """Holds pages: one that only a cycle holds may be collected while it is being painted."""
    held: list[QWidget] = []
    yield held.append
    for page in held:
        page.close()
        delete(page)


def longer(text: str) -> str:
    """40 % more of it, as other languages have."""
    return text + "n" * (len(text) * 2 // 5)


def unnamed(root: QWidget) -> list[str]:
    """The controls a screen reader would have no name for."""
    found = []
    for widget in root.findChildren(QWidget):
        inside = widget.objectName().startswith("qt_") or isinstance(
            widget.parentWidget(), QTableView | QComboBox
        )
        if isinstance(widget, INTERACTIVE) and not inside:
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def cut(root: QWidget) -> list[str]:
    """Labels whose one line is longer than the place they have."""
    return [
        label.text()
        for label in root.findChildren(QLabel)
        if label.isVisibleTo(root)
        and type(label) is Text
        and not label.wordWrap()
        and label.text()
        and label.fontMetrics().horizontalAdvance(label.text()) > label.width() + 1
    ]


Hold = Callable[[QWidget], None]


@pytest.mark.parametrize("make", PAGES)
def test_every_control_has_a_name(qapp: QApplication, hold: Hold, make: Make) -> None:
    page = make(str)
    hold(page)
    assert unnamed(page) == []


@pytest.mark.parametrize("make", PAGES)
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_label_is_cut_at_any_size_with_longer_texts(
    qapp: QApplication, look: Theme, hold: Hold, make: Make, scale: int
) -> None:
    look.apply(qapp, Mode.LIGHT, scale)
    page = make(longer)
    hold(page)
    page.resize(page.sizeHint())
    page.show()
    assert cut(page) == []


@pytest.mark.parametrize("mode", MODES)
def test_texts_on_the_page_can_be_read_in_every_mode(
    qtbot: QtBot, qapp: QApplication, look: Theme, mode: Mode
) -> None:
    look.apply(qapp, mode)
    page = QWidget()
    qtbot.addWidget(page)
    for at, widget in enumerate(
        (
            Button("Save", kind="primary"),
            Button("Print"),
            Button("Reverse", kind="danger"),
            Chip("44 days", "late2"),
            Chip("NPA", "npa"),
            Text("words", tone="text3"),
        )
    ):
        widget.setParent(page)
        widget.move(10, 10 + 50 * at)
        widget.resize(widget.sizeHint())
    page.resize(200, 320)
    page.show()
    for widget in page.findChildren(QWidget):
        assert readable(page.grab(widget.geometry()).toImage()) >= 4.5


def readable(image: QImage) -> float:
    """Contrast of the most frequent colour with the one farthest from it."""
    counted: dict[int, int] = {}
    for y in range(3, image.height() - 3):
        for x in range(3, image.width() - 3):
            counted[image.pixel(x, y)] = counted.get(image.pixel(x, y), 0) + 1
    ground = QColor.fromRgb(max(counted, key=lambda pixel: counted[pixel])).name()
    return max(contrast(ground, QColor.fromRgb(pixel).name()) for pixel in counted)


def test_a_theme_put_on_later_reaches_what_is_open(
    qtbot: QtBot, qapp: QApplication, look: Theme
) -> None:
    button = Button("Save", kind="primary", keys="Ctrl+A")
    qtbot.addWidget(button)
    before = button.sizeHint().height()
    look.apply(qapp, Mode.DARK, 200)
    assert button.sizeHint().height() == before * 2
    button.resize(button.sizeHint())
    image = button.grab().toImage()
    assert image.pixelColor(image.width() // 2, 6).name() == look.colour("accent").name()


def test_charts_stand_empty_or_flat_series(qtbot: QtBot) -> None:
    for chart in (Bars("none", str), Curve("none", str)):
        qtbot.addWidget(chart)
        chart.resize(200, 100)
        chart.grab()
    curve = Curve("flat", str)
    qtbot.addWidget(curve)
    curve.show_lines([Line([(0, 0), (0, 0)], steps=True, filled=True)], [(0, "x")], now=0)
    curve.resize(200, 100)
    curve.grab()


def test_a_late_instalment_shows_by_its_outline(qtbot: QtBot, look: Theme) -> None:
    bar = ScheduleBar([ScheduleCell(1), ScheduleCell(0, late=True), ScheduleCell()], "1 late")
    qtbot.addWidget(bar)
    bar.resize(300, 14)
    image = bar.grab().toImage()
    assert image.pixelColor(50, 7).name() == look.colour("ok_fill").name()
    assert image.pixelColor(150, 7).name() == look.colour("late2_soft").name()
    assert image.pixelColor(250, 7).name() == look.colour("track").name()


class Bell(QObject):
    """Something that can be emitted."""

    rung = Signal(object)


class Five(QAbstractTableModel):
    """A model of five rows in Python."""

    def rowCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 5

    def columnCount(self, _parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        return 2

    def data(
        self, _index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        return "x" if role == Qt.ItemDataRole.DisplayRole else None


def test_qt_gives_back_every_reference(qtbot: QtBot) -> None:
    """One release of Qt for Python lost a reference a call and died after some thousand."""
    bell, edit, model, view = Bell(), QLineEdit(), Five(), QTableView()
    qtbot.addWidget(edit)
    qtbot.addWidget(view)
    view.setModel(model)
    bell.rung.connect(lambda _what: None)
    jobs = (
        lambda: bell.rung.emit([1]),
        lambda: edit.setText("a"),
        lambda: edit.isVisible(),
        lambda: model.index(0, 0).data(Qt.ItemDataRole.ToolTipRole),
        lambda: view.viewport().repaint(),
    )
    for job in jobs:
        job()
        before = [sys.getrefcount(one) for one in (None, True, False)]
        for _ in range(400):
            job()
        after = [sys.getrefcount(one) for one in (None, True, False)]
        lost = [one - other for one, other in zip(before, after, strict=True)]
        assert max(lost) < 100, job


def test_garbage_is_collected_between_events_and_nowhere_else(qapp: QApplication) -> None:
    class Knot:
        """Holds itself."""

        def __init__(self) -> None:
            self.me = self

    collector = Collector(qapp)
    try:
        gc.collect()
        gone = [ref(Knot()) for _ in range(gc.get_threshold()[0] + 100)]
        assert all(one() is not None for one in gone)
        collector.look()
        assert all(one() is None for one in gone)
    finally:
        collector.stop()
