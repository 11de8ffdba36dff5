"""What happened, line by line: icon, what, by whom, when."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.icons import icon
from ui.kit.text import Text, note
from ui.kit.theme import theme

AT_ONCE, A_TURN = 12, 6  # lines made when they are shown, and in each turn of the loop after it


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of a story."""

    what: str
    by: str = ""
    on: str = ""
    icon: str = "dot-outline"
    tone: str = "text2"  # of the icon


class Story(QWidget):
    """The latest first. Made again whenever it is shown anew; a long one comes in parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(theme().space(8))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._waiting: deque[Happened] = deque()
        self._turn = QTimer(self, interval=0)
        self._turn.timeout.connect(lambda: self._add(A_TURN))

    def show_lines(self, lines: Sequence[Happened]) -> None:
        """Show these."""
        while (item := self._layout.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # gone at once, not only when the event loop comes round
                widget.deleteLater()
        self._waiting = deque(lines)
        self._add(AT_ONCE)

    def _add(self, count: int) -> None:
        for _at in range(min(count, len(self._waiting))):
            self._layout.addWidget(_made(self._waiting.popleft()))
        if self._waiting:
            self._turn.start()
        else:
            self._turn.stop()


def _made(line: Happened) -> QWidget:
    widget, side = QWidget(), theme().icon_size()
    grid = QGridLayout(widget)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().space(10))
    grid.setVerticalSpacing(0)
    sign = Text()
    tone = line.tone if line.tone.startswith("text") else f"{line.tone}_text"
    sign.setPixmap(icon(line.icon, tone).pixmap(side, side))
    grid.addWidget(sign, 0, 0, Qt.AlignmentFlag.AlignTop)
    grid.addWidget(Text(line.what, wrap=True), 0, 1)
    grid.addWidget(note(line.on), 0, 2, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight)
    if line.by:
        grid.addWidget(note(line.by, wrap=True), 1, 1, 1, 2)
    grid.setColumnStretch(1, 1)
    widget.setAccessibleName(", ".join(part for part in (line.what, line.by, line.on) if part))
    return widget
