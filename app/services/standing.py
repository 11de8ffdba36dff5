"""How late loans are on a day: open, past or to come. One answer for lists, visits and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from app.domain.ageing import BUCKETS, asset_class, bucket, days_past_due
from app.domain.allocation import PRINCIPAL
from app.domain.events import Event
from app.domain.penalty import grow
from app.domain.playing import play
from app.domain.terms import Terms
from app.services.borrower_class import npas_of_loans
from app.services.projecting import terms_from
from app.services.work import Reading
from app.store.listed_rows import stands_by_id
from app.store.listing import listed_day
from app.store.loan_terms import believed_on
from app.store.loans import events_of
from app.store.past import past_standing, standing_now

_ONE_DAY = timedelta(1)
_OLDEST_NAMED = 181  # the first day of the last bucket
Mapped = Mapping[Any, Any]


@dataclass(frozen=True)
class Standing:
    """A loan on a day, in minor units.

    `arrears_minor` fell due before the day, `due_minor` falls due on it. While the day is open
    (`ended` False) what falls due on it makes nobody late.
    """

    day: date
    oldest_on: date | None
    npa_since_on: date | None
    outstanding_minor: int
    arrears_minor: int
    due_minor: int
    principal_late_minor: int
    ended: bool

    @cached_property
    def dpd(self) -> int:
        """Days past due."""
        return days_past_due(self.oldest_on, self.day)

    @property
    def runs(self) -> bool:
        """Whether anything of the loan is still to be paid."""
        return self.oldest_on is not None

    @property
    def bucket(self) -> str:
        """The bucket of the days past due."""
        return bucket(self.dpd)

    @property
    def asset_class(self) -> str:
        """The class; of a day that has ended, as at its end."""
        oldest = self.oldest_on
        if not self.ended and oldest is not None and oldest >= self.day:
            oldest = None
        return asset_class(oldest, self.day, self.npa_since_on)


@dataclass(frozen=True, slots=True)
class BucketSpan:
    """A bucket with its first and last day past due; the last one has no end."""

    name: str
    first: int
    last: int | None


def bucket_spans() -> tuple[BucketSpan, ...]:
    """The buckets of late loans, the youngest first, as the domain cuts them."""
    spans = []
    for name in BUCKETS[1:]:
        days = [dpd for dpd in range(1, _OLDEST_NAMED + 1) if bucket(dpd) == name]
        open_end = bucket(_OLDEST_NAMED) == name
        spans.append(BucketSpan(name, days[0], None if open_end else days[-1]))
    return tuple(spans)


def standings(reading: Reading, loan_ids: Sequence[int], day: date) -> dict[int, Standing]:
    """How each of some loans stands on a day; by loan id. Loans not yet paid out are left out."""
    if not loan_ids:
        return {}
    return _by_borrower(reading, _alone(reading, loan_ids, day), day)


def stands_alone(reading: Reading, loan_ids: Sequence[int], day: date) -> dict[int, Standing]:
    """What each of some loans owes on a day, where nobody asks for its class."""
    return _alone(reading, loan_ids, day) if loan_ids else {}


def _by_borrower(reading: Reading, alone: dict[int, Standing], day: date) -> dict[int, Standing]:
    """The class of each follows its borrower's: an NPA through any loan is one in all."""
    npas = npas_of_loans(reading, alone, day)
    return {
        loan_id: replace(one, npa_since_on=npas[loan_id]) if loan_id in npas and one.runs else one
        for loan_id, one in alone.items()
    }


def _alone(reading: Reading, loan_ids: Sequence[int], day: date) -> dict[int, Standing]:
    """How each stands by itself."""
    if day < reading.day:
        return standings_of(reading, past_standing(reading.connection, loan_ids, day), day)
    is_listed = listed_day(reading.connection, reading.branch.branch_id) == day
    find = stands_by_id(reading.connection, loan_ids) if is_listed else ()
    found = [*find, *_unlisted(reading, find, loan_ids, day)]
    return {row["loan_id"]: _standing(row, day, ended=False) for row in found}


def _unlisted(
    reading: Reading, found: Sequence[Mapped], loan_ids: Sequence[int], day: date
) -> Sequence[Mapped]:
    """How those of the loans stand of which no row is kept for the day."""
    known = {row["loan_id"] for row in found}
    missing = [loan_id for loan_id in loan_ids if loan_id not in known]
    return standing_now(reading.connection, missing, day) if missing else ()


def standings_of(
    reading: Reading, rows: Sequence[Mapped], day: date, *, as_known: bool = False
) -> dict[int, Standing]:
    """The standings of rows of a past day; the few that need it are replayed.

    With `as_known` the rows are of loans told of later, and are replayed as known on that day;
    those that nobody knew of are left out.
    """
    again = [row for row in rows if as_known or row["needs_replay"]]
    replayed = _replayed(reading, again, day, day if as_known else None)
    made = {}
    for row in rows:
        loan_id = row["loan_id"]
        if loan_id in replayed:
            made[loan_id] = replayed[loan_id]
        elif not as_known:
            made[loan_id] = _standing(row, day, ended=True)
    return made


def _standing(row: Mapped, day: date, *, ended: bool) -> Standing:
    return Standing(
        day=day,
        oldest_on=row["next_unsettled_due_on"],
        npa_since_on=row["npa_since_on"],
        outstanding_minor=row["principal_minor"],
        arrears_minor=int(row["arrears_minor"]),
        due_minor=int(row["due_minor"]),
        principal_late_minor=int(row["principal_late_minor"]),
        ended=ended,
    )


def _replayed(
    reading: Reading, rows: Sequence[Mapped], day: date, known_on: date | None
) -> dict[int, Standing]:
    """Standings from the facts of each loan."""
    ids = [row["loan_id"] for row in rows]
    facts = events_of(reading.connection, ids) if rows else {}
    then = believed_on(reading.connection, ids, known_on) if rows and known_on else {}
    made = {}
    for row in rows:
        terms = terms_from(then.get(row["loan_id"], row["terms"]), row["currency"])
        stands = _from_facts(terms, facts[row["loan_id"]], day, known_on)
        if stands is not None:
            made[row["loan_id"]] = stands
    return made


def _from_facts(
    terms: Terms, facts: Sequence[Event], day: date, known_on: date | None
) -> Standing | None:
    played = play(terms, facts, day, known_on)
    book = played.book
    if not played.spans:
        return None
    grow(book, day)
    oldest = book.next_due_on()
    before, by = book.arrears(day - _ONE_DAY), book.arrears(day)
    return Standing(
        day=day,
        oldest_on=oldest,
        npa_since_on=played.spans[-1].npa_since_on,
        outstanding_minor=book.principal,
        arrears_minor=sum(before),
        due_minor=sum(by) - sum(before),
        principal_late_minor=before[PRINCIPAL],
        ended=True,
    )
