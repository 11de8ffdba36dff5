"""Key caps, and the bar at the bottom that keeps the keys without a button in sight."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.kit.icons import icon
from ui.kit.paint import caps_size, draw_caps
from ui.kit.text import Elided, Text, note
from ui.kit.theme import theme


class KeyCap(QWidget):
    """The keys of a shortcut, one cap a key: `Ctrl+A`, `F12`, `Alt+←`."""

    def __init__(self, keys: str, tone: str = "plain", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys, self._tone = keys, tone
        self.setAccessibleName(keys)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return caps_size(self._keys).toSize()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_caps(painter, 0, self.height() / 2, self._keys, self._tone)
        painter.end()


class KeyBar(QFrame):
    """Keys that have no button on the screen at the left, one sentence of state at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "canvas")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme().space(24), 0, theme().space(16), 0)
        self._row.setSpacing(theme().space(6))
        self._keys = QWidget()
        self._pairs: list[tuple[KeyCap, Text]] = []
        self._shown: list[tuple[str, str]] = []
        self._keys_row = QHBoxLayout(self._keys)
        self._keys_row.setContentsMargins(0, 0, 0, 0)
        self._icon, self._state = Text(), Elided(size="small", tone="text2")
        self._state.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row.addWidget(self._keys, 1)
        self._row.addWidget(self._icon)
        self._row.addWidget(self._state)

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show (shortcut, word) pairs; those that do not fit are left out from the right."""
        if list(keys) == self._shown:
            return  # each arrow key in a list asks again what can be done
        self._shown = list(keys)
        while (item := self._keys_row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()  # gone at once, not only when the event loop comes round
                widget.deleteLater()
        self._keys_row.setSpacing(theme().space(6))
        self._pairs = [(KeyCap(cap), note(word)) for cap, word in keys]
        for key_cap, word_label in self._pairs:
            self._keys_row.addWidget(key_cap)
            self._keys_row.addWidget(word_label)
            self._keys_row.addSpacing(theme().space(10))
        self._keys_row.addStretch(1)
        self._fit()

    def show_state(self, sentence: str, icon_name: str = "check-circle", tone: str = "ok") -> None:
        """Say how things stand in one sentence with an icon in `tone`."""
        self._state.setText(sentence)
        side = theme().icon_size()
        picture = icon(icon_name, f"{tone}_text" if tone != "text2" else tone)
        self._icon.setPixmap(picture.pixmap(side, side))
        self._icon.setVisible(bool(sentence))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Hide the keys for which there is no room: half a word helps nobody."""
        look = theme()
        room = self.width() - look.space(64) - self._state.sizeHint().width() - look.icon_size()
        for cap, word in self._pairs:
            room -= cap.sizeHint().width() + word.sizeHint().width() + look.space(28)
            cap.setVisible(room > 0)
            word.setVisible(room > 0)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), theme().height("keybar"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, theme().height("keybar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme().colour("border"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.end()
