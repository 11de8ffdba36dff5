"""Decisions by decision tables: the shipped rules, their figures by date, and what is refused."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.decider import ShippedDecider, ZenDecider
from app.domain.decision import Outcome, outcome_of
from app.domain.errors import InputMissing, KistError, NotFound, ValueRefused
from app.paths import resources

RULES = resources() / "rules"
NAME = "in-microfinance"
TODAY = date(2026, 11, 24)
GOLDEN: dict[str, Any] = json.loads(
    (Path(__file__).parents[1] / "golden" / "microfinance.json").read_text(encoding="utf-8")
)
SOUND: Mapping[str, Any] = {
    "income_year_minor": 24_000_000,
    "outflow_year_minor": 1_200_000,
    "new_outflow_year_minor": 6_000_000,
    "lenders": 2,
    "debt_minor": 2_000_000,
    "loans": [{"overdue_days": 0, "overdue_minor": 0}],
    "age": 34,
    "amount_minor": 3_000_000,
    "instalments": 52,
    "product_least_minor": 500_000,
    "product_most_minor": 6_000_000,
    "product_least_instalments": 12,
    "product_most_instalments": 104,
}


def _decided(on: date = TODAY, **changed: Any) -> Mapping[str, Any]:
    return ShippedDecider().decide(NAME, on, {**SOUND, **changed})


def _outcomes(said: Mapping[str, Any]) -> dict[str, str]:
    return {rule["rule"]: rule["outcome"] for rule in said["rules"]}


def _overall(said: Mapping[str, Any]) -> Outcome:
    return outcome_of(rule["outcome"] for rule in said["rules"])


def _foir_inputs(case: Mapping[str, Any]) -> dict[str, Any]:
    """The case's rupees as the inputs' minor units a year."""
    return {
        "income_year_minor": case.get("annual_income", 0) * 100,
        "outflow_year_minor": (
            case.get("existing_emi", 0) * 12 + case.get("existing_weekly", 0) * 52
        )
        * 100,
        "new_outflow_year_minor": (case.get("new_emi", 0) * 12 + case.get("new_weekly", 0) * 52)
        * 100,
    }


@pytest.mark.parametrize("case", GOLDEN["foir_cases"]["cases"])
def test_the_cases_of_income_and_outflow_come_out_as_published(case: dict[str, Any]) -> None:
    outcomes = _outcomes(_decided(**_foir_inputs(case)))
    if "microfinance" in case:
        assert (outcomes["household-income"] == "pass") is case["microfinance"]
    if "allowed" in case:
        assert (outcomes["outflow"] == "pass") is case["allowed"]


@pytest.mark.parametrize("case", GOLDEN["mfin_guardrails"]["cases"])
def test_the_cases_of_the_guardrails_come_out_as_published(case: dict[str, Any]) -> None:
    said = _decided(
        lenders=case["other_lenders"] + 1,
        debt_minor=case["total_outstanding"] * 100,
        amount_minor=case["new_loan"] * 100,
        loans=[
            {
                "overdue_days": case["max_dpd"],
                "overdue_minor": case.get("overdue_outstanding", 0) * 100,
            }
        ],
    )
    assert (_overall(said) is Outcome.APPROVE) is case["allowed"]


@pytest.mark.parametrize(
    ("changed", "rule", "outcome"),
    [
        ({"income_year_minor": 30_000_000}, "household-income", "pass"),
        ({"income_year_minor": 30_000_001}, "household-income", "fail"),
        ({"new_outflow_year_minor": 10_800_000}, "outflow", "pass"),
        ({"new_outflow_year_minor": 10_800_001}, "outflow", "refer"),
        ({"outflow_year_minor": 12_000_000, "new_outflow_year_minor": 1}, "outflow", "fail"),
        ({"lenders": 3}, "lenders", "pass"),
        ({"lenders": 4}, "lenders", "fail"),
        ({"debt_minor": 17_000_000}, "indebtedness", "pass"),
        ({"debt_minor": 17_000_001}, "indebtedness", "refer"),
        ({"debt_minor": 20_000_000}, "indebtedness", "fail"),
        ({"loans": [{"overdue_days": 61, "overdue_minor": 300_000}]}, "overdue", "pass"),
        ({"loans": [{"overdue_days": 60, "overdue_minor": 300_001}]}, "overdue", "pass"),
        ({"loans": [{"overdue_days": 61, "overdue_minor": 300_001}]}, "overdue", "fail"),
        ({"loans": []}, "overdue", "pass"),
        ({"age": 17}, "age", "fail"),
        ({"age": 18}, "age", "pass"),
        ({"age": 60}, "age", "pass"),
        ({"age": 61}, "age", "fail"),
        ({"amount_minor": 6_000_000}, "product", "pass"),
        ({"amount_minor": 6_000_001}, "product", "refer"),
        ({"amount_minor": 499_999}, "product", "fail"),
        ({"instalments": 105}, "product", "fail"),
        ({"instalments": 11, "amount_minor": 7_000_000}, "product", "fail"),
    ],
)
def test_every_boundary_lies_where_its_figure_says(
    changed: dict[str, Any], rule: str, outcome: str
) -> None:
    outcomes = _outcomes(_decided(**changed))
    assert outcomes.pop(rule) == outcome
    assert set(outcomes.values()) <= {"pass", "refer"}


def test_late_days_of_one_loan_do_not_meet_the_overdue_of_another() -> None:
    loans = [
        {"overdue_days": 90, "overdue_minor": 100},
        {"overdue_days": 1, "overdue_minor": 900_000},
    ]
    assert _outcomes(_decided(loans=loans))["overdue"] == "pass"


def test_the_figures_of_a_decision_are_those_of_its_day() -> None:
    four = {"lenders": 4}
    assert _outcomes(_decided(date(2025, 3, 31), **four))["lenders"] == "pass"
    assert _outcomes(_decided(date(2025, 4, 1), **four))["lenders"] == "fail"
    late = {"loans": [{"overdue_days": 61, "overdue_minor": 300_001}]}
    assert _outcomes(_decided(date(2024, 12, 31), **late))["overdue"] == "pass"
    assert _decided(date(2024, 12, 31))["rule_version"] == "2022-04-01"
    assert _decided()["rule_version"] == "2025-11-28"
    with pytest.raises(NotFound):
        _decided(date(2022, 3, 31))


def test_a_decision_carries_its_figures_its_trace_and_its_citations() -> None:
    said = _decided()
    assert said["figures"]["debt_most_minor"] == 20_000_000
    assert said["sums"]["outflow_after_month_minor"] == 600_000
    assert said["trace"] == [
        {
            "table": "Guardrails",
            "rows": [
                "income-within",
                "outflow-within",
                "lenders-within",
                "debt-within",
                "late-none",
                "age-within",
                "product-within",
            ],
        }
    ]
    outflow = said["rules"][1]
    assert "para" in outflow["citation"]
    assert outflow["standing"] == "primary"
    assert "{outflow_most}" in outflow["reason"]


def test_every_reason_names_only_what_its_rule_shows() -> None:
    doc = json.loads((RULES / NAME / "rules.json").read_text(encoding="utf-8"))
    for rule in doc["rules"]:
        shown = {name.removesuffix("_minor").removesuffix("_bp") for name in rule["shows"]}
        for reason in rule["reasons"].values():
            reason.format_map(dict.fromkeys(shown, ""))


@pytest.mark.parametrize("name", sorted(SOUND))
def test_a_missing_input_is_named_before_anything_runs(name: str) -> None:
    inputs = {key: value for key, value in SOUND.items() if key != name}
    with pytest.raises(InputMissing) as refusal:
        ZenDecider(RULES).decide(NAME, TODAY, inputs)
    assert refusal.value.params["input"] == name


@pytest.mark.parametrize(
    "changed",
    [
        {"income_year_minor": -1},
        {"income_year_minor": 10**15},
        {"age": "34"},
        {"age": True},
        {"loans": "none"},
        {"loans": [{"overdue_days": 3, "overdue_minor": 1, "lender": "x"}]},
        {"favourite_colour": 3},
    ],
)
def test_an_input_that_was_not_declared_so_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(ValueRefused):
        _decided(**changed)


def test_a_loan_without_its_days_overdue_is_named() -> None:
    with pytest.raises(InputMissing) as refusal:
        _decided(loans=[{"overdue_minor": 1}])
    assert refusal.value.params["input"] == "overdue_days"


AMOUNT = st.integers(0, 10**13)


@given(income=AMOUNT, before=AMOUNT, new=AMOUNT)
def test_half_of_any_income_is_met_to_the_last_paisa(income: int, before: int, new: int) -> None:
    outcome = _outcomes(
        _decided(income_year_minor=income, outflow_year_minor=before, new_outflow_year_minor=new)
    )["outflow"]
    assert (outcome == "pass") is (2 * (before + new) <= income)


@given(
    lenders=st.integers(1, 100),
    debt=AMOUNT,
    age=st.integers(0, 150),
    amount=st.integers(1, 10**13),
    instalments=st.integers(1, 5000),
)
def test_every_rule_speaks_exactly_once_whatever_comes_in(
    lenders: int, debt: int, age: int, amount: int, instalments: int
) -> None:
    said = _decided(
        lenders=lenders, debt_minor=debt, age=age, amount_minor=amount, instalments=instalments
    )
    assert len(said["rules"]) == 7


Change = Callable[[dict[str, Any], dict[str, Any]], None]


def _other_node(_rules: dict[str, Any], tables: dict[str, Any]) -> None:
    tables["nodes"][1] = {"id": "sums", "type": "functionNode", "name": "x", "content": "x"}


def _fraction(rules: dict[str, Any], _tables: dict[str, Any]) -> None:
    rules["versions"][0]["figures"]["outflow_most_bp"]["value"] = 0.5


def _no_citation(rules: dict[str, Any], _tables: dict[str, Any]) -> None:
    rules["versions"][0]["figures"]["age_least"]["citation"] = ""


def _outside(rules: dict[str, Any], _tables: dict[str, Any]) -> None:
    rules["versions"][0]["tables"] = "../../words/en.json"


def _nameless(rules: dict[str, Any], _tables: dict[str, Any]) -> None:
    rules["rules"][0]["shows"] = ["star_sign"]


def _without_words(rules: dict[str, Any], _tables: dict[str, Any]) -> None:
    del rules["rules"]


def _gap(_rules: dict[str, Any], tables: dict[str, Any]) -> None:
    del tables["nodes"][2]["content"]["rules"][0]


def _overlap(_rules: dict[str, Any], tables: dict[str, Any]) -> None:
    tables["nodes"][2]["content"]["rules"].append(tables["nodes"][2]["content"]["rules"][0])


def _broken(_rules: dict[str, Any], tables: dict[str, Any]) -> None:
    tables["nodes"][1]["content"]["expressions"][0]["value"] = "nonsense("


@pytest.mark.parametrize(
    "change",
    [
        _other_node,
        _fraction,
        _no_citation,
        _outside,
        _nameless,
        _without_words,
        _gap,
        _overlap,
        _broken,
    ],
)
def test_a_rule_file_with_a_mistake_decides_nothing(change: Change, tmp_path: Path) -> None:
    shutil.copytree(RULES / NAME, tmp_path / NAME)
    paths = tmp_path / NAME / "rules.json", tmp_path / NAME / "guardrails.json"
    rules, tables = (json.loads(path.read_text(encoding="utf-8")) for path in paths)
    change(rules, tables)
    for path, doc in zip(paths, (rules, tables), strict=True):
        path.write_text(json.dumps(doc), encoding="utf-8")
    with pytest.raises(KistError):
        ZenDecider(tmp_path).decide(NAME, TODAY, SOUND)


@pytest.mark.parametrize("name", ["nobody", "../rules", "", "in-microfinance/"])
def test_an_unknown_rule_set_is_not_found(name: str) -> None:
    with pytest.raises(NotFound):
        ZenDecider(RULES).decide(name, TODAY, SOUND)
