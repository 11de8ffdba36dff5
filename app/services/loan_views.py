"""One loan, whole, as its screen shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.domain.errors import NotFound
from app.domain.loan import LinePaid
from app.domain.roles import Permission
from app.queries.servicing import ShowLoan
from app.rows.acts import LoanCheckRow
from app.rows.origination import DocumentRow
from app.rows.servicing import HeadAmounts, InstalmentRow, LoanView
from app.services.acting import rate_text_of
from app.services.application_views import document_rows
from app.services.borrower_class import NPA, not_performing
from app.services.closures import quote_row
from app.services.loan_ledger import entry_rows, ledger, loan_story
from app.services.loan_now import LoanNow, heads_of, loan_now
from app.services.projecting import LOAN
from app.services.proposals import wanted_of
from app.services.registry import answers
from app.services.tranches import tranche_rows
from app.services.work import Reading
from app.store.checks import waiting_checks
from app.store.loan_lists import names_of_loan
from app.store.store import Snapshot
from app.store.vouchers import quotes_of

APPLICATION = "application"


@answers(ShowLoan, needs=Permission.VIEW_LOANS)
def show_loan(reading: Reading, query: ShowLoan) -> LoanView:
    """The loan with its schedule, ledger, papers, entries and story. Raises NotFound."""
    now = loan_now(reading, query.loan_id)
    found, connection = now.record, reading.connection
    names = _names(connection, query.loan_id)
    return LoanView(
        loan_id=found.loan_id,
        number=found.number,
        party_id=found.party_id,
        borrower=names["full_name"],
        local_name=names["local_name"],
        phone=names["phone"],
        village=names["village"],
        group=names["group_title"] or "",
        officer=names["officer"] or "",
        product=names["product"],
        currency=found.currency,
        annual_rate=rate_text_of(now.terms, now.events, now.day),
        instalments=tuple(_instalments(now)),
        ledger=ledger(reading, now),
        documents=_documents(reading, now),
        entries=entry_rows(reading, found.loan_id),
        story=loan_story(reading, found.loan_id, found.application_id),
        terms=found.terms,
        checks=_checks(reading, found.loan_id),
        quotes=tuple(quote_row(row, now.day) for row in quotes_of(connection, found.loan_id)),
        tranches=tranche_rows(now.terms, now.events),
        old_number=names["old_number"] or "",
        **(_figures(now) | _class_of(reading, now)),
    )


def _class_of(reading: Reading, now: LoanNow) -> dict[str, Any]:
    """The class of the loan, which is its borrower's where he is an NPA."""
    npa = not_performing(reading, now)
    return {
        "asset_class": now.asset_class if npa.since_on is None else NPA,
        "npa_since_on": npa.since_on,
        "npa_through": npa.through,
        "suspended_minor": npa.suspended_minor,
    }


def _figures(now: LoanNow) -> dict[str, Any]:
    """How the loan stands, as fields of its view."""
    position, coming = now.position, now.next_line()
    return {
        "status": position.status,
        "disbursed_on": now.record.disbursed_on,
        "disbursed_minor": now.record.principal_minor,
        "outstanding_minor": position.principal_outstanding,
        "arrears": heads_of(now.late),
        "due_today": heads_of(position.arrears),
        "excess_minor": position.excess,
        "next_due_on": coming.due_on if coming else None,
        "next_due_minor": coming.unpaid.total if coming else 0,
        "next_number": coming.number if coming else None,
        "dpd": now.dpd,
        "bucket": now.bucket,
        "asset_class": now.asset_class,
        "payoff_minor": position.payoff,
        "written_off": heads_of(position.written_off),
        "recovered_minor": position.balances.recovered,
    }


def _names(connection: Snapshot, loan_id: int) -> Mapping[Any, Any]:
    found = names_of_loan(connection, loan_id)
    if found is None:
        raise NotFound(what=LOAN, id=loan_id)
    return found


def _checks(reading: Reading, loan_id: int) -> tuple[LoanCheckRow, ...]:
    """The acts on the loan that wait for a second person, oldest first."""
    return tuple(
        LoanCheckRow(
            check_id=row["id"],
            version=row["version"],
            loan_id=loan_id,
            act=wanted_of(row),
            maker_id=row["maker_id"],
            maker=row["maker"] or "",
            made_at=datetime.fromisoformat(row["made_at"]),
            amount_minor=row["amount_minor"],
            currency=row["currency"],
        )
        for row in waiting_checks(reading.connection, reading.branch.branch_id, loan_id)
    )


def _documents(reading: Reading, now: LoanNow) -> tuple[DocumentRow, ...]:
    own = document_rows(reading.connection, LOAN, now.record.loan_id)
    return own + document_rows(reading.connection, APPLICATION, now.record.application_id)


def _instalments(now: LoanNow) -> Iterator[InstalmentRow]:
    coming = now.next_line()
    for line in now.position.lines:
        yield InstalmentRow(
            number=line.number,
            due_on=line.due_on,
            due=HeadAmounts(line.penalty, line.charge, line.interest, line.principal),
            paid=heads_of(line.paid),
            waived_minor=line.waived.total,
            amount_minor=line.amount,
            balance_minor=line.balance,
            settled_on=line.settled_on,
            state=line_state(now, line, is_next=line is coming),
            days_late=_days_late(now, line),
        )


def line_state(now: LoanNow, line: LinePaid, *, is_next: bool) -> str:
    """How a line stands: paid, late, due today, part (of one to come), next or ahead."""
    if not any(line.unpaid):
        return "paid"
    if line.due_on < now.day:
        return "late"
    if line.due_on == now.day:
        return "due"
    if line.paid.total or line.waived.total:
        return "part"
    return "next" if is_next else "ahead"


def _days_late(now: LoanNow, line: LinePaid) -> int:
    """Days from the due date to its settlement, or to the day where it is not settled."""
    if any(line.unpaid):
        return max((now.day - line.due_on).days, 0)
    return max((line.settled_on - line.due_on).days, 0) if line.settled_on else 0
