"""Reads papers back: their text, their strings as drawn, their look."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

import pypdfium2
from PIL import Image

_STREAM = re.compile(rb"<<([^<>]*(?:<<[^<>]*>>[^<>]*)*)>>\s*stream\r?\n")
_LENGTH = re.compile(rb"/Length (\d+)")
_STRING = re.compile(rb"\(((?:\\.|[^\\()])*)\)", re.DOTALL)


def text_of(pdf: bytes) -> str:
    """All text of all pages, white space made even."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        pages = [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()
    return " ".join(" ".join(pages).split())


def page_sizes(pdf: bytes) -> list[tuple[float, float]]:
    """Width and height of each page in points."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.get_size() for page in document]
    finally:
        document.close()


def picture_of(pdf: bytes, dpi: int) -> Image.Image:
    """The first page in grey."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0].render(scale=dpi / 72, grayscale=True)
        picture: Image.Image = page.to_pil().convert("L").copy()
        return picture
    finally:
        document.close()


def drawn_strings(pdf: bytes) -> Iterator[bytes]:
    """Every string that a text operator draws, as glyph codes still escaped."""
    for found in _STREAM.finditer(pdf):
        length = _LENGTH.search(found[1])
        if length is None or b"Length1" in found[1]:
            continue
        data = zlib.decompress(pdf[found.end() : found.end() + int(length[1])])
        if b" Tf" in data and b"BT" in data:
            yield from _STRING.findall(data)
