"""This counter's day: its cash, and the receipts it gave."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.queries.servicing import ShowReceipt, ShowTill
from app.rows.servicing import ReceiptRow, TillView
from app.services.registry import answers
from app.services.till_views import figures_of
from app.services.work import Reading
from app.store.money import other_modes, receipt_row, receipts_of_station, till_of
from app.store.tills import handovers_waiting, tills_of_branch

MOST_RECEIPTS = 200


@answers(ShowTill, needs=Permission.VIEW_COUNTER)
def show_till(reading: Reading, query: ShowTill) -> TillView:
    """Opening, received, paid and expected cash of this counter, with its latest receipts."""
    branch, day = reading.branch, reading.day
    account = reading.rules.money_account("cash", branch.counter_code)
    connection, station = reading.connection, reading.session.station_id
    opening, received, paid = till_of(connection, branch.branch_id, account, branch.currency, day)
    latest = min(max(query.latest, 0), MOST_RECEIPTS)
    found = receipts_of_station(connection, branch.branch_id, station, day, latest)
    return TillView(
        business_on=day,
        day_open=reading.business_on is not None,
        currency=branch.currency,
        opening_minor=opening,
        received_minor=received,
        paid_minor=paid,
        expected_minor=opening + received - paid,
        other_modes=tuple(other_modes(connection, branch.branch_id, station, day, branch.currency)),
        receipts=tuple(_row(row) for row in found),
        **_state(reading),
    )


def _state(reading: Reading) -> dict[str, Any]:
    """How the till of this counter stands, where it was ever opened."""
    branch = reading.branch
    if not branch.keeps_tills:
        return {}
    connection, counter = reading.connection, branch.counter_code
    own = tills_of_branch(connection, branch.branch_id).get(counter)
    figures = figures_of(reading, counter, own)
    return {
        "till_used": figures.used,
        "till_state": figures.state,
        "since": figures.since,
        "filling": figures.filling,
        "arriving": len(handovers_waiting(connection, branch.branch_id, counter)),
    }


@answers(ShowReceipt, needs=Permission.VIEW_LOANS)
def show_receipt(reading: Reading, query: ShowReceipt) -> ReceiptRow:
    """One receipt of this branch. Raises NotFound."""
    row = receipt_row(reading.connection, query.receipt_id)
    if row is None or row["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="receipt", id=query.receipt_id)
    return _row(row)


def _row(row: Mapping[str, Any]) -> ReceiptRow:
    return ReceiptRow(
        receipt_id=row["id"],
        number=row["number"],
        at=datetime.fromisoformat(row["recorded_at"]),
        received_on=row["received_on"],
        booked_on=row["booked_on"],
        borrower=row["borrower"],
        local_name=row["local_name"],
        loan_id=row["loan_id"],
        loan_number=row["loan_number"],
        mode=row["mode"],
        reference=row["reference"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        reversed=bool(row["reversals"]),
        prints=row["prints"],
        by=row["by"] or "",
    )
