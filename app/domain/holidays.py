"""Holidays of a branch: which of them are its own, and what they make of a product's terms."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

LONGEST_NAME = 80
MOST_HOLIDAYS = 400
MOST_STATES = 40
_WEEK = tuple(range(1, 8))
_NONE = "none"


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day on which a branch does not work; without `states` it is one in every state."""

    on: date
    name: str
    states: tuple[str, ...] = ()

    def is_of(self, state: str) -> bool:
        """Whether branches of this state keep it."""
        return not self.states or state in self.states


@dataclass(frozen=True, slots=True)
class LineRefused:
    """A line of a file that holds no holiday: `why` is day, name, states or twice."""

    line: int
    text: str
    why: str


def days_kept(holidays: Iterable[Holiday], state: str, since: date) -> tuple[date, ...]:
    """The holidays that a branch of `state` keeps from a day on, in order."""
    return tuple(sorted({one.on for one in holidays if one.is_of(state) and one.on >= since}))


def terms_with(
    template: Mapping[str, Any], off_days: Sequence[int], holidays: Sequence[date]
) -> dict[str, Any]:
    """A product's terms with a branch's calendar: days off leave, holidays join its own.

    Terms that move no due date stay as they are. Where no working day would be left the
    product's own week stays.
    """
    days = dict(template.get("calendar") or {})
    if days.get("shift", _NONE) == _NONE:
        return dict(template)
    week = [int(one) for one in days.get("working_days") or _WEEK]
    left = [one for one in week if one not in off_days] or week
    own = [str(one) for one in days.get("holidays") or ()]
    joined = sorted({*own, *(one.isoformat() for one in holidays)})
    return {**template, "calendar": {**days, "working_days": left, "holidays": joined}}


def holidays_from_csv(
    text: str, states: frozenset[str]
) -> tuple[tuple[Holiday, ...], tuple[LineRefused, ...]]:
    """Lines of day, name and states; a head is passed over.

    A day is 2026-01-26 or 26-01-2026 (also with / or .), states are codes with blanks between
    them, none for every state.
    """
    found: dict[tuple[date, str], Holiday] = {}
    refused = []
    for number, row in enumerate(csv.reader(io.StringIO(text)), start=1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and _day_of(cells[0]) is None and len(cells) > 1):
            continue
        made = _holiday(cells, states)
        if isinstance(made, str):
            refused.append(LineRefused(number, ", ".join(cells)[:120], made))
        elif (made.on, made.name.casefold()) in found:
            refused.append(LineRefused(number, ", ".join(cells)[:120], "twice"))
        else:
            found[made.on, made.name.casefold()] = made
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.name))), tuple(refused)


def _holiday(cells: Sequence[str], states: frozenset[str]) -> Holiday | str:
    on = _day_of(cells[0])
    if on is None:
        return "day"
    name = cells[1] if len(cells) > 1 else ""
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        return "name"
    codes = tuple(dict.fromkeys(" ".join(cells[2:]).upper().replace(";", " ").split()))
    return "states" if set(codes) - states else Holiday(on, name, codes)


def _day_of(text: str) -> date | None:
    parts = text.replace("/", "-").replace(".", "-").split("-")
    if len(parts) != len("dmy") or not all(part.isdecimal() for part in parts):
        return None
    first, middle, last = (int(part) for part in parts)
    year, day = (first, last) if first > 31 else (last, first)  # noqa: PLR2004 - no such day
    try:
        return date(year, middle, day)
    except ValueError:
        return None
