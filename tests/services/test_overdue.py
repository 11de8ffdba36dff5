"""Who is late: figures worked by hand, and the same as each loan's own replay says."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from app.commands.field import MakePromise, PromiseFacts
from app.domain.allocation import Head
from app.domain.errors import NotPermitted, ValueRefused
from app.queries.field import ListOverdue, SummariseOverdue
from app.rows.field import OverdueRow
from tests.services.branch import OPENED, House
from tests.services.lending import next_day
from tests.services.planted import (
    Wish,
    charged,
    go_on,
    paid,
    plant,
    reversed_of,
    waived,
)
from tests.services.portfolio import ONE_DAY, RUPEES, Counted, counted, random_loans, worked


def _rows(house: House, **asked: object) -> tuple[OverdueRow, ...]:
    query = ListOverdue(limit=1000, **asked)  # type: ignore[arg-type]  # any of its fields
    return house.ask(house.officer, query).rows


def _names(house: House, **asked: object) -> list[str]:
    return [row.borrower.split()[0] for row in _rows(house, **asked)]


def test_the_worked_portfolio_is_listed_the_oldest_arrears_first(house: House) -> None:
    worked(house)
    shown = [
        (row.borrower, row.dpd, row.bucket, row.arrears_minor // RUPEES, row.asset_class)
        for row in _rows(house)
    ]
    assert shown == [
        ("Farida Devi", 200, "180+", 2_000, "npa"),
        ("Esha Devi", 91, "91-180", 3_000, "npa"),
        ("Deepa Devi", 90, "61-90", 3_000, "npa"),
        ("Chanda Devi", 31, "31-60", 5_000, "sma-1"),
        ("Bela Devi", 5, "1-30", 3_000, "sma-0"),
    ]


def test_par_30_and_the_arrears_rate_stand_side_by_side(house: House) -> None:
    """16,000 late of 64,000 outstanding; 25,000 outstanding of loans over 30 days."""
    worked(house)
    summary = house.ask(house.officer, SummariseOverdue())
    assert summary.outstanding_minor == 64_000 * RUPEES
    assert summary.arrears_rate_bp == 2500
    assert summary.par30_bp == 3906
    assert [(one.bucket, one.loans, one.arrears_minor // RUPEES) for one in summary.buckets] == [
        ("1-30", 1, 3_000),
        ("31-60", 1, 5_000),
        ("61-90", 1, 3_000),
        ("91-180", 1, 3_000),
        ("180+", 1, 2_000),
    ]
    assert (summary.due_today_loans, summary.due_today_minor) == (1, 1_000 * RUPEES)


def test_an_empty_branch_has_rates_of_nothing(house: House) -> None:
    summary = house.ask(house.officer, SummariseOverdue())
    assert (summary.par30_bp, summary.arrears_rate_bp, summary.outstanding_minor) == (0, 0, 0)
    page = house.ask(house.officer, ListOverdue())
    assert (page.rows, page.count, page.total("arrears")) == ((), 0, 0)


def test_due_today_is_a_list_of_its_own(house: House) -> None:
    worked(house)
    (row,) = _rows(house, bucket="today")
    assert (row.borrower, row.arrears_minor, row.dpd) == ("Gita Devi", 1_000 * RUPEES, 0)
    assert row.asset_class == "standard"
    assert "Gita" not in _names(house)


def test_the_same_day_once_it_has_ended_makes_what_fell_due_on_it_late(house: House) -> None:
    loan = worked(house)["Gita"]
    next_day(house)
    assert "Gita" in _names(house)
    (row,) = [r for r in _rows(house, bucket="today", as_on=OPENED) if r.loan_id == loan.loan_id]
    assert row.asset_class == "sma-0"
    assert "Gita" not in _names(house, as_on=OPENED)


def test_totals_and_count_are_of_the_whole_list(house: House) -> None:
    worked(house)
    page = house.ask(house.officer, ListOverdue(limit=2, offset=2))
    assert [row.borrower for row in page.rows] == ["Deepa Devi", "Chanda Devi"]
    assert (page.count, page.offset) == (5, 2)
    assert page.total("arrears") == 16_000 * RUPEES
    assert page.total("outstanding") == 40_000 * RUPEES


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        ("borrower", "Bela"),
        ("-borrower", "Farida"),
        ("dpd", "Bela"),
        ("-dpd", "Farida"),
        ("-arrears_minor", "Chanda"),
        ("arrears", "Farida"),
        ("-outstanding_minor", "Bela"),
        ("village", "Bela"),
        ("-number", "Farida"),
        ("nonsense", "Farida"),
    ],
)
def test_any_column_sorts(house: House, sort: str, first: str) -> None:
    worked(house)
    assert _names(house, sort=sort)[0] == first


def test_filters_narrow_the_list(house: House) -> None:
    worked(house)
    assert _names(house, bucket="61-90") == ["Deepa"]
    assert _names(house, bucket="180+") == ["Farida"]
    assert _names(house, village="Mishrikh") == ["Deepa", "Chanda"]
    assert _names(house, text="  ESHA ") == ["Esha"]
    assert _names(house, text="%") == []
    assert _names(house, officer_id=house.manager.user_id) == []
    assert len(_names(house, officer_id=house.officer.user_id)) == 5
    for wrong in ({"bucket": "late"}, {"promise": "kept?"}):
        with pytest.raises(ValueRefused):
            _rows(house, **wrong)


def test_promises_filter_by_how_they_stand(house: House) -> None:
    loans = worked(house)
    for name in ("Bela", "Chanda"):
        promised = PromiseFacts(1_000 * RUPEES, "INR", OPENED + timedelta(2))
        asked = MakePromise(loan_id=loans[name].loan_id, promise=promised, note="")
        house.run(house.officer, asked)
    assert _names(house, promise="open") == ["Chanda", "Bela"]
    assert _names(house, promise="none") == ["Farida", "Esha", "Deepa"]
    assert _names(house, promise="broken") == []
    row = next(row for row in _rows(house) if row.borrower == "Bela Devi")
    assert (row.promise_on, row.promise_minor) == (OPENED + timedelta(2), 1_000 * RUPEES)
    assert (row.promise_state, row.last_contact_on) == ("open", OPENED)
    assert _names(house, sort="-promise")[:2] == ["Bela", "Chanda"]


def test_a_charge_is_late_the_day_after_it_was_levied(house: House) -> None:
    """The line it stands in falls due much later."""
    levied_on = OPENED - ONE_DAY
    wish = Wish(OPENED - timedelta(9), 12_000 * RUPEES, 12, "month")
    wish.facts = [charged(levied_on, 250 * RUPEES)]
    (loan,) = plant(house, wish)
    (row,) = _rows(house)
    assert (row.loan_id, row.dpd, row.arrears_minor) == (loan.loan_id, 1, 250 * RUPEES)
    go_on(house, loan, paid(OPENED, 250 * RUPEES))
    assert _rows(house) == ()


def test_a_charge_of_today_is_due_today(house: House) -> None:
    wish = Wish(OPENED - timedelta(9), 12_000 * RUPEES, 12, "month")
    wish.facts = [charged(OPENED, 250 * RUPEES)]
    plant(house, wish)
    (row,) = _rows(house, bucket="today")
    assert row.arrears_minor == 250 * RUPEES
    assert _rows(house) == ()


def test_a_waived_or_reversed_charge_is_not_late(house: House) -> None:
    levied_on = OPENED - timedelta(3)
    made_on = OPENED - timedelta(9)
    charge = charged(levied_on, 250 * RUPEES)
    forgiven = waived(OPENED - ONE_DAY, 200 * RUPEES, Head.CHARGE)
    part, none = plant(
        house,
        Wish(made_on, 12_000 * RUPEES, 12, "month", facts=[charge, forgiven]),
        Wish(made_on, 12_000 * RUPEES, 12, "month", facts=[charge, charge, reversed_of(OPENED, 1)]),
    )
    late = {row.loan_id: row.arrears_minor for row in _rows(house)}
    assert late == {part.loan_id: 50 * RUPEES, none.loan_id: 250 * RUPEES}


def test_what_was_waived_later_was_still_late_before(house: House) -> None:
    wish = Wish(OPENED - timedelta(24), 12_000 * RUPEES, 12, rate="24")
    (loan,) = plant(house, wish)
    before = {row.loan_id: row.arrears_minor for row in _rows(house, as_on=OPENED - ONE_DAY)}
    go_on(house, loan, waived(OPENED, 30 * RUPEES, Head.INTEREST))
    after = {row.loan_id: row.arrears_minor for row in _rows(house, as_on=OPENED - ONE_DAY)}
    assert before == after
    now = _rows(house)[0].arrears_minor
    assert now == before[loan.loan_id] - 30 * RUPEES
    next_day(house)
    assert _rows(house, as_on=OPENED)[0].arrears_minor == now


def test_an_npa_stays_one_until_all_arrears_are_paid(house: House) -> None:
    loan = worked(house)["Esha"]
    go_on(house, loan, paid(OPENED, 2_000 * RUPEES))
    row = next(row for row in _rows(house) if row.loan_id == loan.loan_id)
    assert (row.dpd, row.bucket, row.asset_class) == (30, "1-30", "npa")


def test_a_reversed_receipt_is_not_the_last_paid(house: House) -> None:
    loan = worked(house)["Deepa"]
    go_on(house, loan, paid(OPENED - timedelta(20), 100), paid(OPENED - timedelta(2), 100))
    go_on(house, loan, reversed_of(OPENED, 2))
    yesterday = OPENED - ONE_DAY
    row = next(r for r in _rows(house, as_on=yesterday) if r.loan_id == loan.loan_id)
    assert row.last_paid_on == OPENED - timedelta(20)


def test_tomorrow_cannot_be_asked(house: House) -> None:
    with pytest.raises(ValueRefused) as caught:
        _rows(house, as_on=OPENED + ONE_DAY)
    assert caught.value.params["why"] == "in-the-future"


def test_the_counter_does_not_see_the_field(house: House) -> None:
    with pytest.raises(NotPermitted):
        house.ask(house.cashier, ListOverdue())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_list_says_what_the_replay_of_each_loan_says(house: House, seed: int) -> None:
    random = Random(seed)
    loans = random_loans(house, random, 30)
    past = [OPENED - timedelta(back) for back in (1, 7, 31, 100)]
    for day in (OPENED, *past):
        ended = day < OPENED
        known = [one for loan in loans if (one := counted(loan, day, ended=ended))]
        as_on = day if ended else None
        assert _told(_rows(house, as_on=as_on)) == _late(known), day
        due = {row.loan_id: row.arrears_minor for row in _rows(house, bucket="today", as_on=as_on)}
        assert due == {one.loan.loan_id: one.due for one in known if one.due > 0}, day
        _compare_summary(house, as_on, known)


def _told(rows: tuple[OverdueRow, ...]) -> dict[int, tuple[object, ...]]:
    return {
        row.loan_id: (
            *(row.dpd, row.bucket, row.asset_class),
            *(row.arrears_minor, row.outstanding_minor),
        )
        for row in rows
    }


def _late(known: list[Counted]) -> dict[int, tuple[object, ...]]:
    return {
        one.loan.loan_id: (one.dpd, one.bucket, one.asset_class, one.arrears, one.outstanding)
        for one in known
        if one.dpd
    }


def _compare_summary(house: House, as_on: date | None, known: list[Counted]) -> None:
    summary = house.ask(house.officer, SummariseOverdue(as_on=as_on))
    whole = sum(one.outstanding for one in known)
    assert summary.outstanding_minor == whole
    late = Counter[str]()
    for one in known:
        if one.dpd:
            late[one.bucket] += one.arrears
    assert {b.bucket: b.arrears_minor for b in summary.buckets if b.loans} == dict(late)
    at_risk = sum(one.outstanding for one in known if one.dpd > 30)
    assert abs(summary.par30_bp * whole - at_risk * 10_000) <= whole / 2
    principal = sum(one.principal_late for one in known)
    assert abs(summary.arrears_rate_bp * whole - principal * 10_000) <= whole / 2


def test_sums_of_a_page_are_those_of_its_rows(house: House) -> None:
    random_loans(house, Random(9), 25)
    for asked in ({}, {"bucket": "today"}, {"bucket": "31-60"}, {"village": "Biswan"}):
        page = house.ask(house.officer, ListOverdue(limit=1000, **asked))  # type: ignore[arg-type]
        assert page.count == len(page.rows)
        assert page.total("arrears") == sum(row.arrears_minor for row in page.rows)
        assert page.total("outstanding") == sum(row.outstanding_minor for row in page.rows)


def test_paging_gives_each_loan_once_in_any_order(house: House) -> None:
    random_loans(house, Random(4), 25)
    for sort in ("-dpd", "arrears", "borrower", "-last_paid", "promise", "last_contact"):
        whole = [row.loan_id for row in _rows(house, sort=sort)]
        parts: list[int] = []
        for offset in range(0, len(whole), 4):
            page = house.ask(house.officer, ListOverdue(sort=sort, offset=offset, limit=4))
            parts += [row.loan_id for row in page.rows]
        assert parts == whole
        assert len(set(whole)) == len(whole) > 8


@pytest.mark.parametrize(
    "asked", [{}, {"village": "Biswan"}, {"village": "Mishrikh"}, {"village": "Nowhere"}]
)
def test_the_sums_above_the_list_are_those_of_its_place(
    house: House, asked: dict[str, str]
) -> None:
    worked(house)
    summary = house.ask(house.officer, SummariseOverdue(**asked))  # type: ignore[arg-type]
    rows = _rows(house, **asked)
    assert sum(one.loans for one in summary.buckets) == len(rows)
    assert sum(one.arrears_minor for one in summary.buckets) == sum(r.arrears_minor for r in rows)
    late = sum(row.outstanding_minor for row in rows)
    assert summary.outstanding_minor >= late
    if asked.get("village") == "Mishrikh":  # both of its loans are late
        assert summary.outstanding_minor == late == 18_000 * RUPEES
