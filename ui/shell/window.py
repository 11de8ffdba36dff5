"""The one window: a page at a time, the toast over it, dialogs put aside while it is locked."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QDialog, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from app.texts import _
from ui.kit.text import Text
from ui.kit.toast import Toast
from ui.shell.brand import Brand, FallingBars, window_icon

USUAL, LEAST = QSize(1366, 768), QSize(1024, 640)


class Window(QMainWindow):
    """Shows pages. It knows nothing of what is on them."""

    closing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.toast = Toast(self)
        self._aside: list[QDialog] = []
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
        self.closing.emit()
        super().closeEvent(event)

    def _size(self) -> None:
        screen = QGuiApplication.primaryScreen()
        room = USUAL if screen is None else screen.availableSize()
        self.resize(USUAL.boundedTo(room))
        if room.width() <= USUAL.width() or room.height() <= USUAL.height():
            self.setWindowState(Qt.WindowState.WindowMaximized)


class OpeningPage(QWidget):
    """The first thing to be seen; `painted` fires once it is there."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self._seen = False
        self._said = Text(_("Opening"), "lead", tone="text2")
        bars = FallingBars(120)
        bars.setMaximumHeight(120)
        column = QVBoxLayout(self)
        column.setContentsMargins(160, 120, 160, 120)
        column.addWidget(Brand(40))
        column.addStretch(1)
        column.addWidget(bars)
        column.addSpacing(16)
        column.addWidget(self._said)
        column.addStretch(2)

    def say(self, sentence: str) -> None:
        """Say what is going on."""
        self._said.setText(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)


class Idle(QObject):
    """Counts the minutes in which nobody touched keys or mouse."""

    passed = Signal()

    def __init__(self, app: QObject) -> None:
        super().__init__(app)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.passed)
        app.installEventFilter(self)

    def watch(self, minutes: int) -> None:
        """Begin to count; 0 stops it."""
        self._timer.stop()
        self._timer.setInterval(minutes * 60_000)
        if minutes:
            self._timer.start()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False


_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
    }
)
