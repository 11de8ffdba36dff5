"""What people write into the books themselves: vouchers of the journal, and closed months."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    UniqueConstraint,
)

from app.store.schema.base import Id, Minor, fact, projection

# A voucher stands for one entry. `kind` is manual, opening or reversal; `of_id` names what a
# reversal takes back. `maker_id` asked for it, `user_id` let it happen; often the same person.
journal_vouchers = fact(
    "journal_vouchers",
    Column("branch_id", Id, nullable=False),
    Column("station_id", Id, nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("entry_id", Id, ForeignKey("entries.id"), nullable=False, unique=True),
    Column("kind", String(12), nullable=False),
    Column("of_id", Id, unique=True),
    Column("value_on", Date, nullable=False),  # the day it counts in
    Column("booked_on", Date, nullable=False),  # the business day it was written in
    Column("reason", Text, nullable=False),
    Column("amount_minor", Minor, nullable=False),  # all debits
    Column("currency", String(3), nullable=False),
    Column("maker_id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("recorded_at", String(32), nullable=False),
)
Index("ix_journal_vouchers_kind", journal_vouchers.c.branch_id, journal_vouchers.c.kind)

# What was closed and opened again, by number; the last one of months says until when they are.
book_spans = fact(
    "book_spans",
    Column("branch_id", Id, nullable=False),
    Column("what", String(8), nullable=False),  # month, day
    Column("number", Integer, nullable=False),
    Column("state", String(8), nullable=False),  # closed, open
    Column("first_on", Date, nullable=False),
    Column("last_on", Date, nullable=False),
    Column("closed_until", Date),  # of months: the last day that takes no entry any more
    Column("booked_on", Date),  # the business day, where one was open
    Column("reason", Text, nullable=False),
    Column("user_id", Id, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    UniqueConstraint("branch_id", "what", "number"),
)

# What every account moved on every closed day, so that a balance need not add up all entries.
account_days = projection(
    "account_days",
    Column("branch_id", Id, nullable=False),
    Column("account", String(24), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("day_on", Date, nullable=False),
    Column("debit_minor", Minor, nullable=False),
    Column("credit_minor", Minor, nullable=False),
    PrimaryKeyConstraint("branch_id", "account", "currency", "day_on"),
)
