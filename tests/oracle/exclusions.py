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
    changed = _by_kind(given, events, features)
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


def _by_kind(given: Document, events: list[Document], features: Sequence[str]) -> bool:
    """What goes with some events; whether one of them changes the plan."""
    kinds = {one["kind"] for one in events}
    if "reschedule" in kinds:
        _rescheduled(given, events, features)
    return "rate" in kinds or "reschedule" in kinds


def _rescheduled(given: Document, events: list[Document], features: Sequence[str]) -> None:
    moves = [one for one in events if one["kind"] == "reschedule"]
    cascade = given.get("calendar", NOTHING).get("shift") == "cascade"
    if len(moves) > 1 and cascade and "cascade-rescheduled" not in features:
        # From which day does a line count whose due date moved, once it is replaced again?
        del given["calendar"]
    if given.get("interest") == "flat" and "flat-rescheduled" not in features:
        # Which part of flat interest falls on broken days that are replaced?
        given.pop("broken_period", None)
        # A flat bullet loses what it bore; broken days are asked for a tranche not yet there.
        # Broken days after a down payment: on the whole principal, or on what is still to come?
        given.pop("tranches", None)
        given.pop("down_payment_percent", None)
        if given.get("repayment") == "bullet":
            given["repayment"] = "interest-only"


def _residue(given: Document, changed: bool) -> None:
    """Leave `first` out of changed plans: does it act on a line found again?"""
    if changed and given.get("rounding", NOTHING).get("residue") == "first":
        given["rounding"]["residue"] = "last"
