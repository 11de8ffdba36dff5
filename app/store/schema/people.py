"""Parties, households, groups, applications, documents, products."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Text

from app.store.schema.base import Id, Minor, fact, personal, record

parties = record(
    "parties",
    personal("full_name", String(200), nullable=False),
    personal("local_name", String(200), nullable=False),
    Column("language", String(8), nullable=False),
    personal("find_text", Text, nullable=False),  # casefolded name, phone, village for the find box
    personal("born_on", Date),
    Column("gender", String(1), nullable=False),
    personal("phone", String(20), nullable=False),
    personal("relative_name", String(200), nullable=False),
    personal("house", String(200), nullable=False),
    personal("village", String(120), nullable=False),
    Column("pin", String(12), nullable=False),
    Column("number", String(24), nullable=False, unique=True),  # the member number on papers
)
Index("ix_parties_phone", parties.c.phone)

party_names = record(
    "party_names",
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, index=True),
    Column("script", String(8), nullable=False),
    personal("text", String(200), nullable=False),
)

identities = record(
    "identities",
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),
    personal("value", String(40), nullable=False),
    personal("digest", String(64), nullable=False, index=True),  # keyed, to find duplicates
)

households = record(
    "households",
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, index=True),
    personal("facts", Text, nullable=False),  # canonical JSON of HouseholdFacts
)

groups = record(
    "groups",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False, index=True),
    Column("title", String(120), nullable=False),
    Column("centre", String(120), nullable=False),
)

memberships = record(
    "memberships",
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, index=True),
    Column("kind", String(12), nullable=False),  # group, household
    Column("of_id", Id, nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
)

products = record(
    "products",
    Column("code", String(24), nullable=False, unique=True),
    Column("title", String(120), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("terms", Text, nullable=False),
    Column("rule_set", String(48), nullable=False),
    Column("min_minor", Minor, nullable=False),
    Column("max_minor", Minor, nullable=False),
    Column("min_instalments", Integer, nullable=False),
    Column("max_instalments", Integer, nullable=False),
    Column("min_rate", String(16), nullable=False),
    Column("max_rate", String(16), nullable=False),
    Column("active", Boolean, nullable=False),
)

applications = record(
    "applications",
    Column("number", String(32), nullable=False, unique=True),
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, index=True),
    Column("product_id", Id, ForeignKey("products.id"), nullable=False),
    Column("group_id", Id, ForeignKey("groups.id")),
    Column("officer_id", Id, nullable=False),
    Column("stage", String(12), nullable=False),
    Column("stage_since_on", Date, nullable=False),
    Column("entered_on", Date, nullable=False),
    Column("amount_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("instalments", Integer, nullable=False),
    Column("purpose", Text, nullable=False),
    Column("decision_id", Id),  # the deciding event
    Column("decided_outcome", String(8), nullable=False),  # "", approve, refer, decline
    Column("sanctioned_minor", Minor),
    Column("sanctioned_instalments", Integer),
    Column("sanctioned_rate", String(16)),
    Column("sanction_id", Id),  # the sanctioning event
    Column("check_id", Id),
    Column("loan_id", Id),
    Column("product_number", Integer),  # the version of the product that was sanctioned
)
Index("ix_applications_stage", applications.c.branch_id, applications.c.stage)

documents = fact(
    "documents",
    Column("branch_id", Id, nullable=False),
    Column("subject_kind", String(24), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("kind", String(16), nullable=False),
    personal("title", String(200), nullable=False),
    Column("media", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("added_at", String(32), nullable=False),
    Column("added_by", Id, nullable=False),
)
Index("ix_documents_subject", documents.c.subject_kind, documents.c.subject_id)
