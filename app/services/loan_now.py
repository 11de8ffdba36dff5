"""A loan of this branch as on the business date, for every question about one loan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.domain.ageing import asset_class, bucket, days_past_due
from app.domain.allocation import Split
from app.domain.errors import NotFound
from app.domain.events import Event
from app.domain.loan import LinePaid, Position, position_of
from app.domain.playing import play
from app.domain.terms import Terms
from app.rows.servicing import HeadAmounts
from app.services.projecting import LOAN, terms_from
from app.services.work import Reading
from app.store.loans import LoanRecord, events_of, loans_by_id

_ONE_DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class LoanNow:
    """A loan with its facts and what they come to; while the day is open today makes nobody late.

    `late` fell due before the day and is unpaid, `position.arrears` by the end of it.
    """

    record: LoanRecord
    terms: Terms
    events: Sequence[Event]
    position: Position
    day: date
    late: Split

    @property
    def oldest_late_on(self) -> date | None:
        """The oldest unpaid due date before the day."""
        oldest = self.position.oldest_unpaid_due_on
        return oldest if oldest is not None and oldest < self.day else None

    @property
    def dpd(self) -> int:
        """Days past due."""
        return days_past_due(self.oldest_late_on, self.day)

    @property
    def bucket(self) -> str:
        """The bucket of the days past due."""
        return bucket(self.dpd)

    @property
    def asset_class(self) -> str:
        """India's class, from what was due before the day."""
        return asset_class(self.oldest_late_on, self.day, self.position.npa_since_on)

    def next_line(self) -> LinePaid | None:
        """The next line to come after the day with anything unpaid."""
        lines = self.position.lines
        return next((x for x in lines if x.due_on > self.day and any(x.unpaid)), None)


def loan_now(reading: Reading, loan_id: int) -> LoanNow:
    """Replay the loan to the business date. Raises NotFound outside this branch."""
    found = loans_by_id(reading.connection, [loan_id]).get(loan_id)
    if found is None or found.branch_id != reading.branch.branch_id:
        raise NotFound(what=LOAN, id=loan_id)
    events = events_of(reading.connection, [loan_id])[loan_id]
    return as_on_day(found, events, reading.day)


def as_on_day(found: LoanRecord, events: Sequence[Event], day: date) -> LoanNow:
    """A loan with these facts at a day."""
    terms = terms_from(found.terms, found.currency)
    played = play(terms, events, day)
    position = position_of(played)
    late = Split._make(played.book.arrears(day - _ONE_DAY))
    return LoanNow(found, terms, events, position, day, late)


def heads_of(split: Split) -> HeadAmounts:
    """A split as rows show it."""
    return HeadAmounts(split.penalty, split.charge, split.interest, split.principal)
