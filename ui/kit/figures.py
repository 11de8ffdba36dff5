"""Figures with their words: the parts of a card that are read first."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.kit.card import Card, Rule
from ui.kit.paint import box, draw_text
from ui.kit.text import DASH, Elided, Text, note
from ui.kit.theme import theme


class Figure(QWidget):
    """A word, the figure, and a line under it. `size`: lead, title or figure."""

    def __init__(
        self, label: str, value: str = DASH, under: str = "", *, tone: str = "text", size: str = ""
    ) -> None:
        super().__init__()
        self._label, self._under = Elided(label, "small", tone="text2"), note(under)
        self._value = Text(value, size or "figure", strong=True, tone=tone)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(2))
        for label_ in (self._label, self._value, self._under):
            layout.addWidget(label_)
        self.show_figure(value, under, tone)

    def show_figure(self, value: str, under: str = "", tone: str = "text") -> None:
        """Show another value."""
        self._value.setText(value)
        self._value.set_tone(tone)
        self._under.setText(under)
        self._under.setVisible(bool(under))
        self._under.set_tone("text2" if tone in {"text", "late2"} else tone)

    def set_label(self, label: str) -> None:
        self._label.setText(label)


class FigureRow(Card):
    """Figures side by side in one card, with hairlines between them."""

    def __init__(self, *figures: QWidget, stretch: tuple[int, ...] = ()) -> None:
        super().__init__(flush=True)
        line = QHBoxLayout()
        pad = theme().space(16)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        for at, figure in enumerate(figures):
            if at:
                line.addWidget(Rule(standing=True))
            holder = QVBoxLayout()
            holder.setContentsMargins(pad, theme().space(10), pad, theme().space(12))
            holder.addWidget(figure)
            holder.addStretch(1)
            line.addLayout(holder, stretch[at] if stretch else 1)
        self.body.addLayout(line)


class Avatar(QWidget):
    """The initials of somebody in a circle."""

    def __init__(self, name: str = "", tone: str = "info", side: int = 40) -> None:
        super().__init__()
        self._side = side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_name(name, tone)

    def show_name(self, name: str, tone: str = "info") -> None:
        """Show the initials of another name."""
        self._initials = "".join(part[:1] for part in name.split()[:2]).upper()
        self._tone = tone
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(theme().px(self._side), theme().px(self._side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        ink, ground = look.colour(f"{self._tone}_text"), look.colour(f"{self._tone}_soft")
        edge = ink if look.mode == "high_contrast" else None
        box(painter, rect, rect.height() / 2, fill=ground, border=edge)
        size = "title" if self._side > 48 else "small" if self._side < 36 else "lead"  # noqa: PLR2004
        draw_text(painter, rect, self._initials, look.font(size, True), ink, centre=True)
        painter.end()
