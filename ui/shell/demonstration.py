"""The mark of a demonstration, so that nobody takes it for a real branch."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.texts import _
from ui.kit.cells import chip_width, draw_chip
from ui.kit.icons import draw_icon
from ui.kit.paint import box, draw_text
from ui.kit.theme import theme

ICON, TONE = "eye", "late1"
BAND, STAND = 28, 52  # px at 100 %: over the window, and at the bottom of the rail


class DemonstrationMark(QWidget):
    """A band over the whole window; where height is dear, a word at the bottom of the rail."""

    def __init__(self) -> None:
        super().__init__()
        self._narrow = False
        self._words = _("Demonstration: people and money in it are invented")
        self.setProperty("kind", "canvas")
        self.setAccessibleName(self._words)
        self.setToolTip(self._words)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def fold(self, *, narrow: bool) -> None:
        """Say it in one word, or whole."""
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, theme().px(STAND if self._narrow else BAND))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, room = QPainter(self), theme(), QRectF(self.rect())
        if self._narrow:
            self._stand(painter, room)
        else:
            wide, high = chip_width(self._words, ICON), look.px(22)
            chip = QRectF((room.width() - wide) / 2, (room.height() - high) / 2, wide, high)
            draw_chip(painter, chip, self._words, TONE, ICON, high)
        painter.end()

    def _stand(self, painter: QPainter, room: QRectF) -> None:
        look = theme()
        ink, side = look.colour(f"{TONE}_text"), look.icon_size()
        box(painter, room, look.radius("field"), fill=look.colour(f"{TONE}_soft"))
        spot = QRectF((room.width() - side) / 2, look.px(7), side, side)
        draw_icon(painter, spot, ICON, ink)
        words = QRectF(0, spot.bottom(), room.width(), room.bottom() - spot.bottom())
        draw_text(painter, words, _("Demo"), look.font("small", strong=True), ink, centre=True)
