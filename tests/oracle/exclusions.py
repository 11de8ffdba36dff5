"""Combinations left out of the comparison, each behind a named feature, and why."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Document = dict[str, Any]
NOTHING: Document = {}


def exclude(given: Document, events: list[Document], features: Sequence[str]) -> None:
    """Leave out what the features do not name."""
    if "exact-charges" not in features:
        _exact_charges(given, events)


def _exact_charges(given: Document, events: list[Document]) -> None:
    """Ask one charge at most of an exact run whose lines are found again.

    The charges of a line are disclosed as one figure, printed by itself. Once the line is replaced
    by others, no convention says with which of its charges the rest of that printing goes on; such
    a run is disclosed and not collected, so that nobody is ever asked for it.
    """
    kinds = {one["kind"] for one in events}
    way = given.get("allocation", NOTHING).get("advance_to", "next")
    changed = kinds & {"rate", "reschedule"} or way.startswith("reduce")
    if changed and given.get("rounding", NOTHING).get("mode") == "none" and "charges" in given:
        given["charges"] = given["charges"][:1]
