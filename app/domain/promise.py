"""Promises to pay: how far ahead one may be made, and whether the facts have kept it.

A promise's state is never stored: it follows from the receipts and the day asked about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.domain.errors import AmountNotPositive, NotAllowedNow, ValueRefused


class PromiseState(StrEnum):
    """How a promise stands on a day."""

    OPEN = "open"
    KEPT = "kept"
    BROKEN = "broken"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class PromiseRules:
    """Dated choices of the lender.

    `grace_days` after the promised day still count; `kept_percent` of the amount is enough;
    `most_days_ahead` is the furthest day that may be promised.
    """

    from_on: date
    grace_days: int
    kept_percent: int
    most_days_ahead: int


@dataclass(frozen=True, slots=True)
class Promise:
    """An amount (minor units) by a day, with what will keep it by the rules it was made under.

    Receipts with a value date from `counts_from_on` to `keeps_until_on` count, and
    `enough_minor` of them is enough.
    """

    made_on: date
    promised_on: date
    amount_minor: int
    counts_from_on: date
    keeps_until_on: date
    enough_minor: int


@dataclass(frozen=True, slots=True)
class Received:
    """A receipt that stands (was not reversed): value date and minor units."""

    on: date
    amount_minor: int


def promise_rules_of(doc: Mapping[str, object]) -> tuple[PromiseRules, ...]:
    """The dated rules of a promise rules document. Raises ValueRefused where it is not one."""
    rules = doc.get("rules")
    if doc.get("format") != "kist-promise-rules/1" or not isinstance(rules, list):
        raise ValueRefused(field="format", why="not-promise-rules")
    return tuple(
        PromiseRules(
            from_on=date.fromisoformat(rule["from_on"]),
            grace_days=int(rule["grace_days"]),
            kept_percent=int(rule["kept_percent"]),
            most_days_ahead=int(rule["most_days_ahead"]),
        )
        for rule in rules
    )


def rules_on(rules: Sequence[PromiseRules], on: date) -> PromiseRules:
    """The rules in force on the day; before the first ones, the first."""
    held = [rule for rule in rules if rule.from_on <= on]
    if held:
        return max(held, key=lambda rule: rule.from_on)
    return min(rules, key=lambda rule: rule.from_on)


def promise_made(
    amount_minor: int, promised_on: date, made_on: date, rules: PromiseRules
) -> Promise:
    """A new promise under the rules in force. Raises at the field that it may not hold.

    What was paid on the day it was made does not count, since that is not what was promised;
    only a promise for that very day is kept on it.
    """
    if amount_minor <= 0:
        raise AmountNotPositive(field="promise.amount_minor", amount=amount_minor)
    if promised_on < made_on:
        raise ValueRefused(field="promise.promised_on", why="in-the-past")
    latest = made_on + timedelta(rules.most_days_ahead)
    if promised_on > latest:
        raise ValueRefused(
            field="promise.promised_on",
            why="promise-too-far",
            days=rules.most_days_ahead,
            latest_on=latest,
        )
    return Promise(
        made_on=made_on,
        promised_on=promised_on,
        amount_minor=amount_minor,
        counts_from_on=min(promised_on, made_on + timedelta(1)),
        keeps_until_on=promised_on + timedelta(rules.grace_days),
        enough_minor=-(-amount_minor * rules.kept_percent // 100),
    )


def received_for(promise: Promise, receipts: Iterable[Received]) -> int:
    """What was received within the promise's days, in minor units."""
    first, last = promise.counts_from_on, promise.keeps_until_on
    return sum(receipt.amount_minor for receipt in receipts if first <= receipt.on <= last)


def state_of(
    promise: Promise,
    received_minor: int,
    as_on: date,
    *,
    day_ended: bool = False,
    cancelled: bool = False,
) -> PromiseState:
    """How the promise stands on `as_on`, from what was received for it so far.

    While a day is open (`day_ended` False) the money of its last day may still come.
    """
    if cancelled:
        return PromiseState.CANCELLED
    if received_minor >= promise.enough_minor:
        return PromiseState.KEPT
    last = promise.keeps_until_on
    over = as_on > last or (as_on == last and day_ended)
    return PromiseState.BROKEN if over else PromiseState.OPEN


def check_cancel(state: PromiseState) -> None:
    """Raise where a promise can no longer be cancelled: only an open one can."""
    if state is not PromiseState.OPEN:
        raise NotAllowedNow(why=f"promise-{state.value}")
