"""Which face holds which character, and texts cut into parts that one face each can show."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import uharfbuzz

from app.papers.scripts import LATIN, SHARED, VIRAMAS, face_of, script_of

LONGEST = 2_000  # characters of one text; a paper has no room for more
JOINERS = "\u200c\u200d"
_SUBSTITUTE = "\ufffd"


class Cover:
    """Looks into the fonts of a folder; a face is looked into when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._codes = lru_cache(maxsize=None)(self._codes_of)

    def file(self, face: str) -> Path:
        """Where the face lies."""
        return self._folder / f"{face}.ttf"

    def split(self, text: str, *, strong: bool = False) -> Iterator[tuple[str, str]]:
        """`text`, cleaned, in parts that one face each can show wholly: face and part."""
        face, part = face_of(LATIN, strong=strong), ""
        for char in clean(text):
            wanted, shown = self._face_of(char, face, strong)
            if wanted != face and part:
                yield face, part
                part = ""
            face, part = wanted, part + shown
        if part:
            yield face, part

    def _face_of(self, char: str, current: str, strong: bool) -> tuple[str, str]:
        """The face for `char` and what it shows for it."""
        code, latin = ord(char), face_of(LATIN, strong=strong)
        order: tuple[str, ...] = (face_of(script_of(code), strong=strong), latin)
        if char in JOINERS or char == " " or code in SHARED or unicodedata.combining(char):
            order = (current, *order)
        for face in order:
            if code in self._codes(face):
                return face, char
        return latin, _SUBSTITUTE

    def _codes_of(self, face: str) -> frozenset[int]:
        blob = uharfbuzz.Blob.from_file_path(str(self.file(face)))
        return frozenset(uharfbuzz.Face(blob).unicodes)


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
            or char in JOINERS
            or parts[-1][-1] in VIRAMAS
            or parts[-1][-1] in JOINERS
        )
        if joined:
            parts[-1] += char
        else:
            parts.append(char)
    return parts


def _printable(char: str) -> str:
    if char in JOINERS:
        return char
    kind = unicodedata.category(char)
    if kind in {"Zs", "Zl", "Zp"} or char in "\t\n\r":
        return "\u00a0" if char == "\u00a0" else " "
    return "" if kind[0] == "C" else char
