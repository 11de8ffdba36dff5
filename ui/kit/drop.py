"""A place to drop files, to paste a picture, or to choose one with the mouse."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QGuiApplication,
    QImage,
    QImageWriter,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QWidget

from ui.kit.paint import draw_text
from ui.kit.theme import theme

HEIGHT = 44


class DropZone(QPushButton):
    """Hands on what comes in. It reads no file: whoever takes a path does so on a worker."""

    files = Signal(object)  # list[Path]
    picture = Signal(object)  # bytes of a pasted picture, as PNG

    def __init__(self, words: str, pattern: str = "", parent: QWidget | None = None) -> None:
        """`pattern` is that of the file dialog: `Pictures and PDF (*.png *.jpg *.pdf)`."""
        super().__init__(parent)
        self._words, self._pattern, self._over = words, pattern, False
        self.setAccessibleName(words)
        self.setAcceptDrops(True)
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._choose)

    def paste(self) -> bool:
        """Take what the clipboard holds; False when that is neither files nor a picture."""
        return self._take(QGuiApplication.clipboard().mimeData())

    def sizeHint(self) -> QSize:
        return QSize(theme().px(200), theme().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(80), theme().px(HEIGHT))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        mime = event.mimeData()
        if _paths(mime) or mime.hasImage():
            self._hover(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._hover(False)
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        self._hover(False)
        if self._take(event.mimeData()):
            event.acceptProposedAction()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        on = self._over or self.hasFocus()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(look.colour("focus" if on else "field_border"), 2 if on else 1)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(look.colour("accent_soft" if self._over else "canvas"))
        painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        room = rect.adjusted(look.px(8), 0, -look.px(8), 0)
        draw_text(painter, room, self._words, look.font("small"), look.colour("text2"), centre=True)
        painter.end()

    def _hover(self, over: bool) -> None:
        self._over = over
        self.update()

    def _choose(self) -> None:
        names, _kind = QFileDialog.getOpenFileNames(self, self._words, "", self._pattern)
        if names:
            self.files.emit([Path(name) for name in names])

    def _take(self, mime: QMimeData) -> bool:
        paths = _paths(mime)
        if paths:
            self.files.emit(paths)
            return True
        image = mime.imageData() if mime.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        QImageWriter(buffer, QByteArray(b"png")).write(image)
        self.picture.emit(bytes(buffer.data().data()))
        return True


def _paths(mime: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
