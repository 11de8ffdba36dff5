"""Visits and promises."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String

from app.store.schema.base import Id, Minor, fact, personal, record

visits = record(
    "visits",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("officer_id", Id, nullable=False),
    Column("visit_on", Date, nullable=False),
    Column("place", Integer, nullable=False),  # order within the day
    Column("loan_id", Id, nullable=False, index=True),
    Column("why", String(24), nullable=False),
    Column("state", String(10), nullable=False),  # planned, done
    Column("outcome", String(24), nullable=False),
    Column("met", Boolean, nullable=False),
    personal("note", String(2000), nullable=False),
    Column("claimed_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
)
Index("ix_visits_day", visits.c.officer_id, visits.c.visit_on)

promises = fact(
    "promises",
    Column("branch_id", Id, nullable=False),
    Column("loan_id", Id, nullable=False),
    Column("visit_id", Id),
    Column("made_on", Date, nullable=False),
    Column("promised_on", Date, nullable=False, index=True),
    Column("amount_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
    # What keeps it, by the rules it was made under; whether it was kept is never stored.
    Column("counts_from_on", Date, nullable=False),
    Column("keeps_until_on", Date, nullable=False),
    Column("enough_minor", Minor, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    personal("note", String(2000), nullable=False),
)
Index("ix_promises_loan", promises.c.loan_id, promises.c.promised_on)

promise_cancellations = fact(
    "promise_cancellations",
    Column("promise_id", Id, ForeignKey("promises.id"), nullable=False, index=True),
    Column("cancelled_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    Column("reason", String(500), nullable=False),
)
