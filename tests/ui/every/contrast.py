"""Contrast of words as it is on the picture: their ink against the ground they stand on."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel, QWidget

from ui.kit.buttons import Button

ENOUGH = 4.5  # WCAG 2.1, 1.4.3, of text that is not large
NEARLY = 0.97  # edges of letters are blended, so the strongest pixel may fall a little short
LINEAR, KNEE, SLOPE, OFFSET, POWER = 0.03928, 12.92, 1.055, 0.055, 2.4  # of sRGB
WEIGHTS = (0.2126, 0.7152, 0.0722)


def faint(root: QWidget) -> list[str]:
    """Labels and buttons under `root` whose words are too close to their ground."""
    picture = root.grab().toImage()
    found = []
    labels: list[QLabel | Button] = [*root.findChildren(QLabel), *root.findChildren(Button)]
    for one in labels:
        part = _seen(root, one)
        if not one.isVisible() or not one.isEnabled() or not one.text() or part.isEmpty():
            continue
        measured = contrast(picture, part)
        if 1.2 < measured < ENOUGH * NEARLY:  # nothing at all: it is scrolled away or empty
            found.append(f"{one.text()}: {measured:.2f}")
    return found


def contrast(picture: QImage, part: QRect) -> float:
    """The strongest contrast of a pixel to the commonest colour of the part."""
    cut = picture.copy(part).convertToFormat(QImage.Format.Format_RGB32)
    counts = Counter(memoryview(cut.constBits()).cast("I").tolist())
    ground = _light(counts.most_common(1)[0][0])
    return max(_between(ground, _light(colour)) for colour in counts)


def _seen(root: QWidget, one: QWidget) -> QRect:
    """The part of a widget that can be seen, on the picture of `root`."""
    inside = one.visibleRegion().boundingRect()
    return inside.translated(one.mapTo(root, QPoint(0, 0))).intersected(root.rect())


def _between(one: float, other: float) -> float:
    upper, lower = max(one, other), min(one, other)
    return (upper + 0.05) / (lower + 0.05)


def _light(colour: int) -> float:
    """The relative luminance of a pixel."""
    parts = ((colour >> shift & 255) / 255 for shift in (16, 8, 0))
    return sum(weight * _linear(part) for weight, part in zip(WEIGHTS, parts, strict=True))


def _linear(part: float) -> float:
    return part / KNEE if part <= LINEAR else ((part + OFFSET) / SLOPE) ** POWER
