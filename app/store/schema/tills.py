"""The tills of the counters: their state, and what was counted and moved."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Text, UniqueConstraint

from app.store.schema.base import Id, Minor, fact, personal, record

# One a counter, from its first opening on (in new branches from the founding). `session` counts
# the openings. Limits of null are those of the shipped rules.
tills = record(
    "tills",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("counter_code", String(6), nullable=False),
    Column("state", String(8), nullable=False),  # closed, open, counted: waits for a second person
    Column("session", Integer, nullable=False),
    Column("cash_limit_minor", Minor),
    Column("difference_limit_minor", Minor),
    UniqueConstraint("branch_id", "counter_code"),
)

# What was counted at opening and closing, and every movement of cash that is no loan's.
# `kind` is open, close, in, out, give, take, back or field. `amount_minor` is what was counted
# or moved; of a close `received_minor` and `paid_minor` tell the session, of an open the day until
# then. `of_id` names the hand-over that a take or back ends. `counted` is canonical JSON:
# [[value, coin, pieces], …]. `maker_id` counted, `user_id` let it happen: often the same person.
till_moves = fact(
    "till_moves",
    Column("branch_id", Id, nullable=False),
    Column("station_id", Id, nullable=False),
    Column("till_id", Id, ForeignKey("tills.id"), nullable=False),
    Column("session", Integer, nullable=False),
    Column("kind", String(8), nullable=False),
    Column("number", String(40), nullable=False, unique=True),
    Column("of_id", Id, unique=True),
    Column("to_counter", String(6)),
    Column("officer_id", Id),
    Column("account", String(24), nullable=False),  # the other side; empty where there is none
    Column("amount_minor", Minor, nullable=False),
    Column("expected_minor", Minor),
    Column("received_minor", Minor),
    Column("paid_minor", Minor),
    Column("currency", String(3), nullable=False),
    Column("counted", Text),
    Column("reason", Text, nullable=False),
    personal("payee", String(200), nullable=False),
    Column("reference", String(80), nullable=False),
    Column("entry_id", Id),
    Column("booked_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("maker_id", Id, nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_till_moves_till", till_moves.c.till_id, till_moves.c.session, till_moves.c.kind)
Index("ix_till_moves_booked", till_moves.c.branch_id, till_moves.c.booked_on, till_moves.c.kind)
