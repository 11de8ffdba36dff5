"""Loans, their facts, and what is derived from them."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Text,
    text,
)

from app.store.schema.base import Id, Minor, fact, personal, projection

loans = fact(
    "loans",
    Column("number", String(32), nullable=False, unique=True),
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),  # where it was made
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, index=True),
    Column("product_id", Id, ForeignKey("products.id"), nullable=False),
    Column("application_id", Id, nullable=False, index=True),
    Column("group_id", Id),
    Column("currency", String(3), nullable=False),
    Column("principal_minor", Minor, nullable=False),
    Column("annual_rate", String(16), nullable=False),
    Column("disbursed_on", Date, nullable=False),
    Column("rules", Integer, nullable=False),
    Column("terms", Text, nullable=False),  # canonical JSON, kist-calc terms
    # What the day's posting needs of the terms, so that it reads no JSON of a thousand loans.
    Column("interest_mode", String(12)),
    Column("interest_to_minor", Minor),
    Column("levies", Boolean),  # charges or penal charges fall due by date
    Column("moves", Boolean),  # its figures move with the days, without a fact
    Column("old_number", String(60)),  # of a loan that ran elsewhere
)

Index("ix_loans_levies", loans.c.levies)
Index("ix_loans_moves", loans.c.moves)
Index("ix_loans_group", loans.c.group_id)
# What reports group by, without the terms beside it.
Index(
    "ix_loans_grouped",
    *(loans.c.currency, loans.c.id, loans.c.party_id, loans.c.product_id),
    *(loans.c.group_id, loans.c.moves, loans.c.levies),
)

# Every fact about a subject (loan, application, visit, branch …), in order of id.
events = fact(
    "events",
    Column("branch_id", Id, nullable=False),
    Column("subject_kind", String(16), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("kind", String(24), nullable=False),
    Column("value_on", Date, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    Column("head", String(12)),
    Column("amount_minor", Minor),
    Column("currency", String(3)),
    Column("of_id", Id),  # the event a reversal voids
    Column("title", Text),
    personal("payload", Text),  # canonical JSON of what else the fact holds
    # What else the engine reads of a fact, canonical JSON: rate, plan, opening lines.
    Column("detail", Text),
)
Index("ix_events_subject", events.c.subject_kind, events.c.subject_id, events.c.id)
Index("ix_events_of", events.c.of_id)
_CHARGES = text("kind = 'charge'")
Index(
    "ix_events_charges",
    *(events.c.subject_id, events.c.value_on),
    sqlite_where=_CHARGES,
    postgresql_where=_CHARGES,
)
_ACTS = text("kind <> 'receipt'")
Index(
    "ix_events_acts",
    *(events.c.branch_id, events.c.kind, events.c.subject_id),
    sqlite_where=_ACTS,
    postgresql_where=_ACTS,
)
Index("ix_events_booked", events.c.branch_id, events.c.booked_on, events.c.kind)

receipts = fact(
    "receipts",
    Column("branch_id", Id, nullable=False),
    Column("station_id", Id, nullable=False),
    Column("series", String(24), nullable=False),
    Column("serial", Integer, nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    personal("payer", String(200), nullable=False),
    Column("mode", String(8), nullable=False),
    personal("reference", String(80), nullable=False),
    Column("amount_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("received_on", Date, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    Column("meeting_id", Id),
    Column("collected_by", Id),  # cash that an officer took in the field: a claim until counted
)
Index("ix_receipts_booked", receipts.c.branch_id, receipts.c.booked_on, receipts.c.station_id)

receipt_parts = fact(
    "receipt_parts",
    Column("receipt_id", Id, ForeignKey("receipts.id"), nullable=False, index=True),
    Column("account_kind", String(16), nullable=False),  # loan; third parties and deposits later
    Column("account_id", Id, nullable=False, index=True),
    Column("event_id", Id, nullable=False, index=True),
    Column("amount_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("printed", Text, nullable=False),  # the split as first printed, canonical JSON
)

prints = fact(
    "prints",
    Column("receipt_id", Id, ForeignKey("receipts.id"), nullable=False, index=True),
    Column("duplicate", Integer, nullable=False),
    Column("printed_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)

loan_positions = projection(
    "loan_positions",
    Column("loan_id", Id, primary_key=True, autoincrement=False),
    Column("branch_id", Id, nullable=False),  # where it is now
    Column("officer_id", Id, nullable=False),
    Column("status", String(12), nullable=False),
    Column("principal_minor", Minor, nullable=False),  # outstanding
    Column("excess_minor", Minor, nullable=False),
    Column("next_unsettled_due_on", Date),
    Column("npa_since_on", Date),
    Column("last_paid_on", Date),
    Column("closed_on", Date),
    Column("as_on", Date),  # the day that a loan which moves with the days was derived for
)
Index(
    "ix_loan_positions_late",
    loan_positions.c.branch_id,
    loan_positions.c.status,
    loan_positions.c.next_unsettled_due_on,
)

instalments = projection(
    "instalments",
    Column("loan_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("from_on", Date, nullable=False),  # the line's interest runs from here
    Column("due_on", Date, nullable=False),
    Column("principal_minor", Minor, nullable=False),
    Column("interest_minor", Minor, nullable=False),
    Column("charge_minor", Minor, nullable=False),
    Column("penalty_minor", Minor, nullable=False),
    Column("balance_minor", Minor, nullable=False),
    Column("paid_principal_minor", Minor, nullable=False),
    Column("paid_interest_minor", Minor, nullable=False),
    Column("paid_charge_minor", Minor, nullable=False),
    Column("paid_penalty_minor", Minor, nullable=False),
    Column("waived_minor", Minor, nullable=False),
    Column("unpaid_minor", Minor, nullable=False),
    Column("settled_on", Date),
    PrimaryKeyConstraint("loan_id", "number"),
)
Index("ix_instalments_due", instalments.c.due_on, instalments.c.loan_id)
# What is open of all lines, a small part of them: what is late, on any day.
Index(
    "ix_instalments_open",
    instalments.c.due_on,
    instalments.c.loan_id,
    sqlite_where=text("unpaid_minor > 0"),
    postgresql_where=text("unpaid_minor > 0"),
)
_UNPAID = text("unpaid_minor > 0")
Index(
    "ix_instalments_unpaid",
    *(instalments.c.due_on, instalments.c.loan_id),
    sqlite_where=_UNPAID,
    postgresql_where=_UNPAID,
)

position_spans = projection(
    "position_spans",
    Column("loan_id", Id, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("next_unsettled_due_on", Date),
    Column("principal_minor", Minor, nullable=False),
    Column("excess_minor", Minor, nullable=False),
    Column("npa_since_on", Date),
    PrimaryKeyConstraint("loan_id", "from_on"),
)
_RUNS = text("next_unsettled_due_on IS NOT NULL")
_SPAN = position_spans.c
Index(
    "ix_position_spans_days",
    *(_SPAN.to_on, _SPAN.from_on, _SPAN.next_unsettled_due_on),
    *(_SPAN.principal_minor, _SPAN.npa_since_on, _SPAN.loan_id),
    sqlite_where=_RUNS,
    postgresql_where=_RUNS,
)

allocations = projection(
    "allocations",
    Column("loan_id", Id, nullable=False),
    Column("place", Integer, nullable=False),  # order within the loan
    Column("event_id", Id, nullable=False),
    Column("number", Integer, nullable=False),  # instalment
    Column("head", String(12), nullable=False),
    Column("value_on", Date, nullable=False),
    Column("amount_minor", Minor, nullable=False),
    PrimaryKeyConstraint("loan_id", "place"),
)
Index("ix_allocations_value_on", allocations.c.value_on, allocations.c.loan_id)

loan_officers = fact(
    "loan_officers",
    Column("loan_id", Id, nullable=False, index=True),
    Column("officer_id", Id, nullable=False),
    Column("from_on", Date, nullable=False),
)
