"""The charges of the terms, set into the lines they belong to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from app.domain.allocation import Head
from app.domain.charges import Base, ChargeTerms, When
from app.domain.points import Amount, Points
from app.domain.reading import WHOLE
from app.domain.terms import Terms


class DatedCharge(NamedTuple):
    """A charge of the terms with a date of its own, and the number of the line it stands in."""

    number: int
    due_on: date
    head: Head
    amount: int


class NamedCharge(NamedTuple):
    """A charge on disbursement: its amount before tax, its tax, and whether it is deducted."""

    name: str
    amount: int
    tax: int
    deducted: bool


@dataclass(slots=True)
class Rows:
    """The lines while they are made, a list a column. Line `number[i]` is due on `due_on[i]`."""

    number: list[int]
    due_on: list[date]
    principal: list[Amount]
    interest: list[Amount]
    scheduled_from: list[date]
    balance: list[Amount] | None = None  # where they are at hand already
    asked: list[Amount] | None = None
    charge: list[Amount] = field(default_factory=list)
    penalty: list[Amount] = field(default_factory=list)


@dataclass(slots=True)
class Charged:
    """What the charges of the terms came to beside the lines."""

    dated: list[DatedCharge]
    named: list[NamedCharge]
    deducted: Amount
    deducted_penalty: Amount


def charge_rows(terms: Terms, points: Points, rows: Rows) -> Charged:
    """Add every charge of the terms to its line; a line is added for a date after the last."""
    rows.charge = [0] * len(rows.number)
    rows.penalty = [0] * len(rows.number)
    charged = Charged([], [], 0, 0)
    for charge in sorted(terms.charges, key=_date_last):
        if charge.on is When.INSTALMENT:
            _on_each(charge, points, rows)
        elif charge.on is When.DISBURSEMENT:
            _on_disbursement(terms, charge, points, rows, charged)
        elif isinstance(charge.on, date):
            _on_date(terms, charge, points, rows, charged, charge.on)
    return charged


def _date_last(charge: ChargeTerms) -> date:
    """Charges in the order of the terms, dated ones after the others by their date."""
    return charge.on if isinstance(charge.on, date) else date.min


def _on_each(charge: ChargeTerms, points: Points, rows: Rows) -> None:
    for at, number in enumerate(rows.number):
        if number > 0:
            of = _base(charge.of, rows.principal[at], rows.interest[at])
            _add(rows, at, charge.head, sum(_amounts(charge, points, of), 0))


def _on_disbursement(
    terms: Terms, charge: ChargeTerms, points: Points, rows: Rows, charged: Charged
) -> None:
    of = _base(charge.of, terms.principal, sum(rows.interest, 0))
    amount, tax = _amounts(charge, points, of)
    printed = points.printed
    charged.named.append(NamedCharge(charge.name, printed(amount), printed(tax), charge.deduct))
    if not charge.deduct:
        _add(rows, rows.number.index(1), charge.head, amount + tax)
    elif charge.head is Head.PENALTY:
        charged.deducted_penalty += amount + tax
    else:
        charged.deducted += amount + tax


def _on_date(
    terms: Terms, charge: ChargeTerms, points: Points, rows: Rows, charged: Charged, on: date
) -> None:
    at = _line_of(terms, rows, on)
    if charge.of is Base.PRINCIPAL:
        of: Amount = terms.principal
    else:
        of = _base(charge.of, rows.principal[at], rows.interest[at])
    amount = sum(_amounts(charge, points, of), 0)
    _add(rows, at, charge.head, amount)
    charged.dated.append(DatedCharge(rows.number[at], on, charge.head, points.printed(amount)))


def _line_of(terms: Terms, rows: Rows, on: date) -> int:
    """The place of the line with previous due < `on` ≤ due; after the last one is added."""
    for at, due_on in enumerate(rows.due_on):
        first_day = on <= terms.disbursed_on
        if on <= due_on and due_on > terms.disbursed_on and not (first_day and rows.number[at] < 1):
            return at
    rows.scheduled_from.append(rows.due_on[-1])
    rows.number.append(rows.number[-1] + 1)
    rows.due_on.append(on)
    for column in (rows.principal, rows.interest, rows.charge, rows.penalty):
        column.append(0)
    return len(rows.number) - 1


def _amounts(charge: ChargeTerms, points: Points, of: Amount) -> tuple[Amount, Amount]:
    """The charge and its tax, each rounded to the currency."""
    if charge.amount is not None:
        amount: Amount = charge.amount
    else:
        amount = points.currency(of * (charge.percent or 0), WHOLE)
    return amount, points.currency(amount * charge.tax_percent, WHOLE)


def _base(of: Base, principal: Amount, interest: Amount) -> Amount:
    if of is Base.PRINCIPAL:
        return principal
    return interest if of is Base.INTEREST else principal + interest


def _add(rows: Rows, at: int, head: Head, amount: Amount) -> None:
    column = rows.penalty if head is Head.PENALTY else rows.charge
    column[at] += amount
