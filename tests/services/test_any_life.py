"""Loans of every kind live at random through the gate: previews hold, and so do the books."""

from __future__ import annotations

import random
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest

from app.commands.acts import (
    ChangeRate,
    RecoverLoan,
    RescheduleLoan,
    ReverseAct,
    WriteOffLoan,
    wanted,
)
from app.commands.base import Command
from app.commands.origination import Mode
from app.commands.servicing import ChargeLoan, ForecloseLoan, ReverseReceipt, WaiveDue
from app.domain.allocation import Head
from app.domain.errors import KistError, NotAllowedNow
from app.queries.servicing import PreviewAct, QuoteForeclosure
from app.rows.servicing import LoanView
from tests.services.acting import findings, product, refunding
from tests.services.branch import House
from tests.services.lending import lent, next_day, receipt, shown, today

PENAL = {"percent_a_year": "36", "grace_days": 1, "tax_percent": "18"}
CLOSURE = {"interest": "to-date", "charge_percent": "2", "tax_percent": "18"}
EACH = [{"name": "Collection", "on": "instalment", "amount": "10.00", "tax_percent": "18"}]
KINDS: dict[str, dict[str, Any]] = {
    "PLAIN": {},
    "LEVY": {"penalty": PENAL, "charges": EACH, "foreclosure": CLOSURE},
    "HOLD": {"allocation": {"advance_to": "hold"}, "penalty": PENAL},
    "DAILY": {"recalculate": "daily", "foreclosure": CLOSURE},
    "TERM": {"allocation": {"advance_to": "reduce-term"}},
    "LEVEL": {"allocation": {"advance_to": "reduce-instalment"}, "recalculate": "daily"},
    "LAST": {"allocation": {"advance_to": "last", "across": "head"}, "day_count": "actual/365"},
}


def act(house: House, chance: random.Random, view: LoanView) -> Command[object]:
    """One thing that somebody could try on the loan."""
    day, loan = today(house), view.loan_id
    back = max(day - timedelta(chance.choice((0, 0, 0, 1, 3, 6))), view.disbursed_on)
    why: dict[str, Any] = {"loan_id": loan, "reason": "r"}
    money: dict[str, Any] = {"amount_minor": chance.randrange(1, 2_000_00), "currency": "INR"}
    standing = [row for row in view.ledger if row.event_id and not row.reversed]
    row = chance.choice(standing)
    undo: Command[object] = (
        ReverseReceipt(receipt_id=row.receipt_id, reason="r")
        if row.receipt_id and row.what in ("receipt", "recovery")
        else ReverseAct(event_id=row.event_id, **why)
    )
    head = chance.choice(list(Head))
    due = max(getattr(view.due_today, f"{head.value}_minor"), 1)
    choices: list[Command[object]] = [
        *(receipt(loan, money["amount_minor"], back, reason="late") for _ in range(6)),
        undo,
        undo,
        ChangeRate(on=back, annual_rate=chance.choice(("0", "12", "30.5")), **why),
        RescheduleLoan(
            on=back,
            instalments=chance.choice((None, 3, 20)),
            first_due_on=chance.choice((None, day + timedelta(chance.randrange(1, 40)))),
            capitalise=chance.choice(((), (Head.INTEREST,), (Head.INTEREST, Head.CHARGE))),
            annual_rate=chance.choice(("", "", "15")),
            **why,
        ),
        ChargeLoan(title="t", head=chance.choice((Head.CHARGE, Head.PENALTY)), **why, **money),
        WaiveDue(head=head, **why, currency="INR", amount_minor=chance.randrange(1, due + 1)),
        refunding(loan, max(view.excess_minor, 1)),
        RecoverLoan(loan_id=loan, received_on=day, mode=Mode.CASH, payer="x", **money),
    ]
    if chance.random() < 0.3:
        choices += [WriteOffLoan(currency="INR", **why)] * 3
    return chance.choice(choices)


def previewed_and_done(house: House, view: LoanView, command: Command[object]) -> str:
    """Do it where it is allowed; a preview of an act says the same, be it yes or no."""
    shown_before = None
    if command.name != "receipt.post":
        try:
            ask = PreviewAct(loan_id=view.loan_id, act=wanted(command))
            shown_before = house.ask(house.manager, ask)
        except KistError as told:
            with pytest.raises(type(told)):
                house.run(house.manager, command)
            return "refused"
    refusal = refused(house, command)
    if refusal is not None:
        assert refusal.params.get("why") != "unbalanced-entry", command
        assert shown_before is None, (command, refusal)
        return "refused"
    if shown_before is not None:
        after = shown(house, view.loan_id)
        assert shown_before.after.outstanding_minor == after.outstanding_minor
        assert shown_before.after.arrears == after.due_today
        assert shown_before.after.payoff_minor == after.payoff_minor
        assert shown_before.after.excess_minor == after.excess_minor
    return command.name


def refused(house: House, command: Command[object]) -> KistError | None:
    """The refusal of a command; None where it was carried out."""
    try:
        house.run(house.manager, command)
    except KistError as refusal:
        return refusal
    return None


def close(house: House, view: LoanView) -> None:
    """Close the loan early for what its quote asks, where it runs."""
    if view.status != "active":
        return
    try:
        quote = house.ask(house.manager, QuoteForeclosure(loan_id=view.loan_id))
    except NotAllowedNow as refusal:
        if refusal.params["why"] != "refund-today":
            raise
        return
    own = quote.closing_charge_minor + quote.closing_tax_minor
    assert quote.total_minor == quote.heads.total_minor + own - quote.excess_minor
    command = ForecloseLoan(
        loan_id=view.loan_id,
        quoted_minor=quote.total_minor,
        currency="INR",
        mode=Mode.BANK,
        reference="N1",
        payer="x",
    )
    house.run(house.manager, command)
    assert shown(house, view.loan_id).outstanding_minor == 0


@pytest.mark.parametrize("seed", [0, 240])
def test_any_life_leaves_whole_books(house: House, seed: int) -> None:
    chance, done = random.Random(seed), Counter[str]()
    loans = [
        lent(house, chance.randrange(6, 15) * 1_000_00, 12, product=product(house, code, **terms))
        for code, terms in KINDS.items()
    ]
    for day in range(12):
        for loan in loans:
            for _ in range(chance.randrange(0, 3)):
                view = shown(house, loan)
                done[previewed_and_done(house, view, act(house, chance, view))] += 1
        if day > 8:
            close(house, shown(house, chance.choice(loans)))
        assert findings(house) == (), "while the day is open"
        next_day(house, chance.randrange(1, 9))
        assert findings(house) == (), "after the day"
    assert done.total() - done["refused"] > 25
