"""Which published cases the documents can express, which not and why, and how each is judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from tests.domain import test_apr, test_golden_figures
from tests.domain.golden import golden, result

Case = dict[str, Any]

# What the engine says may be left out; a figure that is asked for must be there to the digit.
SCOPE: tuple[Case, ...] = tuple(golden("scope"))


# What the published cases call the day counts of the documents.
_COUNTS: Mapping[str, str] = MappingProxyType(
    {
        "30/360": "30/360-BondBasis",
        "30E/360": "30E/360",
        "actual/360": "ACT/360",
        "actual/365": "ACT/365F",
        "actual/actual": "ACT/ACT-ISDA",
    }
)


class Shown(NamedTuple):
    """A case, and what is wrong with it: nothing, or a text; `left_out` says why it is not ours."""

    case: Case
    wrong: str
    left_out: str


def differences(wanted: object, made: object, at: str = "") -> Iterator[str]:
    """Each figure asked for that the result does not have; lists must have the same length."""
    match wanted, made:
        case dict(), dict():
            for key, value in wanted.items():
                yield from differences(value, made.get(key), f"{at}.{key}")
        case list(), list() if len(wanted) == len(made):
            for place, pair in enumerate(zip(wanted, made, strict=True)):
                yield from differences(*pair, f"{at}[{place}]")
        case _ if wanted != made:
            yield f"{at}: {made} wanted {wanted}"


def shown(case: Case) -> Shown:
    """Judge a case of the scope."""
    if "left_out" in case:
        return Shown(case, "", case["left_out"])
    if "document" in case:
        return Shown(case, "; ".join(differences(case["expected"], result(case["document"]))), "")
    return Shown(case, "; ".join(_judged(case)), "")


def _judged(case: Case) -> Iterator[str]:
    """The golden cases that show this one, each put to the test it has there."""
    judge = JUDGES[case["golden"]]
    found = [one for one in _listed(case["golden"]) if _shows(one, case["case"])]
    if not found:
        yield f"no such case in {case['golden']}"
    for one in found:
        try:
            judge(one)
        except AssertionError as wrong:
            yield str(wrong) or "differs"


def _listed(name: str) -> list[Case]:
    if name == "key_facts":
        return [{"name": ""}]
    cases = golden(name)
    return list(cases["dates"] if name == "asset_classes" else cases)


def _shows(one: Case, name: str) -> bool:
    if "due" in one:
        return bool(one["due"] == name)
    if "convention" in one:
        return f"{_COUNTS[one['convention']]} {one['start']} {one['end']}" == name
    return one["name"] in ("", name) or one["name"].startswith(f"{name} ")


def _asset_class(case: Case) -> None:
    for key, name in (("sma1_on", "sma-1"), ("sma2_on", "sma-2"), ("npa_on", "npa")):
        test_golden_figures.test_the_asset_class_changes_on_its_day_and_not_before(case, key, name)


def _key_facts(case: Case) -> None:
    for rows, mode, interest_to, up in (
        ("annex_c", "none", "0.01", None),
        ("to_the_paisa", "half-up", "0.01", "up"),
        ("to_the_rupee", "half-up", "1", "up"),
    ):
        test_golden_figures.test_the_key_fact_statement_and_both_collectable_ledgers(
            rows, mode, interest_to, up
        )
    test_golden_figures.test_the_key_fact_statement_states_its_rate_of_the_exact_run()


JUDGES: Mapping[str, Callable[[Case], None]] = MappingProxyType(
    {
        "schedules": test_golden_figures.test_a_published_schedule_comes_out_to_the_cent,
        "due_dates": test_golden_figures.test_due_dates_count_from_the_seed,
        "receipts": test_golden_figures.test_a_receipt_splits_as_published,
        "penal_charges": test_golden_figures.test_a_penal_charge_grows_by_the_day,
        "days_past_due": test_golden_figures.test_days_past_due_follow_the_oldest_unpaid_due,
        "day_counts": test_golden_figures.test_a_day_count_gives_its_published_part_of_a_year,
        "rates_of_cost": test_golden_figures.test_a_published_rate_of_cost,
        "apr_documents": test_apr.test_a_published_rate_comes_out_of_its_document,
        "european_intervals": test_apr.test_a_european_interval_is_counted_back_from_the_payment,
        "asset_classes": _asset_class,
        "key_facts": _key_facts,
    }
)
