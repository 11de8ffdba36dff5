"""Invariant 8 for tills: what was counted, what moved since, and what is on its way or claimed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.domain.accounts import PostingRules
from app.domain.till import TillKind
from app.rows.verify import Finding
from app.store.account_sums import CASH
from app.store.store import Snapshot
from app.store.till_facts import (
    balances_on,
    closings,
    collected,
    counters_with_tills,
    field_counted,
    in_transit,
    moved_by_kind,
)

ACCOUNTS = 8


def moved_at(snapshot: Snapshot, branch_id: int, counter: str, day: date) -> int:
    """What the facts of a till brought into it by the end of a day, differences included."""
    total = 0
    for name, amount in moved_by_kind(snapshot, branch_id, counter, day).items():
        kind = TillKind(name)
        out = kind in (TillKind.OUT, TillKind.GIVE)
        total += -amount if out else amount
    return total


def till_findings(
    snapshot: Snapshot, branch_id: int, day: date, rules: PostingRules
) -> Iterator[Finding]:
    """Compare tills with their closing counts, and cash on its way or claimed with its facts."""
    yield from _counts(snapshot, branch_id, day, rules)
    way = in_transit(snapshot, branch_id, day)
    held = balances_on(snapshot, branch_id, rules.transit, day)
    if way != held:
        where = f"account {rules.transit} on {day}"
        yield Finding(ACCOUNTS, "transit-differs", where, str(way), str(held))
    yield from _claims(snapshot, branch_id, day, rules)


def _counts(
    snapshot: Snapshot, branch_id: int, day: date, rules: PostingRules
) -> Iterator[Finding]:
    """Every closing adds up, and the till holds on that evening what the last one counted."""
    for counter in counters_with_tills(snapshot, branch_id):
        account = rules.money_account(CASH, counter)
        last: dict[date, int] = {}
        for row in closings(snapshot, branch_id, counter, day):
            must = row["opened"] + row["received_minor"] - row["paid_minor"]
            where = f"till {row['number']}"
            if row["expected_minor"] != must:
                found = str(row["expected_minor"])
                yield Finding(ACCOUNTS, "till-session-differs", where, str(must), found)
            last[row["booked_on"]] = row["amount_minor"]
        for on, counted in last.items():
            held = balances_on(snapshot, branch_id, account, on)
            if held != counted:
                where = f"account {account} on {on}"
                yield Finding(ACCOUNTS, "till-differs", where, str(counted), str(held))


def _claims(
    snapshot: Snapshot, branch_id: int, day: date, rules: PostingRules
) -> Iterator[Finding]:
    """What officers collected by receipts and did not hand in is what their accounts hold."""
    owed = collected(snapshot, branch_id, day)
    for officer_id, handed in field_counted(snapshot, branch_id, day).items():
        owed[officer_id] = owed.get(officer_id, 0) - handed
    for officer_id, must in sorted(owed.items()):
        account = rules.staff_account(officer_id)
        held = balances_on(snapshot, branch_id, account, day)
        if held != must:
            where = f"account {account} on {day}"
            yield Finding(ACCOUNTS, "claim-differs", where, str(must), str(held))
