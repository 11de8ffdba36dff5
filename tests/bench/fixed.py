"""What the copies of one life have in common."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.commands.codec import encode
from app.domain.terms import doc_of
from app.store.schema.loans import instalments
from tests.bench.patterns import CURRENCY, Pattern


def at_noon(on: date) -> str:
    """An instant of a day, as it is stored."""
    return f"{on}T06:30:00.000+00:00"


def person() -> dict[str, Any]:
    """What all borrowers have in common."""
    return {
        "language": "hi",
        "born_on": date(1988, 5, 17),
        "gender": "f",
        "relative_name": "",
        "house": "12",
        "pin": "261001",
    }


def application(pattern: Pattern, branch_id: int, on: date) -> dict[str, Any]:
    """What the applications of a life have in common."""
    terms = pattern.terms
    return {
        "branch_id": branch_id,
        "product_id": pattern.product_id,
        "stage": "disbursed",
        "stage_since_on": on,
        "entered_on": on,
        "amount_minor": terms.principal,
        "currency": CURRENCY,
        "instalments": len(pattern.rows[instalments.name]),
        "purpose": "",
        "decided_outcome": "approve",
        "sanctioned_minor": terms.principal,
        "sanctioned_instalments": len(pattern.rows[instalments.name]),
        "sanctioned_rate": pattern.rate,
        "product_number": 1,
    }


def loan(pattern: Pattern, branch_id: int, on: date) -> dict[str, Any]:
    """What the loans of a life have in common."""
    terms = pattern.terms
    return {
        "branch_id": branch_id,
        "product_id": pattern.product_id,
        "currency": CURRENCY,
        "principal_minor": terms.principal,
        "annual_rate": pattern.rate,
        "disbursed_on": on,
        "rules": terms.rules,
        "terms": encode(doc_of(terms)),
        "interest_mode": terms.rounding.mode.value,
        "interest_to_minor": terms.rounding.interest_to,
        "levies": False,
        "moves": False,
    }
