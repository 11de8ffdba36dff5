"""The facts of a loan's history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.allocation import Head


class EventKind(StrEnum):
    """What happened. On one day the kinds take effect in this order.

    A change of rate and a reschedule follow the order of their entry; so do a foreclosure, a
    write-off, receipts and recoveries.
    """

    OPENING = "opening"
    DISBURSEMENT = "disbursement"
    RATE = "rate"
    RESCHEDULE = "reschedule"
    CHARGE = "charge"
    WAIVER = "waiver"
    FORECLOSURE = "foreclosure"
    RECEIPT = "receipt"
    WRITE_OFF = "write-off"
    RECOVERY = "recovery"
    REFUND = "refund"
    REVERSAL = "reversal"


class Replan(NamedTuple):
    """What a reschedule agrees: how many lines, the first due date, the heads it capitalises.

    `instalments` None keeps the count of lines still to come, `first_due_on` None the next date.
    """

    instalments: int | None = None
    first_due_on: date | None = None
    capitalise: tuple[Head, ...] = ()


class OpeningLine(NamedTuple):
    """What is still unpaid of one line of a loan that ran elsewhere."""

    number: int
    due_on: date
    principal: int = 0
    interest: int = 0
    charge: int = 0
    penalty: int = 0


@dataclass(frozen=True, slots=True)
class Opening:
    """The position a loan is taken over at: its unpaid lines and the money held in excess."""

    lines: tuple[OpeningLine, ...]
    excess: int = 0


class Event(NamedTuple):
    """One fact, only ever added.

    `on` is its value date, `booked_on` the business day it was posted in. `ref` is its id,
    increasing in the order of entry. `amount` is in minor units; `head` belongs to a charge or
    waiver, `of` names the event a reversal voids, `opening` comes with an opening, `annual_rate`
    (1 ÷ PERCENT percent) with a change of rate, `replan` with a reschedule.
    """

    kind: EventKind
    on: date
    booked_on: date
    ref: int
    amount: int = 0
    head: Head | None = None
    of: int | None = None
    name: str = ""
    opening: Opening | None = None
    annual_rate: int | None = None
    replan: Replan | None = None
