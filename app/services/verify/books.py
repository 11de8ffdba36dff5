"""Invariants 2 and 4 of the books by hand: vouchers are their entries, kept sums those of days."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.accounts import PostingRules
from app.rows.verify import Finding
from app.store.balances import branches_summed, differing_days
from app.store.journal_vouchers import MANUAL, lines_of_vouchers, unlike_their_entries
from app.store.store import Snapshot

BALANCE, SUMS = 2, 4


def vouchers(snapshot: Snapshot, rules: PostingRules) -> Iterator[Finding]:
    """Check that each voucher stands for one entry of its amount, and touches no held account."""
    for row in unlike_their_entries(snapshot):
        where = str(row["number"] or f"entry {row['entry_id']}")
        wanted, found = str(row["amount_minor"] or 0), str(row["debit_minor"] or 0)
        yield Finding(BALANCE, "voucher-differs", where, wanted, found)
    for row in lines_of_vouchers(snapshot, MANUAL):
        if rules.controls(row["account"]):
            where = f"{row['number']} account {row['account']}"
            yield Finding(BALANCE, "voucher-on-control", where)


def sums(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare the kept sums of closed days with the entries of these days."""
    for branch_id in branches_summed(snapshot):
        for account, day, wanted, found in differing_days(snapshot, branch_id):
            where = f"account_days {account} {day}"
            yield Finding(SUMS, "projection-differs", where, str(wanted), str(found))
