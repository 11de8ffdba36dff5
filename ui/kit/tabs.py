"""Tabs of one place: a line of words, the chosen one underlined."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QStackedWidget, QTabBar, QVBoxLayout, QWidget

from ui.kit.paint import box, draw_text, text_width
from ui.kit.theme import theme


class Tabs(QWidget):
    """Pages under words. Ctrl+Tab goes to the next."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: list[str] = []
        self.bar, self._stack = _Bar(), QStackedWidget()
        self.bar.setAccessibleName(name)
        self.bar.setExpanding(False)
        self.bar.setDrawBase(False)
        self.bar.setUsesScrollButtons(True)
        self.bar.currentChanged.connect(self._on_changed)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(10))
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        for keys, step in (("Ctrl+Tab", 1), ("Ctrl+Shift+Tab", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(lambda step=step: self._go(step))

    def add(self, name: str, text: str, page: QWidget) -> None:
        """Add a page under the word `text`."""
        self._names.append(name)
        self._stack.addWidget(page)
        self.bar.addTab(text.replace("&", "&&"))

    def set_text(self, name: str, text: str) -> None:
        """Change the word of a tab, such as when its count changed."""
        self.bar.setTabText(self._names.index(name), text.replace("&", "&&"))

    def choose(self, name: str) -> None:
        """Show a page."""
        self.bar.setCurrentIndex(self._names.index(name))

    @property
    def current(self) -> str:
        """The name of the page shown."""
        at = self.bar.currentIndex()
        return self._names[at] if 0 <= at < len(self._names) else ""

    def _on_changed(self, at: int) -> None:
        self._stack.setCurrentIndex(at)
        self.chosen.emit(self.current)

    def _go(self, step: int) -> None:
        if self._names:
            self.bar.setCurrentIndex((self.bar.currentIndex() + step) % len(self._names))


class _Bar(QTabBar):
    """Words in a line; the chosen one is strong and has a line under it."""

    def tabSizeHint(self, index: int) -> QSize:
        width = text_width(_shown(self, index), theme().font(strong=True))
        return QSize(round(width) + theme().px(22), theme().height("tab"))

    def minimumTabSizeHint(self, index: int) -> QSize:
        return self.tabSizeHint(index)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.setFont(theme().font())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        for at in range(self.count()):
            rect = QRectF(self.tabRect(at)).adjusted(look.px(2), 0, -look.px(20), 0)
            chosen = at == self.currentIndex()
            font = look.font(strong=chosen)
            ink = look.colour("text" if chosen else "text2")
            draw_text(painter, rect, _shown(self, at), font, ink)
            if chosen:
                line = QRectF(rect.left() - 2, rect.bottom() - 1, rect.width() + 4, 2)
                painter.fillRect(line, look.colour("accent"))
            if chosen and self.hasFocus():
                box(painter, rect.adjusted(-2, 4, 2, -4), 4, border=look.colour("focus"), width=2)
        painter.end()


def _shown(bar: QTabBar, index: int) -> str:
    return bar.tabText(index).replace("&&", "&")
