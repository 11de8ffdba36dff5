"""Sanctioned applications and living loans for tests of servicing, made without the desk."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import count

from app.commands.branch import CloseDay, OpenDay
from app.commands.key_facts import AcknowledgeKeyFacts, IssueKeyFacts
from app.commands.origination import DisburseLoan, Mode, TranchePlan
from app.commands.servicing import PostReceipt, ReceiptPart, ReceiptPosted
from app.ports import Session
from app.queries.key_facts import ListKeyFacts
from app.queries.servicing import ShowLoan
from app.rows.servicing import LoanView
from app.store.schema.people import applications, parties
from app.store.tx import LineFacts, Tx
from tests.services.branch import OPENED, House

_NAMES = count(1)


def sanctioned(
    house: House,
    amount: int = 10_000_00,
    instalments: int = 12,
    *,
    rate: str = "24",
    product: str = "JLG-W",
    party_id: int | None = None,
    group_id: int | None = None,
) -> int:
    """An application that was sanctioned; returns its id. Its version is 1."""
    number = next(_NAMES)
    with house.store.begin(house.manager.station_id) as tx:
        application_id = tx.insert(
            applications,
            number=f"A{number}",
            branch_id=house.manager.branch_id,
            party_id=party_id or _borrower(tx, number),
            product_id=house.products[product],
            group_id=group_id,
            officer_id=house.officer.user_id,
            stage="sanctioned",
            stage_since_on=OPENED,
            entered_on=OPENED,
            amount_minor=amount,
            currency="INR",
            instalments=instalments,
            purpose="",
            decided_outcome="approve",
            sanctioned_minor=amount,
            sanctioned_instalments=instalments,
            sanctioned_rate=rate,
        )
        tx.close(_line(house, f"sanction {number}"), {})
    return application_id


def _borrower(tx: Tx, number: int) -> int:
    return tx.insert(
        parties,
        full_name=f"Sunita Devi {number}",
        local_name="सुनीता देवी",
        language="en",
        find_text=f"sunita devi {number} सुनीता देवी 98765{number:05d} rampur",
        gender="f",
        phone=f"98765{number:05d}",
        relative_name="Ram",
        house="12",
        village="Rampur",
        pin="261001",
        number=f"M{number:05d}",
    )


def disclose(
    house: House,
    application_id: int,
    *,
    first_due_on: date | None = None,
    tranches: tuple[TranchePlan, ...] = (),
) -> int:
    """Issue the key fact statement and have it acknowledged; returns its id."""
    issue = IssueKeyFacts(
        application_id=application_id, first_due_on=first_due_on, tranches=tranches
    )
    statement_id = house.run(house.officer, issue).statement_id
    house.run(house.officer, AcknowledgeKeyFacts(statement_id=statement_id))
    return statement_id


def disburse(
    house: House, application_id: int, *, mode: Mode = Mode.BANK, first_due_on: date | None = None
) -> int:
    """Disclose what the application will cost and pay it out; returns the loan's id."""
    if not house.ask(house.officer, ListKeyFacts(application_id=application_id)):
        disclose(house, application_id, first_due_on=first_due_on)
    command = DisburseLoan(
        application_id=application_id,
        version=1,
        mode=mode,
        reference="" if mode is Mode.CASH else "NEFT 1",
        first_due_on=first_due_on,
    )
    return house.run(house.manager, command).loan_id


def lent(
    house: House,
    amount: int = 10_000_00,
    instalments: int = 12,
    *,
    product: str = "JLG-W",
    rate: str = "24",
) -> int:
    """A living loan paid out by bank today; returns its id."""
    return disburse(house, sanctioned(house, amount, instalments, rate=rate, product=product))


def receipt(
    loan_id: int,
    amount: int,
    on: date,
    *,
    mode: Mode = Mode.CASH,
    reason: str = "",
    reference: str = "",
) -> PostReceipt:
    """The command for a receipt on one loan."""
    return PostReceipt(
        parts=(ReceiptPart(loan_id, amount),),
        amount_minor=amount,
        currency="INR",
        received_on=on,
        mode=mode,
        reference=reference or ("" if mode is Mode.CASH else "R1"),
        payer="Sunita Devi",
        reason=reason,
    )


def receive(
    house: House, loan_id: int, amount: int, on: date | None = None, *, by: Session | None = None
) -> ReceiptPosted:
    """Take cash on a loan, on the open day unless said."""
    day = today(house)
    reason = "brought in late" if on is not None and on < day else ""
    return house.run(by or house.cashier, receipt(loan_id, amount, on or day, reason=reason))


def today(house: House) -> date:
    """The open business day by the clock, which the tests move with it."""
    return house.clock.today("Asia/Kolkata")


def next_day(house: House, days: int = 1) -> date:
    """Close the open day and open the one `days` later."""
    day = today(house)
    house.run(house.manager, CloseDay(on=day))
    house.clock.move(days=days)
    later = day + timedelta(days)
    house.run(house.manager, OpenDay(on=later))
    return later


def shown(house: House, loan_id: int) -> LoanView:
    """The loan as its screen shows it."""
    return house.ask(house.manager, ShowLoan(loan_id=loan_id))


def _line(house: House, key: str) -> LineFacts:
    return LineFacts(
        at=house.clock.now().isoformat(timespec="milliseconds"),
        branch_id=house.manager.branch_id,
        business_on=OPENED,
        user_id=house.manager.user_id,
        key=key,
        command="test.sanction",
        command_version=1,
        payload="{}",
        outcome="done",
        result="{}",
        topics="",
    )
