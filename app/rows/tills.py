"""What the screens and papers of tills show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.domain.till import Filling, TillKind, TillState


@dataclass(frozen=True, slots=True)
class TillMoveRow:
    """A count or movement. `amount_minor` is what was counted or moved, always above zero."""

    move_id: int
    number: str
    kind: TillKind
    counter: str
    to_counter: str
    at: datetime
    booked_on: date
    amount_minor: int
    currency: str
    account: str
    account_title: str
    payee: str
    reference: str
    reason: str
    by: str
    checker: str  # who let it happen, where it was another person


@dataclass(frozen=True, slots=True)
class TillSession:
    """A till from its opening count to its closing count; what is None did not happen yet."""

    session: int
    day_on: date
    opened_at: datetime
    opened_by: str
    opening_minor: int
    opening_difference_minor: int
    currency: str
    open_id: int
    close_id: int | None
    closed_at: datetime | None
    closed_by: str
    received_minor: int | None
    paid_minor: int | None
    expected_minor: int | None
    counted_minor: int | None
    reason: str

    @property
    def difference_minor(self) -> int | None:
        """What the closing count found over (above zero) or short."""
        if self.counted_minor is None or self.expected_minor is None:
            return None
        return self.counted_minor - self.expected_minor


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """A count that waits for a second person, as its check."""

    check_id: int
    version: int
    maker_id: int
    maker: str
    opening: bool
    counted_minor: int
    reason: str


@dataclass(frozen=True, slots=True)
class TillFigures:
    """A counter's cash today. `used` is False where its till was never opened."""

    counter: str
    used: bool
    version: int
    state: TillState
    since: datetime | None  # of the opening, where it is open
    cashier: str
    currency: str
    opening_minor: int
    received_minor: int
    paid_minor: int
    expected_minor: int
    cash_limit_minor: int | None
    own_limit_minor: int | None  # as set for this till
    difference_limit_minor: int
    own_difference_minor: int | None
    filling: Filling
    counted_minor: int | None  # by the last closing of the day
    difference_minor: int | None
    waiting: WaitingCount | None = None


@dataclass(frozen=True, slots=True)
class OfficerCash:
    """What an officer collected and did not hand in yet."""

    officer_id: int
    name: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class TillRoom:
    """One counter's till with all that can be done at it.

    `arriving` is on its way to this counter, `leaving` from it; `accounts` are (code, title) that
    cash may come from or go to, the bank first.
    """

    figures: TillFigures
    moves: tuple[TillMoveRow, ...]
    sessions: tuple[TillSession, ...]
    arriving: tuple[TillMoveRow, ...]
    leaving: tuple[TillMoveRow, ...]
    counters: tuple[str, ...]
    accounts: tuple[tuple[str, str], ...]
    officers: tuple[OfficerCash, ...]


@dataclass(frozen=True, slots=True)
class TillsView:
    """All tills of the branch, cash on its way, and what officers hold."""

    tills: tuple[TillFigures, ...]
    on_the_way: tuple[TillMoveRow, ...]
    officers: tuple[OfficerCash, ...]
