"""The side panel: who, figures, what happened, what next, and what to do."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.buttons import Button
from ui.kit.card import Card, column, row
from ui.kit.chips import Chip
from ui.kit.figures import Avatar, Figure
from ui.kit.text import Elided, Text
from ui.kit.theme import theme

WIDTH = 320


class SidePanel(Card):
    """A card beside a list. Put parts into `content`; buttons stand at the bottom."""

    def __init__(self, name: str, width: int = WIDTH, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName(name)
        self.setFixedWidth(theme().px(width) if theme().scale < 150 else theme().space(width))  # noqa: PLR2004
        self._avatar = Avatar()
        self._who = Elided("", "lead", strong=True)
        self._under = Elided("", "small", tone="text2")
        self._chip = Chip()
        names = column(self._who, self._under, gap=0)
        top = row(self._avatar, gap=10)
        top.addLayout(names, 1)
        top.addWidget(self._chip)
        inside = QWidget()
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(theme().space(10))
        area = scrolled(inside)
        self._buttons = row()
        self.body.addLayout(top)
        self.body.addWidget(area, 1)
        self.body.addLayout(self._buttons)

    def show_who(self, name: str, under: str = "", chip: str = "", tone: str = "neutral") -> None:
        """Say who or what the panel is about."""
        self._who.setText(name)
        self._under.setText(under)
        self._avatar.show_name(name, tone if tone not in {"neutral", "npa"} else "info")
        self._chip.show_state(chip, tone)

    def set_buttons(self, *buttons: Button) -> None:
        """Put the things to do at the bottom."""
        for button in buttons:
            self._buttons.addWidget(button)
        self._buttons.addStretch(1)


class NextBox(Card):
    """What happens next, in a tint of information."""

    def __init__(self, title: str = "", text: str = "") -> None:
        super().__init__(tint="tint")
        self._title = Text(title, "small", strong=True, tone="info")
        self._text = Text(text, "small", tone="text2", wrap=True)
        self.body.setSpacing(theme().space(2))
        self.body.addWidget(self._title)
        self.body.addWidget(self._text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def say(self, title: str, text: str) -> None:
        """Say it; nothing hides the box."""
        self._title.setText(title)
        self._text.setText(text)
        self.setVisible(bool(title or text))


def small_figures(figures: Sequence[Figure]) -> QHBoxLayout:
    """Figures in one line, as wide as they need."""
    return row(*figures, gap=16)


def scrolled(inside: QWidget) -> QScrollArea:
    """`inside` in an area that scrolls up and down only, without a frame."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(inside)
    return area
