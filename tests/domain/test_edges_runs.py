"""How principal is repaid at its edges: every figure is worked by hand in the words beside it."""

from __future__ import annotations

from typing import Any

import pytest

from app.domain.errors import TermsRefused
from app.domain.level import level_run
from app.domain.money import RoundingMode
from app.domain.points import Amount, Points
from app.domain.schedule import lines, schedule
from app.domain.terms import Residue, Rounding, Terms
from tests.domain.loans import terms

Parts = tuple[list[Amount], list[Amount]]


def loan(**changes: Any) -> Terms:
    """1,200 at 12 % in six months: a full month bears 1 % of the balance."""
    base = {"principal": "1200.00", "disbursed_on": "2024-01-01", "annual_rate": "12"}
    return terms(**{**base, **changes})


def parts(loan: Terms) -> Parts:
    """Principal and interest of each line."""
    made = lines(loan)
    return [line.principal for line in made], [line.interest for line in made]


# ---------------------------------------------------------------- the run under an instalment


def level_parts(
    balance: int, level: int, factors: list[int], over: int, mode: RoundingMode, to: int = 1
) -> Parts:
    run = level_run(
        balance, level, factors, over, Points(Rounding(mode, to, 1, mode, Residue.LAST))
    )
    return run.principal, run.interest


def test_rounding_up_takes_the_smallest_part_for_a_whole_unit() -> None:
    """401 ÷ 400 is 2, and 202 ÷ 400 is 1."""
    assert level_parts(401, 201, [1, 1], 400, RoundingMode.UP) == ([199, 202], [2, 1])


def test_an_even_half_in_the_only_line_goes_down() -> None:
    assert level_parts(50, 51, [1], 100, RoundingMode.HALF_EVEN) == ([50], [0])
    assert level_parts(150, 152, [1], 100, RoundingMode.HALF_EVEN) == ([150], [2])


def test_a_balance_that_is_nothing_before_the_last_line_ends_the_run() -> None:
    assert level_parts(100, 50, [0, 0, 0], 1, RoundingMode.HALF_UP) == ([50, 50], [0, 0])


def test_an_instalment_one_short_of_the_interest_repays_nothing() -> None:
    """10 of interest against 9; the two lines after it bear none."""
    made = level_parts(100, 9, [10, 0, 0], 100, RoundingMode.HALF_UP)
    assert made == ([0, 9, 91], [10, 0, 0])


def test_interest_goes_to_the_multiple_the_terms_say() -> None:
    """To whole twos: 1.50 is 2, and 0.92 of what is left is 0."""
    assert level_parts(150, 60, [1, 1], 100, RoundingMode.HALF_UP, 2) == ([58, 92], [2, 0])


# ------------------------------------------------------------------- where the rest is put


def rounds(to: str, how: str, residue: str, **more: str) -> dict[str, str]:
    return {"instalment_to": to, "instalment_mode": how, "residue": residue, **more}


def test_the_first_line_repays_nothing_where_the_others_repay_more_than_all() -> None:
    """10.00 in ten of 5.00: nine of them are worth 45.00."""
    asked = rounds("5", "up", "first")
    made = parts(loan(principal="10.00", annual_rate="0", instalments=10, rounding=asked))
    assert made == ([0, 500, 500], [0, 0, 0])


def test_where_the_instalment_is_cut_to_nothing_the_last_line_asks_all() -> None:
    asked = rounds("1", "down", "first")
    made = parts(loan(principal="5.00", annual_rate="0", rounding=asked))
    assert made == ([0, 0, 0, 0, 0, 500], [0] * 6)


def test_one_line_alone_has_no_instalment_to_move() -> None:
    asked = rounds("1", "up", "relevel")
    made = schedule(loan(principal="100.40", annual_rate="0", instalments=1, rounding=asked))
    assert (made.level, made.lines[0].amount) == (10_100, 10_040)


def test_an_instalment_moved_as_far_beyond_as_it_was_short_stays() -> None:
    """10.00 in four of 3.00 leaves 1.00, two too few; of 2.00 it leaves 4.00, two too many."""
    asked = rounds("1", "half-up", "relevel")
    made = parts(loan(principal="10.00", annual_rate="0", instalments=4, rounding=asked))
    assert made[0] == [300, 300, 300, 100]


def test_an_instalment_moved_further_beyond_than_it_was_short_stays() -> None:
    """2.39 in two of 2.00, 1.00 of interest in each: the last asks 2.39. Of 3.00 it asks 1.39."""
    asked = rounds("1", "up", "relevel", mode="up", interest_to="1")
    made = parts(loan(principal="2.39", annual_rate="200", instalments=2, rounding=asked))
    assert made == ([100, 139], [100, 100])


def test_an_instalment_stays_where_the_last_line_is_off_by_less_than_half_its_lines() -> None:
    """0.90 in 14 of 0.07, a paisa of interest in each: the last asks 0.13, six more; half is 7."""
    asked = rounds("0.01", "up", "relevel", mode="up")
    made = parts(loan(principal="0.90", instalments=14, rounding=asked))
    assert made == ([6] * 13 + [12], [1] * 14)


def test_an_instalment_stays_where_the_last_line_is_off_by_exactly_half_its_lines() -> None:
    """3.60 in 24: six lines of 0.62 without interest; the last asks 0.50, twelve less."""
    asked = rounds("0.01", "up", "relevel", mode="down", interest_to="1")
    made = parts(loan(principal="3.60", annual_rate="200", instalments=24, rounding=asked))
    assert made == ([62] * 5 + [50], [0] * 6)


# ------------------------------------------------------------------------ a fixed instalment


def by_amount(principal: str, instalment: str, **changes: Any) -> Terms:
    return loan(principal=principal, instalments=None, instalment=instalment, **changes)


def test_a_last_line_of_exactly_the_instalment_ends_the_loan() -> None:
    made = parts(by_amount("1200.00", "200.00", annual_rate="0"))
    assert made[0] == [20_000] * 6


def test_a_loan_of_five_thousand_lines_is_the_longest() -> None:
    assert len(lines(by_amount("5000.00", "1.00", annual_rate="0"))) == 5000
    with pytest.raises(TermsRefused) as refused:
        lines(by_amount("5001.00", "1.00", annual_rate="0"))
    assert refused.value.params["path"] == "terms.instalment"


def test_an_instalment_of_exactly_one_lines_interest_covers_it() -> None:
    """365 % is 1 % a day: January's 31 days of 1,000 bear 310.00, February's 28 only 280.00."""
    made = lines(
        by_amount("1000.00", "310.00", annual_rate="365", day_count="actual/365",
                  disbursed_on="2023-01-01")
    )  # fmt: skip
    assert [(line.principal, line.interest) for line in made[:3]] == [
        (0, 31_000), (3_000, 28_000), (930, 30_070),
    ]  # fmt: skip
    assert max(line.amount for line in made) == 31_000
    assert made[-1].balance == 0


def test_a_line_that_repays_nothing_does_not_stop_a_long_loan() -> None:
    """12 % of 3,650.00 is 1.20 a day: January bears 37.20, February 33.60, so 3.60 is repaid.

    The last line is the 402nd.
    """
    long = {"annual_rate": "12", "day_count": "actual/365", "disbursed_on": "2023-01-01"}
    part = [{"on": "2023-01-01", "amount": "3650.00"}]
    for found in (long, {**long, "tranches": part}):
        made = lines(by_amount("3650.00", "37.20", **found))
        assert [(line.principal, line.interest) for line in made[:2]] == [(0, 3_720), (360, 3_360)]
        assert (len(made), made[-1].balance) == (402, 0)
        assert sum(line.principal for line in made) == 365_000


@pytest.mark.parametrize("tranches", [None, [{"on": "2024-01-01", "amount": "1200.00"}]])
def test_an_instalment_that_is_only_ever_the_interest_is_refused(tranches: Any) -> None:
    """1 % a month of 1,200.00 is 12.00 in every line: nothing is ever repaid."""
    with pytest.raises(TermsRefused) as refused:
        lines(by_amount("1200.00", "12.00", tranches=tranches))
    assert refused.value.params["path"] == "terms.instalment"


def test_no_line_is_above_a_fixed_instalment_however_many_it_takes() -> None:
    """8 % a month of 3,958.00 is 316.64, so 341.34 repays 24.70 at first; it takes 35 lines."""
    made = lines(by_amount("3958.00", "341.34", annual_rate="96"))
    assert (made[0].interest, made[0].principal) == (31_664, 2_470)
    assert [line.amount for line in made[:-1]] == [34_134] * 34
    assert made[-1].amount <= 34_134


# --------------------------------------------------------------- flat, bullet, broken, deferred


def test_the_flat_line_on_which_principal_ends_takes_the_rest_of_the_interest() -> None:
    """100.00 and 10.00 in ten of 50.00: 49 + 1 twice, then 2.00 with the other 8.00."""
    asked = {"instalment_to": "50", "instalment_mode": "up"}
    made = parts(loan(principal="100.00", interest="flat", instalments=10, rounding=asked))
    assert made == ([4900, 4900, 200], [100, 100, 800])


def test_one_flat_line_is_its_own_instalment() -> None:
    assert schedule(loan(interest="flat", instalments=1)).level == 121_200


def test_the_instalment_of_a_bullet_is_its_one_sum() -> None:
    """Six months of 12.00."""
    assert schedule(loan(repayment="bullet")).level == 127_200


def test_a_line_asks_its_broken_days_too() -> None:
    """January's 12.00 on top of 207.06."""
    first, second, *_ = lines(loan(first_due_on="2024-03-01"))
    assert (first.principal, first.interest, first.amount) == (19_506, 2_400, 21_906)
    assert second.amount == 20_706


def test_a_line_asks_what_was_deferred_to_it() -> None:
    """12.00 is asked with the second line instead of the first."""
    first, second, *_ = lines(loan(grace={"interest": 1}))
    assert (first.interest, first.amount, second.amount) == (0, 19_506, 21_906)


def test_interest_is_deferred_to_the_last_line_of_a_loan_that_ends_early() -> None:
    """1.50 at 10 % a month, 1.00 each: 0.85 + 0.15, then 0.65 + 0.07. Five lines were to wait."""
    asked = {"mode": "half-up", "instalment_to": "1", "instalment_mode": "up"}
    small = loan(principal="1.50", annual_rate="120", grace={"interest": 5}, rounding=asked)
    assert parts(small) == ([85, 65], [0, 22])


def test_equal_parts_rounded_up_end_the_loan_where_the_balance_is_nothing() -> None:
    """200.00 each instead of 1,000 ÷ 6: the balance is nothing after five lines."""
    loan = terms(
        principal="1000.00", annual_rate="0", repayment="equal-principal",
        rounding={"instalment_to": "100.00", "instalment_mode": "up"},
    )  # fmt: skip
    assert parts(loan) == ([20_000] * 5, [0] * 5)
