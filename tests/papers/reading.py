"""Reads papers back: their text, their strings as drawn, their look."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Iterator

import pypdfium2
from PIL import Image

_STREAM = re.compile(rb"<<([^<>]*(?:<<[^<>]*>>[^<>]*)*)>>\s*stream\r?\n(.*?)endstream", re.DOTALL)
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
    for head, body in _STREAM.findall(pdf):
        if b"Length1" in head or b"/Type /ObjStm" in head:
            continue
        data = body.strip()
        if b"ASCII85Decode" in head:
            data = base64.a85decode(data.removesuffix(b"~>").strip(), adobe=False)
        data = zlib.decompress(data)
        if b" Tf" in data and b"BT" in data:
            yield from _STRING.findall(data)
