"""Heads of a due, and the order in which received money settles dues."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter
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

    @property
    def keeps_instalment(self) -> bool:
        """Whether money ahead leaves the instalment as it is and shortens the term."""
        return self.advance_to is AdvanceTo.REDUCE_TERM

    @property
    def reduces(self) -> bool:
        """Whether money ahead lowers the principal at once and the plan is found again."""
        return self.advance_to in (AdvanceTo.REDUCE_INSTALMENT, AdvanceTo.REDUCE_TERM)


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
    return tuple(map(HEADS.index, heads))


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


# What was settled: the due, the place of the head, the amount, the day.
Settled: TypeAlias = tuple[Due, int, int, date]


class Course(NamedTuple):
    """An allocation rule made ready for use: heads as places."""

    order: tuple[int, ...]
    ahead: tuple[int, ...]
    by_head: bool
    from_the_end: bool
    due_only: bool  # money ahead is held, or lowers the principal


def course_of(rule: AllocationRule) -> Course:
    """The rule made ready for use."""
    return Course(
        places(rule.order),
        places(rule.ahead),
        rule.across is Across.HEAD,
        rule.advance_to is AdvanceTo.LAST,
        rule.advance_to is AdvanceTo.HOLD or rule.reduces,
    )


def settle(
    amount: int, dues: Sequence[Due], first: int, on: date, course: Course
) -> tuple[list[Settled], int]:
    """Set `amount`, received on a day, against dues sorted by due date, from the place `first` on.

    First what is due by then, oldest first, then the coming lines. Changes the dues; returns what
    was settled and what is left over once nothing is unpaid.
    """
    settled: list[Settled] = []
    if not course.by_head:
        first, amount = _whole_lines(amount, dues, first, on, course, settled)
    if amount and first < len(dues):
        amount = _any_lines(amount, dues, first, on, course, settled)
    return settled, amount


def settle_due(
    amount: int, dues: Sequence[Due], on: date, course: Course, cap: int | None
) -> tuple[list[Settled], int]:
    """Set money on what is due, but on no more than `cap` of principal, the oldest first."""
    over = 0 if cap is None else sum(due.unpaid[PRINCIPAL] for due in dues) - max(cap, 0)
    hidden = []
    for due in reversed(dues):
        part = min(due.unpaid[PRINCIPAL], over)
        if part > 0:  # not handed out yet: nothing can be repaid of it
            due.unpaid[PRINCIPAL] -= part
            hidden.append((due, part))
            over -= part
    settled, left = settle(amount, dues, 0, on, course)
    for due, part in hidden:
        due.unpaid[PRINCIPAL] += part
    return settled, left


def settle_capped(
    amount: int, coming: Sequence[Due], on: date, course: Course, cap: int
) -> tuple[list[Settled], int]:
    """Set money ahead on coming dues, but on no more than `cap` of principal."""
    settled: list[Settled] = []
    cap = max(cap, 0)  # more may be forgiven than was handed out
    lines = list(_lines(coming))
    for line in reversed(lines) if course.from_the_end else lines:
        if not amount:
            break
        for head in course.ahead:
            bound = min(amount, cap) if head == PRINCIPAL else amount
            left = _take(line, (head,), bound, on, settled)
            amount -= bound - left
            if head == PRINCIPAL:
                cap -= bound - left
    return settled, amount


def _whole_lines(
    amount: int, dues: Sequence[Due], at: int, on: date, course: Course, settled: list[Settled]
) -> tuple[int, int]:
    """Settle lines one after the other while none has dated charges: nearly every receipt.

    Returns where it stopped and what is left.
    """
    count = len(dues)
    while at < count:
        due = dues[at]
        coming = due.due_on > on
        if coming and course.from_the_end:
            break
        if at + 1 < count and dues[at + 1].place <= due.place:
            break
        unpaid = due.unpaid
        for head in course.ahead if coming else course.order:
            part = unpaid[head]
            if part:
                part = part if part < amount else amount  # quicker than min, and run very often
                unpaid[head] -= part
                amount -= part
                settled.append((due, head, part, on))
                if not amount:
                    return at, 0
        at += 1
    return at, amount


def _any_lines(
    amount: int, dues: Sequence[Due], first: int, on: date, course: Course, settled: list[Settled]
) -> int:
    """Settle by heads, from the end, or among dated charges; what is left."""
    end = bisect_right(dues, on, first, key=_due_on)
    late = [due for due in dues[first:end] if any(due.unpaid)]
    coming = dues[_next_unpaid(dues, end) :]
    if course.by_head:
        for head in course.order:
            amount = _take(late, (head,), amount, on, settled)
    else:
        for line in _lines(sorted(late, key=_place)):
            amount = _take(line, course.order, amount, on, settled)
            if not amount:
                return 0
    if amount:
        lines = _lines(coming)
        for line in reversed(list(lines)) if course.from_the_end else lines:
            amount = _take(line, course.ahead, amount, on, settled)
            if not amount:
                break
    return amount


def _next_unpaid(dues: Sequence[Due], at: int) -> int:
    """The first place with anything unpaid from a place on: lines paid ahead are many."""
    while at < len(dues) and not any(dues[at].unpaid):
        at += 1
    return at


def _lines(dues: Sequence[Due]) -> Iterator[list[Due]]:
    """The dues of each line together: a dated charge stands among the heads of its line."""
    for _, line in groupby(dues, _place):
        yield list(line)


_place = attrgetter("place")
_due_on = attrgetter("due_on")


def _take(
    dues: Sequence[Due], order: tuple[int, ...], amount: int, on: date, settled: list[Settled]
) -> int:
    """Settle the heads in order, each over all the dues given; return what is left."""
    for head in order:
        for due in dues:
            unpaid = due.unpaid[head]
            if unpaid and amount:
                part = unpaid if unpaid < amount else amount
                due.unpaid[head] = unpaid - part
                amount -= part
                settled.append((due, head, part, on))
    return amount
