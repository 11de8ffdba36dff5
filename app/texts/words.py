"""Amounts in words, as a receipt must show them; the words are data in resources/words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from app.paths import resources
from app.texts.currencies import writing

LANGUAGES = ("en", "hi")  # of screens and of every paper
WORDED = ("en", "hi", "gu")  # with good data for numbers in words


@dataclass(frozen=True, slots=True)
class Units:
    """What one and several of the main and of the small unit are called."""

    one: str
    many: str
    small_one: str
    small_many: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The number words of one language; scales run from the largest down."""

    numbers: Sequence[str]
    hundred: str
    lakh: Sequence[tuple[int, str]]
    western: Sequence[tuple[int, str]]
    and_: str
    only: str
    minus: str
    units: Mapping[str, Units]


def amount_in_words(minor: int, currency: str, language: str = "en") -> str:
    """`minor` units in words: one lakh twenty-five thousand rupees and fifty paise only.

    A language without words, or without the currency's name in it, gives English.
    """
    words = _vocabulary(language if language in WORDED else "en")
    if currency not in words.units:
        words = _vocabulary("en")
    how = writing(currency)
    units = words.units.get(currency, Units(currency, currency, "/100", "/100"))
    scales = words.lakh if how.lakh else words.western
    whole, part = divmod(abs(minor), 10**how.digits)
    said = []
    if whole or not part:
        said.append(f"{_spell(whole, words, scales)} {units.one if whole == 1 else units.many}")
    if part:
        small = units.small_one if part == 1 else units.small_many
        said.append(f"{_spell(part, words, scales)} {small}")
    sign = f"{words.minus} " if minor < 0 else ""
    return f"{sign}{f' {words.and_} '.join(said)} {words.only}"


def has_words(currency: str, language: str) -> bool:
    """Whether amounts can be said in the words of the language; figures serve elsewhere."""
    return language in WORDED and currency in _vocabulary(language).units


def number_in_words(number: int, language: str = "en", *, lakh: bool = True) -> str:
    """A number from zero up in words."""
    words = _vocabulary(language if language in WORDED else "en")
    return _spell(number, words, words.lakh if lakh else words.western)


def _spell(number: int, words: Vocabulary, scales: Sequence[tuple[int, str]]) -> str:
    for size, name in scales:
        if number >= size:
            head = f"{_spell(number // size, words, scales)} {name}"
            return _with_rest(head, number % size, words, scales)
    if number >= len(words.numbers):
        head = f"{words.numbers[number // 100]} {words.hundred}"
        return _with_rest(head, number % 100, words, scales)
    return words.numbers[number]


def _with_rest(head: str, rest: int, words: Vocabulary, scales: Sequence[tuple[int, str]]) -> str:
    return f"{head} {_spell(rest, words, scales)}" if rest else head


@cache
def _vocabulary(language: str) -> Vocabulary:
    raw = json.loads((resources() / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return Vocabulary(
        numbers=tuple(raw["numbers"]),
        hundred=raw["hundred"],
        lakh=tuple((size, name) for size, name in raw["lakh"]),
        western=tuple((size, name) for size, name in raw["western"]),
        and_=raw["and"],
        only=raw["only"],
        minus=raw["minus"],
        units={code: Units(*names) for code, names in raw["units"].items()},
    )
