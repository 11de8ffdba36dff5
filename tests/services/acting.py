"""Acts on living loans for tests, with what the books and the check say of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.commands.acts import (
    ChangeRate,
    RecoverLoan,
    RefundExcess,
    RescheduleLoan,
    ReverseAct,
    WriteOffLoan,
)
from app.commands.base import Command
from app.commands.codec import canonical
from app.commands.origination import Mode
from app.commands.products import SaveProduct
from app.commands.servicing import ReceiptPosted, ReverseReceipt
from app.commands.users import SaveUser
from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ListProducts
from app.rows.servicing import LedgerRow
from app.rows.verify import Finding
from app.services.verifying import verify
from app.store.schema.books import entry_lines
from tests.services.branch import House, user
from tests.services.lending import next_day, shown, today


def trial_balance(house: House, until: date) -> dict[str, int]:
    """Every account by the end of a day, debit above zero."""
    x = entry_lines.c
    query = (
        select(x.account, func.sum(x.amount_minor)).where(x.booked_on <= until).group_by(x.account)
    )
    with house.store.read() as snapshot:
        return {row[0]: int(row[1]) for row in snapshot.execute(query) if row[1]}


def posted_on(house: House, day: date) -> dict[str, int]:
    """What was booked under one day, by account."""
    x = entry_lines.c
    query = (
        select(x.account, func.sum(x.amount_minor)).where(x.booked_on == day).group_by(x.account)
    )
    with house.store.read() as snapshot:
        return {row[0]: int(row[1]) for row in snapshot.execute(query) if row[1]}


def findings(house: House) -> tuple[Finding, ...]:
    """What the check of the books finds."""
    return verify(house.store, rules=house.tools.rules)


def product(house: House, code: str, like: str = "JLG-W", **terms: Any) -> str:
    """A product like another one with some of its terms changed; returns its code."""
    rows = house.ask(house.manager, ListProducts())
    base = next(row.product for row in rows if row.product.code == like)
    changed: Mapping[str, Any] = {**json.loads(base.terms), **terms}
    notes = None if base.key_facts is None else replace(base.key_facts, fees=())
    facts = replace(base, code=code, title=code, terms=canonical(changed), key_facts=notes)
    saved = house.run(house.manager, SaveProduct(product=facts))
    house.products[code] = saved.product_id
    return code


def rate(house: House, loan_id: int, percent: str, on: date | None = None) -> int:
    """Change the rate of a loan, from today unless said; returns the fact."""
    command = ChangeRate(
        loan_id=loan_id, on=on or today(house), annual_rate=percent, reason="agreed"
    )
    return house.run(house.manager, command).event_id


def reschedule(house: House, loan_id: int, **terms: Any) -> int:
    """Reschedule a loan from today; returns the fact."""
    on = terms.pop("on", today(house))
    command = RescheduleLoan(loan_id=loan_id, on=on, reason="flood", **terms)
    return house.run(house.manager, command).event_id


def write_off(house: House, loan_id: int) -> int:
    """Give a loan up; returns the fact."""
    command = WriteOffLoan(loan_id=loan_id, currency="INR", reason="gone")
    return house.run(house.manager, command).event_id


def recover(house: House, loan_id: int, amount: int, on: date | None = None) -> ReceiptPosted:
    """Take cash on a loan that was given up."""
    day = today(house)
    command = RecoverLoan(
        loan_id=loan_id,
        amount_minor=amount,
        currency="INR",
        received_on=on or day,
        mode=Mode.CASH,
        payer="Her brother",
        reason="brought in late" if on is not None and on < day else "",
    )
    return house.run(house.cashier, command)


def refunding(loan_id: int, amount: int, mode: Mode = Mode.CASH) -> RefundExcess:
    """The command that gives excess back."""
    return RefundExcess(
        loan_id=loan_id,
        amount_minor=amount,
        currency="INR",
        mode=mode,
        reference="" if mode is Mode.CASH else "NEFT 9",
        payee="Sunita Devi",
        reason="paid twice",
    )


def undo(house: House, loan_id: int, event_id: int) -> int:
    """Reverse a fact of a loan; returns the reversal."""
    command = ReverseAct(loan_id=loan_id, event_id=event_id, reason="mistake")
    return house.run(house.manager, command).event_id


def undo_receipt(house: House, receipt_id: int) -> None:
    """Reverse a receipt."""
    house.run(house.manager, ReverseReceipt(receipt_id=receipt_id, reason="mistake"))


def row_of(house: House, loan_id: int, event_id: int) -> LedgerRow:
    """The line of the statement of one fact."""
    return next(row for row in shown(house, loan_id).ledger if row.event_id == event_id)


def another(house: House, login: str, role: Role = Role.MANAGER, **limits: Any) -> Session:
    """One more user with limits of their own."""
    command: SaveUser = replace(user(role, **limits), login=login, full_name=login.title())
    made = house.run(house.manager, command)
    return replace(house.manager, user_id=made.user_id)


def refused(house: House, command: Command[Any], by: Session | None = None) -> Exception:
    """The refusal of a command that must not be carried out."""
    try:
        house.run(by or house.manager, command)
    except Exception as error:  # noqa: BLE001  # the test looks at what it is
        return error
    raise AssertionError(f"{command.name} was carried out")


def end(house: House, loan_id: int) -> None:
    """Close this day and the next, and hold the books against the facts after each."""
    assert findings(house) == ()
    next_day(house)
    assert findings(house) == ()
    next_day(house, 9)
    assert findings(house) == ()
    assert shown(house, loan_id).loan_id == loan_id
