"""The yearly rate of cost: published figures, six sure decimals, several roots, refusals."""

from __future__ import annotations

import io
import json
import random
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import pyxirr

from app.cli.apr import apr
from app.domain.apr import apr_of, irr_nominal
from app.domain.cost_of_credit import cost_of
from app.domain.errors import TermsRefused
from app.domain.intervals import TimeUnit, european_years
from app.domain.solving import Flow, NoRate, rate_of
from app.domain.terms import terms_of
from tests.domain.golden import golden, named

DOCUMENTS = golden("apr_documents")
INTERVALS = golden("european_intervals")
HALF = Fraction(5, 10**7)


def counted(*flows: tuple[int, str]) -> list[dict[str, object]]:
    return [{"t": t, "amount": amount} for t, amount in flows]


def dated(*flows: tuple[str, str]) -> list[dict[str, object]]:
    return [{"on": on, "amount": amount} for on, amount in flows]


def percent(method: str, flows: list[dict[str, object]], **more: object) -> str:
    made = cost_of({"format": "kist-apr/1", "method": method, "flows": flows, **more})
    assert list(made) == ["method", "percent"]
    assert made["method"] == method
    return str(made["percent"])


@pytest.mark.parametrize("case", DOCUMENTS, ids=named(DOCUMENTS))
def test_a_published_rate_comes_out_of_its_document(case: dict[str, Any]) -> None:
    made = Decimal(str(cost_of(case["document"])["percent"]))
    assert abs(made - Decimal(case["percent"])) <= Decimal(case["tolerance"]) + Decimal("5e-7")


@pytest.mark.parametrize("case", INTERVALS, ids=named(INTERVALS))
def test_a_european_interval_is_counted_back_from_the_payment(case: dict[str, str]) -> None:
    start, end = date.fromisoformat(case["start"]), date.fromisoformat(case["end"])
    wanted = sum(Fraction(part) for part in case["years"].split("+"))
    assert european_years(start, end, TimeUnit(case["unit"])) == wanted


@pytest.mark.parametrize(
    ("unit", "start", "end", "wanted"),
    [
        ("month", "2024-01-31", "2024-02-29", Fraction(29, 366)),
        ("month", "2023-01-31", "2023-02-28", Fraction(28, 365)),
        ("month", "2024-02-29", "2024-03-31", Fraction(1, 12)),
        ("year", "2023-02-28", "2024-02-29", 1 + Fraction(0)),
        ("year", "2022-03-01", "2025-02-28", 2 + Fraction(364, 365)),
        ("week", "2024-01-01", "2024-01-01", Fraction(0)),
        ("month", "2024-01-15", "2024-01-15", Fraction(0)),
    ],
)
def test_the_days_left_over_are_of_the_year_that_ends_where_the_count_stops(
    unit: str, start: str, end: str, wanted: Fraction
) -> None:
    made = european_years(date.fromisoformat(start), date.fromisoformat(end), TimeUnit(unit))
    assert made == wanted


def _worth(flows: list[tuple[int, Fraction]], rate: Fraction) -> Fraction:
    return sum((amount / (1 + rate) ** t for t, amount in flows), Fraction(0))


@pytest.mark.parametrize("seed", range(40))
def test_the_six_decimals_are_those_of_the_exact_root(seed: int) -> None:
    """In rationals the worth changes its sign within half of the last decimal."""
    chance = random.Random(seed)
    count, a_year = chance.randint(1, 60), chance.choice([12, 26, 52])
    flows = [(0, Fraction(chance.randint(100_000, 10_000_000)))]
    level = -flows[0][1] * chance.randint(80, 160) / (100 * count)
    flows += [(t, level + chance.randint(-500, 500)) for t in range(1, count + 1)]
    made = irr_nominal([(t, amount) for t, amount in flows], Fraction(a_year))
    assert made is not None
    below, above = (
        _worth(flows, (Fraction(made.percent) + off) / 100 / a_year) for off in (-HALF, HALF)
    )
    assert below * above <= 0


@pytest.mark.parametrize("seed", range(20))
def test_pyxirr_finds_the_same_rates(seed: int) -> None:
    chance = random.Random(seed)
    count = chance.randint(2, 40)
    days = [date(2024, 1, 1).toordinal() + 7 * at + chance.randint(0, 6) for at in range(count)]
    amounts = [10_000] + [-chance.randint(200, 12_000) for _ in days[1:]]
    texts = [
        (date.fromordinal(day).isoformat(), str(a)) for day, a in zip(days, amounts, strict=True)
    ]
    theirs = pyxirr.xirr(list(map(date.fromordinal, days)), amounts)
    assert theirs is not None
    ours = Decimal(percent("xirr", dated(*texts)))
    assert ours == pytest.approx(Decimal(theirs) * 100, rel=Decimal("1e-7"), abs=Decimal("2e-6"))
    periodic = pyxirr.irr(amounts)
    assert periodic is not None
    flows = counted(*((t, str(a)) for t, a in enumerate(amounts)))
    ours = Decimal(percent("irr-nominal", flows, periods_a_year=12))
    wanted = Decimal(periodic) * 1200
    assert ours == pytest.approx(wanted, rel=Decimal("1e-7"), abs=Decimal("2e-6"))


@pytest.mark.parametrize(
    ("flows", "percent"),
    [
        ([3_840_000, -121_703, -121_703, -121_703, -3_961_703], "38.032188"),
        ([7_680_000, -7_947_742], "41.834688"),
    ],
)
def test_a_rate_just_between_two_goes_to_the_even_one(flows: list[int], percent: str) -> None:
    """121,703 of 3,840,000 a month is 38.0321875 a year, 267,742 of 7,680,000 41.8346875."""
    found = irr_nominal([(at, amount) for at, amount in enumerate(flows)], Fraction(12))
    assert found is not None
    assert found.percent == percent


def test_the_caller_s_decimals_change_nothing() -> None:
    flows = counted((0, "19600"), *((t, "-969.732960939") for t in range(1, 25)))
    plain = percent("irr-effective", flows, periods_a_year=12)
    with localcontext() as context:
        context.prec = 5
        assert percent("irr-effective", flows, periods_a_year=12) == plain


def test_effective_compounds_what_nominal_multiplies() -> None:
    flows = counted((0, "100"), (1, "-102"))
    assert percent("irr-nominal", flows, periods_a_year=12) == "24.000000"
    assert percent("irr-effective", flows, periods_a_year=12) == "26.824179"


def test_a_part_of_a_unit_period_bears_simple_interest() -> None:
    half: list[dict[str, object]] = [
        {"t": 0, "amount": "100"},
        {"t": 0, "f": "0.5", "amount": "-106"},
    ]
    assert percent("regz-appendix-j", half, periods_a_year=1) == "12.000000"
    assert percent("irr-nominal", half, periods_a_year=1) == "12.360000"


def test_european_times_may_be_counted_in_their_unit() -> None:
    for unit, t in (("month", 12), ("week", 52), ("year", 1)):
        flows = counted((0, "100"), (t, "-112.5"))
        assert percent("eu-2008-48", flows, time_unit=unit) == "12.500000"


def test_flows_are_worth_the_same_in_any_order_and_in_parts() -> None:
    whole = dated(("2024-01-01", "1000"), ("2024-07-01", "-500"), ("2025-01-01", "-600"))
    parts = dated(
        ("2025-01-01", "-600"), ("2024-01-01", "400"), ("2024-07-01", "-500"), ("2024-01-01", "600")
    )
    assert percent("xirr", whole) == percent("xirr", parts)
    assert percent("eu-2008-48", whole, time_unit="month") == percent(
        "eu-2008-48", parts, time_unit="month"
    )


def test_a_loan_handed_out_in_parts_has_one_rate() -> None:
    """Two advances at 1 % a month, the second after a payment: each bears its own interest."""
    left = Fraction(1000) * Fraction(101, 100) - 200
    left = (left + 500) * Fraction(101, 100) - 200
    left = left * Fraction(101, 100)
    flows = [(0, Fraction(1000)), (1, Fraction(300)), (2, Fraction(-200)), (3, -left)]
    made = irr_nominal(flows, Fraction(12))
    assert made is not None
    assert made.percent == "12.000000"


def test_an_advance_after_payments_leaves_the_rate_of_the_loan() -> None:
    flows = counted((0, "1000"), (1, "-600"), (2, "500"), (3, "-525.3"), (4, "-450"))
    made = Fraction(percent("irr-nominal", flows, periods_a_year=12))
    exact = [(int(str(f["t"])), Fraction(str(f["amount"]))) for f in flows]
    assert _worth(exact, (made - HALF) / 1200) * _worth(exact, (made + HALF) / 1200) <= 0
    assert 0 < made < 200


@pytest.mark.parametrize(
    ("flows", "wanted"),
    [
        (("100", "-230", "132"), "10.000000"),  # 10 % and 20 %
        (("100", "-200", "96"), "20.000000"),  # −20 % lies farther: |ln 0.8| > ln 1.2
        (("100", "-210", "110"), "0.000000"),  # 0 % and 10 %
        (("-100", "230", "-132"), "10.000000"),
    ],
)
def test_of_several_rates_the_one_nearest_to_nothing_is_it(
    flows: tuple[str, ...], wanted: str
) -> None:
    given = counted(*enumerate(flows))
    assert percent("irr-nominal", given, periods_a_year=1) == wanted


@pytest.mark.parametrize(
    ("flows", "why"),
    [
        ([(0, 100), (1, -100), (2, 100)], "no rate that makes them worth nothing"),
        ([(0, 100), (1, 100)], "only advances"),
        ([(0, -100)], "only payments"),
        ([(0, 100), (0, -100)], "only advances"),
        ([], "only advances"),
    ],
)
def test_flows_that_no_rate_solves_say_so(flows: list[tuple[int, int]], why: str) -> None:
    with pytest.raises(NoRate, match=why):
        rate_of([Flow(Fraction(t), Fraction(amount)) for t, amount in flows])
    assert irr_nominal(flows or [(0, 0)], Fraction(12)) is None


@pytest.mark.parametrize(
    ("last", "wanted"),
    [("-0.000001", "-99.999999"), ("-1", "-99.000000"), ("-100", "0.000000")],
)
def test_a_loss_is_a_rate_below_zero(last: str, wanted: str) -> None:
    given = percent("irr-nominal", counted((0, "100"), (1, last)), periods_a_year=1)
    assert given == wanted


def test_very_long_and_very_dear_loans_have_their_rate() -> None:
    long = counted((0, "100"), (50_000, "-150"))
    assert percent("irr-nominal", long, periods_a_year=12) == "0.009731"
    assert percent("xirr", dated(("2024-01-01", "1000"), ("2024-01-02", "-1100"))) == (
        "128330558031335169.689945"
    )


def test_the_rate_of_terms_is_that_of_their_schedule() -> None:
    document: dict[str, object] = {
        "principal": "1200.00",
        "disbursed_on": "2024-01-01",
        "annual_rate": "12",
        "instalments": 12,
        "every": {"n": 1, "unit": "month"},
    }
    made = apr_of(terms_of(document, "INR"))
    assert made is not None
    assert made.method == "irr-nominal"
    assert abs(Decimal(made.percent) - 12) < Decimal("0.01")


GOOD: dict[str, Any] = {
    "format": "kist-apr/1",
    "method": "irr-nominal",
    "periods_a_year": 12,
    "flows": [{"t": 0, "amount": "100"}, {"t": 1, "amount": "-101"}],
}
XIRR = {
    "method": "xirr",
    "periods_a_year": None,
    "flows": [{"on": "2024-01-01", "amount": "100"}, {"on": "2025-01-01", "amount": "-110"}],
}
EU = {**XIRR, "method": "eu-2008-48", "time_unit": "month"}
ON, T = {"on": "2024-01-01", "amount": "100"}, {"t": 1, "amount": "-101"}


@pytest.mark.parametrize(
    ("change", "path", "allowed"),
    [
        ({"format": "kist-calc/1"}, "format", "kist-apr/1"),
        ({"method": "apr"}, "method", "irr-nominal, irr-effective, xirr, regz-appendix-j, eu"),
        ({"method": None}, "method", "irr-nominal"),
        ({"method": ["xirr"]}, "method", "irr-nominal"),
        ({"rate": "12"}, "rate", "no such key"),
        ({"periods_a_year": None}, "periods_a_year", "a whole number from 1 to 366"),
        ({"periods_a_year": 0}, "periods_a_year", "a whole number"),
        ({"periods_a_year": "12"}, "periods_a_year", "a whole number"),
        ({"periods_a_year": True}, "periods_a_year", "a whole number"),
        ({"method": "regz-appendix-j", "periods_a_year": None}, "periods_a_year", "a whole"),
        ({"time_unit": "month"}, "time_unit", "nothing: irr-nominal does not ask for it"),
        ({"method": "regz-appendix-j", "time_unit": "month"}, "time_unit", "nothing"),
        ({**XIRR, "periods_a_year": 12}, "periods_a_year", "nothing: xirr"),
        ({**XIRR, "time_unit": "month"}, "time_unit", "nothing: xirr"),
        ({**EU, "periods_a_year": 12}, "periods_a_year", "nothing: eu-2008-48"),
        ({**EU, "time_unit": None}, "time_unit", "month, week, year"),
        ({**EU, "time_unit": "day"}, "time_unit", "month, week, year"),
        ({"flows": None}, "flows", "a list with an advance and a payment"),
        ({"flows": []}, "flows", "a list with an advance and a payment"),
        ({"flows": {}}, "flows", "a list"),
        ({"flows": [T, ON]}, "flows[1].on", "nothing: these flows are counted"),
        ({"flows": [{**T, "on": "2024-01-01"}]}, "flows[0].on", "nothing"),
        ({**XIRR, "flows": [ON, T]}, "flows[1].t", "nothing: it counts by dates"),
        ({**XIRR, "flows": [{**ON, "f": "0.5"}]}, "flows[0].f", "nothing"),
        ({**EU, "flows": [ON, T]}, "flows[1].t", "nothing: the other flows say `on`"),
        ({**EU, "flows": [T, ON]}, "flows[1].on", "nothing"),
        ({**XIRR, "flows": [{"amount": "1"}]}, "flows[0].on", "a date such as"),
        ({**XIRR, "flows": [{"on": "2024-02-30", "amount": "1"}]}, "flows[0].on", "a date"),
        ({"flows": [{"t": -1, "amount": "1"}]}, "flows[0].t", "a whole number from 0"),
        ({"flows": [{"t": "1", "amount": "1"}]}, "flows[0].t", "a whole number from 0"),
        ({"flows": [{"amount": "1"}]}, "flows[0].t", "a whole number from 0"),
        ({"flows": [{"t": 0, "amount": 100}]}, "flows[0].amount", "a text such as 1000"),
        ({"flows": [{"t": 0, "amount": "1e3"}]}, "flows[0].amount", "a text such as 1000"),
        ({"flows": [{"t": 0, "amount": "1" * 16}]}, "flows[0].amount", "at most 15 digits"),
        ({"flows": [{"t": 0, "amount": "0." + "1" * 16}]}, "flows[0].amount", "at most 15"),
        ({"flows": [{"t": 0, "amount": "١"}]}, "flows[0].amount", "a text such as 1000"),
        ({"flows": [{"t": 0}]}, "flows[0].amount", "a text such as 1000"),
        ({"flows": [{"t": 0, "f": "1.0", "amount": "1"}]}, "flows[0].f", "a part of a period"),
        ({"flows": [{"t": 0, "f": "-0.1", "amount": "1"}]}, "flows[0].f", "a part of a"),
        ({"flows": [{"t": 0, "f": 0, "amount": "1"}]}, "flows[0].f", "a part of a period"),
        ({"flows": [{"t": 0, "amount": "1", "fee": "1"}]}, "flows[0].fee", "no such key"),
        ({"flows": ["100"]}, "flows[0]", "an object"),
        ({"flows": [T]}, "flows", "advances above zero and payments below zero"),
        (
            {**EU, "flows": [{"on": "2023-12-31", "amount": "-5"}, ON]},
            "flows[0].on",
            "a day on or after the first advance of 2024-01-01",
        ),
        ({**EU, "flows": [{"on": "2023-12-31", "amount": "-5"}]}, "flows", "advances above"),
        (
            {"method": "irr-effective", "periods_a_year": 366, "flows": [
                {"t": 0, "amount": "1"}, {"t": 1, "amount": "-100000000000000"}]},
            "flows",
            "that some rate makes worth nothing",
        ),
    ],
)  # fmt: skip
def test_each_mistake_is_refused_at_its_place(
    change: dict[str, Any], path: str, allowed: str
) -> None:
    with pytest.raises(TermsRefused) as refused:
        cost_of({**GOOD, **change})
    assert refused.value.params["path"] == path
    assert allowed in str(refused.value.params["allowed"])


def _asked(paths: list[str], stdin: str = "") -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    return apr(paths, out, err, io.StringIO(stdin)), out.getvalue(), err.getvalue()


def test_several_files_answer_line_by_line_and_a_dash_is_the_input(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    code, out, err = _asked([str(path), "-"], json.dumps({**GOOD, "periods_a_year": 1}))
    assert (code, err) == (0, "")
    assert [json.loads(line) for line in out.splitlines()] == [
        {"method": "irr-nominal", "percent": "12.000000"},
        {"method": "irr-nominal", "percent": "1.000000"},
    ]


def test_one_refusal_prints_nothing_and_names_the_place(tmp_path: Path) -> None:
    path = tmp_path / "one.json"
    path.write_text(json.dumps(GOOD), encoding="utf-8")
    code, out, err = _asked([str(path), "-"], json.dumps({**GOOD, "flows": [T]}))
    assert (code, out) == (2, "")
    assert 'flows: given "only payments"' in err
    code, out, err = _asked(["-"], "{")
    assert (code, out) == (2, "")
