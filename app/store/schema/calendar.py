"""The calendar of a branch: weekly days off and dated holidays."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Text

from app.store.schema.base import Id, record

# One a branch; a branch without one works every day that a product's terms name.
branch_calendars = record(
    "branch_calendars",
    Column("branch_id", Id, ForeignKey("branches.id"), nullable=False, unique=True),
    Column("off_days", Text, nullable=False),  # canonical JSON: ISO weekdays
    Column("holidays", Text, nullable=False),  # canonical JSON: [{on, name, states}]
)
