"""The schedule of a quote as it is printed, before there is a loan."""

from __future__ import annotations

import json
from datetime import date
from fractions import Fraction

from app.rows.admin import BranchView, ProductRow
from app.rows.lender import LenderHead
from app.rows.origination import ApplicationView, Quote, QuoteLine
from app.rows.papers import ScheduleLine, SchedulePaper
from app.texts.figures import percent

OFTEN = {(1, "week"): "weekly", (2, "week"): "fortnightly", (1, "month"): "monthly"}


def quote_paper(
    view: ApplicationView, product: ProductRow, quote: Quote, branch: BranchView, today: date
) -> SchedulePaper:
    """What is collected if it were paid out today; it names the application, not a loan."""
    terms = json.loads(product.product.terms)
    rate = terms.get("annual_rate", product.product.min_rate)
    every = terms.get("every", {})
    return SchedulePaper(
        lender=_lender(branch),
        loan_number=view.number,
        borrower=" · ".join(n for n in (view.party.full_name, view.party.local_name) if n),
        member_number=view.member_number,
        centre=view.group,
        product=product.product.title,
        currency=quote.currency,
        principal_minor=quote.amount_minor,
        rate=percent(Fraction(rate) / 100),
        apr=f"{quote.apr_percent}%" if quote.apr_percent else "",
        disbursed_on=today,
        frequency=OFTEN.get((every.get("n"), every.get("unit")), ""),
        fee_minor=quote.amount_minor - quote.paid_out_minor,
        net_minor=quote.paid_out_minor,
        lines=tuple(map(_line, quote.lines)),
        printed_on=today,
        language=view.party.language or "en",
    )


def _lender(branch: BranchView) -> LenderHead:
    return LenderHead(
        name=branch.lender,
        registration="",
        address="",
        branch=branch.name,
        grievance_name="",
        grievance_phone="",
    )


def _line(line: QuoteLine) -> ScheduleLine:
    return ScheduleLine(
        line.number,
        line.due_on,
        line.principal_minor,
        line.interest_minor,
        line.charge_minor,
        line.amount_minor,
        line.balance_minor,
    )
