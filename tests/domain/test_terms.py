"""Terms are read strictly: a refusal names the path, what was given and what is allowed."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings

from app.domain.errors import TermsRefused
from app.domain.schedule import lines
from app.domain.terms import RULES, Terms, doc_of, terms_of
from tests.domain.loans import any_terms, terms

PLAIN: dict[str, Any] = {
    "principal": "20000.00",
    "disbursed_on": "2024-01-01",
    "annual_rate": "24",
    "instalments": 24,
    "every": {"n": 1, "unit": "month"},
}


@given(any_terms(events=True))
@settings(max_examples=200, deadline=None)
def test_terms_read_back_from_their_document(loan: Terms) -> None:
    text = json.dumps(doc_of(loan))
    assert terms_of(json.loads(text), "INR") == loan
    assert doc_of(terms_of(json.loads(text), "INR")) == json.loads(text)


def test_every_default_is_written_out() -> None:
    document = doc_of(terms_of(PLAIN, "INR"))
    assert document["rounding"] == {
        "mode": "half-even",
        "interest_to": "0.01",
        "instalment_to": "0.01",
        "instalment_mode": None,
        "residue": "last",
    }
    assert document["calendar"] == {
        "working_days": [1, 2, 3, 4, 5, 6, 7],
        "holidays": [],
        "shift": "none",
    }
    assert document["allocation"] == {
        "order": ["penalty", "charge", "interest", "principal"],
        "across": "instalment",
        "advance_order": None,
        "advance_to": "next",
    }
    assert document["rules"] == RULES


REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("terms.principle", {"principle": "1.00"}),
    ("terms.principal", {"principal": None}),
    ("terms.principal", {"principal": "0.00"}),
    ("terms.principal", {"principal": "-5.00"}),
    ("terms.principal", {"principal": 20000}),
    ("terms.principal", {"principal": "20000.005"}),
    ("terms.principal", {"principal": "1e4"}),
    ("terms.annual_rate", {"annual_rate": "-1"}),
    ("terms.annual_rate", {"annual_rate": 24}),
    ("terms.annual_rate", {"annual_rate": "24.123456789"}),
    ("terms.annual_rate", {"annual_rate": "10001"}),
    ("terms.disbursed_on", {"disbursed_on": "2024-02-30"}),
    ("terms.disbursed_on", {"disbursed_on": "01.01.2024"}),
    ("terms.first_due_on", {"first_due_on": "2024-01-01"}),
    ("terms.instalment", {"instalment": "500.00"}),
    ("terms.instalments", {"instalments": None}),
    ("terms.instalments", {"instalments": 0}),
    ("terms.instalments", {"instalments": True}),
    ("terms.instalments", {"instalments": 24.0}),
    ("terms.instalments", {"instalments": 100_000}),
    ("terms.instalment", {"instalments": None, "instalment": "9.00", "interest": "flat"}),
    ("terms.instalment", {"instalments": None, "instalment": "9.00", "repayment": "bullet"}),
    ("terms.interest", {"interest": "compound"}),
    ("terms.repayment", {"repayment": "balloon"}),
    ("terms.every", {"every": None}),
    ("terms.every.n", {"every": {"n": 0, "unit": "month"}}),
    ("terms.every.unit", {"every": {"n": 1}}),
    ("terms.every.unit", {"every": {"n": 1, "unit": "year"}}),
    ("terms.month_end", {"month_end": "never"}),
    ("terms.day_count", {"day_count": "actual/366"}),
    ("terms.level_by", {"level_by": "guess"}),
    ("terms.rounding.mode", {"rounding": {"mode": "bankers"}}),
    ("terms.rounding.interest_to", {"rounding": {"interest_to": "0"}}),
    ("terms.rounding.instalment_to", {"rounding": {"instalment_to": "0.001"}}),
    ("terms.rounding.instalment_mode", {"rounding": {"instalment_mode": "none"}}),
    ("terms.rounding.residue", {"rounding": {"residue": "lost"}}),
    ("terms.rounding.to", {"rounding": {"to": "1"}}),
    ("terms.grace.principal", {"grace": {"principal": 24}}),
    ("terms.grace.interest", {"grace": {"interest": -1}}),
    ("terms.down_payment_percent", {"down_payment_percent": "101"}),
    ("terms.broken_period", {"broken_period": "separate", "down_payment_percent": "10"}),
    ("terms.tranches", {"tranches": [{"on": "2024-01-02", "amount": "20000.00"}]}),
    ("terms.tranches", {"tranches": [{"on": "2024-01-01", "amount": "19999.99"}]}),
    (
        "terms.tranches[2].on",
        {
            "tranches": [
                {"on": "2024-01-01", "amount": "10000.00"},
                {"on": "2024-03-01", "amount": "5000.00"},
                {"on": "2024-02-01", "amount": "5000.00"},
            ]
        },
    ),
    (
        "terms.down_payment_percent",
        {
            "down_payment_percent": "10",
            "tranches": [
                {"on": "2024-01-01", "amount": "10000.00"},
                {"on": "2024-03-01", "amount": "10000.00"},
            ],
        },
    ),
    ("terms.calendar.working_days", {"calendar": {"working_days": []}}),
    ("terms.calendar.working_days[0]", {"calendar": {"working_days": [8]}}),
    ("terms.calendar.holidays[0]", {"calendar": {"holidays": ["x"]}}),
    ("terms.calendar.shift", {"calendar": {"shift": "sideways"}}),
    ("terms.charges[0]", {"charges": [{"name": "Fee", "on": "disbursement"}]}),
    ("terms.charges[0].name", {"charges": [{"on": "disbursement", "amount": "1.00"}]}),
    (
        "terms.charges[0].head",
        {"charges": [{"name": "F", "head": "interest", "on": "disbursement", "amount": "1.00"}]},
    ),
    ("terms.charges[0].on", {"charges": [{"name": "F", "on": "later", "amount": "1.00"}]}),
    ("terms.charges[0].on", {"charges": [{"name": "F", "on": "2023-12-31", "amount": "1.00"}]}),
    (
        "terms.charges[0].deduct",
        {"charges": [{"name": "F", "on": "instalment", "amount": "1.00", "deduct": True}]},
    ),
    ("terms.penalty", {"penalty": {"percent_a_year": "24", "amount": "5.00"}}),
    ("terms.penalty.of", {"penalty": {"percent_a_year": "24", "of": "everything"}}),
    ("terms.foreclosure.interest", {"foreclosure": {"interest": "some"}}),
    ("terms.allocation.order", {"allocation": {"order": ["interest", "principal"]}}),
    ("terms.allocation.across", {"allocation": {"across": "nothing"}}),
    ("terms.allocation.advance_to", {"allocation": {"advance_to": "keep"}}),
    (
        "terms.allocation",
        {"interest": "flat", "allocation": {"advance_to": "reduce-term"}},
    ),
    ("terms.recalculate", {"recalculate": "weekly"}),
    ("terms.recalculate", {"interest": "flat", "recalculate": "daily"}),
    ("terms.recalculate", {"rounding": {"mode": "none"}, "recalculate": "daily"}),
    ("terms.rules", {"rules": RULES + 1}),
]


@pytest.mark.parametrize(("path", "changes"), REFUSED)
def test_a_mistake_is_refused_by_its_path(path: str, changes: dict[str, Any]) -> None:
    with pytest.raises(TermsRefused) as refused:
        terms_of({**PLAIN, **changes}, "INR")
    assert refused.value.params["path"] == path
    assert refused.value.params["allowed"]
    assert "given" in refused.value.params


def test_a_down_payment_of_everything_is_refused() -> None:
    with pytest.raises(TermsRefused) as refused:
        lines(terms(down_payment_percent="100"))
    assert refused.value.params["path"] == "terms.down_payment_percent"
