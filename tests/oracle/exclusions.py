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


def _exact(given: Document, events: list[Document], way: str) -> None:
    """Keep the exact run to lines as disclosed: are changed ones found from printed figures?"""
    kinds = {one["kind"] for one in events}
    moved = kinds & {"rate", "reschedule"} or way.startswith("reduce")
    if moved and given.get("rounding", NOTHING).get("mode") == "none":
        given["rounding"]["mode"] = "half-up"
