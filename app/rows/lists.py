"""Rows about lists themselves: what they can be filtered by."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that rows of a list have, and how many have it.

    `field` is officer, product, village or centre; the value of the first two is an id. `count`
    is -1 where counting would take long.
    """

    field: str
    value: str
    words: str
    count: int
