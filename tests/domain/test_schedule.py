"""Schedules: properties of any terms, and the rules that published figures do not pin."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.calendar import DayCount, Unit, periods_a_year
from app.domain.errors import TermsRefused
from app.domain.level import level_run, slow_run
from app.domain.money import RoundingMode
from app.domain.points import Points
from app.domain.schedule import LAST_LINE_LARGE, disbursement_charges, lines, schedule, totals
from app.domain.terms import Residue, Rounding, Terms
from tests.domain.loans import any_terms, terms


@given(any_terms())
@settings(max_examples=300, deadline=None)
def test_principal_is_repaid_exactly_and_no_part_is_negative(loan: Terms) -> None:
    made = lines(loan)
    balance = loan.principal
    for line in made:
        balance -= line.principal
        assert line.balance == balance
        assert line.amount == line.principal + line.interest + line.charge + line.penalty
        assert min(line[2:7]) >= 0
        assert line.scheduled_from <= line.due_on
    assert balance == 0
    assert [line.number for line in made] == list(range(made[0].number, made[-1].number + 1))
    assert all(one.due_on < two.due_on for one, two in pairwise(made))


@given(
    st.integers(1000, 9_000_000),
    st.integers(0, 60),
    st.integers(1, 120),
    st.sampled_from([(1, "month"), (1, "week"), (2, "week")]),
    st.sampled_from(["0.01", "1", "10"]),
)
@settings(max_examples=300, deadline=None)
def test_no_line_is_above_the_first_where_the_instalment_is_rounded_up(
    principal: int, rate: int, count: int, every: tuple[int, str], to: str
) -> None:
    """No balloon: the last line is the smaller rest; a tiny loan may end early."""
    loan = terms(
        principal=f"{principal // 100}.{principal % 100:02d}",
        annual_rate=str(rate),
        instalments=count,
        every={"n": every[0], "unit": every[1]},
        rounding={"mode": "half-up", "instalment_to": to, "instalment_mode": "up"},
    )
    made = lines(loan)
    # Interest is rounded a line at a time: each may be half a minor unit more than the exact one,
    # which grows at the loan's rate to the last line.
    factor = Fraction(rate * every[0], 1200 if every[1] == "month" else 5200)
    grown = ((1 + factor) ** len(made) - 1) / factor if factor else Fraction(len(made))
    slack = 0 if to != "0.01" else int(grown / 2) + 1
    assert max(line.amount for line in made) <= made[0].amount + slack


@given(any_terms())
@settings(max_examples=150, deadline=None)
def test_totals_are_the_sum_of_the_lines_and_what_was_deducted(loan: Terms) -> None:
    made, whole = lines(loan), schedule(loan)
    deducted = sum(one.amount + one.tax for one in whole.disbursement if one.deducted)
    assert whole.lines == made
    assert whole.totals.interest == sum(line.interest for line in made)
    assert whole.totals.charge == sum(line.charge for line in made) + deducted
    assert whole.totals.amount == sum(line.amount for line in made) + deducted


@given(
    st.integers(1, 10**8),
    st.integers(1, 10**7),
    st.lists(st.integers(0, 50), min_size=1, max_size=40),
    st.integers(1, 400),
    st.sampled_from(["half-even", "half-up", "up", "down"]),
)
@settings(max_examples=400, deadline=None)
def test_the_quick_run_is_the_slow_one(
    balance: int, level: int, factors: list[int], over: int, mode: str
) -> None:
    rounding = Rounding(RoundingMode(mode), 1, 1, RoundingMode(mode), Residue.LAST)
    points = Points(rounding)
    quick = level_run(balance, level, factors, over, points)
    slow = slow_run(balance, level, factors, over, points)
    assert quick == slow


def test_rounding_an_instalment_down_leaves_a_large_last_line_with_a_warning() -> None:
    """1,000 at 60 %, 120 months, to the rupee: 119 × 50, then 1,050."""
    loan = terms(
        principal="1000.00", annual_rate="60", instalments=120,
        rounding={"mode": "half-up", "instalment_to": "1"},
    )  # fmt: skip
    made = schedule(loan)
    assert {line.amount for line in made.lines[:-1]} == {5000}
    assert made.lines[-1].amount == 105000
    assert made.warnings == (LAST_LINE_LARGE,)


def test_a_seed_at_a_months_end_comes_back_to_its_day() -> None:
    assert _due(month_end="clamp") == ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"]
    assert _due(month_end="next-month-first")[:2] == ["2024-03-01", "2024-03-31"]
    late = _due(month_end="last-day", disbursed_on="2024-02-29")
    assert late[:2] == ["2024-03-31", "2024-04-30"]


def _due(**changes: object) -> list[str]:
    return [line.due_on.isoformat() for line in lines(terms(**changes))[:4]]


def test_relevel_moves_the_instalment_only_strictly_over_half_its_lines() -> None:
    """In 8 lines a last one that is off by 4 minor units stays, whichever loan it is."""
    off: dict[int, str] = {}
    for principal in range(1000, 4000):
        text = f"{principal // 100}.{principal % 100:02d}"
        last = schedule(terms(principal=text, instalments=8, annual_rate="36"))
        off.setdefault(abs(last.lines[-1].amount - last.level), text)
    for size, text in off.items():
        plain = terms(principal=text, instalments=8, annual_rate="36")
        moved = terms(
            principal=text, instalments=8, annual_rate="36", rounding={"residue": "relevel"}
        )
        if size <= 4:
            assert lines(moved) == lines(plain)
    assert 4 in off


def test_relevel_is_kept_only_where_the_last_line_comes_nearer() -> None:
    loan = {"principal": "1000.00", "annual_rate": "60", "instalments": 120}
    rounding = {"mode": "half-up", "instalment_to": "1"}
    plain = schedule(terms(**loan, rounding=rounding))
    moved = schedule(terms(**loan, rounding={**rounding, "residue": "relevel"}))
    off = abs(plain.lines[-1].amount - plain.level)
    assert abs(moved.lines[-1].amount - moved.level) < off
    assert moved.level == 5800  # 1,000 ÷ 120 = 8.33 more, to the rupee


def test_residue_first_leaves_the_others_level() -> None:
    made = schedule(terms(rounding={"residue": "first", "instalment_to": "1"}))
    first, *level, last = [line.amount for line in made.lines]
    assert set(level) == {made.level}
    assert first != made.level
    assert abs(last - made.level) <= len(level)


def test_broken_interest_stands_on_top_of_the_first_instalment() -> None:
    """15 days before a full month: principal of line 1 as if there were none."""
    dated = {"disbursed_on": "2024-01-01", "first_due_on": "2024-02-16"}
    plain = lines(terms(disbursed_on="2024-01-16", first_due_on="2024-02-16"))
    broken = lines(terms(**dated))
    assert [line.principal for line in broken] == [line.principal for line in plain]
    # 15 of the 31 days from 16 December to 16 January, at 2 % a month on 20,000.00
    assert broken[0].interest == plain[0].interest + 19355
    assert [line.interest for line in broken[1:]] == [line.interest for line in plain[1:]]
    assert broken[0].scheduled_from == date(2024, 1, 1)


def test_a_broken_period_may_be_a_line_of_its_own_or_spread() -> None:
    dated = {"disbursed_on": "2024-01-01", "first_due_on": "2024-02-16"}
    plain = lines(terms(disbursed_on="2024-01-16", first_due_on="2024-02-16"))
    separate = lines(terms(**dated, broken_period="separate"))
    assert (separate[0].number, separate[0].due_on) == (0, date(2024, 1, 16))
    assert (separate[0].principal, separate[0].interest) == (0, 19355)
    assert [line[2:4] for line in separate[1:]] == [line[2:4] for line in plain]
    spread = lines(terms(**dated, broken_period="spread"))
    more = [one.interest - two.interest for one, two in zip(spread, plain, strict=True)]
    assert more == [3226, 3226, 3226, 3226, 3226, 3225]


def test_a_broken_period_may_hold_whole_periods() -> None:
    """From 1 January to 16 April: 3 months back to 16 January, and 15 of the 31 days before."""
    made = lines(terms(disbursed_on="2024-01-01", first_due_on="2024-05-16"))
    assert made[0].interest == 40000 + 3 * 40000 + 19355


def test_flat_broken_interest_is_on_the_whole_principal() -> None:
    dated = {"disbursed_on": "2024-01-01", "first_due_on": "2024-02-16"}
    made = lines(terms(**dated, interest="flat", down_payment_percent="10"))
    assert made[1].interest == 40000 + 19355


def test_the_exact_run_prints_each_figure_half_up_by_itself() -> None:
    rounding = {"mode": "none", "instalment_to": "1"}
    made = lines(terms(principal="101.00", annual_rate="0", instalments=2, rounding=rounding))
    assert [line.principal for line in made] == [5100, 5100]
    assert [line.balance for line in made] == [5100, 0]


def test_a_year_of_days_has_360_of_them_where_the_day_count_says_so() -> None:
    assert periods_a_year(Unit.DAY, DayCount.ACTUAL_360) == 360
    assert periods_a_year(Unit.DAY, DayCount.ACTUAL_365) == 365
    assert periods_a_year(Unit.WEEK, DayCount.ACTUAL_360) == 52


def test_a_short_first_period_shortens_line_1_alone() -> None:
    """15 of the 31 days before 16 February."""
    short = lines(terms(disbursed_on="2024-02-01", first_due_on="2024-02-16"))
    plain = lines(terms(disbursed_on="2024-01-16", first_due_on="2024-02-16"))
    assert short[0].amount == plain[0].amount
    assert short[0].interest == 19355
    assert plain[0].interest == 40000


def test_a_non_working_due_date_moves_and_periodic_interest_does_not() -> None:
    weekdays = [1, 2, 3, 4, 5]
    plain = lines(terms(first_due_on="2024-03-02", disbursed_on="2024-02-02"))
    later = lines(
        terms(
            first_due_on="2024-03-02", disbursed_on="2024-02-02",
            calendar={"working_days": weekdays, "shift": "next"},
        )
    )  # fmt: skip
    assert (plain[0].due_on, later[0].due_on) == (date(2024, 3, 2), date(2024, 3, 4))
    assert [line[2:7] for line in later] == [line[2:7] for line in plain]


def test_a_cascade_moves_every_later_meeting_by_a_week() -> None:
    made = lines(
        terms(
            disbursed_on="2024-01-02", every={"n": 1, "unit": "week"}, instalments=4,
            calendar={"holidays": ["2024-01-16"], "shift": "cascade"},
        )
    )  # fmt: skip
    assert [line.due_on.day for line in made] == [9, 23, 30, 6]


def test_a_shift_that_brings_two_lines_together_is_refused() -> None:
    with pytest.raises(TermsRefused) as refused:
        lines(
            terms(
                every={"n": 1, "unit": "day"}, calendar={"working_days": [1], "shift": "next"}
            )
        )  # fmt: skip
    assert refused.value.params["path"] == "terms.calendar.shift"


def test_grace_on_principal_levels_the_other_lines() -> None:
    made = lines(terms(grace={"principal": 2}))
    assert [line.principal for line in made[:2]] == [0, 0]
    assert [line.interest for line in made[:3]] == [40000, 40000, 40000]
    assert made[2].amount == lines(terms(instalments=4))[0].amount


def test_grace_on_interest_defers_it_on_top_of_the_line_after() -> None:
    made, plain = lines(terms(grace={"interest": 2})), lines(terms())
    assert [line.principal for line in made] == [line.principal for line in plain]
    assert [line.interest for line in made[:2]] == [0, 0]
    assert made[2].interest == sum(line.interest for line in plain[:3])


def test_interest_free_lines_bear_none() -> None:
    made = lines(terms(grace={"interest_free": 2}))
    assert [line.interest for line in made[:2]] == [0, 0]
    assert made[0].amount == made[1].amount == made[2].amount


def test_flat_interest_is_on_the_whole_principal_for_the_whole_term() -> None:
    made = lines(terms(interest="flat"))
    assert sum(line.interest for line in made) == 240000
    assert {line.interest for line in made} == {40000}
    paid_down = lines(terms(interest="flat", down_payment_percent="10"))
    assert (paid_down[0].number, paid_down[0].principal) == (0, 200000)
    assert sum(line.interest for line in paid_down) == 240000


def test_a_bullet_asks_everything_with_the_last_line() -> None:
    made = lines(terms(repayment="bullet"))
    assert [line.amount for line in made[:-1]] == [0] * 5
    assert made[-1].interest == 240000


def test_a_fixed_instalment_finds_the_count_and_the_last_line_is_the_rest() -> None:
    made = lines(terms(instalments=None, instalment="5000.00"))
    assert [line.amount for line in made[:-1]] == [500000] * 4
    assert 0 < made[-1].amount <= 500000


@pytest.mark.parametrize("instalment", ["400.00", "399.99", "0.01"])
def test_an_instalment_that_never_repays_is_refused(instalment: str) -> None:
    with pytest.raises(TermsRefused) as refused:
        lines(terms(instalments=None, instalment=instalment))
    assert refused.value.params["path"] == "terms.instalment"


def test_charges_stand_in_their_line_with_their_tax() -> None:
    loan = terms(
        charges=[
            {"name": "Fee", "on": "disbursement", "percent": "1", "tax_percent": "18",
             "deduct": True},
            {"name": "Card", "on": "disbursement", "amount": "10.00"},
            {"name": "Service", "on": "instalment", "percent": "1", "of": "interest"},
            {"name": "Visit", "head": "penalty", "on": "2024-03-31", "amount": "5.00"},
            {"name": "Stamp", "on": "2024-04-01", "amount": "2.00", "tax_percent": "50"},
            {"name": "End", "on": "2024-12-31", "amount": "7.00"},
        ]
    )  # fmt: skip
    made = schedule(loan)
    assert made.lines[0].charge == 1000 + 400
    assert made.lines[1].penalty == 500
    assert made.lines[2].charge == 300 + round(made.lines[2].interest / 100)
    assert made.lines[-1][:4] == (7, date(2024, 12, 31), 0, 0)
    assert made.lines[-1].charge == 700
    named = [(one.name, one.amount, one.tax, one.deducted) for one in disbursement_charges(loan)]
    assert named == [("Fee", 20000, 3600, True), ("Card", 1000, 0, False)]
    assert totals(loan).charge == sum(line.charge for line in made.lines) + 23600
