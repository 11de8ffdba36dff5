"""The engine against figures that others published; each file names its source."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from app.domain.apr import irr_nominal
from app.domain.calendar import DayCount, year_part, year_units
from tests.domain.golden import golden, named, result

SCHEDULES = golden("schedules")
DUE_DATES = golden("due_dates")
RECEIPTS = golden("receipts")
PENAL_CHARGES = golden("penal_charges")
DAYS_PAST_DUE = golden("days_past_due")
CLASSES = golden("asset_classes")
KEY_FACTS = golden("key_facts")
RATES = golden("rates_of_cost")


@pytest.mark.parametrize("case", SCHEDULES, ids=named(SCHEDULES))
def test_a_published_schedule_comes_out_to_the_cent(case: dict[str, Any]) -> None:
    made = result(case["document"])["schedule"]
    if "first" in case:
        assert made[0]["amount"] == case["first"]
        return
    by_number = {line["number"]: line for line in made}
    for number, due_on, *figures in case["lines"]:
        line = by_number[number]
        assert due_on in (None, line["due_on"])
        given = [line["principal"], line["interest"], line["balance"]]
        assert [f for f, w in zip(given, figures, strict=True) if w is not None] == [
            wanted for wanted in figures if wanted is not None
        ]


@pytest.mark.parametrize("case", DUE_DATES, ids=named(DUE_DATES))
def test_due_dates_count_from_the_seed(case: dict[str, Any]) -> None:
    made = [line["due_on"] for line in result(case["document"])["schedule"]]
    wanted = case["dates"]
    assert (made if len(wanted) == len(made) else [*made[:2], made[-1]]) == wanted


@pytest.mark.parametrize("case", RECEIPTS, ids=named(RECEIPTS))
def test_a_receipt_splits_as_published(case: dict[str, Any]) -> None:
    made = {one["event"]: one for one in result(case["document"])["receipts"]}
    for wanted in case["receipts"]:
        heads = {head: text for head, text in wanted.items() if head != "events"}
        assert any(
            {head: made[event][head] for head in heads} == heads for event in wanted["events"]
        )


@pytest.mark.parametrize("case", PENAL_CHARGES, ids=named(PENAL_CHARGES))
def test_a_penal_charge_grows_by_the_day(case: dict[str, Any]) -> None:
    assert result(case["document"])["position"]["arrears"]["penalty"] == case["penalty"]


@pytest.mark.parametrize("case", DAYS_PAST_DUE, ids=named(DAYS_PAST_DUE))
def test_days_past_due_follow_the_oldest_unpaid_due(case: dict[str, Any]) -> None:
    position = result(case["document"])["position"]
    counted = position["days_past_due"] + (position["oldest_unpaid_due_on"] is not None)
    assert counted == case["counted_from_one"]
    assert case["asset_class"] in (None, position["asset_class"])


@pytest.mark.parametrize("case", CLASSES["dates"], ids=[c["due"] for c in CLASSES["dates"]])
@pytest.mark.parametrize(
    ("key", "name"), [("sma1_on", "sma-1"), ("sma2_on", "sma-2"), ("npa_on", "npa")]
)
def test_the_asset_class_changes_on_its_day_and_not_before(
    case: dict[str, str], key: str, name: str
) -> None:
    due_on, on = date.fromisoformat(case["due"]), date.fromisoformat(case[key])
    assert _class(due_on, on) == name
    assert _class(due_on, on - timedelta(1)) != name


def _class(due_on: date, as_on: date) -> str:
    document = {
        "format": "kist-calc/1",
        "currency": "INR",
        "as_on": as_on.isoformat(),
        "terms": {
            "principal": "1200.00",
            "disbursed_on": (due_on - timedelta(28)).isoformat(),
            "annual_rate": "12",
            "instalments": 1,
            "every": {"n": 4, "unit": "week"},
            "repayment": "bullet",
        },
    }
    found: str = result(document)["position"]["asset_class"]
    return found


@pytest.mark.parametrize("case", golden("day_counts"))
def test_a_day_count_gives_its_published_part_of_a_year(case: dict[str, Any]) -> None:
    count = DayCount(case["convention"])
    start, end = date.fromisoformat(case["start"]), date.fromisoformat(case["end"])
    part = Fraction(year_part(count, start, end), year_units(count))
    if "days" in case:
        assert part == Fraction(case["days"], 360)
    else:
        assert abs(part - Fraction(case["year_fraction"])) < Fraction(1, 10**9)


def _key_facts(mode: str, interest_to: str, instalment_mode: str | None) -> dict[str, Any]:
    facts = KEY_FACTS["annex_b"]
    fees = (("fee", facts["fees_to_re"]), ("third party", facts["fees_third_party"]))
    return result(
        {
            "format": "kist-calc/1",
            "currency": "INR",
            "terms": {
                "principal": f"{facts['sanctioned']}.00",
                "disbursed_on": "2024-01-01",
                "annual_rate": KEY_FACTS["rate"],
                "instalments": facts["n_epi"],
                "every": {"n": 1, "unit": "month"},
                "rounding": {
                    "mode": mode,
                    "interest_to": interest_to,
                    "instalment_to": "1",
                    "instalment_mode": instalment_mode,
                },
                "charges": [
                    {"name": name, "on": "disbursement", "amount": f"{fee}.00", "deduct": True}
                    for name, fee in fees
                ],
            },
        }
    )


@pytest.mark.parametrize(
    ("rows", "mode", "interest_to", "instalment_mode"),
    [
        ("annex_c", "none", "0.01", None),
        ("to_the_paisa", "half-up", "0.01", "up"),
        ("to_the_rupee", "half-up", "1", "up"),
    ],
)
def test_the_key_fact_statement_and_both_collectable_ledgers(
    rows: str, mode: str, interest_to: str, instalment_mode: str | None
) -> None:
    made = _key_facts(mode, interest_to, instalment_mode)
    given = [
        [Decimal(line[key]) for key in ("principal", "interest", "amount")]
        for line in made["schedule"]
    ]
    assert given == [[Decimal(str(figure)) for figure in row[2:]] for row in KEY_FACTS[rows]]


def test_the_key_fact_statement_states_its_rate_of_the_exact_run() -> None:
    made = _key_facts("none", "0.01", None)
    assert made["apr"]["method"] == "irr-nominal"
    assert round(Decimal(made["apr"]["percent"]), 2) == Decimal("17.07")
    assert round(Decimal(made["apr"]["percent"]), 4) == Decimal("17.0706")
    assert made["totals"]["interest"] == "3274.00"
    assert made["totals"]["charge"] == "400.00"


@pytest.mark.parametrize("case", RATES, ids=named(RATES))
def test_a_published_rate_of_cost(case: dict[str, Any]) -> None:
    flows = [(0, _minor(case["net"]))]
    flows += [(at, -_minor(payment)) for at, payment in enumerate(case["payments"], start=1)]
    made = irr_nominal(flows, Fraction(case["periods"]))
    assert made is not None
    assert made.method == "irr-nominal"
    wanted = Decimal(str(case["percent"]))
    assert abs(Decimal(made.percent) - wanted) <= Decimal(case["tolerance"]) + Decimal("0.0000005")


def _minor(text: str) -> int:
    return int(Decimal(text) * 10_000)
