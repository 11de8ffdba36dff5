"""What a loan of a product would cost, by the same engine that will disburse it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.domain.apr import IRR_NOMINAL, apr_of
from app.domain.conventions import Recalculate, Residue
from app.domain.errors import AmountNotPositive, NotAllowedNow, NotFound, TermsRefused, ValueRefused
from app.domain.money import RoundingMode, decimal_text
from app.domain.roles import Permission
from app.domain.schedule import Line, Schedule, schedule
from app.domain.terms import Terms, terms_of
from app.queries.origination import QuoteLoan
from app.rows.facts import ProductFacts, TranchePlan
from app.rows.origination import Quote, QuoteLine
from app.services.calendars import with_calendar
from app.services.products import check_product
from app.services.registry import answers
from app.services.work import Reading
from app.store.products import product_on

Product = Mapping[Any, Any]  # a product with a version of its terms, see app.store.products

_RATE = re.compile(r"[0-9]{1,4}(\.[0-9]{1,8})?", re.ASCII)
# Where a refusal by the engine belongs on a form.
_FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "terms.principal": "amount_minor",
        "terms.instalments": "instalments",
        "terms.annual_rate": "annual_rate",
        "terms.first_due_on": "first_due_on",
        "terms.disbursed_on": "disbursed_on",
        "terms.tranches": "tranches",
    }
)


@answers(QuoteLoan, needs=Permission.VIEW_APPLICATIONS)
def quote_loan(reading: Reading, query: QuoteLoan) -> Quote:
    """Schedule, charges and yearly rate of cost of a loan within the product's bounds."""
    product = _product(reading, query)
    rate = query.annual_rate or product_rate(product)
    check_bounds(product, query.amount_minor, query.instalments, rate)
    here = with_calendar(reading.connection, reading.branch.branch_id, product, reading.day)
    terms = terms_for(
        here,
        query.amount_minor,
        query.instalments,
        rate,
        query.disbursed_on or reading.day,
        query.first_due_on,
        query.tranches,
    )
    return quote_of(terms)


def _product(reading: Reading, query: QuoteLoan) -> Product:
    """The product asked for, or the draft of one, checked as it will be when it is saved."""
    if query.draft is not None:
        check_product(query.draft)
        return {name: getattr(query.draft, name) for name in ProductFacts.__slots__}
    found = product_on(reading.connection, query.product_id, reading.day)
    if found is None:
        raise NotFound(what="product", id=query.product_id)
    return found


def terms_for(
    product: Product,
    amount: int,
    instalments: int,
    rate: str,
    disbursed_on: date,
    first_due_on: date | None = None,
    later: Sequence[TranchePlan] = (),
) -> Terms:
    """The terms of a loan of `product`: its template with these figures set in.

    `amount` in minor units of the product's currency, `rate` in percent a year, `later` the parts
    handed out after the first. Raises TermsRefused with the `field` of the figure where one does
    not fit; bounds are not checked here.
    """
    doc = {
        **json.loads(product["terms"]),
        "principal": decimal_text(amount, product["currency"]),
        "disbursed_on": disbursed_on.isoformat(),
        "annual_rate": rate,
        "instalments": instalments,
    }
    if first_due_on is not None:
        doc["first_due_on"] = first_due_on.isoformat()
    if later:
        doc["tranches"] = _tranches(product["currency"], amount, disbursed_on, later)
    try:
        return terms_of(doc, product["currency"])
    except TermsRefused as refusal:
        field = _FIELDS.get(str(refusal.params.get("path")), "")
        why = {"why": "first-due-on"} if field == "first_due_on" else {}
        raise TermsRefused(field=field, **{**refusal.params, **why}) from refusal


def _tranches(
    currency: str, amount: int, disbursed_on: date, later: Sequence[TranchePlan]
) -> list[dict[str, str]]:
    """The parts of a loan as terms name them; the first is what the others leave."""
    first = amount - sum(part.amount_minor for part in later)
    if first <= 0 or any(part.amount_minor <= 0 for part in later):
        raise ValueRefused(field="tranches", why="tranches-sum")
    parts = [TranchePlan(disbursed_on, first), *later]
    return [
        {"on": part.on.isoformat(), "amount": decimal_text(part.amount_minor, currency)}
        for part in parts
    ]


def product_rate(product: Product) -> str:
    """The yearly rate that the product's template names, else the lowest it allows."""
    template = json.loads(product["terms"])
    return str(template.get("annual_rate") or product["min_rate"])


def check_bounds(product: Product, amount: int, instalments: int, rate: str) -> None:
    """Raise, at the field, where a loan is outside what the product allows."""
    if not product["active"]:
        raise NotAllowedNow(why="product-inactive", field="product_id")
    currency = product["currency"]
    if amount <= 0:
        raise AmountNotPositive(field="amount_minor")
    if amount < product["min_minor"]:
        raise ValueRefused(
            field="amount_minor", why="below", least_minor=product["min_minor"], currency=currency
        )
    if amount > product["max_minor"]:
        raise ValueRefused(
            field="amount_minor", why="above", most_minor=product["max_minor"], currency=currency
        )
    _check_whole(product, instalments)
    _check_rate(product, rate)


def quote_of(terms: Terms) -> Quote:
    """The terms as a quote, with the exact run beside what will be collected."""
    made, exact = schedule(terms), disclosed(terms)
    shown = schedule(exact)
    apr, disclosed_apr = apr_of(terms), apr_of(exact)
    deducted = sum(c.amount + c.tax for c in made.disbursement if c.deducted)
    return Quote(
        currency=terms.currency,
        amount_minor=terms.principal,
        instalment_minor=instalment_of(made),
        interest_minor=made.totals.interest,
        fee_minor=sum(charge.amount for charge in made.disbursement),
        tax_minor=sum(charge.tax for charge in made.disbursement),
        paid_out_minor=terms.principal - deducted,
        repaid_minor=sum(line.amount for line in made.lines),
        apr_percent="" if apr is None else two_places(apr.percent),
        apr_method=IRR_NOMINAL if apr is None else apr.method,
        lines=tuple(_line(line) for line in made.lines),
        warnings=made.warnings,
        charges_minor=made.totals.charge,
        disclosed_lines=tuple(_line(line) for line in shown.lines),
        disclosed_instalment_minor=instalment_of(shown),
        disclosed_interest_minor=shown.totals.interest,
        disclosed_apr_percent="" if disclosed_apr is None else two_places(disclosed_apr.percent),
    )


def disclosed(terms: Terms) -> Terms:
    """The terms of the exact run that the key fact statement prints.

    Recalculation by the day moves nothing before a receipt, and the exact run does not know it.
    """
    none = RoundingMode.NONE
    exact = replace(terms.rounding, mode=none, instalment_mode=none, residue=Residue.LAST)
    return replace(terms, rounding=exact, recalculate=Recalculate.NEVER)


def instalment_of(made: Schedule) -> int:
    """What is to be paid at a time, in minor units: the level instalment, else the largest line."""
    return made.level or max(line.amount for line in made.lines)


def kept_back(made: Schedule) -> tuple[int, int]:
    """(fees, their tax) that are deducted from what is paid out, in minor units."""
    deducted = [charge for charge in made.disbursement if charge.deducted]
    return sum(charge.amount for charge in deducted), sum(charge.tax for charge in deducted)


def two_places(percent: str) -> str:
    """A rate with two decimals, half away from zero, as it is shown."""
    return f"{Decimal(percent).quantize(Decimal('0.01'), ROUND_HALF_UP):f}"


def _check_whole(product: Product, instalments: int) -> None:
    if instalments < product["min_instalments"]:
        raise ValueRefused(field="instalments", why="below", least=product["min_instalments"])
    if instalments > product["max_instalments"]:
        raise ValueRefused(field="instalments", why="above", most=product["max_instalments"])


def _check_rate(product: Product, rate: str) -> None:
    if not _RATE.fullmatch(rate):
        raise ValueRefused(field="annual_rate", why="not-a-rate", given=rate)
    asked = Fraction(rate)
    if asked < Fraction(product["min_rate"]):
        raise ValueRefused(field="annual_rate", why="below", least=f"{product['min_rate']} %")
    if asked > Fraction(product["max_rate"]):
        raise ValueRefused(field="annual_rate", why="above", most=f"{product['max_rate']} %")


def _line(line: Line) -> QuoteLine:
    return QuoteLine(
        number=line.number,
        due_on=line.due_on,
        principal_minor=line.principal,
        interest_minor=line.interest,
        charge_minor=line.charge + line.penalty,
        amount_minor=line.amount,
        balance_minor=line.balance,
    )
