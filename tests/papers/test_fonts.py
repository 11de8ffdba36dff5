"""Runs of one face each, shaped, without a missing glyph."""

from __future__ import annotations

import unicodedata

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st

from app.papers.cover import Cover, clean, clusters
from app.papers.fonts import Faces
from app.paths import resources

_COVER = Cover(resources() / "fonts")
_DEVANAGARI = "".join(chr(c) for c in range(0x0900, 0x0980) if unicodedata.name(chr(c), ""))
_MIXED = st.text(st.sampled_from("aZé 09.,₹\u2212·" + _DEVANAGARI + "\u200c\u200dத漢\U0001f600"))


def _glyphs(face: str, text: str) -> list[int]:
    blob = uharfbuzz.Blob.from_file_path(str(resources() / "fonts" / f"{face}.ttf"))
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    uharfbuzz.shape(uharfbuzz.Font(uharfbuzz.Face(blob)), buffer)
    return [info.codepoint for info in buffer.glyph_infos]


def test_names_of_two_scripts_are_split_by_face(faces: Faces) -> None:
    runs = faces.runs("Sunita Devi · सुनीता देवी, ₹500", False)
    assert [run.face for run in runs] == [
        "NotoSans-Regular",
        "NotoSansDevanagari-Regular",
        "NotoSans-Regular",
    ]


def test_vowels_and_conjuncts_are_shaped(faces: Faces) -> None:
    """The short i stands before its consonant, a conjunct is one glyph."""
    shaped = faces.runs("कि", False)[0].text
    assert len(shaped) == 2
    assert shaped[1] == "क"
    assert len(faces.runs("क्ष", False)[0].text) == 1
    assert faces.width("क्ष", 10) < faces.width("क", 10) + faces.width("ष", 10)


@given(_MIXED)
def test_every_character_finds_a_glyph(text: str) -> None:
    for part, face in _parts(text):
        assert 0 not in _glyphs(face, part)


@given(_MIXED)
def test_cutting_into_clusters_loses_nothing(text: str) -> None:
    assert "".join(clusters(text)) == text
    assert all(unicodedata.category(part[0]) != "Mn" for part in clusters(f"क{text}"))


@pytest.mark.parametrize(
    ("given_text", "printed"),
    [
        ("  a \t b\n c ", "a b c"),
        ("a\u202eb\u200bc\x00d\ufeff", "abcd"),
        ("e\u0301", "\u00e9"),
        ("क्\u200dष", "क्\u200dष"),
        ("\ud800x", "x"),
    ],
)
def test_what_cannot_be_printed_is_cleaned_away(given_text: str, printed: str) -> None:
    assert clean(given_text) == printed


def _parts(text: str) -> list[tuple[str, str]]:
    return [(part, face) for face, part in _COVER.split(text)]
