"""Combinations left out of the comparison until they are settled, each behind a named feature."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from tests.oracle.terms import span_days

Document = dict[str, Any]
NOTHING: Document = {}


def excluded(given: Document, events: list[Document], features: Sequence[str]) -> bool:
    """Leave out what the features do not name; whether the day of knowledge is to go."""
    way = given.get("allocation", NOTHING).get("advance_to", "next")
    if given.get("tranches"):
        _tranches(given, way, features)
    if way.startswith("reduce"):
        _reduced(given, events, features)
    if "exact-changed" not in features:
        _exact(given, events, way)
    changed = _by_kind(given, events, features)
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
    if "refund" in kinds and "refund-same-day" not in features:
        _refunded(events)
    if "recovery" in kinds and "write-off-reversed" not in features:
        _written_off(given, events)
    spread = given.get("broken_period") == "spread" and "rate" in kinds
    if spread and "rate-spread" not in features:
        # The engine leaves broken days at the first rate where they are spread.
        del given["broken_period"]
    if "reschedule" in kinds:
        _rescheduled(given, events, features)
    changed = "rate" in kinds or "reschedule" in kinds
    if changed:
        _changed(given, events, features)
    return changed


def _tranches(given: Document, way: str, features: Sequence[str]) -> None:
    if way.startswith("reduce") and "reduce-tranches" not in features:
        # Where the balance is 0 and a tranche follows, does money settle the interest to come?
        del given["tranches"]
        return
    if "tranche-first-day" not in features:
        _one_first_day(given)
    if way == "last" and "tranche-last" not in features:
        # Excess set on a line that is due, beyond what is handed out.
        del given["allocation"]["advance_to"]
    if given.get("instalment") is not None and "tranches-fixed" not in features:
        # A third tranche after the last due date by the first two; the count of `spread`.
        given.pop("broken_period", None)
        if len(given["tranches"]) > 2:
            given["instalment"], given["instalments"] = None, 6
    rounding = given.get("rounding", NOTHING)
    coarse = Decimal(rounding.get("instalment_to", "0.01"))
    if "tranche-coarse" not in features and Decimal(given["tranches"][0]["amount"]) < 60 * coarse:
        # The engine fails where the first tranche alone is repaid before the second.
        given["rounding"] = {**rounding}
        given["rounding"].pop("instalment_to", None)


def _one_first_day(given: Document) -> None:
    """Join the tranches of the first day: the engine never asks a second one back."""
    first = [one for one in given["tranches"] if one["on"] == given["disbursed_on"]]
    later = [one for one in given["tranches"] if one["on"] != given["disbursed_on"]]
    amount = str(sum(Decimal(one["amount"]) for one in first))
    given["tranches"] = [{"on": given["disbursed_on"], "amount": amount}, *later]


def _reduced(given: Document, events: list[Document], features: Sequence[str]) -> None:
    charges = given.get("charges", ())
    if "fee-reduced" not in features:
        # The engine drops a fee of disbursement with the lines when all is repaid before line 1.
        for one in charges:
            if one["on"] == "disbursement":
                one["deduct"] = True
    dated = any(one["kind"] == "charge" for one in events) or bool(charges)
    empty = given.get("repayment") == "bullet" or given["annual_rate"] == "0"
    if dated and "empty-reduced" not in features and (empty or given.get("grace")):
        # An empty line whose charge was paid ahead has no day of settlement in the engine.
        given["allocation"]["advance_to"] = "next"
    if "rate-after-reduced" not in features:
        _rates(given, events)


def _refunded(events: list[Document]) -> None:
    """Keep refunds by themselves: in what order are they listed beside receipts of their day?"""
    for one in events:
        if one["kind"] == "refund" and sum(other["on"] == one["on"] for other in events) > 1:
            one["kind"] = "receipt"


def _written_off(given: Document, events: list[Document]) -> None:
    """Keep write-offs that were recovered on: is a recovery refused when its write-off goes?"""
    for one in events:
        if one["kind"] == "reversal" and events[one["of"]]["kind"] == "write-off":
            del one["of"]
            one.update(kind="recovery", amount=given["principal"])


def _changed(given: Document, events: list[Document], features: Sequence[str]) -> None:
    dated = any(one["kind"] == "charge" for one in events) or bool(given.get("charges"))
    if "empty-reduced" not in features and given.get("repayment") == "bullet" and dated:
        # An empty line whose charge was paid ahead has no day of settlement in the engine.
        del given["repayment"]
    daily = given["every"]["unit"] == "day" and given.get("day_count", "").startswith("30")
    if daily and "empty-level" not in features:
        # How is the level of a line split that has no day by 30/360?
        del given["day_count"]


def _rescheduled(given: Document, events: list[Document], features: Sequence[str]) -> None:
    moves = [one for one in events if one["kind"] == "reschedule"]
    early = date.fromisoformat(given["disbursed_on"]) + timedelta(4 * span_days(given["every"]))
    if "reschedule-broken" not in features and min(one["on"] for one in moves) <= early.isoformat():
        # The engine asks broken days twice where they stand by themselves or are spread.
        given.pop("broken_period", None)
    if given.get("interest") == "flat" and "flat-rescheduled" not in features:
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


def _rates(given: Document, events: list[Document]) -> None:
    """Make charges of changes of the rate once most is repaid: may one follow the last line?"""
    for one in events:
        if one["kind"] == "rate":
            paid = sum(
                Decimal(other["amount"])
                for other in events
                if other["kind"] == "receipt" and other["on"] <= one["on"]
            )
            if 2 * paid > Decimal(given["principal"]):
                one.update(kind="charge", name="r", head="charge", amount=str(paid))
                del one["annual_rate"]


def _residue(given: Document, changed: bool) -> None:
    """Leave `first` out of changed plans: does it act on a line found again?"""
    if changed and given.get("rounding", NOTHING).get("residue") == "first":
        given["rounding"]["residue"] = "last"
