"""Charges and penal charges as the terms name them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.allocation import Head
from app.domain.errors import TermsRefused
from app.domain.money import decimal_text
from app.domain.reading import Node, percent_text


class When(StrEnum):
    """When a charge falls due, where it has no date of its own."""

    DISBURSEMENT = "disbursement"
    INSTALMENT = "instalment"


class Base(StrEnum):
    """What a percentage is taken of."""

    PRINCIPAL = "principal"
    INSTALMENT = "instalment"
    INTEREST = "interest"


class PenaltyBase(StrEnum):
    """What a penal charge is taken of."""

    OVERDUE_PRINCIPAL = "overdue-principal"
    OVERDUE_INSTALMENT = "overdue-instalment"


@dataclass(frozen=True, slots=True)
class ChargeTerms:
    """One charge of the terms: an amount or a percentage, with its tax.

    Percentages are in units of 1 ÷ `PERCENT` percent. A percentage `of` principal is of the line's
    principal for an instalment charge and of the loan's for any other; of interest or instalment it
    is the line's, and for a charge on disbursement the whole loan's.
    """

    name: str
    head: Head
    on: When | date
    amount: int | None
    percent: int | None
    of: Base
    tax_percent: int
    deduct: bool


@dataclass(frozen=True, slots=True)
class PenaltyTerms:
    """A derived penal charge on overdue lines; never capitalised and never itself penalised."""

    percent_a_year: int | None
    amount: int | None
    of: PenaltyBase
    grace_days: int
    cap_percent: int | None
    tax_percent: int


class ForeclosureInterest(StrEnum):
    """Which interest an early closure asks."""

    TO_DATE = "to-date"
    WHOLE_LINE = "whole-line"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class ForeclosureTerms:
    """The interest an early closure asks, and its own charge on the principal still outstanding."""

    interest: ForeclosureInterest = ForeclosureInterest.TO_DATE
    charge_percent: int = 0
    tax_percent: int = 0


def charge_of(node: Node, currency: str) -> ChargeTerms:
    """One charge read from a document."""
    keys = node.keys("name", "head", "on", "amount", "percent", "of", "tax_percent", "deduct")
    amount, percent = _amount_or_percent(node, keys["amount"], keys["percent"], currency)
    head = keys["head"].choice(Head, Head.CHARGE)
    if head not in (Head.CHARGE, Head.PENALTY):
        raise keys["head"].refused("charge, penalty")
    on = _when(keys["on"])
    deduct = keys["deduct"].flag(False)
    if deduct and on is not When.DISBURSEMENT:
        raise keys["deduct"].refused("true only for a charge on disbursement")
    return ChargeTerms(
        name=keys["name"].text(),
        head=head,
        on=on,
        amount=amount,
        percent=percent,
        of=keys["of"].choice(Base, Base.PRINCIPAL),
        tax_percent=_percent(keys["tax_percent"]),
        deduct=deduct,
    )


def charge_doc(charge: ChargeTerms, currency: str) -> dict[str, object]:
    """The charge as a document."""
    return {
        "name": charge.name,
        "head": charge.head.value,
        "on": charge.on.value if isinstance(charge.on, When) else charge.on.isoformat(),
        "amount": None if charge.amount is None else decimal_text(charge.amount, currency),
        "percent": None if charge.percent is None else percent_text(charge.percent),
        "of": charge.of.value,
        "tax_percent": percent_text(charge.tax_percent) if charge.tax_percent else None,
        "deduct": charge.deduct,
    }


def penalty_of(node: Node, currency: str) -> PenaltyTerms | None:
    """The penal charge read from a document; None where there is none."""
    if node.missing:
        return None
    keys = node.keys("percent_a_year", "amount", "of", "grace_days", "cap_percent", "tax_percent")
    amount, percent = _amount_or_percent(node, keys["amount"], keys["percent_a_year"], currency)
    return PenaltyTerms(
        percent_a_year=percent,
        amount=amount,
        of=keys["of"].choice(PenaltyBase, PenaltyBase.OVERDUE_INSTALMENT),
        grace_days=keys["grace_days"].whole(0, 3660, 0),
        cap_percent=None if keys["cap_percent"].missing else keys["cap_percent"].percent(),
        tax_percent=_percent(keys["tax_percent"]),
    )


def penalty_doc(penalty: PenaltyTerms | None, currency: str) -> dict[str, object] | None:
    """The penal charge as a document."""
    if penalty is None:
        return None
    amount, percent, cap = penalty.amount, penalty.percent_a_year, penalty.cap_percent
    return {
        "percent_a_year": None if percent is None else percent_text(percent),
        "amount": None if amount is None else decimal_text(amount, currency),
        "of": penalty.of.value,
        "grace_days": penalty.grace_days,
        "cap_percent": None if cap is None else percent_text(cap),
        "tax_percent": percent_text(penalty.tax_percent) if penalty.tax_percent else None,
    }


def foreclosure_of(node: Node) -> ForeclosureTerms:
    """The early closure's terms read from a document."""
    if node.missing:
        return ForeclosureTerms()
    keys = node.keys("interest", "charge_percent", "tax_percent")
    interest = keys["interest"].choice(ForeclosureInterest, ForeclosureInterest.TO_DATE)
    return ForeclosureTerms(
        interest, _percent(keys["charge_percent"]), _percent(keys["tax_percent"])
    )


def foreclosure_doc(terms: ForeclosureTerms) -> dict[str, object]:
    """The early closure's terms as a document."""
    return {
        "interest": terms.interest.value,
        "charge_percent": percent_text(terms.charge_percent) if terms.charge_percent else None,
        "tax_percent": percent_text(terms.tax_percent) if terms.tax_percent else None,
    }


def _when(node: Node) -> When | date:
    if node.value in tuple(When):
        return When(node.text())
    try:
        return node.day()
    except TermsRefused:
        raise node.refused("disbursement, instalment, or a date such as 2024-01-31") from None


def _amount_or_percent(
    node: Node, amount: Node, percent: Node, currency: str
) -> tuple[int | None, int | None]:
    if amount.missing == percent.missing:
        names = f"{amount.path.rpartition('.')[2]} or {percent.path.rpartition('.')[2]}"
        raise node.refused(f"one of {names}, not both")
    if percent.missing:
        return amount.amount(currency), None
    return None, percent.percent()


def _percent(node: Node) -> int:
    return 0 if node.missing else node.percent()
