"""Surfaces: the card, the tinted box and the hairline."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.text import Text, heading
from ui.kit.theme import theme

L = TypeVar("L", bound=QBoxLayout)


class Card(QFrame):
    """A white surface with a hairline around it. Put things into `body`, a vertical layout."""

    def __init__(
        self,
        title: str = "",
        *,
        flush: bool = False,
        tint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`flush` leaves no padding (for tables); `tint` makes it a box of information."""
        super().__init__(parent)
        self.setProperty("kind", tint or "card")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        pad, top = theme().space(16), theme().space(12)
        self.body = QVBoxLayout(self)
        if flush:  # room for the round corners above and below
            self.body.setContentsMargins(1, 6, 1, 6)
        else:
            self.body.setContentsMargins(pad, top, pad, top if tint else pad)
        self.body.setSpacing(theme().space(8))
        self.head = row()
        self.heading: Text | None = None
        if title:
            self.heading = heading(title)
            self.head.addWidget(self.heading)
            self.head.addStretch(1)
            if flush:
                side = theme().space(15)
                self.head.setContentsMargins(side, theme().space(10), side, theme().space(4))
            self.body.addLayout(self.head)
            self.setAccessibleName(title)


class Rule(QFrame):
    """A hairline, lying or standing."""

    def __init__(self, *, standing: bool = False, strong: bool = False) -> None:
        super().__init__()
        self._standing = standing
        self.setProperty("kind", "rule_strong" if strong else "rule")
        fixed, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(fixed if standing else wide, wide if standing else fixed)
        if standing:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def sizeHint(self) -> QSize:
        return QSize(1, 1)


def row(*widgets: QWidget, gap: int = 8) -> QHBoxLayout:
    """A horizontal layout without margins, with `widgets` in it."""
    return _filled(QHBoxLayout(), widgets, gap)


def column(*widgets: QWidget, gap: int = 8) -> QVBoxLayout:
    """A vertical layout without margins, with `widgets` in it."""
    return _filled(QVBoxLayout(), widgets, gap)


def _filled(layout: L, widgets: tuple[QWidget, ...], gap: int) -> L:
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(theme().space(gap))
    for widget in widgets:
        layout.addWidget(widget)
    return layout
