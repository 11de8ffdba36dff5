"""The cash limits of the law, from the shipped rules."""

from __future__ import annotations

import json
from datetime import date
from functools import cache

from app.commands.origination import Mode
from app.domain.cash import DISBURSEMENT, RECEIPT, CashLimit, cash_limit, cash_limits_of
from app.domain.errors import ValueRefused
from app.paths import resources
from app.services.work import Work
from app.store.loans import outstanding_of_party


@cache
def shipped_limits() -> tuple[CashLimit, ...]:
    """The rules as shipped."""
    text = (resources() / "rules" / "cash-limits.json").read_text("utf-8")
    return cash_limits_of(json.loads(text))


def check_cash_receipt(mode: Mode, amount: int, currency: str, on: date) -> None:
    """Raise ValueRefused where the law does not allow so much cash in one receipt."""
    if mode is not Mode.CASH:
        return
    rule = cash_limit(shipped_limits(), RECEIPT, currency, on)
    if rule is not None and amount >= rule.below_minor:
        raise _refusal("cash-receipt", rule)


def check_cash_disbursement(
    work: Work, mode: Mode, party_id: int, amount: int, currency: str
) -> None:
    """Raise ValueRefused where the law does not allow so much cash out, old loans counted in."""
    if mode is not Mode.CASH:
        return
    rule = cash_limit(shipped_limits(), DISBURSEMENT, currency, work.day)
    if rule is None:
        return
    if rule.counts_outstanding:
        amount += outstanding_of_party(work.tx.connection, party_id, currency)
    if amount >= rule.below_minor:
        raise _refusal("cash-disbursement", rule)


def _refusal(why: str, rule: CashLimit) -> ValueRefused:
    return ValueRefused(
        field="mode",
        why=why,
        below_minor=rule.below_minor,
        currency=rule.currency,
        citation=rule.citation,
    )
