"""What stands on the first screen of the day: the branch's figures, and what waits for whom."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.rows.field import PromiseRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A piece of work that waits for this person.

    `kind` is sanction, enter, check, till, pay-out, newly-late, promise, meeting or visit. Of
    visits `done` are over, of promises kept, of centre meetings booked. `names` holds some of whom
    it is about, with their amounts.
    """

    kind: str
    count: int
    amount_minor: int = 0
    since_on: date | None = None
    names: tuple[tuple[str, int], ...] = ()
    done: int = 0


@dataclass(frozen=True, slots=True)
class DayTaken:
    """What came in on a day, and what was to come: `due_minor` fell due on it."""

    on: date
    collected_minor: int
    due_minor: int
    worked: bool  # whether the branch had it as a business day


@dataclass(frozen=True, slots=True)
class TodayView:
    """The whole screen. A part that the person may not see is None or empty."""

    business_on: date | None
    currency: str
    collected: tuple[tuple[str, int], ...]  # by mode of payment, the largest first
    to_come_minor: int  # due on the day and not paid yet
    late_loans: int
    late_minor: int
    newly_late: int
    ready_loans: int
    ready_minor: int
    till_minor: int | None  # expected in the drawer of this counter
    till_state: str  # open, closed, counted; empty where it was never opened
    till_filling: str  # fine, near, over its limit
    waiting: tuple[Waiting, ...]
    days: tuple[DayTaken, ...]
    promises: tuple[PromiseRow, ...]
    own: bool  # figures of loans are those in this officer's care, not the branch's

    @property
    def collected_minor(self) -> int:
        """Of all modes."""
        return sum(amount for _mode, amount in self.collected)
