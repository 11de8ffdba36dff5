"""Amounts in words."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.paths import resources
from app.texts.words import WORDED, amount_in_words, has_words, number_in_words

_SMALL = {number_in_words(n): n for n in range(100)}
_SIZES = {"hundred": 100, "thousand": 10**3, "lakh": 10**5, "crore": 10**7}
_WESTERN = {**_SIZES, "million": 10**6, "billion": 10**9, "trillion": 10**12}


def number_of(words: str) -> int:
    """The number that English words say, by a reading of its own: each size closes what it is
    larger than."""
    total = part = 0
    for word in words.split():
        if word not in _WESTERN:
            part += _SMALL[word]
        elif word == "hundred":
            part *= 100
        elif word == "crore":
            total, part = (total + part) * _WESTERN[word], 0
        else:
            total, part = total + part * _WESTERN[word], 0
    return total + part


@pytest.mark.parametrize(
    ("minor", "currency", "words"),
    [
        (1_25_000_50, "INR", "one lakh twenty-five thousand rupees and fifty paise only"),
        (1_00, "INR", "one rupee only"),
        (1_01, "INR", "one rupee and one paisa only"),
        (50, "INR", "fifty paise only"),
        (0, "INR", "zero rupees only"),
        (-5_00, "INR", "minus five rupees only"),
        (1_00_00_00_000_00, "INR", "one hundred crore rupees only"),
        (1_250_000_00, "KES", "one million two hundred fifty thousand shillings only"),
        (1_000, "UGX", "one thousand shillings only"),
    ],
)
def test_amounts_are_said_in_the_scale_of_their_currency(
    minor: int, currency: str, words: str
) -> None:
    assert amount_in_words(minor, currency) == words


@pytest.mark.parametrize(
    ("minor", "words"),
    [
        (1_25_000_50, "एक लाख पच्चीस हज़ार रुपये और पचास पैसे मात्र"),
        (1_00, "एक रुपया मात्र"),
        (2_365_00, "दो हज़ार तीन सौ पैंसठ रुपये मात्र"),
        (3_00_00_000_00, "तीन करोड़ रुपये मात्र"),
    ],
)
def test_amounts_are_said_in_hindi(minor: int, words: str) -> None:
    assert amount_in_words(minor, "INR", "hi") == unicodedata.normalize("NFC", words)


def test_amounts_are_said_in_gujarati() -> None:
    said = amount_in_words(1_25_365_50, "INR", "gu")
    assert said == "એક લાખ પચ્ચીસ હજાર ત્રણ સો પાંસઠ રૂપિયા અને પચાસ પૈસા પૂરા"


def test_it_is_known_where_words_are_good() -> None:
    assert has_words("INR", "gu")
    assert not has_words("INR", "ta")  # figures there
    assert not has_words("KES", "gu")


def test_a_language_without_words_gives_english() -> None:
    assert amount_in_words(5_00, "INR", "ta") == "five rupees only"
    assert amount_in_words(5_00, "KES", "hi") == "five shillings only"


@pytest.mark.parametrize("language", WORDED)
def test_the_hundred_small_numbers_are_all_there_and_all_different(language: str) -> None:
    raw = json.loads((resources() / "words" / f"{language}.json").read_text(encoding="utf-8"))
    assert len(set(raw["numbers"])) == 100
    for text in (*raw["numbers"], raw["hundred"]):
        assert text == unicodedata.normalize("NFC", text).strip()


@given(st.integers(0, 10**15 - 1))
def test_english_words_say_the_number(number: int) -> None:
    assert number_of(number_in_words(number, lakh=False)) == number


@given(st.integers(0, 10**13))
def test_lakh_and_crore_say_the_number(number: int) -> None:
    assert number_of(number_in_words(number)) == number


@pytest.mark.parametrize("language", ["hi", "gu"])
@given(one=st.integers(0, 10**12), other=st.integers(0, 10**12))
def test_different_numbers_are_said_differently(language: str, one: int, other: int) -> None:
    assert (number_in_words(one, language) == number_in_words(other, language)) == (one == other)
