"""Text as black points, for printers that know no letters of India: shaped, then filled."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import uharfbuzz
from PIL import Image

from app.papers.cover import Cover

_PARTS = 64  # of a point: glyphs stand between points
_HALF = 128  # of 255: how much of a point is covered before it turns black


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line of text as a mask, white where ink goes; `above` of its rows are over the baseline.

    `left` is where the ink begins, which may be before the text does; `width` is how far it goes.
    """

    mask: Image.Image
    left: int
    above: int
    width: int


class Bitmaps:
    """Draws text with the faces of the papers, sized in points of the printer."""

    def __init__(self, cover: Cover) -> None:
        self._cover = cover
        self.drawn = lru_cache(maxsize=1024)(self._drawn)
        self._font = lru_cache(maxsize=64)(self._loaded)

    def width(self, text: str, size: int, *, strong: bool = False) -> int:
        """How far the text goes, in points."""
        return self.drawn(text, size, strong).width

    def _loaded(self, face: str, size: int) -> uharfbuzz.Font:
        blob = uharfbuzz.Blob.from_file_path(str(self._cover.file(face)))
        font = uharfbuzz.Font(uharfbuzz.Face(blob))
        font.scale = (size * _PARTS, size * _PARTS)
        return font

    def _drawn(self, text: str, size: int, strong: bool) -> Drawn:
        at, pen = 0, uharfbuzz.RasterDraw()
        pen.scale_factor = (_PARTS, _PARTS)
        for face, part in self._cover.split(text, strong=strong):
            at = _put(pen, self._font(face, size), part, at)
        width = -(-at // _PARTS)
        filled = pen.render()
        edge = filled.extents
        if not edge.width or not edge.height:
            return Drawn(Image.new("1", (1, 1), 0), 0, 1, width)
        rows = Image.frombytes("L", (edge.stride, edge.height), bytes(filled.buffer))
        upright = rows.crop((0, 0, edge.width, edge.height)).transpose(
            Image.Transpose.FLIP_TOP_BOTTOM
        )
        mask = upright.point(lambda covered: 255 * (covered >= _HALF), "1")
        return Drawn(mask, edge.x_origin, edge.y_origin + edge.height, width)


def _put(pen: uharfbuzz.RasterDraw, font: uharfbuzz.Font, text: str, at: int) -> int:
    """Draw one run from `at`; returns where it ends."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font, buffer)
    for info, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        pen.transform = (1, 0, 0, 1, at + place.x_offset, place.y_offset)
        pen.draw_glyph(font, info.codepoint)
        at += place.x_advance
    return at
