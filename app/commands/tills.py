"""The till of a counter: opened and closed by note, cash in and out, handed over, counted in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command, personal
from app.domain.counting import Counted


@dataclass(frozen=True, slots=True)
class TillCounted:
    """The answer to OpenTill and CloseTill: what was expected and counted, in minor units."""

    move_id: int
    number: str
    expected_minor: int
    counted_minor: int
    difference_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenTill(Command[TillCounted]):
    """A counter begins to take cash with what was counted. A difference needs a reason.

    `counter` "" is this one; another one's, such as that of a PC that is gone, needs the manager.
    """

    name: ClassVar[str] = "till.open"

    currency: str
    counted: tuple[Counted, ...]
    reason: str = ""
    counter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseTill(Command[TillCounted]):
    """A counter's cash is counted and takes no more. Another counter's needs the manager."""

    name: ClassVar[str] = "till.close"

    counter: str
    currency: str
    counted: tuple[Counted, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CountProposed:
    """The answer to ProposeCount: the count waits as a check."""

    check_id: int
    version: int
    difference_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeCount(Command[CountProposed]):
    """A count whose difference is above the limit waits for a second person, and the till too."""

    name: ClassVar[str] = "till.propose"

    opening: bool
    counter: str
    currency: str
    counted: tuple[Counted, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class CashMoved:
    """The answer to MoveCash, GiveCash, TakeCash and ReturnCash; `number` is that of the paper."""

    move_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCash(Command[CashMoved]):
    """Cash comes into this till from an account (`into_till`), or goes out to it.

    `account` is the bank, or any account of the chart that takes lines by hand.
    """

    name: ClassVar[str] = "till.move"

    into_till: bool
    account: str
    amount_minor: int
    currency: str
    reason: str
    payee: str = personal("")
    reference: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveCash(Command[CashMoved]):
    """Counted cash leaves this till for another counter; it is on its way until taken there.

    `from_counter` "" is this one; out of another one's till the manager gives.
    """

    name: ClassVar[str] = "till.give"

    to_counter: str
    currency: str
    counted: tuple[Counted, ...]
    reason: str = ""
    from_counter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeCash(Command[CashMoved]):
    """This counter takes what another one gave; it counts the same."""

    name: ClassVar[str] = "till.take"

    move_id: int
    counted: tuple[Counted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnCash(Command[CashMoved]):
    """What was given goes back into the till that it came from: called back, or not taken."""

    name: ClassVar[str] = "till.return"

    move_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class FieldCashCounted:
    """The answer to CountFieldCash; `left_minor` stays a claim on the officer."""

    move_id: int
    number: str
    counted_minor: int
    left_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CountFieldCash(Command[FieldCashCounted]):
    """An officer hands in what was collected; what is missing stays a claim on the officer."""

    name: ClassVar[str] = "till.count-field"

    officer_id: int
    currency: str
    counted: tuple[Counted, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class TillLimitsSet:
    """The answer to SetTillLimits."""

    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetTillLimits(Command[TillLimitsSet]):
    """How much a till should hold, and what difference needs a second person; None: the rule's."""

    name: ClassVar[str] = "till.limits"

    counter: str
    version: int
    cash_limit_minor: int | None = None
    difference_limit_minor: int | None = None
