"""Reports by group: worked figures, the same by replay, the rows behind them, known when."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from app.domain.ageing import asset_class
from app.domain.errors import ValueRefused
from app.domain.loan import project
from app.domain.provision import of_class, of_instalments
from app.reports import Report, Totals
from app.reports.catalogue import CATALOGUE, report_named
from app.reports.grouping import BASE_LAYER, CLASS, DAY, LOAN, MICROFINANCE
from app.rows.reports import AgeingRow, CollectionRow, GroupRow
from app.services.provision_rules import rule_of
from app.store.reports import Period
from tests.services.branch import OPENED, House
from tests.services.planted import Planted, Wish, go_on, paid, plant
from tests.services.portfolio import ONE_DAY, RUPEES, asked_by, counted, random_loans, worked
from tests.services.reporting import figure, groups, run, shown, whole

GOLDEN = json.loads((Path(__file__).parents[1] / "golden" / "reports.json").read_text("utf-8"))
JANUARY = (date(2026, 1, 1), date(2026, 1, 31))
MONTHS = [
    (date(2025, 9, 1), date(2025, 9, 30)),
    (date(2025, 11, 1), date(2025, 11, 30)),
    (date(2026, 1, 1), OPENED),
]
FLOWS = ("opening_minor", "demand_minor", "ahead_minor", "old_minor", "current_minor")


def test_portfolio_at_risk_is_as_worked_by_hand(house: House) -> None:
    worked(house)
    result = run(house, "par", OPENED, OPENED, "product")
    wanted = GOLDEN["indicators"]["expected"]
    (name,) = groups(result)
    assert whole(result, "outstanding_minor") == wanted["portfolio"] * RUPEES
    assert shown(result, name, "par_30") == wanted["par_30_bp"]
    assert shown(result, name, "par_90") == wanted["par_90_bp"]
    parts = ("current_minor", "p1_30_minor", "p31_60_minor", "p61_90_minor", "p91_180_minor")
    assert [whole(result, part) // RUPEES for part in parts] == [
        24_000,
        15_000,
        10_000,
        8_000,
        5_000,
    ]
    assert whole(result, "p180_minor") == 2_000 * RUPEES
    assert result.trend is not None
    assert [series.values[-1] for series in result.trend.series] == [3906, 1094]
    assert len(result.trend.labels) == 12


def test_overdue_by_village_is_as_worked_by_hand(house: House) -> None:
    worked(house)
    rows = groups(run(house, "overdue-by", OPENED, OPENED, "village"))
    told = {
        name: (figure(row, "loans"), figure(row, "arrears_minor")) for name, row in rows.items()
    }
    thousand = 1_000 * RUPEES
    assert told == {
        "Biswan": (1, 3 * thousand),
        "Mishrikh": (2, 8 * thousand),
        "Sidhauli": (2, 5 * thousand),
    }


@pytest.mark.parametrize("case", GOLDEN["npa_dates"])
def test_classes_change_at_the_end_of_their_days(case: dict[str, str]) -> None:
    due = date.fromisoformat(case["due"])
    for name in ("sma-1", "sma-2", "npa"):
        on = date.fromisoformat(case[name.replace("-", "_")])
        assert asset_class(due, on, None) == name
        assert asset_class(due, on - ONE_DAY, None) != name


def test_provisions_are_as_the_norms_say() -> None:
    on = date(2026, 11, 24)
    for case in GOLDEN["instalments"]:
        parts = (case["portfolio"], case["over_90"], case["over_180"])
        assert of_instalments(rule_of(MICROFINANCE, on), *parts) == case["required"]
    for case in GOLDEN["classes"]:
        rate = rule_of(BASE_LAYER, on).named(case["class"])
        assert of_class(rate, case["outstanding"], case["secured"]) == case["required"]


def test_a_loan_moves_through_the_classes_of_a_norm_by_its_months() -> None:
    rule, since = rule_of(BASE_LAYER, date(2026, 1, 1)), date(2024, 1, 31)
    days = (date(2024, 1, 30), since, date(2025, 7, 30), date(2025, 7, 31), date(2026, 7, 31))
    assert [rule.class_of(since, day).name for day in days] == [
        *("standard", "sub-standard", "sub-standard"),
        *("doubtful-1", "doubtful-2"),
    ]


def test_provisions_of_the_worked_portfolio(house: House) -> None:
    """Instalments overdue 91 days (one of 1,000) and 200 days; 1 % of 64,000 is 640."""
    worked(house)
    result = run(house, "provisions", OPENED, OPENED, MICROFINANCE)
    bases = {row.key: figure(row, "base_minor") // RUPEES for row in groups(result).values()}
    assert bases == {"portfolio": 64_000, "over-90": 2_000, "over-180": 1_000}
    assert dict(result.totals) == {"provision_minor": 2_000 * RUPEES}
    base = run(house, "provisions", OPENED, OPENED, BASE_LAYER)
    loans = {row.key: figure(row, "base_minor") // RUPEES for row in groups(base).values()}
    assert loans["sub-standard"] == 8_000 + 5_000 + 2_000
    assert whole(base, "provision_minor") == 122_50 + 1_500_00


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("by", ["officer", "village", "loan"])
def test_demand_collection_balance_is_what_replays_say(house: House, seed: int, by: str) -> None:
    loans = random_loans(house, Random(seed), 20)
    for first, last in MONTHS:
        result = run(house, "demand", first, last, by)
        told = {key: whole(result, key) for key in (*FLOWS, "given_minor", "balance_minor")}
        assert told["opening_minor"] == _unpaid(loans, first - ONE_DAY)
        assert told["balance_minor"] == _unpaid(loans, last)
        assert told["demand_minor"] == _demand(loans, first, last)
        for row in groups(result).values():
            left = figure(row, "opening_minor") + figure(row, "demand_minor")
            gone = sum(figure(row, key) for key in (*FLOWS[2:], "given_minor"))
            assert left - gone == figure(row, "balance_minor")


@pytest.mark.parametrize("seed", [3, 4])
def test_money_set_on_dues_of_the_month_is_what_replays_say(house: House, seed: int) -> None:
    """As known on the open day: by value date, each part of each receipt on its own line's due."""
    loans = random_loans(house, Random(seed), 20)
    for first, last in MONTHS[:2]:
        result = run(house, "demand", first, last, "officer", known_on=OPENED)
        sums = _set_on(loans, first, last)
        for key in ("ahead_minor", "old_minor", "current_minor", "advance_minor"):
            assert whole(result, key) == sums[key], key
        by_day = run(house, "demand", first, last, "day", known_on=OPENED)
        assert whole(by_day, "demand_minor") == whole(result, "demand_minor")
        rows = [row for row in by_day.rows if isinstance(row, GroupRow)]
        assert figure(rows[0], "opening_minor") == whole(result, "opening_minor")
        assert figure(rows[-1], "balance_minor") == whole(result, "balance_minor")


def _unpaid(loans: list[Planted], day: date) -> int:
    ended = day < OPENED
    found = [counted(loan, day, ended=ended, known_on=day) for loan in loans]
    return sum(one.arrears + one.due for one in found if one)


def _demand(loans: list[Planted], first: date, last: date) -> int:
    period = Period(0, "INR", first, last)
    return sum(
        asked_by(loan.terms, loan.events, period)
        for loan in loans
        if loan.terms.disbursed_on <= last
    )


def _set_on(loans: list[Planted], first: date, last: date) -> Counter[str]:
    sums: Counter[str] = Counter()
    for loan in loans:
        for part in project(loan.terms, loan.events).allocations:
            if first <= part.due_on <= last and part.on < first:
                sums["ahead_minor"] += part.amount
            if not first <= part.on <= last:
                continue
            old, ahead = part.due_on < first, part.due_on > last
            key = "old_minor" if old else "advance_minor" if ahead else "current_minor"
            sums[key] += part.amount
    return sums


SAME = {
    "collected": ("amount_minor", "principal_minor", "excess_minor"),
    "demand": ("opening_minor", "demand_minor", "current_minor", "balance_minor"),
    "efficiency": ("demand_minor", "ahead_minor", "old_minor"),
    "overdue-by": ("arrears_minor", "outstanding_minor"),
    "par": ("outstanding_minor",),
    "portfolio": ("outstanding_minor", "arrears_minor"),
    "lent": ("amount_minor",),
    "ended-by": ("lent_minor", "written_off_minor", "recovered_minor"),
    "officers": ("outstanding_minor", "arrears_minor"),
    "movement": ("opening_minor", "closing_minor"),
}
OF_DAYS = ("opening_minor", "balance_minor")  # of a day they are of that day alone


def test_the_rows_behind_a_group_come_to_its_figures(house: House) -> None:
    random_loans(house, Random(6), 25)
    for report in CATALOGUE:
        if not report.behind:
            continue
        for by in report.groupings:
            result = run(house, report.name, *MONTHS[2], by)
            for row in groups(result).values():
                _hold_together(house, report, by, row)


def _hold_together(house: House, report: Report, by: str, row: GroupRow) -> None:
    """What a row says of loans, and the sums of the rows that it leads to."""
    itself = report.behind in report.groupings
    if by == LOAN or (report.name, by) in (("movement", CLASS), ("provisions", MICROFINANCE)):
        return
    behind = report if itself else report_named(report.behind)
    within = ((by, row.key),)
    found = run(house, behind.name, *MONTHS[2], LOAN if itself else "", within=within)
    totals = Totals(behind.by(found.by))
    assert len(list(totals.passing(found.rows))) == len(found.rows)
    for key in SAME.get(report.name, ()):
        if by != DAY or key not in OF_DAYS:
            assert totals.sums.get(key, 0) == figure(row, key), (report.name, by, row.name, key)


def test_the_loans_behind_a_class_are_those_that_were_or_are_in_it(house: House) -> None:
    worked(house)
    period = (date(2025, 12, 6), OPENED)
    for row in groups(run(house, "movement", *period)).values():
        found = run(house, "moved", *period, within=((CLASS, row.key),))
        was = [one for one in groups(found).values() if one.figures["was"] == row.name]
        came = [one for one in groups(found).values() if one.figures["is"] == row.name]
        assert sum(figure(one, "opening_minor") for one in was) == figure(row, "opening_minor")
        assert sum(figure(one, "closing_minor") for one in came) == figure(row, "closing_minor")


def test_money_brought_in_late_changes_as_of_but_not_as_known_then(house: House) -> None:
    """A loan of 12 × 1,000; 2,000 due by 20 December come in on 5 January for the 19th."""
    wish = Wish(date(2025, 12, 6), 12_000 * RUPEES, 12)
    (loan,) = plant(house, wish)
    day = date(2025, 12, 20)
    for report in ("overdue", "overdue-by", "par", "portfolio", "loans", "demand", "efficiency"):
        before = run(house, report, date(2025, 12, 1), day)
        now = run(house, report, date(2025, 12, 1), day, known_on=OPENED)
        assert before.rows == now.rows, report
    then = _all(house, day, None)
    known = _all(house, day, day)
    go_on(house, loan, paid(date(2025, 12, 19), 2_000 * RUPEES, OPENED))
    assert _all(house, day, None) == then
    assert _all(house, day, day) == known
    assert _all(house, day, OPENED - ONE_DAY) == known
    assert whole(run(house, "overdue-by", day, day), "arrears_minor") == 1_000 * RUPEES
    late = run(house, "overdue-by", day, day, known_on=OPENED)
    assert late.rows == ()
    assert late.known == "as known on 5 Jan 2026"
    december = (date(2025, 12, 1), date(2025, 12, 31))
    assert whole(run(house, "demand", *december), "current_minor") == 0
    assert (
        whole(run(house, "demand", *december, known_on=OPENED), "current_minor") == 2_000 * RUPEES
    )
    assert whole(run(house, "demand", *JANUARY), "old_minor") == 2_000 * RUPEES
    assert whole(run(house, "collected", *JANUARY), "amount_minor") == 2_000 * RUPEES
    (row,) = run(house, "collections", *december, known_on=OPENED).rows
    assert isinstance(row, CollectionRow)
    assert row.amount_minor == 2_000 * RUPEES


def _all(house: House, day: date, known_on: date | None) -> dict[str, object]:
    names = ("overdue", "overdue-by", "par", "portfolio", "loans", "demand", "collected")
    return {
        name: _without_last_paid(run(house, name, date(2025, 12, 1), day, known_on=known_on).rows)
        for name in names
    }


def _without_last_paid(rows: tuple[object, ...]) -> list[object]:
    return [
        (row.loan_number, row.dpd, row.arrears_minor) if isinstance(row, AgeingRow) else row
        for row in rows
    ]


def test_what_was_known_cannot_be_asked_for_a_day_before(house: House) -> None:
    with pytest.raises(ValueRefused) as caught:
        run(house, "par", OPENED, OPENED, known_on=OPENED - ONE_DAY)
    assert caught.value.field == "known_on"
    with pytest.raises(ValueRefused) as caught:
        run(house, "par", OPENED, OPENED, "moon")
    assert caught.value.field == "by"


def test_a_borrower_counts_once_in_the_total(house: House) -> None:
    loans = worked(house)
    result = run(house, "portfolio", OPENED, OPENED, "village")
    assert dict(result.totals)["borrowers"] == len(loans)


def test_what_moved_between_classes_comes_to_both_ends(house: House) -> None:
    worked(house)
    result = run(house, "movement", date(2025, 12, 6), OPENED)
    for row in groups(result).values():
        came = figure(row, "opening") + figure(row, "added")
        left = sum(figure(row, key) for key in ("upgraded", "worsened", "closed"))
        assert came - left == figure(row, "closing")
        money = figure(row, "opening_minor") + figure(row, "added_minor")
        gone = ("upgraded_minor", "worsened_minor", "closed_minor", "repaid_minor")
        money -= sum(figure(row, key) for key in gone)
        assert money == figure(row, "closing_minor")
    npa = groups(result)["NPA"]
    assert figure(npa, "closing_minor") == 15_000 * RUPEES


def test_all_loans_of_a_borrower_bear_the_worst_class(house: House) -> None:
    loans = worked(house)
    wish = Wish(OPENED - timedelta(7), 6_000 * RUPEES, 12)
    (other,) = plant(house, wish)
    rows = groups(run(house, "loans", OPENED, OPENED))
    assert rows[other.number].figures["borrower_class"] == "Standard"
    assert rows[loans["Esha"].number].figures["borrower_class"] == "NPA"


def test_lending_counts_cycles_and_new_borrowers(house: House) -> None:
    first, last = date(2025, 12, 1), date(2025, 12, 31)
    plant(
        house,
        Wish(date(2025, 12, 8), 10_000 * RUPEES, 10, rate="24"),
        Wish(date(2025, 12, 9), 5_000 * RUPEES, 10),
    )
    result = run(house, "lent", first, last, "cycle")
    (row,) = groups(result).values()
    assert (row.key, figure(row, "loans"), figure(row, "first_loans")) == ("1", 2, 2)
    assert figure(row, "amount_minor") == 15_000 * RUPEES
    assert (figure(row, "least_rate"), figure(row, "most_rate")) == (0, 2400)
    assert (figure(row, "average_rate"), figure(row, "average_minor")) == (1600, 7_500 * RUPEES)
