"""The soft ring around the field that has the focus."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from ui.kit.paint import halo
from ui.kit.theme import theme

REACH = 4  # px that the ring reaches beyond the field
_MOVED = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show)


class FocusHalo(QObject):
    """Follows the focus of the whole program. Put in force once, by `start`."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._ring: _Ring | None = None
        app.focusChanged.connect(self._on_focus)

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._ring is not None and isValid(self._ring):
            self._ring.leave()
        self._ring = None
        field = _ringed(now)
        if field is not None:
            self._ring = _Ring(field)


class _Ring(QWidget):
    """A child of the field's window: a child of the field, or of what scrolls, would be cut."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field.window())
        self._over, self._field = field.window(), field
        self._watched = _between(field, self._over)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        for widget in self._watched:
            widget.installEventFilter(self)
        self._place()

    def leave(self) -> None:
        """Go away with the focus."""
        for widget in self._watched:
            if isValid(widget):
                widget.removeEventFilter(self)
        self.hide()
        self.deleteLater()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Hide:
            self.hide()  # and nothing else: the field may be on its way out of the world
        elif event.type() in _MOVED and isValid(self._field) and isValid(self._over):
            self._place()
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        inner = QRectF(self.rect()).adjusted(REACH, REACH, -REACH, -REACH)
        halo(painter, inner, theme().radius("field"))
        painter.end()

    def _place(self) -> None:
        field = self._field
        corner = field.mapTo(self._over, QPoint(0, 0))
        self.setGeometry(QRect(corner, field.size()).adjusted(-REACH, -REACH, REACH, REACH))
        region = QRegion(self.rect())
        for area in self._watched:
            if isinstance(area, QAbstractScrollArea) and area is not field:
                region &= self._seen_through(area)
        self.setMask(region)
        self.setVisible(field.isVisible() and not region.isEmpty())
        self.raise_()

    def _seen_through(self, area: QAbstractScrollArea) -> QRect:
        """What a scrolled place leaves to be seen, and the reach of the ring around it."""
        view = area.viewport()
        corner = view.mapTo(self._over, QPoint(0, 0)) - self.pos()
        return QRect(corner, view.size()).adjusted(-REACH, -REACH, REACH, REACH)


def _ringed(widget: QWidget | None) -> QWidget | None:
    """The field that `widget` is, or is a part of."""
    for candidate in (widget, None if widget is None else widget.parentWidget()):
        if candidate is not None and candidate.property("halo"):
            return candidate
    return None


def _between(field: QWidget, ground: QWidget) -> list[QWidget]:
    found, parent = [field], field.parentWidget()
    while parent is not None and parent is not ground:
        found.append(parent)
        parent = parent.parentWidget()
    return found
