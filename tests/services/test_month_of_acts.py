"""What was given up, recovered, given back and capitalised stands in the month and the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from app.domain.allocation import Head
from app.queries.admin import RunReport
from app.reports.month import INDICATORS
from app.rows.reports import CollectionRow, MonthRow
from tests.services.acting import (
    findings,
    product,
    recover,
    refunding,
    reschedule,
    undo,
    undo_receipt,
    write_off,
)
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receive, shown, today

WEEKLY_10K = 859_00


def month(house: House, first: date, last: date) -> dict[str, int]:
    asked = RunReport(report="month", from_on=first, to_on=last)
    rows = house.ask(house.manager, asked).rows
    figures = [row.value for row in rows if isinstance(row, MonthRow)]
    return dict(zip([one.key for one in INDICATORS], figures, strict=True))


def collections(house: House, first: date, last: date) -> list[CollectionRow]:
    asked = RunReport(report="collections", from_on=first, to_on=last)
    rows = house.ask(house.manager, asked).rows
    return [row for row in rows if isinstance(row, CollectionRow)]


def paid_of_due(house: House, loan: int) -> int:
    """What was paid of the lines that fell due by today."""
    lines = shown(house, loan).instalments
    return sum(line.paid.total_minor for line in lines if line.due_on <= today(house))


@dataclass(frozen=True)
class Lived:
    """Three loans after a month, and what was done to them."""

    given_up: int
    stretched: int
    overpaid: int
    write_off: int
    capitalised: int


@pytest.fixture
def lived(house: House) -> Lived:
    """One loan written off and partly recovered, one rescheduled, one overpaid and refunded."""
    one, two, three = lent(house), lent(house), lent(house)
    whole = sum(line.amount_minor for line in shown(house, three).instalments)
    receive(house, three, whole + 100_00)
    next_day(house, 7)
    receive(house, one, WEEKLY_10K)
    next_day(house, 8)
    owed = shown(house, two).due_today.interest_minor
    reschedule(house, two, instalments=20, capitalise=(Head.INTEREST,))
    written_off = write_off(house, one)
    recover(house, one, 1_000_00)
    house.run(house.manager, refunding(three, 60_00))
    return Lived(one, two, three, written_off, owed)


def test_the_month_says_what_became_of_every_rupee(house: House, lived: Lived) -> None:
    next_day(house)
    figures = month(house, OPENED, today(house))
    struck = shown(house, lived.given_up).written_off.total_minor
    assert (figures["struck"], figures["capitalised"]) == (struck, lived.capitalised)
    assert (figures["recovered"], figures["refunded"]) == (1_000_00, 60_00)
    whole = sum(line.amount_minor for line in shown(house, lived.overpaid).instalments)
    assert figures["collected"] == WEEKLY_10K + whole + 100_00
    loans = (lived.given_up, lived.stretched, lived.overpaid)
    assert figures["settled"] == sum(paid_of_due(house, loan) for loan in loans)
    assert figures["closing"] == shown(house, lived.stretched).due_today.total_minor
    assert figures["loans"] == 1
    assert figures["closed"] == 1  # the one written off was not repaid


def test_the_same_month_reads_the_same_once_it_has_passed(house: House, lived: Lived) -> None:
    last = today(house)
    before = month(house, OPENED, last)
    next_day(house)
    undo(house, lived.given_up, lived.write_off)
    next_day(house)
    after = month(house, OPENED, last)
    assert {key: after[key] for key in before if key not in ("closed",)} == {
        key: before[key] for key in before if key not in ("closed",)
    }
    this = month(house, today(house), today(house))
    assert this["struck"] == 0
    taken_back = month(house, last, today(house))
    assert taken_back["struck"] == 0


def test_a_recovery_is_a_row_of_the_collections_marked_as_one(house: House, lived: Lived) -> None:
    rows = collections(house, today(house), today(house))
    (row,) = rows
    assert (row.amount_minor, row.state, row.recovery) == (1_000_00, "Recovery", True)
    split = (row.principal_minor, row.interest_minor, row.charge_minor, row.penalty_minor)
    assert sum(split) == row.amount_minor - row.excess_minor == 1_000_00
    assert findings(house) == ()
    assert lived.given_up


def test_a_recovery_taken_back_later_counts_below_zero(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    write_off(house, loan)
    posted = recover(house, loan, 300_00)
    day = next_day(house)
    undo_receipt(house, posted.receipt_id)
    (row,) = collections(house, day, day)
    assert (row.amount_minor, row.recovery) == (-300_00, True)
    assert month(house, day, day)["recovered"] == -300_00


def test_penal_charges_that_grow_are_demand_of_the_days_they_grow_on(house: House) -> None:
    code = product(house, "P", penalty={"percent_a_year": "36", "grace_days": 0})
    loan = lent(house, product=code)
    first = today(house)
    middle = next_day(house, 10)
    last = next_day(house, 10)
    receive(house, loan, 1_000_00)
    next_day(house)
    one, two = month(house, first, middle), month(house, middle, last)
    assert one["settled"] == 0
    assert one["closing"] > WEEKLY_10K
    later = month(house, date.fromordinal(middle.toordinal() + 1), last)
    assert later["opening"] == one["closing"]
    assert later["settled"] == 1_000_00
    assert later["opening"] + later["demand"] - later["settled"] == later["closing"]
    assert two["collected"] == 1_000_00
