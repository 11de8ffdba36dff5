"""A contact sheet: many pictures on one, small, each with its name."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

ACROSS, WIDE, HIGH, GAP, WORDS = 5, 456, 257, 12, 22  # pictures a row; px


def contact_sheet(shots: Sequence[tuple[str, Path]], to: Path) -> Path:
    """Draw the named pictures in rows into one file; returns it."""
    rows = -(-len(shots) // ACROSS)
    size = (ACROSS * (WIDE + GAP) + GAP, rows * (HIGH + WORDS + GAP) + GAP)
    sheet = QImage(*size, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#808080"))
    painter = QPainter(sheet)
    painter.setPen(QColor("#ffffff"))
    for place, (name, path) in enumerate(shots):
        line, column = divmod(place, ACROSS)
        left, top = GAP + column * (WIDE + GAP), GAP + line * (HIGH + WORDS + GAP)
        small = QImage(str(path)).scaled(
            WIDE,
            HIGH,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawText(QRect(left, top, WIDE, WORDS), Qt.AlignmentFlag.AlignVCenter, name)
        painter.drawImage(left, top + WORDS, small)
    painter.end()
    if not sheet.save(str(to)):
        raise OSError(f"{to} could not be written")
    return to
