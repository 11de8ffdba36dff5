"""Decodes pictures and PDF pages. Runs in the helper alone: a bad file may take it down."""

from __future__ import annotations

import io
import math
import warnings

import pypdfium2
from PIL import Image, ImageOps

from app.domain.errors import PaperTrouble
from app.imaging.limits import PDF, Limits, media_of

_PLAIN_MODES = {"L", "RGB"}
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD


def pages(data: bytes, limits: Limits) -> int:
    """How many pages; a picture is one, and is looked into far enough to know that it is one."""
    if media_of(data) == PDF:
        with _opened(data, limits) as document:
            return len(document)
    with _picture(data, limits):
        return 1


def preview(data: bytes, page: int, width: int, limits: Limits) -> bytes:
    """PNG of a page, `width` pixels wide or as wide as the pixels allow; pages count from 0."""
    width = max(1, min(width, limits.width))
    if media_of(data) == PDF:
        return _page(data, page, width, limits)
    if page != 0:
        raise PaperTrouble(why="no-such-page")
    with _picture(data, limits) as picture:
        return _png(_flat(_upright(picture, width), width))


def _page(data: bytes, number: int, width: int, limits: Limits) -> bytes:
    with _opened(data, limits) as document:
        if not 0 <= number < len(document):
            raise PaperTrouble(why="no-such-page")
        try:
            page = document[number]
            wide, high = page.get_size()
            if not (wide > 0 and high > 0):
                raise PaperTrouble(why="damaged")
            # a page may be a mile long: it gets narrower, not larger
            scale = min(width / wide, math.sqrt(limits.pixels / 2 / (wide * high)))
            return _png(page.render(scale=scale).to_pil().convert("RGB"))
        except pypdfium2.PdfiumError:
            raise PaperTrouble(why="damaged") from None


def _opened(data: bytes, limits: Limits) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        locked = getattr(error, "err_code", None) == _PASSWORD
        raise PaperTrouble(why="protected" if locked else "damaged") from None
    if len(document) > limits.pages:
        document.close()
        raise PaperTrouble(why="too-many-pages", most=limits.pages)
    if not len(document):
        document.close()
        raise PaperTrouble(why="damaged")
    return document


def _picture(data: bytes, limits: Limits) -> Image.Image:
    """The picture with its size known and nothing decoded yet."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
        except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
            raise PaperTrouble(why=_why_unreadable(data, limits)) from None
    if picture.width * picture.height > limits.pixels:
        raise PaperTrouble(why="too-many-pixels", most=limits.pixels)
    return picture


def _why_unreadable(data: bytes, limits: Limits) -> str:
    """Pillow refuses the largest bombs by itself: the head of a PNG tells them from damage."""
    wide, high = int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")
    is_png = data.startswith(b"\x89PNG") and data[12:16] == b"IHDR"
    return "too-many-pixels" if is_png and wide * high > limits.pixels else "damaged"


def _upright(picture: Image.Image, width: int) -> Image.Image:
    """The decoded picture, turned as its camera was held; a JPEG no larger than needed."""
    try:
        picture.draft("RGB", (2 * width, 2 * width))
        return ImageOps.exif_transpose(picture)
    except (OSError, ValueError, SyntaxError, EOFError):
        raise PaperTrouble(why="damaged") from None


def _flat(picture: Image.Image, width: int) -> Image.Image:
    """The picture at `width` pixels, on white where it was transparent; small ones stay small."""
    if picture.mode in {"LA", "PA", "RGBA"} or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        picture = Image.new("RGB", clear.size, "white")
        picture.paste(clear, mask=clear.getchannel("A"))
    elif picture.mode not in _PLAIN_MODES:
        picture = picture.convert("RGB")
    if picture.width <= width:
        return picture
    high = max(1, round(picture.height * width / picture.width))
    return picture.resize((width, high), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _png(picture: Image.Image) -> bytes:
    to = io.BytesIO()
    picture.save(to, "PNG", compress_level=1)
    return to.getvalue()
