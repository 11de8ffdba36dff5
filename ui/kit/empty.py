"""What an empty place says: what is missing, what would be here, how to begin."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.card import row
from ui.kit.icons import icon
from ui.kit.text import Text
from ui.kit.theme import theme


class Empty(QWidget):
    """Icon, one line, one sentence, and up to two buttons."""

    def __init__(
        self,
        title: str,
        sentence: str = "",
        *,
        icon_name: str = "files",
        buttons: tuple[Button, ...] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        centre = Qt.AlignmentFlag.AlignHCenter
        self._icon = Text()
        side = theme().icon_size("empty")
        self._icon.setPixmap(icon(icon_name, "text3").pixmap(side, side))
        self._title = Text(title, "lead", strong=True, wrap=True)
        self._sentence = Text(sentence, tone="text2", wrap=True)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme().space(8))
        layout.addStretch(1)
        for label in (self._icon, self._title, self._sentence):
            label.setAlignment(centre)
            layout.addWidget(label)
        if buttons:
            line = row(*buttons)
            line.insertStretch(0, 1)
            line.addStretch(1)
            layout.addSpacing(theme().space(4))
            layout.addLayout(line)
        layout.addStretch(1)

    def say(self, title: str, sentence: str = "") -> None:
        """Say something else, such as that the search found nothing."""
        self._title.setText(title)
        self._sentence.setText(sentence)
