"""The faces that papers are set in: which face holds a character, and shaping of Indic text."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import ShapedStr, TTFont, shapeStr

from app.domain.errors import KistError

LONGEST = 2_000  # characters of one text; a paper has no room for more
_SHAPE_SIZE = 10  # shaping is in thousandths of the size, so that any size serves
_JOINERS = "\u200c\u200d"
_SUBSTITUTE = "\ufffd"


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one face, shaped where its script asks for it; `width` is for size 1."""

    face: str
    text: str
    width: float


class Faces:
    """The fonts of one weight pair, loaded once; asks of the same text again cost nothing.

    Pictures that papers share are kept beside them.
    """

    def __init__(self, folder: Path, pictures: Callable[[str], bytes] | None = None) -> None:
        """`pictures` finds a PNG by its hash: a lender's logo."""
        rl_config.useA85 = 0  # binary streams: a quarter smaller and quicker
        # Only the glyphs that a paper uses, not all of ASCII: most of the time went into these.
        self._fonts = {
            name: TTFont(name, folder / f"{name}.ttf", asciiReadable=False)
            for name in (*_PLAIN, *_STRONG)
        }
        for font in self._fonts.values():
            pdfmetrics.registerFont(font)
        # Shaping adds private characters to a face: what it can show is noted before.
        self._covers = {n: frozenset(f.face.charToGlyph) for n, f in self._fonts.items()}
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

    def _runs(self, text: str, strong: bool) -> tuple[Run, ...]:
        """`text` cut into runs that one face each can show wholly; nothing is left out silently."""
        faces = _STRONG if strong else _PLAIN
        return tuple(self._shaped(face, part) for face, part in self._split(clean(text), faces))

    def _split(self, text: str, faces: tuple[str, str]) -> Iterator[tuple[str, str]]:
        face, part = faces[0], ""
        for char in text:
            wanted, shown = self._face_of(char, face, faces)
            if wanted != face and part:
                yield face, part
                part = ""
            face, part = wanted, part + shown
        if part:
            yield face, part

    def _face_of(self, char: str, current: str, faces: tuple[str, str]) -> tuple[str, str]:
        """The face for `char` and what it shows for it."""
        code = ord(char)
        latin, indic = faces
        order: tuple[str, ...] = (indic, latin) if _is_devanagari(code) else (latin, indic)
        if char in _JOINERS or char == " " or unicodedata.combining(char):
            order = (current, *order)
        for face in order:
            if code in self._covers[face]:
                return face, char
        return latin, _SUBSTITUTE

    def _shaped(self, face: str, text: str) -> Run:
        if any(ord(c) >= _FIRST_SHAPED or unicodedata.combining(c) for c in text):
            shaped = shapeStr(text, face, _SHAPE_SIZE, force=True)
            if isinstance(shaped, ShapedStr):
                glyphs = shaped.__shapeData__
                width = sum(glyph.x_advance for glyph in glyphs) / 1000
                moved = any(g.x_offset or g.y_offset or g.x_advance != g.width for g in glyphs)
                return Run(face, shaped if moved else str(shaped), width)
        return Run(face, text, self._fonts[face].stringWidth(text, 1))


def clean(text: str) -> str:
    """`text` on one line, without what cannot be printed: controls, direction marks, lone halves.

    Joiners stay where Indic text stands around them, since they change its shape.
    """
    composed = unicodedata.normalize("NFC", text[:LONGEST])
    kept = [_printable(char) for char in composed]
    return " ".join(word for word in "".join(kept).split(" ") if word)


def clusters(text: str) -> list[str]:
    """`text` cut where a line may break inside a word: never before a mark or after a virama."""
    parts: list[str] = []
    for char in text:
        joined = parts and (
            unicodedata.category(char) in {"Mn", "Mc", "Me"}
            or char in _JOINERS
            or parts[-1][-1] in f"\u094d{_JOINERS}"
        )
        if joined:
            parts[-1] += char
        else:
            parts.append(char)
    return parts


_PLAIN = ("NotoSans-Regular", "NotoSansDevanagari-Regular")
_STRONG = ("NotoSans-SemiBold", "NotoSansDevanagari-SemiBold")
_FIRST_SHAPED = 0x0900
_DEVANAGARI = (range(0x0900, 0x0980), range(0x1CD0, 0x1D00), range(0xA8E0, 0xA900))


def _is_devanagari(code: int) -> bool:
    return any(code in block for block in _DEVANAGARI)


def _printable(char: str) -> str:
    if char in _JOINERS:
        return char
    kind = unicodedata.category(char)
    if kind in {"Zs", "Zl", "Zp"} or char in "\t\n\r":
        return "\u00a0" if char == "\u00a0" else " "
    return "" if kind[0] == "C" else char
