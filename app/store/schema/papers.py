"""What papers are made with: the lender's settings of them, the keys that sign receipts."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, String, Text, UniqueConstraint

from app.store.schema.base import Id, fact, personal, record

# One a branch; a branch without one prints with what it was founded with.
paper_settings = record(
    "paper_settings",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False, unique=True),
    Column("logo", String(64), nullable=False),  # sha-256 of a PNG among the documents, or empty
    Column("head_text", Text, nullable=False),
    Column("foot_text", Text, nullable=False),
    personal("grievance_name", String(120), nullable=False),
    Column("grievance_phone", String(40), nullable=False),
    Column("upi_id", String(80), nullable=False),
    Column("upi_name", String(99), nullable=False),
    Column("borrower_language", String(8), nullable=False),  # empty: each borrower's own
    Column("house_language", String(8), nullable=False),  # empty: the branch's
    Column("sizes", Text, nullable=False),  # canonical JSON: kind of paper to size
)

# The public halves of the keys by which a station signs its receipts, one generation after another.
station_keys = fact(
    "station_keys",
    Column("station_id", Id, ForeignKey("stations.id"), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("public_key", String(64), nullable=False),  # Ed25519, hex
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    Column("reason", Text, nullable=False),  # why it took the place of the one before
    UniqueConstraint("station_id", "generation"),
)
