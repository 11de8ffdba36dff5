"""Which late loans are asked for, and what they come to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from app.store.narrowing import Narrow

NO_PROMISE = "none"
_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Late:
    """Which loans: late on `day`, or (`due_today`) with something due on it.

    `oldest` and `newest` bound the oldest unpaid due date, for a bucket.
    """

    branch_id: int
    currency: str
    day: date
    due_today: bool = False
    officer_id: int | None = None
    village: str = ""
    product_id: int | None = None
    centre: str = ""
    words: tuple[str, ...] = ()  # folded; all of them must be found
    promise: str = ""  # "", open, kept, broken, none
    oldest: date | None = None
    newest: date | None = None
    day_ended: bool = False  # True of a day that has passed

    @property
    def narrow(self) -> Narrow:
        """What the loans themselves must be."""
        return Narrow(product_id=self.product_id, centre=self.centre)

    @property
    def before(self) -> date:
        """The day before: everything due by its end is late on `day`."""
        return self.day - _ONE_DAY


@dataclass(frozen=True, slots=True)
class LateSums:
    """How many loans, and their amounts in minor units."""

    loans: int = 0
    arrears_minor: int = 0
    outstanding_minor: int = 0
    principal_late_minor: int = 0
