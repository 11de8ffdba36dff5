"""The work behind each line, and the document that shows it."""

from __future__ import annotations

import io
import json
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from hypothesis import given, settings

from app.cli.calc import calc
from app.domain.calculation import calculation_of, implied
from app.domain.explaining import AHEAD, CLOSING, GIVEN, LEVEL, REST, LineWork, worked_out
from app.domain.explanation import explanation_of
from app.domain.points import Points
from app.domain.terms import Terms
from tests.domain.loans import any_terms

DOCUMENT: dict[str, Any] = {
    "format": "kist-calc/1",
    "currency": "INR",
    "terms": {
        "principal": "12000.00",
        "disbursed_on": "2024-01-01",
        "annual_rate": "24",
        "instalments": 6,
        "every": {"n": 1, "unit": "month"},
        "day_count": "actual/365",
    },
    "events": [],
}


def worked(**changes: Any) -> tuple[LineWork, ...]:
    """The lines of the document with other terms and events."""
    events = changes.pop("events", [])
    terms = {**DOCUMENT["terms"], **changes}
    return worked_out(*calculation_of({**DOCUMENT, "terms": terms, "events": events})).lines


def test_a_line_is_balance_times_factor_rounded_once() -> None:
    first = worked()[0]
    (part,) = first.parts
    assert (part.from_on, part.to_on) == (date(2024, 1, 1), date(2024, 2, 1))
    assert part.factor == Fraction(24, 100) * Fraction(31, 365)
    # 12,000 × 24 % × 31 ÷ 365 = 244.6027397…
    assert first.unrounded == Fraction(1_200_000 * 24 * 31, 36_500)
    assert (first.interest, first.principal_why) == (24_460, LEVEL)


def test_a_change_of_rate_splits_the_line_where_the_new_rate_begins() -> None:
    lines = worked(events=[{"kind": "rate", "on": "2024-04-11", "annual_rate": "18"}])
    before, after = lines[3].parts
    assert (before.to_on, after.from_on) == (date(2024, 4, 11), date(2024, 4, 11))
    assert before.factor == Fraction(24, 100) * Fraction(10, 365)
    assert after.factor == Fraction(18, 100) * Fraction(20, 365)
    assert [line.principal_why for line in lines] == [LEVEL] * 5 + [REST]


def test_money_ahead_stands_in_a_line_of_its_own_and_splits_the_line_it_fell_in() -> None:
    lines = worked(
        allocation={"advance_to": "reduce-term"},
        events=[
            {"kind": "receipt", "on": "2024-02-01", "amount": "2142.31"},
            {"kind": "receipt", "on": "2024-02-15", "amount": "3000.00"},
        ],
    )
    assert [(line.number, line.principal_why) for line in lines[:3]] == [
        (1, LEVEL),
        (2, AHEAD),
        (3, LEVEL),
    ]
    assert lines[1].principal == 300_000
    one, two = lines[2].parts
    assert (one.to_on, Fraction(one.balance) - two.balance) == (
        date(2024, 2, 15),
        Fraction(300_000),
    )


def test_the_instalment_is_shown_before_and_after_its_rounding() -> None:
    found = worked_out(*calculation_of(DOCUMENT)).found
    # 12,000 × 0.02 ÷ (1 − 1.02⁻⁶)
    exact = Fraction(1_200_000 * 2, 100) / (1 - Fraction(100, 102) ** 6)
    assert [(one.place, one.exact, one.level) for one in found] == [(0, exact, 214_231)]


def test_a_closing_line_and_the_lines_of_a_loan_taken_over_say_so() -> None:
    closed = worked(events=[{"kind": "foreclosure", "on": "2024-02-10"}])
    assert [line.principal_why for line in closed] == [LEVEL, CLOSING]
    line = {"number": 4, "due_on": "2024-05-31", "principal": "10.00", "interest": "2.00"}
    taken = worked(events=[{"kind": "opening", "on": "2024-05-10", "lines": [line]}])
    assert [one.principal_why for one in taken] == [GIVEN]


@given(any_terms())
@settings(max_examples=150, deadline=None)
def test_the_parts_of_a_line_add_up_to_its_interest(loan: Terms) -> None:
    points = Points(loan.rounding)
    for line in worked_out(loan, implied(loan)).lines:
        if line.parts:
            found = points.interest(line.unrounded) - line.taken + line.added
            assert points.printed(found) == line.interest


def test_calc_adds_the_work_where_it_is_asked_for(tmp_path: Path) -> None:
    file = tmp_path / "loan.json"
    file.write_text(json.dumps(DOCUMENT))
    for explain in (False, True):
        out = io.StringIO()
        assert calc([str(file)], out, io.StringIO(), io.StringIO(), explain=explain) == 0
        assert ("explanation" in json.loads(out.getvalue())) is explain


def test_the_document_holds_exact_fractions_beside_long_decimals() -> None:
    doc = explanation_of(calculation_of(DOCUMENT))
    lines: Any = doc["lines"]
    interest = lines[0]["interest"]
    assert interest["unrounded"] == "244.6027397260"
    assert interest["unrounded_fraction"] == "17856/73"
    assert (interest["rounding"], interest["to"], interest["rounded"]) == (
        "half-even",
        "0.01",
        "244.60",
    )
    assert lines[0]["parts"][0]["factor"] == "186/9125"
