"""Branch, stations, chains, users, days, checks."""

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
    UniqueConstraint,
    text,
)

from app.store.schema.base import Id, fact, machinery, personal, projection, record, secret

branches = record(
    "branches",
    Column("code", String(6), nullable=False, unique=True),
    Column("name", String(120), nullable=False),
    Column("lender_name", String(160), nullable=False),
    Column("lender_registration", String(80), nullable=False),
    Column("address", Text, nullable=False),
    Column("grievance_phone", String(40), nullable=False),
    Column("country", String(2), nullable=False),
    Column("state", String(40), nullable=False),
    Column("currency", String(3), nullable=False),
    Column("time_zone", String(64), nullable=False),
    Column("language", String(8), nullable=False),
    Column("financial_year_from", Integer, nullable=False),  # month
    Column("demonstration", Boolean, nullable=False),
    Column("recovery_confirmed_at", String(32)),
)

stations = record(
    "stations",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False, index=True),
    Column("counter_code", String(6), nullable=False),
    Column("opened_at", String(32), nullable=False),
    Column("closed_at", String(32)),
    UniqueConstraint("branch_id", "counter_code"),
)

# One row a station: the head of its chain, the next id of its block, its receipt series.
# A writer locks its own row last and takes line number, ids and receipt number from it.
chains = machinery(
    "chains",
    Column("station_id", Id, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
    Column("hash", String(64), nullable=False),
    Column("next_n", Id, nullable=False),
    Column("series", String(24), nullable=False),
    Column("next_serial", Integer, nullable=False),
)

audit = machinery(
    "audit",
    Column("station_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", String(32), nullable=False),  # UTC, ISO
    Column("branch_id", Id, nullable=False),
    Column("business_on", Date),
    Column("user_id", Id, nullable=False),
    Column("key", String(64), nullable=False),
    Column("command", String(48), nullable=False),
    Column("command_version", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("outcome", String(8), nullable=False),  # done, refused
    Column("result", Text, nullable=False),
    Column("facts", Text, nullable=False),  # [[table, id, version, hash], …]
    Column("facts_hash", String(64), nullable=False),
    Column("topics", Text, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    PrimaryKeyConstraint("station_id", "number"),
)
Index(
    "uq_audit_key",
    audit.c.station_id,
    audit.c.user_id,
    audit.c.key,
    unique=True,
    sqlite_where=text("outcome = 'done'"),
    postgresql_where=text("outcome = 'done'"),
)
Index("ix_audit_command", audit.c.command, audit.c.at)
# The log, latest first: counted and paged without reading what is in the lines.
Index("ix_audit_at", audit.c.at, audit.c.station_id, audit.c.number, audit.c.branch_id)
Index("ix_audit_user", audit.c.user_id, audit.c.at)

# The loans, receipts, people … that a line names: what a search of the log by number reads.
audit_subjects = projection(
    "audit_subjects",
    Column("subject_id", Id, nullable=False),
    Column("station_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    PrimaryKeyConstraint("subject_id", "station_id", "number"),
)

# Personal values of payloads; rows here may be erased without breaking the chain.
personal_values = machinery(
    "personal_values",
    Column("station_id", Id, nullable=False),
    Column("number", Integer, nullable=False),
    Column("field", String(48), nullable=False),
    Column("value", Text, nullable=False),
    PrimaryKeyConstraint("station_id", "number", "field"),
)

# The key of the digests, the schema's own marks. Never leaves the encrypted file.
meta = machinery(
    "meta",
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)

users = record(
    "users",
    personal("full_name", String(120), nullable=False),
    Column("login", String(40), nullable=False, unique=True),
    secret("password_hash", nullable=False),
    Column("active", Boolean, nullable=False),
)

grants = record(
    "grants",
    Column("user_id", Id, ForeignKey("users.id"), nullable=False, index=True),
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("role", String(24), nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to_on", Date),
    Column("limits", Text, nullable=False),  # canonical JSON: limit name → minor units or days
    Column("revoked", Boolean, nullable=False),
)

business_days = record(
    "business_days",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("day_on", Date, nullable=False),
    Column("state", String(8), nullable=False),  # open, closed
    Column("opened_at", String(32), nullable=False),
    Column("closed_at", String(32)),
    UniqueConstraint("branch_id", "day_on"),
)

checks = record(
    "checks",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("command", String(48), nullable=False),
    Column("command_version", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("maker_id", Id, nullable=False),
    Column("made_at", String(32), nullable=False),
    Column("subject_kind", String(24), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("amount_minor", Id, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("state", String(10), nullable=False),  # waiting, accepted, declined
    Column("checker_id", Id),
    Column("reason", Text, nullable=False),
)
Index("ix_checks_waiting", checks.c.branch_id, checks.c.state, checks.c.subject_id)

labels = fact(
    "labels",
    Column("subject_kind", String(24), nullable=False),
    Column("subject_id", Id, nullable=False),
    Column("language", String(8), nullable=False),
    Column("text", Text, nullable=False),
)
Index("ix_labels_subject", labels.c.subject_kind, labels.c.subject_id)
