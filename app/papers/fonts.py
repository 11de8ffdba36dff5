"""The faces that papers are set in: runs of one face, shaped where their script asks for it."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr

from app.domain.errors import KistError
from app.papers.cover import Cover
from app.papers.scripts import LATIN, face_of

_SHAPE_SIZE = 10  # shaping is in thousandths of the size, so that any size serves
_FIRST_SHAPED = 0x0900


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one face, shaped where its script asks for it; `width` is for size 1."""

    face: str
    text: str
    width: float


class Faces:
    """The fonts of one weight pair; asks of the same text again cost nothing.

    A script is loaded when it is first needed, once. Pictures that papers share are kept beside
    the fonts.
    """

    def __init__(self, folder: Path, pictures: Callable[[str], bytes] | None = None) -> None:
        """`pictures` finds a PNG by its hash: a lender's logo."""
        rl_config.useA85 = 0  # binary streams: a quarter smaller and quicker
        self._cover = Cover(folder)
        self._fonts: dict[str, TTFont] = {}
        self._loading = Lock()  # papers are made on several threads
        for script in (LATIN, "Devanagari"):
            for strong in (False, True):
                self._font(face_of(script, strong=strong))
        self.runs = lru_cache(maxsize=4096)(self._runs)
        self._pictures = pictures
        self.picture = lru_cache(maxsize=4)(self._picture)

    def width(self, text: str, size: float, *, strong: bool = False) -> float:
        """The width of `text` in points."""
        return sum(run.width for run in self.runs(text, strong)) * size

    def _picture(self, name: str) -> ImageReader | None:
        """A kept picture; None where it is not there any more: the paper matters more."""
        if not name or self._pictures is None:
            return None
        try:
            return ImageReader(io.BytesIO(self._pictures(name)))
        except (KistError, OSError):
            return None

    def _font(self, face: str) -> TTFont:
        """The face, loaded at its first use."""
        if face in self._fonts:
            return self._fonts[face]
        with self._loading:
            if face not in self._fonts:
                # Only the glyphs that a paper uses, not all of ASCII: these took most of the time.
                font = TTFont(face, self._cover.file(face), asciiReadable=False)
                pdfmetrics.registerFont(font)
                self._fonts[face] = font  # last: from here on nobody waits for it
        return self._fonts[face]

    def _runs(self, text: str, strong: bool) -> tuple[Run, ...]:
        """`text` cut into runs that one face each can show wholly; nothing is left out silently."""
        parts = self._cover.split(text, strong=strong)
        return tuple(self._shaped(face, part) for face, part in parts)

    def _shaped(self, face: str, text: str) -> Run:
        font = self._font(face)
        if any(ord(c) >= _FIRST_SHAPED or unicodedata.combining(c) for c in text):
            shaped = shapeStr(text, face, _SHAPE_SIZE, force=True)
            if isinstance(shaped, ShapedStr):
                glyphs = shaped.__shapeData__
                width = sum(glyph.x_advance for glyph in glyphs) / 1000
                moved = any(g.x_offset or g.y_offset or g.x_advance != g.width for g in glyphs)
                return Run(face, shaped if moved else str(shaped), width)
        return Run(face, text, font.stringWidth(text, 1))
