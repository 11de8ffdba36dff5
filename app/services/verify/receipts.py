"""Invariants 1, 2 and 3: receipts without gaps, entries in balance, parts that add up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from app.rows.verify import Finding
from app.store.money import MONEY_IN
from app.store.readback import (
    entries_out_of_balance,
    lines_apart_from_entries,
    part_events,
    receipt_events_without_one_part,
    receipt_numbers,
    receipt_sums,
    refunds_apart_from_vouchers,
    totals_out_of_balance,
)
from app.store.store import Snapshot

NUMBERS, BALANCE, SPLITS = 1, 2, 3


def numbers(snapshot: Snapshot) -> Iterator[Finding]:
    """Check that each counter's receipts run 1, 2, 3 … in each series, and are printed as such."""
    at: tuple[Any, Any] = (None, None)
    last = 0
    for row in receipt_numbers(snapshot):
        if (row["station_id"], row["series"]) != at:
            at, last = (row["station_id"], row["series"]), 0
        if row["serial"] != last + 1:
            code = "serial-twice" if row["serial"] == last else "serial-missing"
            yield Finding(NUMBERS, code, str(row["number"]), str(last + 1), str(row["serial"]))
        last = row["serial"]
        wanted = f"{row['series']}-{row['serial']:06d}"
        if row["number"] != wanted:
            yield Finding(NUMBERS, "number-differs", str(row["number"]), wanted)


def balance(snapshot: Snapshot) -> Iterator[Finding]:
    """Check that debits equal credits in every entry and over all of them."""
    for row in entries_out_of_balance(snapshot):
        total = str(row["total_minor"])
        yield Finding(BALANCE, "entry-out-of-balance", f"entry {row['id']}", "0", total)
    for row in totals_out_of_balance(snapshot):
        where = f"branch {row['branch_id']} {row['currency']}"
        yield Finding(BALANCE, "books-out-of-balance", where, "0", str(row["total_minor"]))
    for row in lines_apart_from_entries(snapshot):
        yield Finding(BALANCE, "line-apart", f"entry {row['entry_id']}", "", str(row["account"]))


def splits(snapshot: Snapshot) -> Iterator[Finding]:
    """Check that parts add up to receipts, and printed lines and events to parts."""
    for row in receipt_sums(snapshot):
        if row["amount_minor"] != row["parts_minor"]:
            wanted, found = str(row["amount_minor"]), str(row["parts_minor"])
            yield Finding(SPLITS, "parts-differ", str(row["number"]), wanted, found)
    for row in part_events(snapshot):
        yield from _part(row)
    for row in receipt_events_without_one_part(snapshot):
        yield Finding(SPLITS, "event-without-part", f"event {row['id']}", "1", str(row["parts"]))
    for row in refunds_apart_from_vouchers(snapshot):
        where = f"event {row['event_id']}"
        yield Finding(SPLITS, "refund-without-voucher", where, "1", str(row["vouchers"]))


def _part(row: Mapping[str, Any]) -> Iterator[Finding]:
    number = str(row["number"])
    printed = sum(int(line["amount_minor"]) for line in json.loads(row["printed"])["lines"])
    if printed != row["amount_minor"]:
        wanted = str(row["amount_minor"])
        yield Finding(SPLITS, "printed-split-differs", number, wanted, str(printed))
    event = (row["kind"], row["subject_kind"], row["subject_id"], row["event_minor"])
    kind = row["kind"] if row["kind"] in MONEY_IN else MONEY_IN[0]
    wanted_event = (kind, row["account_kind"], row["account_id"], row["amount_minor"])
    days = (row["value_on"], row["event_booked_on"])
    if event != wanted_event or days != (row["received_on"], row["booked_on"]):
        yield Finding(SPLITS, "event-differs", number, str(wanted_event), str(event))
