"""Letters by stage, and what comes of calls: dated choices of the lender."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from app.domain.errors import ValueRefused


class CallOutcome(StrEnum):
    """What came of a call."""

    SPOKE = "spoke"
    NO_ANSWER = "no-answer"
    PROMISE = "promise"
    WRONG_NUMBER = "wrong-number"


@dataclass(frozen=True, slots=True)
class LetterStage:
    """A letter for loans late by `dpd_from` to `dpd_to` days (None: and more), from a day on.

    It asks for the money within `pay_within_days`, and is not written again before
    `again_after_days`.
    """

    stage: str
    from_on: date
    dpd_from: int
    dpd_to: int | None
    pay_within_days: int
    again_after_days: int

    def fits(self, dpd: int) -> bool:
        """Whether a loan so late gets this letter."""
        return self.dpd_from <= dpd and (self.dpd_to is None or dpd <= self.dpd_to)


def letter_stages_of(doc: Mapping[str, Any]) -> tuple[LetterStage, ...]:
    """The stages of a document. Raises ValueRefused where it is not one."""
    if doc.get("format") != "kist-letters/1":
        raise ValueRefused(field="format", why="not-letter-rules")
    return tuple(
        LetterStage(
            one["stage"],
            date.fromisoformat(one["from_on"]),
            one["dpd_from"],
            one.get("dpd_to"),
            one["pay_within_days"],
            one["again_after_days"],
        )
        for one in doc["rules"]
    )


def stages_on(every: Iterable[LetterStage], on: date) -> dict[str, LetterStage]:
    """The stages in force on a day, by name."""
    made: dict[str, LetterStage] = {}
    for one in sorted(every, key=lambda one: one.from_on):
        if one.from_on <= on:
            made[one.stage] = one
    return made


def outcome_of_call(code: str) -> CallOutcome:
    """The outcome by its code. Raises ValueRefused at `outcome`."""
    try:
        return CallOutcome(code)
    except ValueError:
        raise ValueRefused(field="outcome", why="not-a-choice", given=code) from None
