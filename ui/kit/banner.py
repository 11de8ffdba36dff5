"""A tinted line over a screen that says how things stand, with at most one thing to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.texts import _
from ui.kit.buttons import Button
from ui.kit.icons import icon
from ui.kit.paint import box
from ui.kit.text import Text
from ui.kit.theme import theme

ICONS = {
    "info": "info",
    "ok": "check-circle",
    "late1": "warning-circle",
    "late2": "warning",
    "bad": "warning-circle",
    "due": "clock",
}


class Banner(QWidget):
    """Hidden until something is said. `tone`: info, ok, late1, late2, due or bad."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = "info"
        self._sign = Text()
        self._text = Text(wrap=True)
        self._act = Button("", self._run)
        self._away = Button(_("Close"), self.clear, kind="ghost")
        self._then: Callable[[], object] | None = None
        row = QHBoxLayout(self)
        pad = theme().space(12)
        row.setContentsMargins(pad, theme().space(8), theme().space(8), theme().space(8))
        row.setSpacing(pad)
        row.addWidget(self._sign)
        row.addWidget(self._text, 1)
        row.addWidget(self._act)
        row.addWidget(self._away)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.hide()

    def text(self) -> str:
        """What it says, empty while hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(
        self,
        sentence: str,
        tone: str = "info",
        act: str = "",
        then: Callable[[], object] | None = None,
        *,
        keeps: bool = False,
        keys: str = "",
    ) -> None:
        """Show a sentence, and a button `act` that does `then`; `keeps` cannot be closed.

        `keys` are shown on the button; the owner of the banner listens to them.
        """
        self._tone, self._then = tone, then
        self._text.setText(sentence)
        self._text.set_tone(tone)
        side = theme().icon_size()
        self._sign.setPixmap(icon(ICONS[tone], f"{tone}_text").pixmap(side, side))
        self._act.set_text(act)
        self._act.set_keys(keys)
        self._act.setVisible(bool(act))
        self._away.setVisible(not keeps)
        self.setAccessibleName(sentence)
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Take it away."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look = theme()
        border = look.colour(f"{self._tone}_text") if look.mode == "high_contrast" else None
        fill = look.colour(f"{self._tone}_soft")
        box(painter, QRectF(self.rect()), look.radius("field"), fill=fill, border=border)
        painter.end()

    def _run(self) -> None:
        if self._then is not None:
            self._then()
