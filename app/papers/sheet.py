"""A sheet to draw on, measured from its top left corner in points, and the look of all papers."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from app.papers.cover import clean, clusters
from app.papers.fonts import Faces

MM = 72 / 25.4
A4 = (210 * MM, 297 * MM)
A5 = (148 * MM, 210 * MM)
_ELLIPSIS = "\u2026"
_COUNT_FORM = "count"
_COUNT_DIGITS = 4
_OVERLAP = 1  # where shapes lie over each other they stay filled


class Ink(Enum):
    """The colours of the papers; each is dark enough to survive a tired laser printer."""

    TEXT = (0.11, 0.11, 0.10)
    SOFT = (0.40, 0.39, 0.35)
    RULE = (0.79, 0.77, 0.73)
    ACCENT = (0.17, 0.30, 0.71)
    TINT = (0.93, 0.945, 0.985)
    BAD = (0.63, 0.16, 0.11)
    WATER = (0.96, 0.86, 0.84)
    # Parts of a chart, from the mildest to the worst.
    PART_1 = (0.17, 0.30, 0.71)
    PART_2 = (0.88, 0.63, 0.16)
    PART_3 = (0.85, 0.45, 0.13)
    PART_4 = (0.75, 0.25, 0.16)
    PART_5 = (0.45, 0.10, 0.18)
    CODE = (0.0, 0.0, 0.0)  # of a QR: a scanner wants all the contrast there is


class Align(Enum):
    """Where a text stands to its x."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


@dataclass(frozen=True, slots=True)
class Style:
    """Size in points, weight and ink of a text."""

    size: float
    strong: bool = False
    ink: Ink = Ink.TEXT


TITLE = Style(14, strong=True)
BODY = Style(9)
BODY_STRONG = Style(9, strong=True)
LABEL = Style(7, ink=Ink.SOFT)
SMALL = Style(7.5)
SMALL_SOFT = Style(7.5, ink=Ink.SOFT)


class Sheet:
    """Draws on pages of a PDF. A sheet made with `dry=True` only measures."""

    def __init__(
        self, faces: Faces, size: tuple[float, float], *, title: str, dry: bool = False
    ) -> None:
        self.faces = faces
        self.width, self.height = size
        self.pages = 1
        self._bytes = io.BytesIO()
        self._canvas = None if dry else self._new(size, title)
        self._lines: PDFTextObject | None = None  # the texts of this page, drawn over its boxes
        self._ink: Ink | None = None

    @property
    def dry(self) -> bool:
        """Whether it only measures."""
        return self._canvas is None

    def text(
        self, x: float, y: float, text: str, style: Style = BODY, align: Align = Align.LEFT
    ) -> float:
        """Draw one line with its baseline at `y`; returns its width."""
        runs = self.faces.runs(text, style.strong)
        width = sum(run.width for run in runs) * style.size
        if self._canvas is None or not runs:
            return width
        lines = self._at(x - width * align.value / 2, self.height - y)
        if style.ink is not self._ink:
            lines.setFillColorRGB(*style.ink.value)
            self._ink = style.ink
        for run in runs:
            lines.setFont(run.face, style.size)
            lines.textOut(run.text)
        return width

    def fitted(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        style: Style = BODY,
        align: Align = Align.LEFT,
    ) -> None:
        """Draw one line that keeps within `room`; what does not fit ends in an ellipsis.

        Never for figures: a cut amount is a wrong amount.
        """
        self.text(x, y, self.cut(text, room, style), style, align)

    def whole(
        self,
        x: float,
        y: float,
        text: str,
        room: float,
        style: Style,
        align: Align = Align.RIGHT,
    ) -> None:
        """Draw a figure or a day; one wider than `room` is set smaller, never cut."""
        width = self.faces.width(text, style.size, strong=style.strong)
        size = style.size if width <= room else style.size * room / width
        self.text(x, y, text, Style(size, style.strong, style.ink), align)

    def snug(self, x: float, y: float, text: str, room: float, style: Style, least: float) -> None:
        """Draw one line that is set smaller, down to `least` points, before any of it is cut."""
        width = self.faces.width(text, style.size, strong=style.strong)
        size = style.size if width <= room else max(least, style.size * room / width)
        self.fitted(x, y, text, room + 0.1, Style(size, style.strong, style.ink))

    def cut(self, text: str, room: float, style: Style) -> str:
        """`text` shortened to `room` points."""
        if self.faces.width(text, style.size, strong=style.strong) <= room:
            return text
        parts = clusters(clean(text))
        low, high = 0, len(parts)
        while low < high:
            middle = (low + high + 1) // 2
            short = "".join(parts[:middle]).rstrip() + _ELLIPSIS
            fits = self.faces.width(short, style.size, strong=style.strong) <= room
            low, high = (middle, high) if fits else (low, middle - 1)
        return "".join(parts[:low]).rstrip() + _ELLIPSIS

    def wrapped(self, text: str, room: float, style: Style, most: int = 99) -> list[str]:
        """`text` in lines of at most `room` points; after `most` lines the rest is cut."""
        lines: list[str] = []
        words = [
            part for word in clean(text).split(" ") for part in self._broken(word, room, style)
        ]
        while words and len(lines) < most:
            count = self._filling(words, room, style)
            if len(lines) == most - 1 and count < len(words):
                lines.append(self.cut(" ".join(words), room, style))
                return lines
            lines.append(" ".join(words[:count]))
            words = words[count:]
        return lines

    def paragraph(
        self, x: float, y: float, lines: list[str], style: Style, align: Align = Align.LEFT
    ) -> float:
        """Draw lines from the baseline `y` down; returns the baseline after the last one."""
        for line in lines:
            self.text(x, y, line, style, align)
            y += leading(style)
        return y

    def rule(
        self, x: float, y: float, to: float, *, ink: Ink = Ink.RULE, weight: float = 0.5
    ) -> None:
        """Draw a level line."""
        self.line((x, y), (to, y), ink=ink, weight=weight)

    def line(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        ink: Ink = Ink.RULE,
        weight: float = 0.5,
    ) -> None:
        """Draw a line."""
        if self._canvas is not None:
            self._canvas.setStrokeColorRGB(*ink.value)
            self._canvas.setLineWidth(weight)
            self._canvas.line(start[0], self.height - start[1], end[0], self.height - end[1])

    def box(
        self,
        corner: tuple[float, float],
        size: tuple[float, float],
        *,
        fill: Ink | None = None,
        stroke: Ink | None = None,
        radius: float = 0,
    ) -> None:
        """Draw a box from its top left corner."""
        if self._canvas is None:
            return
        if fill is not None:
            self._canvas.setFillColorRGB(*fill.value)
        if stroke is not None:
            self._canvas.setStrokeColorRGB(*stroke.value)
            self._canvas.setLineWidth(0.8)
        bottom = self.height - corner[1] - size[1]
        marks = {"fill": int(fill is not None), "stroke": int(stroke is not None)}
        self._canvas.roundRect(corner[0], bottom, size[0], size[1], radius, **marks)

    def blocks(self, blocks: Sequence[tuple[float, float, float, float]], fill: Ink) -> None:
        """Fill boxes (left, top, width, height) as one shape: a thousand cost as little as one."""
        if self._canvas is None:
            return
        path = self._canvas.beginPath()
        for left, top, wide, high in blocks:
            path.rect(left, self.height - top - high, wide, high)
        self._canvas.setFillColorRGB(*fill.value)
        self._canvas.drawPath(path, stroke=0, fill=1, fillMode=_OVERLAP)

    def picture(self, name: str, corner: tuple[float, float], room: tuple[float, float]) -> float:
        """Draw a kept picture as large as fits into `room`; returns its width, 0 without it."""
        found = self.faces.picture(name)
        if found is None:
            return 0.0
        wide, high = (float(side) for side in found.getSize())
        scale = min(room[0] / wide, room[1] / high)
        size = (wide * scale, high * scale)
        if self._canvas is not None:
            bottom = self.height - corner[1] - size[1]
            self._canvas.drawImage(found, corner[0], bottom, size[0], size[1])
        return size[0]

    def stamp(self, text: str, style: Style, *, middle: tuple[float, float]) -> None:
        """Draw large slanted text behind what is drawn later."""
        if self._canvas is None:
            return
        canvas, height = self._canvas, self.height
        self._flush()
        canvas.saveState()
        canvas.translate(middle[0], height - middle[1])
        canvas.rotate(32)
        self.height = 0
        self.text(0, style.size / 3, text, style, Align.CENTRE)
        self.height = height
        self._flush()
        canvas.restoreState()

    def page_number(self, right: float, y: float, style: Style) -> None:
        """Draw "n / m" that ends at `right`; m is known only when `page_count` is called."""
        if self._canvas is None:
            return
        room = self.faces.width("0", style.size) * _COUNT_DIGITS
        self.text(right - room, y, f"{self.pages} /\u00a0", style, Align.RIGHT)
        self._flush()
        self._canvas.saveState()
        self._canvas.translate(right - room, self.height - y)
        self._canvas.doForm(_COUNT_FORM)
        self._canvas.restoreState()

    def page_count(self) -> None:
        """Say how many pages there are, on all that were drawn; call it before `finish`."""
        if self._canvas is None:
            return
        self._flush()
        self._canvas.beginForm(_COUNT_FORM, 0, -10, 60, 20)
        height, self.height = self.height, 0
        self.text(0, 0, str(self.pages), LABEL)
        self.height = height
        self._flush()
        self._canvas.endForm()

    def later(self, x: float, y: float, name: str) -> None:
        """Leave room for a text that ends at `x` and is known only when `told` says it."""
        if self._canvas is None:
            return
        self._flush()
        self._canvas.saveState()
        self._canvas.translate(x, self.height - y)
        self._canvas.doForm(name)
        self._canvas.restoreState()

    def told(self, name: str, text: str, style: Style) -> None:
        """Say a text that room was left for; call it before `finish`."""
        if self._canvas is None:
            return
        self._flush()
        self._canvas.beginForm(name, -60, -10, 10, 20)
        height, self.height = self.height, 0
        self.text(0, 0, text, style, Align.RIGHT)
        self.height = height
        self._flush()
        self._canvas.endForm()

    def chapter(self, name: str, title: str) -> None:
        """Begin a chapter on this page, in the outline too."""
        if self._canvas is not None:
            self._canvas.bookmarkPage(name)
            self._canvas.addOutlineEntry(clean(title), name)

    def leads(self, corner: tuple[float, float], size: tuple[float, float], name: str) -> None:
        """Let a place on the page lead to a chapter."""
        if self._canvas is not None:
            bottom = self.height - corner[1] - size[1]
            box = (corner[0], bottom, corner[0] + size[0], bottom + size[1])
            self._canvas.linkAbsolute("", name, box, Border="[0 0 0]")

    def next_page(self) -> None:
        """Begin another page."""
        self.pages += 1
        if self._canvas is not None:
            self._flush()
            self._canvas.showPage()

    def finish(self) -> bytes:
        """The PDF."""
        if self._canvas is None:
            return b""
        self._flush()
        self._canvas.showPage()
        self._canvas.save()
        return self._bytes.getvalue()

    def _new(self, size: tuple[float, float], title: str) -> Canvas:
        # invariant: the same rows give the same bytes, so that a paper can be kept by its hash
        canvas = Canvas(self._bytes, pagesize=size, pageCompression=1, invariant=1)
        canvas.setTitle(clean(title))
        canvas.setCreator("Kist")
        return canvas

    def _at(self, x: float, y: float) -> PDFTextObject:
        """The text object of the page, its cursor at the place."""
        if self._lines is None:
            self._lines = self._canvas.beginText(x, y) if self._canvas is not None else None
        else:
            self._lines.setTextOrigin(x, y)
        return self._lines

    def _flush(self) -> None:
        if self._canvas is not None and self._lines is not None:
            self._canvas.drawText(self._lines)
        self._lines, self._ink = None, None

    def _filling(self, words: list[str], room: float, style: Style) -> int:
        """How many of the words fill one line; at least one."""
        space = self.faces.width(" ", style.size, strong=style.strong) or style.size * 0.26
        used = -space
        for index, word in enumerate(words):
            used += space + self.faces.width(word, style.size, strong=style.strong)
            if used > room and index:
                return index
        return len(words)

    def _broken(self, word: str, room: float, style: Style) -> list[str]:
        """A word wider than a line in parts that fit."""
        if self.faces.width(word, style.size, strong=style.strong) <= room:
            return [word]
        parts, line = [], ""
        for cluster in clusters(word):
            if line and self.faces.width(line + cluster, style.size, strong=style.strong) > room:
                parts.append(line)
                line = ""
            line += cluster
        return [*parts, line]


def leading(style: Style) -> float:
    """From one baseline to the next."""
    return style.size * 1.38
