"""Heads of a due, and the order in which received money settles dues."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple


class Head(StrEnum):
    """What a due is for."""

    PENALTY = "penalty"
    CHARGE = "charge"
    INTEREST = "interest"
    PRINCIPAL = "principal"


class Across(StrEnum):
    """Whether the oldest line is settled whole first, or a head over all due lines."""

    INSTALMENT = "instalment"
    HEAD = "head"


class AdvanceTo(StrEnum):
    """Where money beyond what is due goes."""

    NEXT = "next"
    LAST = "last"
    HOLD = "hold"
    REDUCE_INSTALMENT = "reduce-instalment"
    REDUCE_TERM = "reduce-term"


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """The order of heads, how they run over lines, and what becomes of money ahead."""

    order: tuple[Head, ...] = (Head.PENALTY, Head.CHARGE, Head.INTEREST, Head.PRINCIPAL)
    across: Across = Across.INSTALMENT
    advance_order: tuple[Head, ...] | None = None
    advance_to: AdvanceTo = AdvanceTo.NEXT

    @property
    def ahead(self) -> tuple[Head, ...]:
        """The order of heads for money ahead of its due date."""
        return self.advance_order or self.order


class Split(NamedTuple):
    """An amount by head, in minor units."""

    principal: int = 0
    interest: int = 0
    charge: int = 0
    penalty: int = 0

    @property
    def total(self) -> int:
        """The sum over the heads."""
        return self.principal + self.interest + self.charge + self.penalty


@dataclass(slots=True)
class Due:
    """A line, or a dated charge of one: what falls due on a day, and what of it is still unpaid.

    The replay's own working paper, changed in place. `place` is the line's place in the schedule.
    """

    place: int
    number: int
    due_on: date
    principal: int
    interest: int
    charge: int
    penalty: int

    def unpaid(self, head: Head) -> int:
        """What is still unpaid of one head."""
        if head is Head.INTEREST:
            return self.interest
        if head is Head.PRINCIPAL:
            return self.principal
        return self.charge if head is Head.CHARGE else self.penalty

    def take(self, head: Head, amount: int) -> None:
        """Settle `amount` of one head."""
        if head is Head.INTEREST:
            self.interest -= amount
        elif head is Head.PRINCIPAL:
            self.principal -= amount
        elif head is Head.CHARGE:
            self.charge -= amount
        else:
            self.penalty -= amount

    @property
    def open(self) -> bool:
        """Whether anything is unpaid."""
        return bool(self.interest or self.principal or self.charge or self.penalty)


class Part(NamedTuple):
    """A part of a receipt that settles one head of one line."""

    line: int
    due_on: date
    head: Head
    amount: int


def settle(
    amount: int, dues: Sequence[Due], on: date, rule: AllocationRule
) -> tuple[list[tuple[Due, Part]], int]:
    """Set `amount`, received on a day, against unpaid dues in schedule order.

    First what is due by then, oldest first, then the coming lines. Changes the dues; returns the
    parts and what is left over once nothing is unpaid.
    """
    parts: list[tuple[Due, Part]] = []
    for due, head in _order(dues, on, rule):
        unpaid = due.unpaid(head)
        if not unpaid:
            continue
        part = unpaid if unpaid < amount else amount
        due.take(head, part)
        parts.append((due, Part(due.number, due.due_on, head, part)))
        amount -= part
        if not amount:
            break
    return parts, amount


def _order(dues: Sequence[Due], on: date, rule: AllocationRule) -> Iterator[tuple[Due, Head]]:
    """Every (due, head) in the order it is settled."""
    if rule.across is Across.HEAD:
        yield from ((due, head) for head in rule.order for due in dues if due.due_on <= on)
    else:
        yield from _by_line(dues, on, rule.order)
    coming = [due for due in dues if due.due_on > on]
    if rule.advance_to is AdvanceTo.LAST:
        coming.reverse()
    yield from _by_line(coming, None, rule.ahead)


def _by_line(
    dues: Sequence[Due], on: date | None, order: tuple[Head, ...]
) -> Iterator[tuple[Due, Head]]:
    """Line by line, the heads in order; the dated charges of a line stand with its other heads."""
    at = 0
    while at < len(dues):
        end = at + 1
        while end < len(dues) and dues[end].place == dues[at].place:
            end += 1
        group = [due for due in dues[at:end] if on is None or due.due_on <= on]
        for head in order:
            for due in group:
                yield due, head
        at = end
