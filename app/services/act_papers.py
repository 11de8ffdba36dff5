"""Kept quotes and vouchers as they are printed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import NotFound
from app.domain.events import Event, EventKind
from app.domain.roles import Permission
from app.domain.schedule import schedule
from app.queries.servicing import ClosureQuoteForPaper, VoucherForPaper
from app.rows.act_papers import ClosureQuotePaper, VoucherLine, VoucherPaper
from app.rows.amounts import HeadAmounts
from app.services.loan_now import LoanNow, loan_now
from app.services.paper_settings import paper_look
from app.services.projecting import LOAN
from app.services.quotes import kept_back
from app.services.receipt_papers import full_name
from app.services.registry import answers
from app.services.work import Reading
from app.store.loans import loans_by_id
from app.store.money import loan_for_paper
from app.store.vouchers import paid_out_first, quote_by_id, voucher_by_id, voucher_of_event

Row = Mapping[Any, Any]


@answers(ClosureQuoteForPaper, needs=Permission.VIEW_LOANS)
def quote_for_paper(reading: Reading, query: ClosureQuoteForPaper) -> ClosureQuotePaper:
    """A kept quote with every head. Raises NotFound."""
    row = quote_by_id(reading.connection, query.quote_id)
    if row is None or row["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="quote", id=query.quote_id)
    about = _about(reading, row["loan_id"])
    return ClosureQuotePaper(
        lender=about["lender"],
        number=row["number"],
        made_on=row["booked_on"],
        closes_on=row["closes_on"],
        borrower=full_name(about),
        member_number=about["member_number"],
        loan_number=about["number"],
        currency=row["currency"],
        heads=HeadAmounts(
            row["penalty_minor"], row["charge_minor"], row["interest_minor"], row["principal_minor"]
        ),
        closing_charge_minor=row["closing_charge_minor"],
        closing_tax_minor=row["closing_tax_minor"],
        excess_minor=row["excess_minor"],
        total_minor=row["total_minor"],
        by=row["by"] or "",
        language=about["language"],
    )


@answers(VoucherForPaper, needs=Permission.VIEW_LOANS)
def voucher_for_paper(reading: Reading, query: VoucherForPaper) -> VoucherPaper:
    """The voucher of a fact that paid money out. Raises NotFound for any other."""
    now = loan_now(reading, query.loan_id)
    event = _asked_for(now, query.event_id)
    about = _about(reading, query.loan_id)
    kept = None if event is None else voucher_of_event(reading.connection, event.ref)
    if event is not None and kept is not None:
        return _of_voucher(reading, now, event, (about, kept["id"]))
    told = paid_out_first(reading.connection, query.loan_id)
    if event is None or event.kind is not EventKind.DISBURSEMENT or told is None:
        raise NotFound(what="voucher", id=query.event_id or query.loan_id)
    return _of_disbursement(reading, now, about, told)


def _of_voucher(
    reading: Reading, now: LoanNow, event: Event, found: tuple[Row, int]
) -> VoucherPaper:
    """A refund or a later part, by its own voucher."""
    about, row = found[0], voucher_by_id(reading.connection, found[1])
    if row is None:
        raise NotFound(what="voucher", id=found[1])
    part = event.kind is EventKind.DISBURSEMENT
    line = VoucherLine("part", row["amount_minor"], str(_which(now, event))) if part else None
    return VoucherPaper(
        lender=about["lender"],
        kind="part" if part else "refund",
        number=row["number"],
        paid_at=_local(about, row["recorded_at"]),
        borrower=full_name(about),
        member_number=about["member_number"],
        loan_number=about["number"],
        payee=row["payee"],
        currency=row["currency"],
        lines=(line or VoucherLine("refund", row["amount_minor"]),),
        amount_minor=row["amount_minor"],
        mode=row["mode"],
        reference=row["reference"],
        reason=row["reason"] or "",
        by=row["by"] or "",
        reversed=bool(row["reversals"]),
        language=about["language"],
    )


def _of_disbursement(reading: Reading, now: LoanNow, about: Row, told: Row) -> VoucherPaper:
    """The first part, by what was told of it; its number is the loan's own."""
    payload = json.loads(told["payload"])
    return VoucherPaper(
        lender=about["lender"],
        kind="disbursement",
        number=about["number"],
        paid_at=_local(about, told["recorded_at"]),
        borrower=full_name(about),
        member_number=about["member_number"],
        loan_number=about["number"],
        payee=full_name(about),
        currency=now.record.currency,
        lines=tuple(_lines(reading, now, payload, told["amount_minor"])),
        amount_minor=payload["paid_out_minor"],
        mode=payload["mode"],
        reference=payload.get("reference") or "",
        reason="",
        by=told["by"] or "",
        language=about["language"],
    )


def _lines(
    reading: Reading, now: LoanNow, payload: Mapping[str, Any], lent: int
) -> Iterator[VoucherLine]:
    """What was handed out, and what of it never left the house."""
    yield VoucherLine("lent", lent)
    fee, tax = kept_back(schedule(now.terms))
    for what, minor in (("fee", fee), ("tax", tax)):
        if minor:
            yield VoucherLine(what, -minor)
    old_id = payload.get("closes_loan_id")
    closing = lent - fee - tax - int(payload["paid_out_minor"])
    if old_id is not None and closing:
        old = loans_by_id(reading.connection, [old_id]).get(old_id)
        yield VoucherLine("closing", -closing, "" if old is None else old.number)


def _asked_for(now: LoanNow, event_id: int | None) -> Event | None:
    """The fact of an id, or the first part."""
    if event_id is not None:
        return next((one for one in now.events if one.ref == event_id), None)
    return next((one for one in now.events if one.kind is EventKind.DISBURSEMENT), None)


def _which(now: LoanNow, event: Event) -> int:
    """The how manieth part of the loan it was."""
    given = [one.ref for one in now.events if one.kind is EventKind.DISBURSEMENT]
    return given.index(event.ref) + 1


def _about(reading: Reading, loan_id: int) -> Row:
    about = loan_for_paper(reading.connection, loan_id)
    if about is None:
        raise NotFound(what=LOAN, id=loan_id)
    look = paper_look(reading)
    return {**about, "lender": look.lender, "language": look.for_borrower(about["language"])}


def _local(about: Row, at: str) -> datetime:
    zone = ZoneInfo(about["time_zone"])
    return datetime.fromisoformat(at).astimezone(zone).replace(tzinfo=None)
