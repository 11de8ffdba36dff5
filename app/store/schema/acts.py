"""What acts on living loans leave besides their facts: money paid out, closures quoted."""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String

from app.store.schema.base import Id, Minor, fact, personal

# Money that went out to a borrower other than a disbursement: one a fact.
vouchers = fact(
    "vouchers",
    Column("branch_id", Id, nullable=False),
    Column("station_id", Id, nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("loan_id", Id, nullable=False, index=True),
    Column("event_id", Id, nullable=False, index=True),
    personal("payee", String(200), nullable=False),
    Column("mode", String(8), nullable=False),
    personal("reference", String(80), nullable=False),
    Column("amount_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_vouchers_booked", vouchers.c.branch_id, vouchers.c.booked_on, vouchers.c.station_id)

# What closing a loan early on a day was said to ask.
closure_quotes = fact(
    "closure_quotes",
    Column("branch_id", Id, nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("loan_id", Id, nullable=False, index=True),
    Column("closes_on", Date, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("penalty_minor", Minor, nullable=False),
    Column("charge_minor", Minor, nullable=False),
    Column("interest_minor", Minor, nullable=False),
    Column("principal_minor", Minor, nullable=False),
    Column("closing_charge_minor", Minor, nullable=False),
    Column("closing_tax_minor", Minor, nullable=False),
    Column("excess_minor", Minor, nullable=False),
    Column("total_minor", Minor, nullable=False),
)
