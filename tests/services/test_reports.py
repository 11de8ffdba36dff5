"""Reports: figures worked by hand, the same by brute force, and what was said stays said."""

from __future__ import annotations

import csv
from dataclasses import asdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from itertools import pairwise
from random import Random

import pytest

from app.commands.field import MakePromise, PlannedStop, PlanVisits, PromiseFacts, RecordVisit
from app.domain.allocation import Head
from app.domain.errors import NotFound, NotPermitted, ValueRefused
from app.domain.events import EventKind
from app.domain.loan import replay
from app.papers.report_csv import write_csv
from app.queries.admin import RunReport
from app.reports import About, cells_of
from app.reports.catalogue import CATALOGUE, report_named
from app.reports.month import INDICATORS
from app.rows.reports import AgeingRow, CollectionRow, MonthRow, ReportResult
from app.store.reports import Period
from tests.services.branch import OPENED, House
from tests.services.lending import next_day, receive
from tests.services.planted import Planted, Wish, charged, go_on, paid, plant, reversed_of, waived
from tests.services.portfolio import (
    ONE_DAY,
    RUPEES,
    Counted,
    asked_by,
    counted,
    random_loans,
    worked,
)

MADE_AT = datetime(2026, 1, 5, 14, 5)  # noqa: DTZ001 - local time of the branch
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
NOTHING_HAPPENED = ("ended", "ended-by", "cash", "audit")
MONTHS = [
    (date(2025, 9, 1), date(2025, 9, 30)),
    (date(2025, 11, 1), date(2025, 11, 30)),
    (date(2025, 12, 1), date(2025, 12, 31)),
    (date(2026, 1, 1), OPENED),
]


def _run(
    house: House, report: str, first: date, last: date, officer_id: int | None = None
) -> ReportResult:
    asked = RunReport(report=report, from_on=first, to_on=last, officer_id=officer_id)
    return house.ask(house.manager, asked)


def _month(house: House, first: date, last: date, officer_id: int | None = None) -> dict[str, int]:
    rows = _run(house, "month", first, last, officer_id).rows
    assert len(rows) == len(INDICATORS)
    return {
        one.key: row.value
        for one, row in zip(INDICATORS, rows, strict=True)
        if isinstance(row, MonthRow)
    }


def _collections(house: House, first: date, last: date) -> list[CollectionRow]:
    rows = _run(house, "collections", first, last).rows
    return [row for row in rows if isinstance(row, CollectionRow)]


def _ageing(house: House, on: date) -> list[AgeingRow]:
    return [r for r in _run(house, "overdue", on, on).rows if isinstance(r, AgeingRow)]


def _total(rows: list[CollectionRow]) -> tuple[int, ...]:
    """The sums of received, principal, interest, charge, penalty, excess."""
    keys = [key for key in asdict(rows[0]) if key.endswith("_minor")] if rows else []
    return tuple(sum(getattr(row, key) for row in rows) for key in keys) or (0,) * 6


def test_every_report_declares_columns_its_rows_have(house: House) -> None:
    loans = worked(house)
    go_on(house, loans["Bela"], paid(OPENED, 100))
    for report in CATALOGUE:
        result = _run(house, report.name, *JANUARY)
        assert result.rows or report.name in NOTHING_HAPPENED
        assert report_named(report.name) is report
        for row in result.rows:
            assert len(cells_of(report.by(result.by), row)) == len(report.by(result.by).columns)


def test_a_file_of_a_report_adds_up_to_its_rows(house: House) -> None:
    worked(house)
    result = _run(house, "overdue", OPENED, OPENED)
    about = About(
        lender="L", branch="B", period=result.period, currency=result.currency, made_at=MADE_AT
    )
    file = BytesIO()
    assert write_csv(report_named("overdue"), result.rows, about, file) == 5
    lines = list(csv.DictReader(file.getvalue().decode("utf-8-sig").splitlines()))
    assert sum(Decimal(line["Overdue"]) for line in lines if line["Loan"]) == Decimal(16_000)
    assert lines[0]["Class"] == "NPA"


def test_a_receipt_at_the_counter_is_in_the_collections_of_the_day(house: House) -> None:
    loan = worked(house)["Bela"]
    posted = receive(house, loan.loan_id, 3_500 * RUPEES)
    (row,) = _collections(house, OPENED, OPENED)
    assert (row.number, row.loan_number, row.borrower) == (posted.number, loan.number, "Bela Devi")
    assert (row.mode, row.officer, row.on, row.state) == ("Cash", "Officer One", OPENED, "")
    assert _total([row]) == (350_000, 350_000, 0, 0, 0, 0)
    assert row.time == f"{house.clock.now() + timedelta(hours=5, minutes=30):%H:%M}"
    assert _collections(house, OPENED - timedelta(9), OPENED - ONE_DAY) == []


def test_a_split_shows_every_head_and_the_excess(house: House) -> None:
    wish = Wish(OPENED - timedelta(7), 1_000 * RUPEES, 1, rate="52")
    wish.facts = [
        charged(OPENED - ONE_DAY, 50 * RUPEES),
        charged(OPENED - ONE_DAY, 20 * RUPEES, Head.PENALTY),
        paid(OPENED, 1_100 * RUPEES),
    ]
    plant(house, wish)
    assert _total(_collections(house, OPENED, OPENED)) == (
        *(110_000, 100_000, 1_000),
        *(5_000, 2_000, 2_000),
    )


def test_a_receipt_reversed_in_its_own_period_counts_nothing(house: House) -> None:
    wish = Wish(OPENED - timedelta(30), 12_000 * RUPEES)
    wish.facts = [paid(OPENED - ONE_DAY, 500 * RUPEES), reversed_of(OPENED, 1)]
    plant(house, wish)
    (row,) = _collections(house, OPENED - ONE_DAY, OPENED)
    assert (row.amount_minor, row.state) == (0, "Reversed")


def test_a_later_reversal_leaves_the_day_as_it_was_told_and_is_taken_off_in_its_own(
    house: House,
) -> None:
    wish = Wish(OPENED - timedelta(30), 12_000 * RUPEES)
    wish.facts = [paid(OPENED - ONE_DAY, 500 * RUPEES)]
    (loan,) = plant(house, wish)
    before = _collections(house, OPENED - ONE_DAY, OPENED - ONE_DAY)
    go_on(house, loan, reversed_of(OPENED, 1))
    assert _collections(house, OPENED - ONE_DAY, OPENED - ONE_DAY) == before
    (taken,) = _collections(house, OPENED, OPENED)
    assert (taken.amount_minor, taken.principal_minor) == (-500 * RUPEES, -500 * RUPEES)
    assert (taken.number, taken.state, taken.on) == (before[0].number, "Reversed", OPENED)


def test_the_ageing_of_the_worked_portfolio(house: House) -> None:
    worked(house)
    rows = _ageing(house, OPENED)
    told = [
        (r.borrower.split()[0], r.b1_30_minor, r.b31_60_minor, r.b61_90_minor, r.b91_180_minor)
        for r in rows
    ]
    thousand = 1_000 * RUPEES
    assert told == [
        ("Farida", 0, 0, 0, 0),
        ("Esha", 0, 0, 0, 3 * thousand),
        ("Deepa", 0, 0, 3 * thousand, 0),
        ("Chanda", 0, 5 * thousand, 0, 0),
        ("Bela", 3 * thousand, 0, 0, 0),
    ]
    assert (rows[0].b180_minor, rows[0].asset_class) == (2 * thousand, "NPA")
    notes = dict(_run(house, "overdue", OPENED, OPENED).notes)
    assert notes["Overdue"] == "₹16,000.00"
    assert notes["Outstanding"] == "₹64,000.00"
    assert notes["Arrears rate"] == "25% (principal overdue alone)"
    assert notes["PAR-30"] == "39.06% (whole loans over 30 days late)"


def test_the_month_of_a_small_branch_worked_by_hand(house: House) -> None:
    """One loan of 12 × 1,000 a week, paid out on 29 Dec; another of 4 × 500, 1 Dec; January 1–5.

    The second's lines: 8, 15, 22, 29 Dec; 1,500 paid by 30 Dec, so 500 late at the start. In
    January: due 1,000 (5 Jan). Received 500 on the 2nd closes it; 700 on the 3rd, ahead, for the
    first; 100 forgiven on the 5th.
    """
    first = Wish(date(2025, 12, 29), 12_000 * RUPEES, 12)
    first.facts = [
        paid(date(2026, 1, 3), 700 * RUPEES),
        waived(date(2026, 1, 5), 100 * RUPEES, Head.PRINCIPAL),
    ]
    second = Wish(date(2025, 12, 1), 2_000 * RUPEES, 4)
    second.facts = [paid(date(2025, 12, 30), 1_500 * RUPEES), paid(date(2026, 1, 2), 500 * RUPEES)]
    plant(house, first, second)
    month = _month(house, *JANUARY)
    rupees = {key: value // RUPEES for key, value in month.items()}
    assert (month["disbursed_count"], rupees["disbursed"]) == (0, 0)
    assert (rupees["collected"], rupees["principal"], month["excess"]) == (1_200, 1_200, 0)
    assert (rupees["opening"], rupees["demand"], rupees["waived"]) == (500, 1_000, 100)
    assert (rupees["settled"], rupees["closing"], month["efficiency"]) == (1_200, 200, 8000)
    assert (rupees["outstanding"], month["loans"], month["borrowers"]) == (11_200, 1, 1)
    assert (month["late_loans"], month["par30"], month["closed"]) == (0, 0, 1)
    december = _month(house, date(2025, 12, 1), date(2025, 12, 31))
    assert (december["disbursed_count"], december["disbursed"]) == (2, 14_000 * RUPEES)
    assert (december["opening"], december["demand"]) == (0, 2_000 * RUPEES)
    assert (december["closing"], december["late"]) == (500 * RUPEES, 500 * RUPEES)
    assert (december["loans"], december["outstanding"]) == (2, 12_500 * RUPEES)


def test_promises_and_visits_are_counted_by_their_days(house: House) -> None:
    loans = worked(house)
    for name in ("Bela", "Chanda", "Deepa"):
        promised = PromiseFacts(1_000 * RUPEES, "INR", OPENED + ONE_DAY)
        asked = MakePromise(loan_id=loans[name].loan_id, promise=promised, note="")
        house.run(house.officer, asked)
    stops = tuple(PlannedStop(loans[name].loan_id, "overdue") for name in ("Bela", "Esha"))
    planned = PlanVisits(officer_id=house.officer.user_id, on=OPENED, stops=stops)
    visit_id = house.run(house.officer, planned).visit_ids[0]
    told = RecordVisit(visit_id=visit_id, outcome="locked", met=False, note="", currency="INR")
    house.run(house.officer, told)
    next_day(house)
    go_on(house, loans["Bela"], paid(OPENED + ONE_DAY, 1_000 * RUPEES))
    next_day(house, 3)
    month = _month(house, *JANUARY)
    assert (month["promises_made"], month["promises_kept"], month["promises_broken"]) == (3, 1, 2)
    assert month["visits"] == 1
    assert _month(house, date(2025, 12, 1), date(2025, 12, 31))["promises_made"] == 0


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_figure_of_a_month_is_what_replays_say_that_knew_no_more(
    house: House, seed: int
) -> None:
    loans = random_loans(house, Random(seed), 30)
    for officer_id in (None, house.officer.user_id):
        mine = [loan for loan in loans if officer_id in (None, loan.officer_id)]
        for first, last in MONTHS:
            assert (
                _brute(mine, first, last).items() <= _month(house, first, last, officer_id).items()
            ), (first, officer_id)


def _brute(loans: list[Planted], first: date, last: date) -> dict[str, int]:
    """The figures of a period from each loan's own facts, as known on its last day."""
    at_end = _known(loans, last)
    at_start = _known(loans, first - ONE_DAY)
    period = Period(0, "INR", first, last)
    opening = sum(one.arrears + one.due for one in at_start)
    closing = sum(one.arrears + one.due for one in at_end)
    demand = sum(
        asked_by(loan.terms, loan.events, period)
        for loan in loans
        if loan.terms.disbursed_on <= last
    )
    forgiven = _forgiven(loans, first, last)
    whole = sum(one.outstanding for one in at_end if one.running)
    late = [one for one in at_end if one.dpd]
    at_risk = sum(one.outstanding for one in late if one.dpd > 30)
    split = [sum(column) for column in zip(*_booked(loans, first, last), strict=True)] or [0] * 6
    names = ("collected", "principal", "interest", "charge", "penalty", "excess")
    return {
        **dict(zip(names, split, strict=True)),
        "opening": opening,
        "demand": demand,
        "waived": forgiven,
        "closing": closing,
        "settled": opening + demand - forgiven - closing,
        "outstanding": whole,
        "loans": sum(one.running for one in at_end),
        "late_loans": len(late),
        "late": sum(one.arrears for one in late),
        "par30": (2 * at_risk * 10_000 + whole) // (2 * whole) if whole else 0,
        "disbursed_count": sum(first <= loan.terms.disbursed_on <= last for loan in loans),
    }


def _known(loans: list[Planted], day: date) -> list[Counted]:
    ended = day < OPENED
    return [one for loan in loans if (one := counted(loan, day, ended=ended, known_on=day))]


def _forgiven(loans: list[Planted], first: date, last: date) -> int:
    total = 0
    for loan in loans:
        by_ref = {event.ref: event for event in loan.events}
        for event in loan.events:
            if not first <= event.booked_on <= last:
                continue
            if event.kind is EventKind.WAIVER:
                total += event.amount
            elif event.of is not None and by_ref[event.of].kind is EventKind.WAIVER:
                total -= by_ref[event.of].amount
    return total


def _booked(loans: list[Planted], first: date, last: date) -> list[tuple[int, ...]]:
    """The parts booked in the period, and those taken back in it that were booked before."""
    parts = []
    for loan in loans:
        by_ref = {event.ref: event for event in loan.events}
        for event in loan.events:
            if not first <= event.booked_on <= last:
                continue
            if event.kind is EventKind.RECEIPT:
                parts.append(_part(loan, event.ref, last, 1))
            voided = by_ref.get(event.of) if event.of is not None else None
            if voided and voided.kind is EventKind.RECEIPT and voided.booked_on < first:
                parts.append(_part(loan, voided.ref, event.booked_on - ONE_DAY, -1))
    return parts


def _part(loan: Planted, ref: int, day: date, sign: int) -> tuple[int, ...]:
    found = next(r for r in replay(loan.terms, loan.events, day, day).receipts if r.ref == ref)
    amount = 0 if found.reversed else found.amount
    parts = (amount, found.principal, found.interest, found.charge, found.penalty, found.excess)
    return tuple(sign * part for part in parts)


def test_months_add_up_to_the_whole(house: House) -> None:
    random_loans(house, Random(5), 25)
    start = date(2025, 1, 1)
    cuts = [start, date(2025, 9, 1), date(2025, 12, 1), date(2026, 1, 1), OPENED + ONE_DAY]
    parts = [_total(_collections(house, first, until - ONE_DAY)) for first, until in pairwise(cuts)]
    whole = _total(_collections(house, start, OPENED))
    assert sum(part[0] for part in parts) == whole[0]


def test_a_month_told_again_says_the_same(house: House) -> None:
    """Money brought in late and a reversal change later months alone."""
    loans = random_loans(house, Random(8), 20)
    for first, last in MONTHS[:3]:
        before = _told(house, first, last)
        for loan in loans[::3]:
            if replay(loan.terms, loan.events).status == "active":
                go_on(house, loan, paid(max(last, loan.terms.disbursed_on), 700, OPENED))
        assert _told(house, first, last) == before


def _told(house: House, first: date, last: date) -> tuple[object, ...]:
    """What a month says: without the day last paid, which is of the latest knowledge."""
    month = _month(house, first, last)
    month.pop("closed")
    ageing = [(row.loan_number, row.dpd, row.arrears_minor) for row in _ageing(house, last)]
    return month, ageing, _collections(house, first, last)


def test_a_wrong_period_or_name_is_refused(house: House) -> None:
    with pytest.raises(ValueRefused) as caught:
        _run(house, "month", OPENED, OPENED - ONE_DAY)
    assert caught.value.field == "to_on"
    with pytest.raises(ValueRefused) as caught:
        _run(house, "month", OPENED + ONE_DAY, OPENED + ONE_DAY)
    assert caught.value.field == "from_on"
    with pytest.raises(NotFound):
        _run(house, "weather", OPENED, OPENED)
    asked = RunReport(report="month", from_on=OPENED, to_on=OPENED)
    with pytest.raises(NotPermitted):
        house.ask(house.officer, asked)


def test_a_period_that_is_not_over_ends_today(house: House) -> None:
    result = _run(house, "month", *JANUARY)
    assert result.period == "1 Jan 2026 to 5 Jan 2026"
    assert _run(house, "overdue", *JANUARY).period == "5 Jan 2026"
    assert (result.report, result.currency) == ("month", "INR")
