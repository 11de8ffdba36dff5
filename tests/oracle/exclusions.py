"""Combinations left out of the comparison until they are settled, each behind a named feature."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

Document = dict[str, Any]
NOTHING: Document = {}


def excluded(given: Document, events: list[Document], features: Sequence[str]) -> bool:
    """Leave out what the features do not name; whether the day of knowledge is to go."""
    way = given.get("allocation", NOTHING).get("advance_to", "next")
    if given.get("tranches"):
        _tranches(given, way, features)
    if "exact-changed" not in features:
        _exact(given, events, way)
    changed = _by_kind(given, events, features)
    moved = changed or way.startswith("reduce")
    if moved and given.get("broken_period") == "spread" and "spread-changed" not in features:
        # Over how many lines is broken interest divided once there are fewer of them?
        del given["broken_period"]
    if "residue-changed" not in features:
        _residue(given, changed or bool(given.get("tranches")) or way.startswith("reduce"))
    # Whether a tranche after the day of knowledge counts is open.
    return bool(given.get("tranches")) and "unknown-tranches" not in features


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


def _tranches(given: Document, way: str, features: Sequence[str]) -> None:
    if way.startswith("reduce") and "reduce-tranches" not in features:
        # Where the balance is 0 and a tranche follows, does money settle the interest to come?
        del given["tranches"]
        return
    first = Decimal(given["tranches"][0]["amount"])
    unit = Decimal(1).scaleb(int(first.as_tuple().exponent))
    coarse = Decimal(given.get("rounding", NOTHING).get("instalment_to", unit))
    flat = given.get("interest") == "flat"
    if first < 60 * coarse and flat and "tranche-coarse" not in features:
        # Where does flat interest stand while there is no balance before a tranche?
        del given["tranches"]
        return
    if way == "last" and "tranche-last" not in features:
        # Excess set on a line that is due, beyond what is handed out.
        del given["allocation"]["advance_to"]
    if given.get("instalment") is not None and "tranches-fixed" not in features:
        # A third tranche after the last due date by the first two; the count of `spread`.
        given.pop("broken_period", None)
        if len(given["tranches"]) > 2:
            given["instalment"], given["instalments"] = None, 6


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
    dated = any(one["on"][:1] == "2" for one in given.get("charges", ()))
    dated = dated or any(one["kind"] == "charge" for one in events)
    if dated and "capitalise-dated" not in features:
        # Is a charge that is due by its own date, in a line to come, capitalised?
        for one in moves:
            one["capitalise"] = [head for head in one["capitalise"] if head != "charge"]


def _residue(given: Document, changed: bool) -> None:
    """Leave `first` out of changed plans: does it act on a line found again?"""
    if changed and given.get("rounding", NOTHING).get("residue") == "first":
        given["rounding"]["residue"] = "last"
