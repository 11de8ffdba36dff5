"""Centres and their meetings: the sheet that goes out, what came back, who was there."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
)

from app.store.schema.base import Id, Minor, fact, personal, record

# What is known of a centre beside its groups, which carry its title.
centres = record(
    "centres",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False),
    Column("title", String(120), nullable=False),
    Column("place", String(200), nullable=False),
    Column("officer_id", Id),
    Column("every", String(12), nullable=False),  # week, fortnight, month; empty: not agreed
    Column("first_on", Date),  # a meeting, from which all others are counted
    Column("at_time", String(5), nullable=False),
    Column("shift", String(8), nullable=False),  # next, previous: where a day off moves it
    UniqueConstraint("branch_id", "title"),
)

# A sheet of paper with a number; what it asked for stays as it was printed.
collection_sheets = fact(
    "collection_sheets",
    Column("branch_id", Id, nullable=False),
    Column("number", String(32), nullable=False, unique=True),
    Column("centre", String(120), nullable=False),
    Column("meet_on", Date, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("late_minor", Minor, nullable=False),
    Column("due_minor", Minor, nullable=False),
    Column("lines", Text, nullable=False),  # canonical JSON: [[loan, late, due]] in paper order
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_collection_sheets_meet", collection_sheets.c.branch_id, collection_sheets.c.meet_on)

meetings = fact(
    "meetings",
    Column("branch_id", Id, nullable=False),
    Column("centre", String(120), nullable=False),
    Column("held_on", Date, nullable=False),  # the day the members paid
    Column("booked_on", Date, nullable=False),  # the day the money was handed over
    Column("sheet_id", Id, ForeignKey("collection_sheets.id"), unique=True),
    Column("officer_id", Id),
    Column("currency", String(3), nullable=False),
    Column("total_minor", Minor, nullable=False),
    Column("cash_minor", Minor, nullable=False),
    Column("notes", Text),  # canonical JSON: [[value, how many]]; null: not counted by note
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_meetings_held", meetings.c.branch_id, meetings.c.held_on)

attendances = fact(
    "attendances",
    Column("meeting_id", Id, ForeignKey("meetings.id"), nullable=False, index=True),
    Column("place", Integer, nullable=False),
    Column("loan_id", Id, nullable=False, index=True),
    Column("party_id", Id, nullable=False),
    Column("came", Boolean, nullable=False),
    Column("asked_minor", Minor, nullable=False),
    Column("paid_minor", Minor, nullable=False),
    personal("note", String(200), nullable=False),
)

# Books of numbered leaves that an officer gives receipts from in the field.
receipt_books = fact(
    "receipt_books",
    Column("branch_id", Id, nullable=False),
    Column("officer_id", Id, nullable=False),
    Column("series", String(8), nullable=False),
    Column("first", Integer, nullable=False),
    Column("last", Integer, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
)
Index("ix_receipt_books_series", receipt_books.c.branch_id, receipt_books.c.series)

# Leaves that are accounted for: given with a receipt, or spoilt. The others are still open.
book_leaves = fact(
    "book_leaves",
    Column("book_id", Id, ForeignKey("receipt_books.id"), nullable=False),
    Column("leaf", Integer, nullable=False),
    Column("receipt_id", Id, index=True),  # null: the leaf is void
    Column("reason", String(200), nullable=False),
    Column("noted_on", Date, nullable=False),
    Column("recorded_at", String(32), nullable=False),
    Column("user_id", Id, nullable=False),
    UniqueConstraint("book_id", "leaf"),
)
