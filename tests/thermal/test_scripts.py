"""Every script comes out shaped: on a roll, in a PDF, and as Qt sets it, which shapes by itself."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import uharfbuzz
from PIL import Image, ImageChops, ImageDraw, ImageFont
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QImage, QPainter
from PySide6.QtWidgets import QApplication

from app.papers.cover import Cover
from app.papers.fonts import Faces
from app.papers.raster import Bitmaps
from app.papers.scripts import script_of
from app.papers.sheet import Sheet, Style
from app.papers.thermal import Tickets
from app.paths import resources
from app.texts import Language
from tests.papers.reading import picture_of
from tests.papers.slips import PEOPLE, slip
from tests.papers.test_pictures import far_points
from tests.texts.test_slips import SCRIPTS, messages
from tests.thermal.sink import printed

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "thermal"
FONTS = resources() / "fonts"
SIZE = 48  # dots: large, so that a mark in the wrong place is many of them
_ON_A_ROLL, _IN_A_PDF, _SHAPELESS = 0.9, 0.8, 0.6  # of the ink, in the same places
_APART = 0.2  # Qt sets some letters of Malayalam a dot or two closer


@pytest.fixture(scope="module")
def bitmaps() -> Bitmaps:
    return Bitmaps(Cover(FONTS))


def words_of(language: str) -> list[str]:
    """Single words of one script each: names, places, labels."""
    texts = [*PEOPLE[language], *_labels(language)]
    found = {word.strip(",.:;।") for text in texts for word in text.split()}
    plain = {word for word in found if word and all(script_of(ord(s)) for s in word)}
    return sorted(plain, key=lambda word: (len(word), word))[-12:]


def _labels(language: str) -> list[str]:
    speaks = Language(language, slips=True)
    return [speaks.gettext(text) for text in ("Excess, kept for later dues", "Total received")]


@pytest.mark.parametrize("language", PEOPLE)
def test_a_word_on_the_roll_is_the_word_that_qt_sets(
    qapp: QApplication, bitmaps: Bitmaps, language: str
) -> None:
    words = words_of(language)
    assert len(words) > 5
    for word in words:
        ours, theirs = _cropped(bitmaps.drawn(word, SIZE, False).mask.convert("L")), _by_qt(word)
        assert _likeness(ours, theirs) > _least(_ON_A_ROLL, language), word


@pytest.mark.parametrize("language", PEOPLE)
def test_a_word_in_a_pdf_is_the_word_that_qt_sets(
    qapp: QApplication, faces: Faces, language: str
) -> None:
    for word in words_of(language)[-4:]:
        sheet = Sheet(faces, (600, 120), title="")
        sheet.text(20, 70, word, Style(SIZE))
        drawn = Image.eval(picture_of(sheet.finish(), 72), lambda dot: 255 - dot)
        assert _likeness(_cropped(drawn), _by_qt(word)) > _least(_IN_A_PDF, language), word


@pytest.mark.parametrize("language", PEOPLE)
def test_a_word_that_is_not_shaped_would_be_seen(
    qapp: QApplication, bitmaps: Bitmaps, language: str
) -> None:
    worst = min(_likeness(_shapeless(word), _by_qt(word)) for word in words_of(language))
    assert worst < _SHAPELESS


@pytest.mark.parametrize("language", SCRIPTS)
def test_no_text_of_a_slip_lacks_a_glyph(language: str) -> None:
    cover = Cover(FONTS)
    texts = [text for one in messages(language) for text in _strings(one.string)]
    for text in (*texts, *PEOPLE[language]):
        for strong in (False, True):
            parts = list(cover.split(text, strong=strong))
            assert "\ufffd" not in "".join(part for _face, part in parts)
            for face, part in parts:
                assert 0 not in _glyphs(cover, face, part), text


@pytest.mark.parametrize("language", PEOPLE)
def test_the_roll_looks_as_it_did(language: str) -> None:
    """After a wanted change: KIST_GOLDEN=write, then look at them."""
    seen = printed(Tickets(FONTS).bytes_of(slip(language), 80), 576).picture()
    kept = GOLDEN / f"{language}.png"
    if os.environ.get("KIST_GOLDEN") == "write":
        kept.parent.mkdir(parents=True, exist_ok=True)
        seen.convert("1", dither=Image.Dither.NONE).save(kept, optimize=True)
    golden = Image.open(kept).convert("L")
    assert seen.size == golden.size
    assert far_points(seen.point(lambda dot: 255 * (dot > 127)), golden) <= 300


def _least(likeness: float, language: str) -> float:
    return likeness - (_APART if language == "ml" else 0)


def _strings(said: object) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)  # type: ignore[arg-type]


def _glyphs(cover: Cover, face: str, text: str) -> list[int]:
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    blob = uharfbuzz.Blob.from_file_path(str(cover.file(face)))
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(blob)), buffer)
    return [info.codepoint for info in buffer.glyph_infos]


def _by_qt(word: str) -> Image.Image:
    """The word as Qt shapes and fills it: white ink, cut to it."""
    image = QImage(1600, 160, QImage.Format.Format_Grayscale8)
    image.fill(0)
    font = QFont(_family(word))
    font.setPixelSize(SIZE)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.setFont(font)
    painter.setPen(QColor(Qt.GlobalColor.white))
    painter.drawText(QPointF(40, 100), word)
    painter.end()
    made = Image.frombytes("L", (image.bytesPerLine(), image.height()), bytes(image.constBits()))
    return _cropped(made)


def _family(word: str) -> str:
    face = next(iter(Cover(FONTS).split(word)))[0]
    number = QFontDatabase.addApplicationFont(str(FONTS / f"{face}.ttf"))
    return QFontDatabase.applicationFontFamilies(number)[0]


def _shapeless(word: str) -> Image.Image:
    """The word letter after letter, as a program does that knows nothing of the script."""
    face = next(iter(Cover(FONTS).split(word)))[0]
    font = ImageFont.truetype(FONTS / f"{face}.ttf", SIZE, layout_engine=ImageFont.Layout.BASIC)
    image = Image.new("L", (1600, 160), 0)
    ImageDraw.Draw(image).text((40, 30), word, 255, font=font)
    return _cropped(image)


def _cropped(image: Image.Image) -> Image.Image:
    box = image.point(lambda dot: 255 * (dot > 127)).getbbox()
    assert box is not None
    return image.crop(box)


def _likeness(one: Image.Image, other: Image.Image) -> float:
    """How much of the ink of both lies in the same places, at the best of small moves."""
    size = (max(one.width, other.width) + 6, max(one.height, other.height) + 6)
    ground = Image.new("L", size, 0)
    ground.paste(one, (3, 3))
    first = ground.point(lambda dot: 255 * (dot > 127), "1")
    best = 0.0
    for x in range(1, 6):
        for y in range(1, 6):
            moved = Image.new("L", size, 0)
            moved.paste(other, (x, y))
            second = moved.point(lambda dot: 255 * (dot > 127), "1")
            both = _ink(ImageChops.logical_and(first, second))
            best = max(best, both / max(1, _ink(ImageChops.logical_or(first, second))))
    return best


def _ink(mask: Image.Image) -> int:
    return mask.histogram()[-1]
