"""Proofs of loans that happened, made by the service's own functions without a store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app.domain.allocation import Head
from app.domain.events import Event, EventKind, Replan
from app.domain.terms import Terms, terms_of
from app.rows.proof import ProofPaper
from app.services.proof import proof_of
from app.services.proof_history import Told, history_of
from tests.papers.examples import LENDER

ABOUT = {
    "lender": replace(LENDER, grievance_name=""),
    "number": "STP-L-002114",
    "full_name": "Sunita Devi",
    "local_name": "सुनीता देवी",
    "member_number": "M-00731",
    "centre": "Rampur Kalan",
    "title": "Lakshmi group",
    "language": "en",
}
TERMS: dict[str, Any] = {
    "principal": "20000.00",
    "disbursed_on": "2025-01-10",
    "annual_rate": "24",
    "instalments": 12,
    "every": {"n": 1, "unit": "month"},
    "day_count": "actual/365",
    "rounding": {"mode": "half-up", "instalment_to": "1.00"},
    "charges": [
        {
            "name": "Processing fee",
            "on": "disbursement",
            "amount": "200.00",
            "tax_percent": "18",
            "deduct": True,
        }
    ],
    "penalty": {"percent_a_year": "12", "grace_days": 3, "cap_percent": "10"},
}


def terms(**changed: Any) -> Terms:
    """Monthly terms with some of them changed."""
    return terms_of({**TERMS, **changed}, "INR")


def happened() -> list[Event]:
    """A reversal, a receipt entered late, a charge, a waiver, a new rate and a reschedule."""
    on = date
    return [
        Event(EventKind.DISBURSEMENT, on(2025, 1, 10), on(2025, 1, 10), 1, 20_000_00),
        Event(EventKind.RECEIPT, on(2025, 2, 10), on(2025, 2, 10), 2, 1_900_00),
        Event(EventKind.RECEIPT, on(2025, 3, 10), on(2025, 3, 10), 3, 1_891_00),
        Event(EventKind.REVERSAL, on(2025, 3, 14), on(2025, 3, 14), 4, of=3),
        Event(EventKind.CHARGE, on(2025, 3, 14), on(2025, 3, 14), 5, 118_00, Head.CHARGE),
        Event(EventKind.RECEIPT, on(2025, 4, 10), on(2025, 4, 10), 6, 2_500_00),
        Event(EventKind.RECEIPT, on(2025, 3, 20), on(2025, 4, 22), 7, 1_000_00),
        Event(EventKind.WAIVER, on(2025, 4, 25), on(2025, 4, 25), 8, 1_50, Head.PENALTY),
        Event(EventKind.RATE, on(2025, 5, 2), on(2025, 5, 2), 9, annual_rate=22 * 10**8),
        Event(
            EventKind.RESCHEDULE,
            on(2025, 6, 20),
            on(2025, 6, 20),
            10,
            replan=Replan(12, on(2025, 7, 25), (Head.INTEREST,)),
        ),
        Event(EventKind.RECEIPT, on(2025, 7, 25), on(2025, 7, 25), 11, 6_000_00),
    ]


TOLD = {
    1: Told("", "Meena Verma", ""),
    2: Told("STP-1-2425-000101", "Rakesh Kumar", ""),
    3: Told("STP-1-2425-000144", "Rakesh Kumar", ""),
    4: Told("STP-1-2425-000144", "Meena Verma", "Cheque returned unpaid"),
    5: Told("", "Meena Verma", "Bounce charge"),
    6: Told("STP-1-2526-000012", "Rakesh Kumar", ""),
    7: Told("STP-1-2526-000031", "Rakesh Kumar", "Found in the field book"),
    8: Told("", "Meena Verma", "Bank's fault"),
    9: Told("", "Meena Verma", "Board's lower rate"),
    10: Told("", "Meena Verma", "Flood in the village"),
    11: Told("STP-1-2526-000090", "Rakesh Kumar", ""),
}


def proof(
    agreed: Terms | None = None,
    events: Sequence[Event] | None = None,
    day: date = date(2025, 8, 1),
    language: str = "en",
) -> ProofPaper:
    """The proof of these facts; without any, of the loan with a bit of everything."""
    taken = happened() if events is None else list(events)
    history = history_of(terms() if agreed is None else agreed, taken, TOLD)
    paper = proof_of(ABOUT, "Group loan", history, (day, day), None)
    return replace(paper, language=language)


def paid_on_time(agreed: Terms, amounts: Sequence[int]) -> list[Event]:
    """A disbursement and receipts every thirty days."""
    first = agreed.disbursed_on
    made = [Event(EventKind.DISBURSEMENT, first, first, 1, agreed.first_amount)]
    for place, amount in enumerate(amounts, start=1):
        on = first + timedelta(30 * place)
        made.append(Event(EventKind.RECEIPT, on, on, place + 1, amount))
    return made
