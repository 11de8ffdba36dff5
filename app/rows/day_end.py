"""What is looked at before a business day is closed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DayCheck:
    """One thing looked at. `state` is ok, warn, or stop: the day cannot be closed so.

    `what` is tills, balance, checks, prints or messages; `names` are the first of what is not in
    order, such as numbers of receipts.
    """

    what: str
    state: str
    count: int
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayEnd:
    """The day in figures, and what was looked at."""

    on: date
    currency: str
    entries: int
    debit_minor: int
    credit_minor: int
    receipts: int
    received_minor: int
    checks: tuple[DayCheck, ...]

    @property
    def stops(self) -> bool:
        """Whether something must be put in order first."""
        return any(check.state == "stop" for check in self.checks)
