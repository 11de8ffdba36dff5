"""What a borrower owes us already: living loans, and sanctions that are not paid out yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from app.domain.decision import yearly_outflow
from app.domain.schedule import schedule
from app.domain.terms import Terms, terms_of
from app.services.quotes import instalment_of, terms_for
from app.store.applications import arrears_of, own_loans, promised_to
from app.store.products import product_version
from app.store.store import Snapshot


@dataclass(frozen=True, slots=True)
class Late:
    """How late one loan is: days of its oldest unpaid due, and the amount in minor units."""

    overdue_days: int
    overdue_minor: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """In minor units: what is owed, what its instalments take in a year, and how late it is."""

    owed: int
    outflow_year: int
    late: tuple[Late, ...]


def with_us(connection: Snapshot, party_id: int, on: date, currency: str, but: int) -> Exposure:
    """What the borrower owes us on a day, without the application `but`."""
    owed = outflow = 0
    late = []
    for loan in own_loans(connection, party_id):
        if loan["currency"] == currency:
            owed += loan["principal_minor"]
            terms = terms_of(json.loads(loan["terms"]), currency)
            outflow += yearly_outflow(int(loan["instalment_minor"] or 0), terms)
            late.append(_late(connection, loan["id"], loan["next_unsettled_due_on"], on))
    for promised in promised_to(connection, party_id, currency, but):
        product = product_version(
            connection, promised["product_id"], promised["product_number"], on
        )
        if product is not None:
            amount = promised["sanctioned_minor"]
            count, rate = promised["sanctioned_instalments"], promised["sanctioned_rate"]
            owed += amount
            outflow += outflow_of(terms_for(product, amount, count, rate, on))
    return Exposure(owed, outflow, tuple(late))


def outflow_of(terms: Terms) -> int:
    """What the instalments of these terms take in a year, in minor units."""
    return yearly_outflow(instalment_of(schedule(terms)), terms)


def _late(connection: Snapshot, loan_id: int, since: date | None, on: date) -> Late:
    days = 0 if since is None else max((on - since).days, 0)
    return Late(days, arrears_of(connection, loan_id, on) if days else 0)
