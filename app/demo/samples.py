"""Words that the demonstration makes people of: invented, none of them anybody's record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from app.paths import resources

Pair = tuple[str, str]  # in Latin letters and in Devanagari


@dataclass(frozen=True, slots=True)
class Families:
    """Given names and family names that go together."""

    women: tuple[Pair, ...]
    men: tuple[Pair, ...]
    names: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Samples:
    """All the words; `villages` are (name, postal code), `reasons` lists by occasion."""

    families: tuple[Families, ...]
    villages: tuple[Pair, ...]
    centres: tuple[str, ...]
    groups: tuple[str, ...]
    purposes: tuple[str, ...]
    work: tuple[str, ...]
    spouse_work: tuple[str, ...]
    lenders: tuple[str, ...]
    reasons: Mapping[str, tuple[str, ...]]


@cache
def samples() -> Samples:
    """The words as shipped."""
    doc: dict[str, Any] = json.loads((resources() / "sample" / "people.json").read_text("utf-8"))
    return Samples(
        families=tuple(
            Families(_pairs(one["women"]), _pairs(one["men"]), _pairs(one["names"]))
            for one in doc["families"]
        ),
        villages=tuple((one["name"], one["pin"]) for one in doc["villages"]),
        centres=tuple(doc["centres"]),
        groups=tuple(doc["groups"]),
        purposes=tuple(doc["purposes"]),
        work=tuple(doc["work"]),
        spouse_work=tuple(doc["spouse_work"]),
        lenders=tuple(doc["lenders"]),
        reasons={name: tuple(texts) for name, texts in doc["reasons"].items()},
    )


def _pairs(given: list[list[str]]) -> tuple[Pair, ...]:
    return tuple((latin, local) for latin, local in given)
