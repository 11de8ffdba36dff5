"""A short list that opens under a button to take one of many; typing finds in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.texts import _
from app.texts.figures import count
from ui.kit.cells import Cell, cell_width
from ui.kit.columns import Column
from ui.kit.grid import Grid
from ui.kit.inputs import Choices, FindEdit
from ui.kit.table import RowsModel
from ui.kit.theme import theme

FEW, MOST_SHOWN = 9, 12
LEAST, MOST = 180, 420  # px at 100 %
ROW = 30
Entry = tuple[Any, str]


class PickList(QFrame):
    """Choices with how many each has. Enter or a click takes one; Esc leaves it as it was."""

    picked = Signal(object)

    def __init__(
        self, parent: QWidget, name: str, choices: Choices, counts: Mapping[Any, int], now: Any
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("kind", "card")
        self.setAccessibleName(name)
        self._choices, self._now = tuple(choices), now
        self.typed = FindEdit(_("Type to find"))
        self.typed.edited.connect(self._narrow)
        self.typed.installEventFilter(self)
        self.typed.setVisible(len(self._choices) > FEW)
        self.model: RowsModel[Entry] = RowsModel(_columns(counts, now))
        self.grid = Grid(self.model, ROW)
        self.grid.setAccessibleName(name)
        self.grid.horizontalHeader().hide()
        self.grid.clicked.connect(lambda _index: self._take())
        self.grid.activated.connect(lambda _index: self._take())
        self.grid.installEventFilter(self)
        layout = QVBoxLayout(self)
        edge = theme().space(4)
        layout.setContentsMargins(edge, edge, edge, edge)
        layout.setSpacing(edge)
        layout.addWidget(self.typed)
        layout.addWidget(self.grid)
        self._narrow()

    def open_under(self, anchor: QWidget) -> None:
        """Show it under the button, as wide as its longest line."""
        self.setFixedWidth(min(theme().px(MOST), max(self._widest(), anchor.width())))
        self._fit()
        at = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        room = anchor.screen().availableGeometry()
        left = min(at.x(), room.right() - self.width())
        top = at.y() if at.y() + self.height() <= room.bottom() else at.y() - self.height()
        self.move(max(room.left(), left), max(room.top(), top))
        self.show()
        (self.grid if self.typed.isHidden() else self.typed).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.close()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._take()
        elif watched is self.typed and key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def _narrow(self) -> None:
        words = str(self.typed.value()).casefold().split()
        fits = [one for one in self._choices if all(word in one[1].casefold() for word in words)]
        self.model.show(fits)
        values = [value for value, _text in fits]
        place = values.index(self._now) if self._now in values and not words else 0
        if fits:
            self.grid.setCurrentIndex(self.model.index(place, 0))
        self._fit()

    def _step(self, by: int) -> None:
        if self.model.count:
            place = (self.grid.currentIndex().row() + by) % self.model.count
            self.grid.setCurrentIndex(self.model.index(place, 0))

    def _take(self) -> None:
        row = self.model.row_at(self.grid.currentIndex())
        if row is not None:
            self.close()
            self.picked.emit(row[0])

    def _widest(self) -> int:
        sections, rows = range(self.model.columnCount()), self.model.rows()
        widths = [
            max((cell_width(self.model.cell(row, at)) for row in rows), default=0)
            for at in sections
        ]
        return max(theme().px(LEAST), round(sum(widths)) + theme().px(64))

    def _fit(self) -> None:
        rows = max(1, min(len(self._choices), MOST_SHOWN))
        self.grid.setFixedHeight(rows * theme().px(ROW) + 2)
        self.adjustSize()
        self.grid.fit()


def _columns(counts: Mapping[Any, int], now: Any) -> list[Column[Entry]]:
    def words(entry: Entry) -> Cell:
        return Cell(entry[1], strong=entry[0] == now, icon="check" if entry[0] == now else "")

    def number(entry: Entry) -> Cell:
        return Cell(count(counts[entry[0]]) if entry[0] in counts else "", tone="text2")

    return [
        Column(title="", text=words, stretch=1),
        Column(title="", text=number, numeric=True),
    ]
