"""Late loans: provisions made, letters, messages, calls, and who may not be contacted."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Text

from app.store.schema.base import Id, Minor, fact, personal, record

# One a branch: the norm that provisions follow, and how messages leave. No secret stands here.
late_settings = record(
    "late_settings",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False, unique=True),
    Column("provision_norm", String(16), nullable=False),  # "" makes none
    Column("mail", Text, nullable=False),  # canonical JSON; empty is off
    Column("gateway", Text, nullable=False),
)

# What was required at the end of a month, and by how much the books moved.
provisions_made = fact(
    "provisions_made",
    Column("branch_id", Id, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("norm", String(16), nullable=False),
    Column("rule_from_on", Date, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("required_minor", Minor, nullable=False),
    Column("moved_minor", Minor, nullable=False),
    Column("parts", Text, nullable=False),  # canonical JSON: class or part, base, provision
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_provisions_made_on", provisions_made.c.branch_id, provisions_made.c.made_on)

letters = fact(
    "letters",
    Column("branch_id", Id, nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("loan_id", Id, nullable=False, index=True),
    Column("party_id", Id, nullable=False),
    Column("stage", String(16), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("pay_by_on", Date, nullable=False),
    Column("oldest_due_on", Date, nullable=False),
    Column("dpd", Integer, nullable=False),
    Column("arrears_minor", Minor, nullable=False),
    Column("outstanding_minor", Minor, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_letters_made_on", letters.c.branch_id, letters.c.made_on)

messages = fact(
    "messages",
    Column("branch_id", Id, nullable=False),
    Column("loan_id", Id, nullable=False, index=True),
    Column("party_id", Id, nullable=False),
    Column("channel", String(8), nullable=False),  # sms, email
    Column("template", String(24), nullable=False),
    Column("template_id", String(40), nullable=False),  # as registered; empty for e-mail
    Column("language", String(8), nullable=False),
    personal("recipient", String(200), nullable=False),
    personal("subject", String(200), nullable=False),
    personal("body", Text, nullable=False),
    Column("key", String(64), nullable=False, unique=True),  # known to the gateway
    Column("queued_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_messages_queued", messages.c.branch_id, messages.c.queued_on)

# What became of a message; the newest says its state. Begun is written before it leaves.
message_tries = fact(
    "message_tries",
    Column("branch_id", Id, nullable=False),
    Column("message_id", Id, ForeignKey("messages.id"), nullable=False),
    Column("state", String(10), nullable=False),  # begun, sent, retry, failed, unknown, dropped
    Column("reason", String(200), nullable=False),
    Column("reference", String(80), nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_message_tries_message", message_tries.c.message_id, message_tries.c.id)

calls = fact(
    "calls",
    Column("branch_id", Id, nullable=False),
    Column("loan_id", Id, nullable=False),
    Column("called_on", Date, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("promise_id", Id),
    personal("note", String(2000), nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_calls_loan", calls.c.loan_id, calls.c.called_on)

# Who asked not to be contacted, or must not be; it ends on a day or when it is lifted.
contact_stops = record(
    "contact_stops",
    Column("branch_id", Id, nullable=False),
    Column("party_id", Id, nullable=False, index=True),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("reason", String(500), nullable=False),
    Column("lifted_at", String(32)),
    Column("user_id", Id, nullable=False),
)

party_emails = record(
    "party_emails",
    Column("party_id", Id, ForeignKey("parties.id"), nullable=False, unique=True),
    personal("address", String(200), nullable=False),
)
