"""The calc document: strict in, the same engine out; a mistake is told and nothing is printed."""

from __future__ import annotations

import copy
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli.calc import DONE, REFUSED, calc
from app.domain.calculation import calculation_of, document_of
from app.domain.errors import EventRefused, KistError
from app.domain.events import EventKind
from app.domain.loan import replay
from tests.domain.golden import golden, result
from tests.domain.loans import charge, disbursed, receipt, reversal, terms

DOCUMENT: dict[str, Any] = {
    "format": "kist-calc/1",
    "currency": "INR",
    "terms": {
        "principal": "20000.00",
        "disbursed_on": "2024-01-31",
        "annual_rate": "24",
        "instalments": 6,
        "every": {"n": 1, "unit": "month"},
    },
    "events": [
        {"kind": "receipt", "on": "2024-02-29", "amount": "3570.52"},
        {
            "kind": "charge",
            "name": "Visit",
            "head": "charge",
            "on": "2024-03-05",
            "amount": "50.00",
        },
        {"kind": "receipt", "on": "2024-03-31", "booked_on": "2024-04-02", "amount": "1000.00"},
        {"kind": "receipt", "on": "2024-04-01", "amount": "5.00"},
        {"kind": "reversal", "of": 3, "on": "2024-04-02"},
    ],
}


def changed(**changes: Any) -> dict[str, Any]:
    """The document with other top keys."""
    return {**copy.deepcopy(DOCUMENT), **changes}


def test_the_position_of_rules_version_1_stays_as_it_is() -> None:
    """Old loans keep the figures of the rules they were made under: this file never changes."""
    kept = golden("position_rules_1")
    assert result(kept["document"]) == kept["result"]


def test_a_result_lists_lines_receipts_position_totals_and_rate() -> None:
    made = result(DOCUMENT)
    assert list(made) == [
        "format", "schedule", "receipts", "position", "totals", "apr", "warnings",
    ]  # fmt: skip
    assert made["receipts"][2] == {
        "event": 3, "on": "2024-04-01", "amount": "5.00", "principal": "0.00",
        "interest": "0.00", "charge": "0.00", "penalty": "0.00", "excess": "0.00",
        "reversed": True,
    }  # fmt: skip
    assert made["position"]["as_on"] == "2024-04-02"
    assert made["position"]["days_past_due"] == 2
    # 24 % a year in months: the rate of cost of a loan without charges is its rate
    assert made["apr"]["method"] == "irr-nominal"
    assert made["apr"]["percent"].startswith("24.00")


def test_known_on_leaves_out_what_was_booked_later() -> None:
    made = result(changed(known_on="2024-04-01", as_on="2024-04-01"))
    assert [one["event"] for one in made["receipts"]] == [0, 3]
    assert not made["receipts"][1]["reversed"]


def test_a_fact_in_the_middle_that_never_fitted_is_refused_too() -> None:
    """What only later knowledge made superfluous is kept; the rest is a mistake of the document."""
    whole = {"kind": "receipt", "on": "2024-03-31", "amount": "30000.00"}
    late = {"kind": "receipt", "on": "2024-02-29", "amount": "30000.00"}
    fee = {"kind": "charge", "name": "x", "head": "charge", "on": "2024-05-01", "amount": "1.00"}
    made = result(changed(events=[whole, late]))
    assert made["position"]["status"] == "overpaid"
    with pytest.raises(EventRefused):
        result(changed(events=[whole, {**late, "on": "2024-04-01"}, fee]))


def test_a_living_loan_copies_its_own_document() -> None:
    loan = terms(charges=[{"name": "Fee", "on": "instalment", "amount": "1.00"}])
    first = date(2024, 2, 29)
    events = [
        disbursed(loan, ref=71),
        receipt(first, 357052, 80),
        charge(first, 500, 85),
        receipt(first, 100, 90),
        reversal(first, 90, 99),
    ]
    copied = json.loads(json.dumps(document_of(loan, events)))
    again = calculation_of(copied)
    assert again.terms == loan
    assert again.events[0].kind is EventKind.DISBURSEMENT
    assert replay(*again).lines == replay(loan, events).lines


def test_a_loan_that_ran_elsewhere_opens_with_its_lines() -> None:
    opening = {
        "kind": "opening",
        "on": "2024-06-10",
        "excess": "1.00",
        "lines": [{"number": 4, "due_on": "2024-05-31", "principal": "10.00", "interest": "2.00"}],
    }
    made = result(changed(events=[opening]))
    assert made["position"]["arrears"]["interest"] == "1.00"
    assert (made["apr"], made["receipts"]) == (None, [])


REFUSALS: list[tuple[str, dict[str, Any]]] = [
    ("format", {"format": "kist-calc/2"}),
    ("currency", {"currency": "XXQ"}),
    ("currency", {"currency": None}),
    ("asof", {"asof": "2024-01-01"}),
    ("as_on", {"as_on": "yesterday"}),
    ("terms", {"terms": None}),
    ("events", {"events": {}}),
    ("events[0]", {"events": ["receipt"]}),
    ("events[0].kind", {"events": [{"kind": "payment", "on": "2024-02-29", "amount": "1.00"}]}),
    ("events[0].annual_rate", {"events": [{"kind": "rate", "on": "2024-02-29"}]}),
    (
        "events[0].annual_rate",
        {"events": [{"kind": "rate", "on": "2024-02-29", "annual_rate": "-1"}]},
    ),
    (
        "events[0].capitalise[0]",
        {"events": [{"kind": "reschedule", "on": "2024-02-29", "capitalise": ["penalty"]}]},
    ),
    (
        "events[0].first_due_on",
        {"events": [{"kind": "reschedule", "on": "2024-02-29", "first_due_on": "2024-02-29"}]},
    ),
    ("events[0].on", {"events": [{"kind": "receipt", "on": "2024-01-30", "amount": "1.00"}]}),
    ("events[0].amount", {"events": [{"kind": "receipt", "on": "2024-02-29"}]}),
    ("events[0].amount", {"events": [{"kind": "receipt", "on": "2024-02-29", "amount": "0.00"}]}),
    (
        "events[0].note",
        {"events": [{"kind": "receipt", "on": "2024-02-29", "amount": "1.00", "note": "x"}]},
    ),
    ("events[0].of", {"events": [{"kind": "reversal", "on": "2024-02-29", "of": 0}]}),
    (
        "events[0].head",
        {
            "events": [
                {"kind": "charge", "name": "x", "head": "interest", "on": "2024-02-29",
                 "amount": "1.00"}
            ]
        },
    ),
]  # fmt: skip


@pytest.mark.parametrize(("path", "changes"), REFUSALS)
def test_a_mistake_in_the_document_is_refused_by_its_path(
    path: str, changes: dict[str, Any]
) -> None:
    with pytest.raises(KistError) as refused:
        result(changed(**changes))
    assert refused.value.params["path"] == path


def run(paths: list[str], stdin: str = "") -> tuple[int, str, str]:
    """What the command prints."""
    out, err = io.StringIO(), io.StringIO()
    return calc(paths, out, err, io.StringIO(stdin)), out.getvalue(), err.getvalue()


def test_the_command_prints_one_line_a_document_in_order(tmp_path: Path) -> None:
    paths = []
    for name, amount in (("b", "100.00"), ("a", "200.00")):
        path = tmp_path / f"{name}.json"
        terms_of_it = {**DOCUMENT["terms"], "principal": amount}
        path.write_text(json.dumps(changed(terms=terms_of_it, events=[])), encoding="utf-8")
        paths.append(str(path))
    code, out, err = run(paths)
    assert (code, err) == (DONE, "")
    made = [json.loads(line) for line in out.splitlines()]
    assert [one["position"]["principal_outstanding"] for one in made] == ["100.00", "200.00"]


def test_the_command_reads_the_standard_input() -> None:
    code, out, _ = run(["-"], json.dumps(DOCUMENT))
    assert code == DONE
    assert json.loads(out) == result(DOCUMENT)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (json.dumps(changed(foo=1)), "foo"),
        (json.dumps({**DOCUMENT, "terms": {**DOCUMENT["terms"], "annual_rate": 24.5}}), "24.5"),
        ("{", "standard input"),
        ("[1]", "the document"),
        (
            json.dumps(
                changed(events=[{"kind": "receipt", "on": "2024-02-29", "amount": "99999.00"}] * 2)
            ),
            "standard input",
        ),
    ],
)
def test_a_mistake_is_told_and_nothing_is_printed(text: str, told: str) -> None:
    code, out, err = run(["-"], text)
    assert (code, out) == (REFUSED, "")
    assert told in err


def test_one_bad_document_of_many_prints_nothing(tmp_path: Path) -> None:
    good, missing = tmp_path / "good.json", tmp_path / "missing.json"
    good.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    code, out, err = run([str(good), str(missing)])
    assert (code, out) == (REFUSED, "")
    assert "missing.json" in err
