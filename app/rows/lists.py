"""Rows about lists themselves: what they can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that rows of a list have, and how many have it.

    `field` is officer, product, village or centre; an id where `value` is digits.
    """

    field: str
    value: str
    words: str
    count: int
