"""Words on the screen: labels in the sizes and tones of the theme."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ui.kit.theme import restyle, theme

DASH = "\u2013"  # for nothing; zero is written 0


class Text(QLabel):
    """Plain text (never mark-up) in one of the theme's sizes and tones.

    `tone`: text, text2, text3, accent, ok, due, late1, late2, late3, bad, info.
    """

    def __init__(
        self,
        text: str = "",
        size: str = "body",
        *,
        strong: bool = False,
        tone: str = "text",
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._size, self._strong = size, strong
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setFont(theme().font(size, strong))
        self.setText(text)

    def set_tone(self, tone: str) -> None:
        """Change the colour by its name in the theme."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)

    def set_strong(self, strong: bool) -> None:
        """Make it semi-bold or normal."""
        self._strong = strong
        self.setFont(theme().font(self._size, strong))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(theme().font(self._size, self._strong))
        super().changeEvent(event)


class Elided(Text):
    """One line that gives way: too long for its place, it ends in dots and tells all on hover."""

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(40), super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        whole = self.text()
        shown = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, self.width())
        self.setToolTip(whole if shown != whole else "")
        if shown == whole:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setPen(self.palette().windowText().color())
        painter.drawText(self.rect(), int(self.alignment()), shown)
        painter.end()


def title(text: str = "") -> Text:
    """The name of a screen."""
    return Text(text, "title", strong=True)


def heading(text: str = "") -> Text:
    """The name of a card or section."""
    return Text(text, "lead", strong=True)


def note(text: str = "", tone: str = "text2", *, wrap: bool = False) -> Text:
    """A small line under or beside something."""
    return Text(text, "small", tone=tone, wrap=wrap)
