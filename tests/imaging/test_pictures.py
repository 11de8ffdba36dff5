"""Files from outside are looked at in a helper that bad ones cannot take us down with."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator

import pytest
from PIL import Image

from app.domain.errors import PaperTrouble
from app.imaging import ChildPictures, Limits, media_of
from app.texts.errors import sentence
from tests.imaging import examples


@pytest.fixture
def pictures() -> Iterator[ChildPictures]:
    """A helper of its own for each test."""
    made = ChildPictures()
    yield made
    made.close()


def _seen(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    assert image.format == "PNG"
    return image.convert("RGB")


def _why(pictures: ChildPictures, data: bytes) -> str:
    with pytest.raises(PaperTrouble) as refused:
        pictures.preview(data, 0, 200)
    assert sentence(refused.value).endswith(".")
    return str(refused.value.params["why"])


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_a_picture_is_shown_at_the_width_asked_for(pictures: ChildPictures, form: str) -> None:
    image = _seen(pictures.preview(examples.picture(form), 0, 150))
    assert image.size == (150, 100)
    red, _green, blue = image.getpixel((10, 50))  # type: ignore[misc]
    assert (red > 240, blue < 20) == (True, True)
    assert pictures.pages(examples.picture(form)) == 1


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_every_kind_of_png_becomes_a_plain_one(pictures: ChildPictures, mode: str) -> None:
    image = Image.new(mode, (40, 20))
    to = io.BytesIO()
    image.save(to, "PNG")
    assert _seen(pictures.preview(to.getvalue(), 0, 100)).size == (40, 20)


def test_a_photo_stands_upright(pictures: ChildPictures) -> None:
    image = _seen(pictures.preview(examples.turned_photo(), 0, 100))
    assert image.size == (100, 150)


def test_what_is_transparent_becomes_white(pictures: ChildPictures) -> None:
    to = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(to, "PNG")
    assert _seen(pictures.preview(to.getvalue(), 0, 10)).getpixel((5, 5)) == (255, 255, 255)


def test_pages_of_a_document_are_counted_and_shown(pictures: ChildPictures) -> None:
    data = examples.document(3)
    assert pictures.pages(data) == 3
    shown = [pictures.preview(data, page, 400) for page in range(3)]
    assert len(set(shown)) == 3
    assert _seen(shown[0]).size == (400, 600)
    with pytest.raises(PaperTrouble) as refused:
        pictures.preview(data, 3, 400)
    assert refused.value.params["why"] == "no-such-page"


def test_a_page_a_mile_long_gets_narrower_not_larger(pictures: ChildPictures) -> None:
    data = examples.document(1, size=(10, 2_000_000))
    image = _seen(pictures.preview(data, 0, 4000))
    assert image.width * image.height <= Limits().pixels


def test_the_helper_is_kept_between_calls(pictures: ChildPictures) -> None:
    pictures.pages(examples.picture())
    first = _pid(pictures)
    pictures.pages(examples.document())
    assert _pid(pictures) == first


def test_a_pixel_bomb_is_refused_before_it_is_decoded(pictures: ChildPictures) -> None:
    data = examples.pixel_bomb()
    assert len(data) < 20_000
    assert _why(pictures, data) == "too-many-pixels"
    assert _why(pictures, examples.pixel_bomb(60_000, 60_000)) == "too-many-pixels"
    assert pictures.pages(examples.picture()) == 1


def test_a_document_that_unpacks_to_gigabytes_is_held_to_its_memory() -> None:
    data = examples.stream_bomb()
    assert len(data) < 200_000
    pictures = ChildPictures(Limits(memory=600 * 1024**2))
    assert _why(pictures, data) in {"damaged", "too-much-memory", "too-slow"}
    assert pictures.pages(examples.picture()) == 1
    pictures.close()


def test_a_document_that_never_ends_is_left_alone() -> None:
    pictures = ChildPictures(Limits(seconds=1))
    assert _why(pictures, examples.slow_document()) == "too-slow"
    assert pictures.pages(examples.document(2)) == 2
    pictures.close()


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of another kind there")
def test_a_killed_helper_is_started_again(pictures: ChildPictures) -> None:
    pictures.pages(examples.picture())
    os.kill(_pid(pictures), signal.SIGKILL)
    assert pictures.pages(examples.document(2)) == 2


def test_too_many_bytes_and_pages_are_refused() -> None:
    pictures = ChildPictures(Limits(size=10_000, pages=5))
    assert _why(pictures, b"%PDF-1.4" + b"x" * 20_000) == "too-big"
    assert _why(pictures, examples.document(6)) == "too-many-pages"
    pictures.close()


@pytest.mark.parametrize(
    "data",
    [
        examples.picture()[:60],
        examples.picture("JPEG")[:200],
        b"\xff\xd8\xff" + b"\0" * 100,
        b"%PDF-1.7 nothing more",
        b"\x89PNG\r\n\x1a\n" + b"\xff" * 64,
    ],
)
def test_a_damaged_file_is_said_to_be_damaged(pictures: ChildPictures, data: bytes) -> None:
    assert _why(pictures, data) == "damaged"


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"PK\x03\x04", b"<svg/>", b"MZ\x90"])
def test_other_files_are_not_opened_at_all(data: bytes) -> None:
    pictures = ChildPictures()
    assert _why(pictures, data) == "not-allowed"
    assert pictures._helper is None


def test_the_kind_of_a_file_is_told_by_its_content() -> None:
    assert media_of(examples.picture("JPEG")) == "image/jpeg"
    assert media_of(examples.picture("PNG")) == "image/png"
    assert media_of(b"\r\n" + examples.document()) == "application/pdf"


def _pid(pictures: ChildPictures) -> int:
    assert pictures._helper is not None
    return pictures._helper.pid
