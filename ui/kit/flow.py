"""Small things side by side, on as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.kit.theme import theme

GAP = 8


class Flow(QWidget):
    """Widgets from left to right, folded where the line ends; the first may take what is over."""

    def __init__(self, *parts: QWidget, first_grows: int = 0) -> None:
        """`first_grows` is how wide (px at 100 %) the first part may become."""
        super().__init__()
        self._parts, self._most = parts, first_grows
        self._heights: dict[int, int] = {}  # by width; a layout asks the same many times over
        for part in parts:
            part.setParent(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            places = self._places(width)
            lowest = max((place.bottom() + 1 for _part, place in places), default=0)
            self._heights[width] = lowest
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = sum(self._wide(part) + theme().space(GAP) for part in self._shown())
        return QSize(width, self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """One line: before its width is known it must not ask for the height of many."""
        hints = [part.sizeHint() for part in self._shown()]
        widest = max((self._wide(part) for part in self._shown()), default=0)
        return QSize(widest, max((hint.height() for hint in hints), default=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._put()
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.LayoutRequest, QEvent.Type.StyleChange}:
            self._heights.clear()
            self._put()
            self.updateGeometry()
        return super().event(event)

    def _put(self) -> None:
        for part, place in self._places(self.width()):
            part.setGeometry(place)

    def _shown(self) -> list[QWidget]:
        return [part for part in self._parts if not part.isHidden()]

    def _wide(self, part: QWidget) -> int:
        if part is self._parts[0] and self._most:
            return max(part.minimumSizeHint().width(), theme().px(self._most) * 2 // 3)
        return part.sizeHint().width()

    def _places(self, room: int) -> list[tuple[QWidget, QRect]]:
        """Where each part that is shown goes; parts of a line stand on its middle."""
        gap, lines = theme().space(GAP), self._lines(room)
        placed, top = [], 0
        for line in lines:
            high = max(part.sizeHint().height() for part in line)
            spare = room - sum(self._wide(part) + gap for part in line) + gap
            left = 0
            for part in line:
                wide = min(self._wide(part), room)
                if part is self._parts[0] and self._most:
                    wide = min(theme().px(self._most), wide + max(0, spare))
                height = part.sizeHint().height()
                at = QPoint(left, top + (high - height) // 2)
                placed.append((part, QRect(at, QSize(wide, height))))
                left += wide + gap
            top += high + gap
        return placed

    def _lines(self, room: int) -> list[list[QWidget]]:
        gap = theme().space(GAP)
        lines: list[list[QWidget]] = []
        used = 0
        for part in self._shown():
            wide = self._wide(part)
            if not lines or used + gap + wide > room:
                lines.append([part])
                used = wide
            else:
                lines[-1].append(part)
                used += gap + wide
        return lines
