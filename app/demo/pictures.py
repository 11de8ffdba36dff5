"""Small pictures and pages for the papers of invented people; the same facts give the same bytes.

PNG is written without compression, since the bytes of a compressor differ from one to another.
"""

from __future__ import annotations

import struct
import zlib
from functools import cache
from random import Random
from typing import NamedTuple

Colour = tuple[int, int, int]
_INK = (70, 78, 92)
_PAPER = (246, 243, 236)
_PORTRAIT, _CARD = (96, 120), (160, 100)


def portrait(random: Random) -> bytes:
    """A passport picture of nobody: head and shoulders as a shadow, as PNG."""
    back = (random.randrange(150, 220), random.randrange(170, 225), random.randrange(180, 235))
    cloth = (random.randrange(90, 190), random.randrange(50, 120), random.randrange(60, 140))
    return _png(_PORTRAIT, (back, _INK, cloth, _PAPER), _dots(_SHADOW, *_PORTRAIT))


def card(random: Random) -> bytes:
    """An identity card without a word on it: a picture and lines, as PNG."""
    band = (random.randrange(120, 230), random.randrange(60, 150), random.randrange(40, 160))
    back = (random.randrange(190, 225), random.randrange(200, 230), random.randrange(205, 240))
    return _png(_CARD, (_PAPER, _INK, band, back), _dots(_SIDE, *_CARD))


def page(lines: tuple[str, ...]) -> bytes:
    """One A4 page with these lines of Latin text, as PDF."""
    shown = "".join(f"({_escaped(line)}) Tj 0 -22 Td " for line in lines)
    stream = f"BT /F1 14 Tf 60 770 Td {shown}ET".encode("latin-1", "replace")
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    )
    return _pdf(objects)


def _pdf(objects: tuple[bytes, ...]) -> bytes:
    made, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + end


def _escaped(line: str) -> str:
    return line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


class Disc(NamedTuple):
    """A flattened disc to paint: its middle, half its width and height, its colour's number."""

    x: int
    y: int
    across: int
    down: int
    colour: int

    def covers(self, x: int, y: int) -> bool:
        """Whether the dot lies on it."""
        wide, high = self.across**2, self.down**2
        return (x - self.x) ** 2 * high + (y - self.y) ** 2 * wide < wide * high


class Bar(NamedTuple):
    """A rectangle to paint: left, top, right, bottom, its colour's number."""

    left: int
    top: int
    right: int
    bottom: int
    colour: int

    def covers(self, x: int, y: int) -> bool:
        """Whether the dot lies on it."""
        return self.left <= x < self.right and self.top <= y < self.bottom


_SHADOW: tuple[Disc | Bar, ...] = (Disc(48, 122, 42, 44, 2), Disc(48, 48, 22, 26, 1))
_LINES = tuple(Bar(58, 26 + 9 * n, 110 + n * 13 % 40, 29 + 9 * n, 1) for n in range(6))
_SIDE: tuple[Disc | Bar, ...] = (
    *(Bar(0, 0, 160, 14, 2), Bar(10, 26, 48, 74, 3)),
    *(Disc(29, 46, 12, 13, 1), Bar(14, 62, 44, 74, 1)),
    *_LINES,
)


@cache
def _dots(shapes: tuple[Disc | Bar, ...], width: int, height: int) -> bytes:
    """The lines of a picture with two bits a dot, each with its filter byte."""
    made = bytearray()
    for y in range(height):
        made.append(0)
        for x in range(0, width, 4):
            first, second, third, fourth = (_colour(shapes, x + n, y) for n in range(4))
            made.append(first << 6 | second << 4 | third << 2 | fourth)
    return bytes(made)


def _colour(shapes: tuple[Disc | Bar, ...], x: int, y: int) -> int:
    """The colour of what was painted last on a dot."""
    return next((shape.colour for shape in reversed(shapes) if shape.covers(x, y)), 0)


def _png(size: tuple[int, int], colours: tuple[Colour, ...], dots: bytes) -> bytes:
    head = struct.pack(">IIBBBBB", *size, 2, 3, 0, 0, 0)
    palette = bytes(part for colour in colours for part in colour)
    length = struct.pack("<HH", len(dots), len(dots) ^ 0xFFFF)
    stored = b"\x78\x01\x01" + length + dots + struct.pack(">I", zlib.adler32(dots))
    chunks = ((b"IHDR", head), (b"PLTE", palette), (b"IDAT", stored), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
