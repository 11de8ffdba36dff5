"""Loans with a history, written as disbursement and counter would, for tests of what reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app.commands.codec import canonical
from app.domain.allocation import Head
from app.domain.events import Event, EventKind
from app.domain.loan import project
from app.domain.terms import Terms, doc_of, terms_of
from app.services.projecting import earns_of
from app.store.projections import Place, write_projection
from app.store.schema.loans import events, loans, receipt_parts, receipts
from app.store.schema.people import parties
from app.store.tx import LineFacts, Tx
from tests.services.branch import House


@dataclass(frozen=True)
class Fact:
    """What happened to a planted loan, by value date; `of` is the place of the fact it voids.

    It was booked on its value date unless said.
    """

    kind: EventKind
    on: date
    amount: int = 0
    head: Head | None = None
    of: int | None = None
    booked_on: date | None = None

    @property
    def booked(self) -> date:
        """The business day it was posted in."""
        return self.booked_on or self.on


def paid(on: date, amount: int, booked_on: date | None = None) -> Fact:
    """A receipt of `amount` paise."""
    return Fact(EventKind.RECEIPT, on, amount, booked_on=booked_on)


def charged(on: date, amount: int, head: Head = Head.CHARGE) -> Fact:
    """A charge levied on a day."""
    return Fact(EventKind.CHARGE, on, amount, head)


def waived(on: date, amount: int, head: Head) -> Fact:
    """A waiver of a head."""
    return Fact(EventKind.WAIVER, on, amount, head)


def reversed_of(on: date, of: int) -> Fact:
    """The reversal of the fact at a place of the list."""
    return Fact(EventKind.REVERSAL, on, of=of)


@dataclass
class Planted:
    """A loan that stands in the database, with what it was made from."""

    loan_id: int
    number: str
    terms: Terms
    events: list[Event]
    party_id: int
    officer_id: int


@dataclass(frozen=True)
class Borrower:
    """Who borrows."""

    name: str = "Sunita Devi"
    local: str = "सुनीता देवी"
    village: str = "Biswan"
    phone: str = "9812300001"


@dataclass
class Wish:
    """A loan to plant: principal in paise, weekly or monthly, free of interest unless said."""

    disbursed_on: date
    principal: int = 12_000_00
    instalments: int = 12
    unit: str = "week"
    rate: str = "0"
    facts: Sequence[Fact] = ()
    borrower: Borrower = field(default_factory=Borrower)
    officer_id: int | None = None


def plant(house: House, *wishes: Wish) -> list[Planted]:
    """Write the loans with their facts and what is derived of them."""
    with writing(house) as tx:
        return [_loan(house, tx, wish) for wish in wishes]


def go_on(house: House, loan: Planted, *facts: Fact) -> None:
    """Add facts to a planted loan and derive it anew."""
    before = project(loan.terms, loan.events)
    with writing(house) as tx:
        for fact in facts:
            _event(house, tx, loan, fact)
        earns = earns_of(loan.terms, house.products["JLG-W"])
        place = Place(loan.loan_id, house.officer.branch_id, loan.officer_id, earns=earns)
        write_projection(tx, place, before, project(loan.terms, loan.events))


@contextmanager
def writing(house: House) -> Iterator[Tx]:
    """A transaction of the system with its line, outside any command."""
    with house.store.begin(house.manager.station_id) as tx:
        yield tx
        line = LineFacts(
            at=house.clock.now().isoformat(timespec="milliseconds"),
            branch_id=house.manager.branch_id,
            business_on=None,
            user_id=house.system.user_id,
            key=f"planted {next(house.keys)}",
            command="test.plant",
            command_version=1,
            payload="{}",
            outcome="done",
            result="{}",
            topics="",
        )
        tx.close(line, {})


def terms_for(wish: Wish) -> Terms:
    """The terms of a wish."""
    return terms_of(
        {
            "principal": f"{wish.principal // 100}.{wish.principal % 100:02d}",
            "disbursed_on": wish.disbursed_on.isoformat(),
            "annual_rate": wish.rate,
            "every": {"n": 1, "unit": wish.unit},
            "instalments": wish.instalments,
        },
        "INR",
    )


def _loan(house: House, tx: Tx, wish: Wish) -> Planted:
    serial, terms = next(house.keys), terms_for(wish)
    party_id = _party(tx, wish.borrower, serial)
    number = f"STP-{serial:05d}"
    loan_id = tx.insert(
        loans,
        number=number,
        branch_id=house.manager.branch_id,
        party_id=party_id,
        product_id=house.products["JLG-W"],
        application_id=0,
        currency="INR",
        principal_minor=wish.principal,
        annual_rate=wish.rate,
        disbursed_on=wish.disbursed_on,
        rules=terms.rules,
        terms=canonical(json.loads(json.dumps(doc_of(terms)))),
        interest_mode=terms.rounding.mode.value,
        interest_to_minor=terms.rounding.interest_to,
        levies=False,
    )
    officer_id = wish.officer_id or house.officer.user_id
    planted = Planted(loan_id, number, terms, [], party_id, officer_id)
    first = Fact(EventKind.DISBURSEMENT, wish.disbursed_on, wish.principal)
    for fact in (first, *wish.facts):
        _event(house, tx, planted, fact)
    earns = earns_of(terms, house.products["JLG-W"])
    place = Place(loan_id, house.manager.branch_id, officer_id, earns=earns)
    write_projection(tx, place, None, project(terms, planted.events))
    return planted


def _party(tx: Tx, who: Borrower, serial: int) -> int:
    return tx.insert(
        parties,
        full_name=who.name,
        local_name=who.local,
        language="hi",
        find_text=f"{who.name} {who.phone} {who.village}".casefold(),
        born_on=date(1990, 1, 1),
        gender="f",
        phone=who.phone,
        relative_name="",
        house="12",
        village=who.village,
        pin="",
        number=f"M{serial:05d}",
    )


def _event(house: House, tx: Tx, loan: Planted, fact: Fact) -> None:
    at = house.clock.now().isoformat(timespec="milliseconds")
    # The disbursement stands at place 0, so that the facts of a wish count from 1.
    of = None if fact.of is None else loan.events[fact.of].ref
    row: dict[str, Any] = {
        "branch_id": house.manager.branch_id,
        "booked_on": fact.booked,
        "recorded_at": at,
        "user_id": house.manager.user_id,
        "currency": "INR",
    }
    event_id = tx.insert(
        events,
        **row,
        subject_kind="loan",
        subject_id=loan.loan_id,
        kind=fact.kind.value,
        value_on=fact.on,
        head=fact.head.value if fact.head else None,
        amount_minor=fact.amount or None,
        of_id=of,
    )
    loan.events.append(Event(fact.kind, fact.on, fact.booked, event_id, fact.amount, fact.head, of))
    if fact.kind is EventKind.RECEIPT:
        _receipt(house, tx, loan, fact, event_id, row)


def _receipt(
    house: House, tx: Tx, loan: Planted, fact: Fact, event_id: int, row: dict[str, Any]
) -> None:
    serial = next(house.keys)
    receipt_id = tx.insert(
        receipts,
        **row,
        station_id=house.manager.station_id,
        series="T",
        serial=serial,
        number=f"T-{serial:06d}",
        payer="",
        mode="cash",
        reference="",
        amount_minor=fact.amount,
        received_on=fact.on,
    )
    tx.insert(
        receipt_parts,
        receipt_id=receipt_id,
        account_kind="loan",
        account_id=loan.loan_id,
        event_id=event_id,
        amount_minor=fact.amount,
        currency="INR",
        printed="{}",
    )


def days(start: date, *steps: int) -> list[date]:
    """Days counted from a start."""
    return [start + timedelta(step) for step in steps]
