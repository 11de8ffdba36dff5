"""Invariant 3 for meetings: receipts, rows and notes are one sum; leaves lie in their books."""

from __future__ import annotations

import json
from collections.abc import Iterator

from app.rows.verify import Finding
from app.services.verify.receipts import SPLITS
from app.store.meeting_facts import meeting_sums, stray_leaves
from app.store.store import Snapshot


def meeting_findings(snapshot: Snapshot) -> Iterator[Finding]:
    """Compare every meeting with its receipts, its rows and its notes; every leaf with its book."""
    for row in meeting_sums(snapshot):
        where, total, cash = f"meeting {row['id']}", row["total_minor"], row["cash_minor"]
        if row["given_minor"] != total:
            given = str(row["given_minor"] or 0)
            yield Finding(SPLITS, "meeting-differs", where, str(total), given)
        if row["given_cash_minor"] != cash:
            given = str(row["given_cash_minor"] or 0)
            yield Finding(SPLITS, "meeting-differs", where, str(cash), given)
        if row["told_minor"] is not None and row["told_minor"] != total:
            yield Finding(SPLITS, "meeting-rows-differ", where, str(total), str(row["told_minor"]))
        if row["notes"] is not None:
            counted = sum(value * many for value, many in json.loads(row["notes"]))
            if counted != cash:
                yield Finding(SPLITS, "meeting-notes-differ", where, str(cash), str(counted))
    for leaf in stray_leaves(snapshot):
        wanted = f"{leaf['first']}\u2013{leaf['last']}"
        yield Finding(SPLITS, "leaf-astray", f"leaf {leaf['id']}", wanted, str(leaf["leaf"]))
