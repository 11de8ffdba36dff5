"""What a loan is made by: versions of products, key fact statements, restated terms."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from app.store.schema.base import Id, Minor, fact, personal

# What a product offers from a day on; the one entered last for a day holds.
product_versions = fact(
    "product_versions",
    Column("product_id", Id, ForeignKey("products.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("effective_from", Date),  # null: from the beginning
    Column("facts", Text, nullable=False),  # canonical JSON of ProductFacts
    Column("recorded_at", String(32)),  # null: it was there before versions were kept
    Column("user_id", Id),
    UniqueConstraint("product_id", "number"),
)

# What a loan was said to cost, as it was said.
key_fact_statements = fact(
    "key_fact_statements",
    Column("branch_id", Id, nullable=False),
    Column("application_id", Id, ForeignKey("applications.id"), nullable=False, index=True),
    Column("number", String(40), nullable=False, unique=True),
    Column("made_on", Date, nullable=False),
    Column("valid_to", Date, nullable=False),
    Column("valid_days", Integer, nullable=False),
    Column("language", String(8), nullable=False),
    Column("disburse_on", Date, nullable=False),
    Column("first_due_on", Date, nullable=False),
    Column("terms", Text, nullable=False),  # canonical JSON, kist-calc terms
    personal("paper", Text, nullable=False),  # canonical JSON of KeyFactsPaper
    Column("quote", Text, nullable=False),  # canonical JSON of Quote: what is collected
    Column("apr_percent", String(16), nullable=False),
    Column("apr_method", String(24), nullable=False),
    Column("rule", Text, nullable=False),  # the citation of the rule of its validity
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)

key_fact_acknowledgements = fact(
    "key_fact_acknowledgements",
    Column("statement_id", Id, ForeignKey("key_fact_statements.id"), nullable=False, unique=True),
    Column("acknowledged_on", Date, nullable=False),
    personal("signed_by", String(200), nullable=False),
    Column("explained_in", String(8), nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)

# The terms of a loan that were keyed wrongly, as they are right; the row of the loan is number 1.
loan_terms = fact(
    "loan_terms",
    Column("loan_id", Id, ForeignKey("loans.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("annual_rate", String(16), nullable=False),
    Column("rules", Integer, nullable=False),
    Column("terms", Text, nullable=False),
    Column("interest_mode", String(12), nullable=False),
    Column("interest_to_minor", Minor, nullable=False),
    Column("levies", Boolean, nullable=False),
    Column("moves", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("event_id", Id, nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    UniqueConstraint("loan_id", "number"),
)
