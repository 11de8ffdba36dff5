"""Combinations left out of the comparison until they are settled, each behind a named feature."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Document = dict[str, Any]
NOTHING: Document = {}


def exclude(given: Document, events: list[Document], features: Sequence[str]) -> None:
    """Leave out what the features do not name."""
    way = given.get("allocation", NOTHING).get("advance_to", "next")
    if "exact-changed" not in features:
        _exact(given, events, way)
    kinds = {one["kind"] for one in events}
    changed = bool(kinds & {"rate", "reschedule"})
    if "reschedule" in kinds:
        _rescheduled(given, events, features)
    moved = changed or way.startswith("reduce")
    if moved and given.get("broken_period") == "spread" and "spread-changed" not in features:
        # Over how many lines is broken interest divided once there are fewer of them?
        del given["broken_period"]
    if "residue-changed" not in features:
        _residue(given, changed or bool(given.get("tranches")) or way.startswith("reduce"))


def _exact(given: Document, events: list[Document], way: str) -> None:
    """Keep the exact run to lines as disclosed: are changed ones found from printed figures?"""
    kinds = {one["kind"] for one in events}
    moved = kinds & {"rate", "reschedule"} or way.startswith("reduce")
    if moved and given.get("rounding", NOTHING).get("mode") == "none":
        given["rounding"]["mode"] = "half-up"


def _rescheduled(given: Document, events: list[Document], features: Sequence[str]) -> None:
    moves = [one for one in events if one["kind"] == "reschedule"]
    cascade = given.get("calendar", NOTHING).get("shift") == "cascade"
    if len(moves) > 1 and cascade and "cascade-rescheduled" not in features:
        # From which day does a line count whose due date moved, once it is replaced again?
        del given["calendar"]


def _residue(given: Document, changed: bool) -> None:
    """Leave `first` out of changed plans: does it act on a line found again?"""
    if changed and given.get("rounding", NOTHING).get("residue") == "first":
        given["rounding"]["residue"] = "last"
