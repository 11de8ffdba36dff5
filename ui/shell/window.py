"""The one window: a page at a time, dialogs put aside while it is locked.

It is seen before anything else is loaded, so it needs the theme and nothing more.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QWidget

from app.texts import _
from ui.kit.theme import theme
from ui.shell.mark import draw_bars, draw_mark, window_icon

USUAL, LEAST = QSize(1366, 768), QSize(1024, 640)


class Window(QMainWindow):
    """Shows pages. It knows nothing of what is on them."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self._aside: list[QDialog] = []
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowIcon(window_icon())
        self.setMinimumSize(LEAST)
        self.retitle()
        self._size()

    def retitle(self, *parts: str) -> None:
        """Say in the title where one is."""
        self.setWindowTitle(" · ".join([*(part for part in parts if part), _("Kist")]))

    @property
    def page(self) -> QWidget | None:
        """The page on top."""
        return self._pages.currentWidget()

    def show_page(self, page: QWidget, *, keep: QWidget | None = None) -> None:
        """Put a page on top; those before it go, but for `keep`."""
        for old in [self._pages.widget(at) for at in range(self._pages.count())]:
            if old is not None and old not in {page, keep}:
                self._pages.removeWidget(old)
                old.hide()
                old.deleteLater()
        if self._pages.indexOf(page) < 0:
            self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)

    def put_dialogs_aside(self) -> None:
        """Hide open dialogs with what was typed into them, as long as it is locked."""
        self._aside = [d for d in self.findChildren(QDialog) if d.isVisible()]
        for dialog in self._aside:
            dialog.hide()

    def bring_dialogs_back(self) -> None:
        """Show them again as they were."""
        for dialog in self._aside:
            dialog.open()
        self._aside = []

    def forward(self) -> None:
        """Come to the front: somebody started the program again."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        if not self.may_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    def _size(self) -> None:
        screen = QGuiApplication.primaryScreen()
        room = USUAL if screen is None else screen.availableSize()
        self.resize(USUAL.boundedTo(room))
        if room.width() <= USUAL.width() or room.height() <= USUAL.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)


class OpeningPage(QWidget):
    """The first thing to be seen, drawn by itself; `painted` fires once it is there."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._seen = False
        self.setAccessibleName(_("Opening"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        painter.fillRect(rect, look.colour("canvas"))
        side, left = look.px(40), rect.width() * 0.12
        mark = QRectF(left, rect.height() * 0.1, side, side)
        draw_mark(painter, mark)
        painter.setPen(look.colour("text"))
        painter.setFont(look.font("figure", True))
        beside = QRectF(mark.right() + look.px(12), mark.top(), rect.width(), side)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(beside, int(middle), _("Kist"))
        bars = QRectF(left, rect.height() * 0.45, rect.width() - 2 * left, look.px(120))
        draw_bars(painter, bars)
        painter.setPen(look.colour("text2"))
        painter.setFont(look.font("lead"))
        below = QRectF(left, bars.bottom() + look.px(16), bars.width(), look.px(24))
        painter.drawText(below, int(middle), _("Opening"))
        painter.end()
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)
