"""The toast: what happened, and one way back. Never for errors."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QWidget

from ui.kit.icons import draw_icon
from ui.kit.paint import box, caps_size, draw_caps, draw_text, text_width
from ui.kit.theme import theme

STAYS_MS = 6000


class Toast(QWidget):
    """One for each window; a newer sentence takes the place of an older one."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._text = self._act = self._keys = ""
        self._then: Callable[[], object] | None = None
        self._shortcut: QShortcut | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.clear)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        window.installEventFilter(self)
        self.hide()

    def say(
        self,
        sentence: str,
        act: str = "",
        keys: str = "",
        then: Callable[[], object] | None = None,
    ) -> None:
        """Show what happened for six seconds, with `act` (and its keys) doing `then`."""
        self._text, self._act, self._keys, self._then = sentence, act, keys, then
        self.setAccessibleName(sentence)
        self._listen()
        self._place()
        self.raise_()
        self.show()
        self.update()
        self._timer.start(STAYS_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """What it says, empty while hidden."""
        return self._text if not self.isHidden() else ""

    def clear(self) -> None:
        """Take it away."""
        self._timer.stop()
        self._unlisten()
        self.hide()

    def act(self) -> None:
        """Do what the toast offers."""
        then = self._then
        self.clear()
        if then is not None:
            then()

    def sizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._text, look.font()) + look.px(62)
        if self._act:
            width += text_width(self._act, look.font(strong=True)) + look.px(28)
            width += caps_size(self._keys).width() + look.px(10) if self._keys else 0
        return QSize(round(width), look.height("toast"))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Show} and not self.isHidden():
            self._place()
        return False

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self.act()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        box(painter, rect, look.radius("card"), fill=look.colour("toast"))
        side, middle = look.px(18), rect.center().y()
        spot = QRectF(look.px(16), middle - side / 2, side, side)
        draw_icon(painter, spot, "check-circle", look.colour("toast_action"), fill=True)
        caps = caps_size(self._keys).width() + look.px(10) if self._keys and self._act else 0
        act = text_width(self._act, look.font(strong=True))
        right = rect.right() - look.px(14) - caps
        if self._act:
            place = QRectF(right - act, 0, act + 1, rect.height())
            ink = look.colour("toast_action")
            draw_text(painter, place, self._act, look.font(strong=True), ink)
        if caps:
            draw_caps(painter, right + look.px(10), middle, self._keys, "toast")
        left = look.px(46)
        room = QRectF(left, 0, right - act - left - look.px(12 if act else 0), rect.height())
        draw_text(painter, room, self._text, look.font(), look.colour("toast_text"))
        painter.end()

    def _place(self) -> None:
        window, look = self._window, theme()
        width = min(self.sizeHint().width(), window.width() - look.space(48))
        left = (window.width() - width) // 2
        top = window.height() - look.height("keybar") - look.height("toast") - look.space(12)
        self.setGeometry(left, top, width, look.height("toast"))

    def _listen(self) -> None:
        self._unlisten()
        if self._keys and self._then is not None:
            self._shortcut = QShortcut(QKeySequence(self._keys), self)
            self._shortcut.activated.connect(self.act)

    def _unlisten(self) -> None:
        if self._shortcut is not None:
            self._shortcut.setEnabled(False)
            self._shortcut.deleteLater()
            self._shortcut = None
