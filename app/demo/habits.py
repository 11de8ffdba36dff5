"""How invented borrowers pay: a habit makes a life of payments from the dues of a loan."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from random import Random

from app.demo.days import Days
from app.demo.luck import chance
from app.ports import Session

Due = tuple[date, int]  # a day and minor units


class Habit(StrEnum):
    """How a borrower is with money."""

    PUNCTUAL = "punctual"
    LATE = "late"  # some days late now and then
    PART = "part"  # brings what there is, the rest with the next
    AHEAD = "ahead"  # sometimes two instalments at once
    IRREGULAR = "irregular"  # misses some, then makes up for them
    STOPPED = "stopped"  # pays no more after a while
    CLOSES = "closes"  # pays the loan off before its end
    BOUNCES = "bounces"  # a cheque comes back


class Way(StrEnum):
    """What somebody comes to the counter for."""

    DUE = "due"  # all that is due
    PART = "part"  # half of it
    AHEAD = "ahead"  # the next instalment as well
    CHEQUE = "cheque"
    BOUNCE = "bounce"  # the bank sends the cheque back: reversal and charge
    WAIVE = "waive"  # part of that charge is forgiven
    CLOSE = "close"


Visit = tuple[date, Way]
_COMMON = (
    *(Habit.PUNCTUAL for _ in range(64)),
    *(Habit.LATE for _ in range(14)),
    *(Habit.PART for _ in range(7)),
    *(Habit.AHEAD for _ in range(6)),
    *(Habit.IRREGULAR for _ in range(9)),
)
# Some habits come at places, so that a small branch has them too: (place, every) of the loans.
_PLACED = ((Habit.STOPPED, 2, 16), (Habit.CLOSES, 4, 60), (Habit.BOUNCES, 6, 40))


@dataclass(slots=True)
class Account:
    """A loan as its borrower and the counter know it: dues, and what was paid (minor units)."""

    loan_id: int
    borrower: str
    party_id: int
    officer: Session
    product: str
    disbursed_on: date
    dues: tuple[Due, ...]
    habit: Habit
    centre: str = ""
    paid: int = 0
    levied: int = 0
    closed: bool = False
    seen: bool = False  # what the loan is used for
    cheque: int | None = None  # the receipt that stands for it
    cheque_minor: int = 0
    promised: set[date] = field(default_factory=set)

    @property
    def left(self) -> int:
        """What is still to come until the end."""
        return sum(amount for _on, amount in self.dues) + self.levied - self.paid

    def due(self, on: date) -> int:
        """What is due up to and with a day, and not paid."""
        return sum(amount for day, amount in self.dues if day <= on) + self.levied - self.paid

    def wanted(self, way: Way, on: date, in_advance: date) -> int:
        """What is brought on a day; a due until `in_advance`, when the branch is shut, counts."""
        now = self.due(max(on, in_advance))
        if way is Way.AHEAD:
            coming = next((amount for day, amount in self.dues if day > on), 0)
            return min(max(now, 0) + coming, self.left)
        if way is Way.PART:
            return now // 2 // 1000 * 1000
        return now


def habit_of(random: Random, place: int) -> Habit:
    """The habit of the loan at a place in the order of disbursement."""
    for habit, first, every in _PLACED:
        if place % every == first:
            return habit
    return random.choice(_COMMON)


def visits_of(random: Random, account: Account, days: Days) -> Iterator[Visit]:
    """Every time the borrower will come, as far as the branch will live to see it."""
    stops = random.randrange(3, 7)
    for place, (due_on, _amount) in enumerate(account.dues):
        yield from _within(days, _visits(random, account.habit, place - stops, due_on, days))
        if place >= stops and account.habit in (Habit.STOPPED, Habit.CLOSES):
            return


def _within(days: Days, visits: Iterator[Visit]) -> Iterator[Visit]:
    for on, way in visits:
        day = days.after(on)
        if day is not None:
            yield day, way


def _visits(random: Random, habit: Habit, past: int, due_on: date, days: Days) -> Iterator[Visit]:
    """The comings for one due; `past` counts from when the habit shows itself."""
    on = days.before(due_on)
    if habit is Habit.PUNCTUAL:
        late = chance(random, 4)
        yield (due_on + timedelta(random.randrange(1, 4)) if late else on), Way.DUE
    elif habit is Habit.LATE:
        yield (due_on + timedelta(random.randrange(1, 13)) if chance(random, 50) else on), Way.DUE
    elif habit is Habit.PART:
        yield on, Way.PART if chance(random, 40) else Way.DUE
    elif habit is Habit.AHEAD:
        yield on, Way.AHEAD if chance(random, 25) else Way.DUE
    elif habit is Habit.IRREGULAR:
        if chance(random, 55):
            yield on, Way.DUE
    else:
        yield from _turning(habit, past, on)


def _turning(habit: Habit, past: int, on: date) -> Iterator[Visit]:
    """Who pays in time until something happens."""
    if past < 0 or (past and habit is Habit.BOUNCES):
        yield on, Way.DUE
    elif past == 0 and habit is Habit.CLOSES:
        yield on, Way.CLOSE
    elif past == 0 and habit is Habit.BOUNCES:
        yield on, Way.CHEQUE
        yield on + timedelta(2), Way.BOUNCE
        yield on + timedelta(3), Way.WAIVE
        yield on + timedelta(4), Way.DUE
