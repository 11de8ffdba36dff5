"""Every running loan of a day, one by one: what stands behind the figures of groups."""

from __future__ import annotations

from app.rows.reports import Figures, GroupRow
from app.services.report_asked import Asked, Made
from app.services.report_groups import groups_of
from app.services.report_provisions import behind
from app.services.report_standing import at_end, borrower_classes
from app.services.work import Reading
from app.texts.labels import named


def loans(reading: Reading, asked: Asked) -> Made:
    """Every running loan."""
    groups = groups_of(reading, asked.scope)
    at, found = at_end(reading, asked)
    found = behind(reading, asked, at, found)
    known = groups.know(loan.loan_id for loan in found)
    worst = borrower_classes(reading, asked, at.day)
    rows: list[GroupRow] = []
    for loan in found:
        one = known[loan.loan_id]
        figures: Figures = {
            "borrower": one.borrower,
            "village": one.village,
            "officer": groups.people.get(loan.officer_id, ""),
            "product": groups.products.get(loan.product_id, ""),
            "lent_on": one.lent_on,
            "lent_minor": one.lent_minor,
            "outstanding_minor": loan.principal_minor,
            "arrears_minor": at.owed(loan).before_minor,
            "dpd": at.dpd(loan),
            "asset_class": named("asset-class", at.class_of(loan)),
            "borrower_class": named("asset-class", worst[loan.party_id]),
        }
        rows.append(GroupRow(str(loan.loan_id), one.number, figures, loan.loan_id))
    rows.sort(key=lambda row: row.name)
    return Made(tuple(rows))
