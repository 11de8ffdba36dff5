"""Visits to borrowers: why one is made, what can come of it, and the hours allowed for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from types import MappingProxyType

from app.domain.errors import AmountNotPositive, ValueRefused


class Why(StrEnum):
    """Why a stop stands in an officer's day."""

    PROMISE_DUE = "promise-due"
    PROMISE_BROKEN = "promise-broken"
    OVERDUE = "overdue"
    DUE = "due"  # falls due that day
    FIRST_VISIT = "first-visit"
    VERIFICATION = "verification"
    UTILISATION = "utilisation"  # is the loan used for what it was given for
    DOCUMENTS = "documents"
    MEETING = "meeting"
    SPOT_CHECK = "spot-check"
    OTHER = "other"


class Outcome(StrEnum):
    """What came of a visit."""

    PAID_FULL = "paid-full"
    PAID_PART = "paid-part"
    PTP = "ptp"
    REFUSED = "refused"
    NOT_MET = "not-met"
    LOCKED = "locked"
    MOVED = "moved"
    ADDRESS_NOT_FOUND = "address-not-found"
    MET_FAMILY = "met-family"
    DISPUTE = "dispute"
    DECEASED = "deceased"
    ALREADY_PAID = "already-paid"
    UNSAFE = "unsafe"
    VERIFIED = "verified"
    OTHER = "other"


class Need(StrEnum):
    """Whether a field belongs to an outcome."""

    NEVER = "never"
    MAY = "may"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Asked:
    """What an outcome asks for. `met` says whether the borrower was met; None leaves it open."""

    met: bool | None
    amount: Need = Need.NEVER
    promise: Need = Need.NEVER
    note: Need = Need.MAY


ASKED: Mapping[Outcome, Asked] = MappingProxyType(
    {
        # Somebody of the house may hand the money over, so `met` is open.
        Outcome.PAID_FULL: Asked(None, amount=Need.MUST),
        Outcome.PAID_PART: Asked(None, amount=Need.MUST, promise=Need.MAY),
        Outcome.PTP: Asked(True, promise=Need.MUST),
        Outcome.REFUSED: Asked(True),
        Outcome.NOT_MET: Asked(False),
        Outcome.LOCKED: Asked(False),
        Outcome.MOVED: Asked(False),
        Outcome.ADDRESS_NOT_FOUND: Asked(False),
        Outcome.MET_FAMILY: Asked(False),
        Outcome.DISPUTE: Asked(True, note=Need.MUST),
        Outcome.DECEASED: Asked(False),
        Outcome.ALREADY_PAID: Asked(None),
        Outcome.UNSAFE: Asked(False),
        Outcome.VERIFIED: Asked(True),
        Outcome.OTHER: Asked(None, note=Need.MUST),
    }
)


def why_of(code: str) -> Why:
    """The reason by its code. Raises ValueRefused at `why`."""
    try:
        return Why(code)
    except ValueError:
        raise ValueRefused(field="why", why="not-a-choice", given=code) from None


def outcome_of(code: str) -> Outcome:
    """The outcome by its code. Raises ValueRefused at `outcome`."""
    try:
        return Outcome(code)
    except ValueError:
        raise ValueRefused(field="outcome", why="not-a-choice", given=code) from None


def check_outcome(
    outcome: Outcome, *, met: bool, claimed_minor: int, promised: bool, note: str
) -> None:
    """Raise at the field that does not fit the outcome; `claimed_minor` is in minor units."""
    asked = ASKED[outcome]
    if asked.met is not None and met is not asked.met:
        why = "must-be-met" if asked.met else "cannot-be-met"
        raise ValueRefused(field="met", why=why, outcome=outcome)
    if claimed_minor < 0 or (asked.amount is Need.MUST and claimed_minor == 0):
        raise AmountNotPositive(field="claimed_minor", amount=claimed_minor)
    if asked.amount is Need.NEVER and claimed_minor:
        raise ValueRefused(field="claimed_minor", why="no-amount-here", outcome=outcome)
    if asked.promise is Need.MUST and not promised:
        raise ValueRefused(field="promise", why="promise-missing", outcome=outcome)
    if asked.promise is Need.NEVER and promised:
        raise ValueRefused(field="promise", why="no-promise-here", outcome=outcome)
    if asked.note is Need.MUST and not note.strip():
        raise ValueRefused(field="note", why="note-missing", outcome=outcome)


@dataclass(frozen=True, slots=True)
class ContactHours:
    """Between which hours borrowers of a kind of lending may be contacted, from a day on."""

    lending: str  # microfinance, other
    from_on: date
    opens: time
    closes: time
    citation: str

    def allow(self, at: time) -> bool:
        """Whether a contact at this local time is allowed; both ends are."""
        return self.opens <= at <= self.closes

    @property
    def shown(self) -> str:
        """The two hours as printed on a day sheet, with a dash between."""
        return shown_hours(self.opens, self.closes)


def shown_hours(opens: time, closes: time) -> str:
    """Two hours with a dash between."""
    return f"{opens:%H:%M}\u2013{closes:%H:%M}"


def contact_hours_of(doc: Mapping[str, object]) -> tuple[ContactHours, ...]:
    """The dated rules of a contact hours document. Raises ValueRefused where it is not one."""
    rules = doc.get("rules")
    if doc.get("format") != "kist-contact-hours/1" or not isinstance(rules, list):
        raise ValueRefused(field="format", why="not-contact-hours")
    return tuple(
        ContactHours(
            lending=str(rule["lending"]),
            from_on=date.fromisoformat(rule["from_on"]),
            opens=time.fromisoformat(rule["opens"]),
            closes=time.fromisoformat(rule["closes"]),
            citation=str(rule["citation"]),
        )
        for rule in rules
    )


def hours_on(rules: Sequence[ContactHours], lending: str, on: date) -> ContactHours | None:
    """The rule in force for a kind of lending on a day, or None before there was one."""
    held = [rule for rule in rules if rule.lending == lending and rule.from_on <= on]
    return max(held, key=lambda rule: rule.from_on, default=None)


def common_hours(rules: Sequence[ContactHours]) -> tuple[time, time] | None:
    """The hours that all of several rules allow, for a day with loans of several kinds."""
    if not rules:
        return None
    return max(rule.opens for rule in rules), min(rule.closes for rule in rules)
