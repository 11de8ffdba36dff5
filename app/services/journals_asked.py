"""Vouchers that wait for a second person, and the months that are closed, as people read them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from app.commands.books import PostJournal
from app.domain.roles import Permission
from app.queries.books import ListJournalsAsked, ShowMonths
from app.rows.books import BooksSpans, EntryLeg, JournalAsked, MonthState
from app.services.closing import month_around
from app.services.journals import wanted_of
from app.services.registry import answers
from app.services.work import Reading
from app.store.balances import chart_of
from app.store.checks import JOURNAL, waiting_checks
from app.store.days import last_day
from app.store.journal import earliest, legs_of
from app.store.journal_vouchers import CLOSED, MONTH, OPEN, closed_until, told_of, voucher_by_id

_ONE_DAY = timedelta(1)
RUNNING = "running"
Row = Mapping[Any, Any]


@answers(ListJournalsAsked, needs=Permission.VIEW_BOOKS)
def list_journals_asked(reading: Reading, _query: ListJournalsAsked) -> tuple[JournalAsked, ...]:
    """What waits, each with the lines that it would write."""
    found = waiting_checks(reading.connection, reading.branch.branch_id)
    titles = {
        row["code"]: row["title"] for row in chart_of(reading.connection, reading.branch.branch_id)
    }
    return tuple(_asked(reading, row, titles) for row in found if row["subject_kind"] == JOURNAL)


@answers(ShowMonths, needs=Permission.VIEW_BOOKS)
def show_months(reading: Reading, _query: ShowMonths) -> BooksSpans:
    """The months since the first entry, the latest first."""
    snapshot, branch_id = reading.connection, reading.branch.branch_id
    until, day = closed_until(snapshot, branch_id), last_day(snapshot, branch_id)
    first = earliest(snapshot, branch_id) or reading.day
    told = [row for row in told_of(snapshot, branch_id) if row["what"] == MONTH]
    months = tuple(_state(one, until, day, told) for one in _months(first, reading.day))
    shut = day is not None and day["state"] == CLOSED
    free = day is not None and (until is None or day["day_on"] > until)
    return BooksSpans(
        closed_until=until,
        months=months,
        day_to_reopen=day["day_on"] if day is not None and shut and free else None,
    )


def _asked(reading: Reading, row: Row, titles: Mapping[str, str]) -> JournalAsked:
    wanted = wanted_of(row)
    kind, on, reverses = "reversal", None, ""
    if isinstance(wanted, PostJournal):
        kind, on = wanted.kind, wanted.on
        lines = [(line.account, line.amount_minor) for line in wanted.lines]
    else:
        found = voucher_by_id(reading.connection, wanted.voucher_id)
        reverses = "" if found is None else found["number"]
        entry_id = 0 if found is None else found["entry_id"]
        legs = legs_of(reading.connection, (entry_id,)).get(entry_id, [])
        lines = [(leg["account"], -leg["amount_minor"]) for leg in legs]
    return JournalAsked(
        check_id=row["id"],
        version=row["version"],
        maker_id=row["maker_id"],
        maker=row["maker"] or "",
        kind=kind,
        reason=wanted.reason,
        on=on,
        reverses=reverses,
        legs=tuple(
            EntryLeg(code, titles.get(code, ""), max(minor, 0), max(-minor, 0))
            for code, minor in lines
        ),
        amount_minor=row["amount_minor"],
        currency=row["currency"],
    )


def _months(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The months that two days lie in and all between, the latest first."""
    month = month_around(last)
    while month[1] >= first:
        yield month
        month = month_around(month[0] - _ONE_DAY)


def _state(
    month: tuple[date, date], until: date | None, day: Row | None, told: list[Any]
) -> MonthState:
    first, last = month
    over = day is not None and (
        day["day_on"] > last or (day["day_on"] == last and day["state"] == CLOSED)
    )
    shut = until is not None and last <= until
    own = next((one for one in told if one["first_on"] <= first and last <= one["last_on"]), None)
    return MonthState(
        first_on=first,
        last_on=last,
        state=CLOSED if shut else OPEN if over else RUNNING,
        told="" if own is None else own["state"],
        told_at=None if own is None else datetime.fromisoformat(own["recorded_at"]),
        who="" if own is None else own["who"] or "",
        reason="" if own is None else own["reason"],
    )
