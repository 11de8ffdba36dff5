"""Heads of a due, and the order in which received money settles dues."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby, takewhile
from typing import NamedTuple, TypeAlias


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


# The place of each head in a `Split` and in the lists of the working papers.
HEADS = (Head.PRINCIPAL, Head.INTEREST, Head.CHARGE, Head.PENALTY)
PRINCIPAL, INTEREST, CHARGE, PENALTY = range(4)


def places(heads: Sequence[Head]) -> tuple[int, ...]:
    """The heads as their places in a `Split`."""
    return tuple(HEADS.index(head) for head in heads)


@dataclass(slots=True)
class Due:
    """A line, or a dated charge of one: what falls due on a day, and what of it is still unpaid.

    The replay's own working paper, changed in place. `place` is the line's place in the schedule;
    `asked` and `unpaid` hold minor units by head in the order of `Split`.
    """

    place: int
    due_on: date
    asked: list[int]
    unpaid: list[int]


class Part(NamedTuple):
    """A part of a receipt that settles one head of one line."""

    line: int
    due_on: date
    head: Head
    amount: int


# What was settled: the due, the place of the head, the amount.
Settled: TypeAlias = tuple[Due, int, int]


def settle(
    amount: int, dues: Sequence[Due], on: date, rule: AllocationRule
) -> tuple[list[Settled], int]:
    """Set `amount`, received on a day, against dues sorted by due date.

    First what is due by then, oldest first, then the coming lines. Changes the dues; returns what
    was settled and what is left over once nothing is unpaid.
    """
    settled: list[Settled] = []
    for due, order in _visits(dues, on, rule):
        unpaid = due.unpaid
        for head in order:
            part = unpaid[head]
            if part:
                part = min(part, amount)
                unpaid[head] -= part
                amount -= part
                settled.append((due, head, part))
                if not amount:
                    return settled, 0
    return settled, amount


def _visits(
    dues: Sequence[Due], on: date, rule: AllocationRule
) -> Iterator[tuple[Due, tuple[int, ...]]]:
    """Every due with the heads to settle there, in the order in which money reaches them."""
    order = places(rule.order)
    if rule.across is Across.HEAD:
        for head in order:
            yield from ((due, (head,)) for due in _until(dues, on))
    else:
        yield from _by_line(_until(dues, on), order)
    ahead = places(rule.ahead)
    if rule.advance_to is AdvanceTo.LAST:
        yield from _by_line(reversed([due for due in dues if due.due_on > on]), ahead)
    else:
        yield from _by_line((due for due in dues if due.due_on > on), ahead)


def _until(dues: Sequence[Due], on: date) -> Iterator[Due]:
    return takewhile(lambda due: due.due_on <= on, dues)


def _by_line(dues: Iterable[Due], order: tuple[int, ...]) -> Iterator[tuple[Due, tuple[int, ...]]]:
    """Line by line, the heads in order; a dated charge stands among the heads of its line."""
    for _, group in groupby(dues, _place):
        line = list(group)
        if len(line) == 1:
            yield line[0], order
        else:
            yield from ((due, (head,)) for head in order for due in line)


def _place(due: Due) -> int:
    return due.place
