"""Money that goes back to a borrower: its voucher, its number."""

from __future__ import annotations

from datetime import datetime

from app.commands.origination import Mode
from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.queries.servicing import ShowVoucher
from app.rows.acts import VoucherRow
from app.services.numbers import next_voucher
from app.services.projecting import Living
from app.services.registry import answers
from app.services.work import Reading, Work
from app.store.schema.acts import vouchers
from app.store.vouchers import voucher_by_id


def add_voucher(
    work: Work, loan: Living, event_id: int, amount: int, mode: Mode, words: tuple[str, str]
) -> tuple[int, str]:
    """Insert the voucher of a fact that paid money out; `words` are payee and reference."""
    voucher_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    number = next_voucher(work)
    work.tx.insert(
        vouchers,
        id=voucher_id,
        branch_id=work.branch.branch_id,
        station_id=work.session.station_id,
        number=number,
        loan_id=loan.record.loan_id,
        event_id=event_id,
        payee=words[0],
        mode=mode.value,
        reference=words[1],
        amount_minor=amount,
        currency=loan.record.currency,
        booked_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
    )
    return voucher_id, number


@answers(ShowVoucher, needs=Permission.VIEW_LOANS)
def show_voucher(reading: Reading, query: ShowVoucher) -> VoucherRow:
    """A voucher of this branch as it is printed. Raises NotFound."""
    row = voucher_by_id(reading.connection, query.voucher_id)
    if row is None or row["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="voucher", id=query.voucher_id)
    return VoucherRow(
        voucher_id=row["id"],
        number=row["number"],
        loan_id=row["loan_id"],
        loan_number=row["loan_number"],
        borrower=row["borrower"],
        local_name=row["local_name"],
        payee=row["payee"],
        mode=row["mode"],
        reference=row["reference"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        booked_on=row["booked_on"],
        at=datetime.fromisoformat(row["recorded_at"]),
        by=row["by"] or "",
        reason=row["reason"] or "",
        reversed=bool(row["reversals"]),
    )
