"""Messages to late borrowers: which text at which stage, when one may leave, when to try again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any

from app.domain.errors import ValueRefused

_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
MOST_TRIES = len(_WAITS) + 1
_PLACE = re.compile(r"\{(\w+)\}")
SMS, EMAIL = "sms", "email"
CHANNELS = (SMS, EMAIL)
ENGLISH = "en"


class MessageState(StrEnum):
    """What became of a message. The first, and after it RETRY, wait to be sent."""

    QUEUED = "queued"
    BEGUN = "begun"  # handed over, no answer yet
    RETRY = "retry"  # it did not leave; it is tried again
    SENT = "sent"
    FAILED = "failed"
    UNKNOWN = "unknown"  # handed over, the answer was lost: asked, never sent again blindly
    DROPPED = "dropped"  # not wanted any more


WAITING = (MessageState.QUEUED, MessageState.RETRY)
IN_DOUBT = (MessageState.BEGUN, MessageState.UNKNOWN)


@dataclass(frozen=True, slots=True)
class Template:
    """A text from a day on, for loans late by `dpd_from` to `dpd_to` days (None: and more).

    The same text is not sent to a borrower again before `again_after_days`.
    """

    name: str
    from_on: date
    dpd_from: int
    dpd_to: int | None
    again_after_days: int
    subjects: Mapping[str, str]
    texts: Mapping[str, str]

    def fits(self, dpd: int) -> bool:
        """Whether a loan so late gets this text."""
        return self.dpd_from <= dpd and (self.dpd_to is None or dpd <= self.dpd_to)


@dataclass(frozen=True, slots=True)
class SilentDays:
    """Days of the year on which nobody is contacted, from a day on; `holidays`: those kept too."""

    from_on: date
    days: tuple[str, ...]  # MM-DD
    holidays: bool
    citation: str

    def holds(self, on: date) -> bool:
        """Whether the day is one of them."""
        return f"{on:%m-%d}" in self.days


def templates_of(doc: Mapping[str, Any]) -> tuple[Template, ...]:
    """The texts of a document. Raises ValueRefused where it is not one."""
    if doc.get("format") != "kist-messages/1":
        raise ValueRefused(field="format", why="not-message-rules")
    return tuple(
        Template(
            name=one["template"],
            from_on=date.fromisoformat(one["from_on"]),
            dpd_from=one["dpd_from"],
            dpd_to=one.get("dpd_to"),
            again_after_days=one["again_after_days"],
            subjects=one["subjects"],
            texts=one["texts"],
        )
        for one in doc["rules"]
    )


def silent_days_of(doc: Mapping[str, Any]) -> tuple[SilentDays, ...]:
    """The dated rules of a document. Raises ValueRefused where it is not one."""
    if doc.get("format") != "kist-contact-days/1":
        raise ValueRefused(field="format", why="not-contact-days")
    return tuple(
        SilentDays(
            date.fromisoformat(one["from_on"]),
            tuple(one["days"]),
            bool(one["holidays"]),
            one["citation"],
        )
        for one in doc["rules"]
    )


def silent_days_on(rules: Iterable[SilentDays], on: date) -> SilentDays | None:
    """The rule in force on a day."""
    held = [one for one in rules if one.from_on <= on]
    return max(held, key=lambda one: one.from_on, default=None)


def templates_on(every: Sequence[Template], on: date) -> dict[str, Template]:
    """The texts in force on a day, by name."""
    made: dict[str, Template] = {}
    for one in sorted(every, key=lambda one: one.from_on):
        if one.from_on <= on:
            made[one.name] = one
    return made


def by_stage(every: Mapping[str, Template], dpd: int) -> Template | None:
    """The text for a loan so late, or None."""
    return next((one for one in every.values() if one.fits(dpd)), None)


def filled(text: str, values: Mapping[str, str]) -> str:
    """A text with its places filled; braces in what is filled in stay as they are."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)


def next_try_at(tries: int, last_at: datetime) -> datetime:
    """When a message that did not leave is tried again, each time later."""
    return last_at + _WAITS[min(tries, len(_WAITS)) - 1]


def after_refusal(tries: int) -> MessageState:
    """The state after a try that may be repeated: again, or given up after so many."""
    return MessageState.RETRY if tries < MOST_TRIES else MessageState.FAILED
