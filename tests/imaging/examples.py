"""Files of the good and of the bad kind."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from reportlab.pdfgen.canvas import Canvas

_ZEROS = 16 * 1024 * 1024


def picture(form: str = "PNG", size: tuple[int, int] = (300, 200), mode: str = "RGB") -> bytes:
    """A picture, red at the left and white at the right."""
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1]))
    to = io.BytesIO()
    image.convert(mode).save(to, form)
    return to.getvalue()


def turned_photo() -> bytes:
    """A JPEG that says its camera was held on its side."""
    image = Image.new("RGB", (300, 200), "white")
    exif = image.getexif()
    exif[0x0112] = 6
    to = io.BytesIO()
    image.save(to, "JPEG", exif=exif)
    return to.getvalue()


def document(count: int = 1, size: tuple[float, float] = (200, 300)) -> bytes:
    """A PDF of numbered pages."""
    to = io.BytesIO()
    canvas = Canvas(to, pagesize=size, invariant=1)
    for number in range(count):
        canvas.drawString(20, 20, str(number))
        canvas.showPage()
    canvas.save()
    return to.getvalue()


def pixel_bomb(wide: int = 9000, high: int = 9000) -> bytes:
    """81 million pixels in about ten kilobytes."""
    row = b"\0" * (wide // 8 + 1)
    body = zlib.compressobj(9)
    data = b"".join([*(body.compress(row) for _ in range(high)), body.flush()])
    head = struct.pack(">IIBBBBB", wide, high, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(part)) + name + part + struct.pack(">I", zlib.crc32(name + part))
        for name, part in ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    )


def zeros(size: int) -> bytes:
    """A deflated stream that grows to `size` zeros: one flushed block, again and again."""
    body = zlib.compressobj(9)
    head = body.compress(b"")
    block = body.compress(b"\0" * _ZEROS) + body.flush(zlib.Z_FULL_FLUSH)
    again = body.compress(b"\0" * _ZEROS) + body.flush(zlib.Z_FULL_FLUSH)
    return head + block + again * (size // _ZEROS) + body.flush()


def stream_bomb(size: int = 3 * 1024**3) -> bytes:
    """A small PDF whose page grows to gigabytes when it is unpacked twice."""
    return _page_of(zlib.compress(zeros(size), 9), b"[/FlateDecode /FlateDecode]")


def slow_document() -> bytes:
    """A PDF of a page that takes a minute to draw: wide dashed curves, many times over."""
    curve = b"0 0 m 600 9000 -600 -9000 600 600 c S\n"
    body = b"[0.001 0.001] 0 d 400 w\n" + curve * 200_000
    return _page_of(zlib.compress(body, 9), b"/FlateDecode")


def _page_of(data: bytes, filters: bytes) -> bytes:
    parts = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 600]/Contents 4 0 R/Resources<<>>>>",
        b"<</Length %d/Filter %s>>stream\n%s\nendstream" % (len(data), filters, data),
    )
    body, places = b"%PDF-1.5\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(body))
        body += b"%d 0 obj%s endobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + b"xref\n0 5\n0000000000 65535 f \n" + table + end
