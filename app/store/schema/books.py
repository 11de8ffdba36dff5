"""The books: chart of accounts and entries."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from app.store.schema.base import Id, Minor, fact, record

accounts = record(
    "accounts",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("code", String(24), nullable=False),
    Column("title", String(120), nullable=False),
    Column("kind", String(12), nullable=False),  # asset, liability, income, expense, equity
    UniqueConstraint("branch_id", "code"),
)

entries = fact(
    "entries",
    Column("branch_id", Id, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("event_id", Id, index=True),
    Column("loan_id", Id, index=True),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    Column("narration", Text, nullable=False),
)
Index("ix_entries_booked", entries.c.branch_id, entries.c.booked_on, entries.c.kind)
Index("ix_entries_kind", entries.c.branch_id, entries.c.kind)

entry_lines = fact(
    "entry_lines",
    Column("entry_id", Id, ForeignKey("entries.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("branch_id", Id, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("account", String(24), nullable=False),
    Column("product_id", Id),
    Column("currency", String(3), nullable=False),
    Column("amount_minor", Minor, nullable=False),  # debit above zero, credit below
)
Index(
    "ix_entry_lines_account",
    entry_lines.c.branch_id,
    entry_lines.c.account,
    entry_lines.c.currency,
    entry_lines.c.booked_on,
)
