"""The posting rules as a list that people read: what happens, and which accounts take it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.domain.accounts import COMPONENTS, PostingRules

MONEY = "money"  # stands for the account of the mode at the counter
_IN_RECEIPT = tuple(name for name in COMPONENTS if name != "excess")


@dataclass(frozen=True, slots=True)
class Posting:
    """What an event does to a part of a loan: the codes of both accounts."""

    event: str
    part: str
    debit: str
    credit: str


def postings(rules: PostingRules) -> tuple[Posting, ...]:
    """Every rule of these, in the order of a loan's life; a reversal is each turned around."""
    parts = rules.components
    return (
        Posting("disbursement", "principal", parts["principal"], MONEY),
        Posting("disbursement", "fee", parts["principal"], rules.fee),
        Posting("disbursement", "tax", parts["principal"], rules.tax),
        Posting("accrual", "interest", rules.interest_receivable, rules.interest_income),
        Posting("suspense", "interest", rules.suspense_income, rules.suspense),
        Posting("provision", "principal", rules.provision_expense, rules.provision),
        *(Posting("receipt", name, MONEY, parts[name]) for name in _IN_RECEIPT),
        Posting("receipt", "excess", MONEY, parts["excess"]),
        *_against(rules),
        Posting("refund", "excess", parts["excess"], MONEY),
        Posting("recovery", "principal", MONEY, rules.recovery),
        Posting("opening", "principal", parts["principal"], rules.taken_over),
    )


def _against(rules: PostingRules) -> Iterator[Posting]:
    """What is posted against an account of its own: levied, waived, written off."""
    for event, contra in rules.contra.items():
        for name, account in contra.items():
            own = rules.components[name]
            levied = event == "charge"
            yield Posting(event, name, own if levied else account, account if levied else own)
