"""Every table, a package by subject. Amounts are whole minor units; no business rule lives here."""

from __future__ import annotations

from app.store.schema import (
    acts,
    books,
    calendar,
    field,
    journals,
    late,
    lists,
    loans,
    meetings,
    papers,
    people,
    system,
    terms,
    tills,
)
from app.store.schema.base import Kind, kind_of, metadata, tables_of

__all__ = [
    "Kind",
    "acts",
    "books",
    "calendar",
    "field",
    "journals",
    "kind_of",
    "late",
    "lists",
    "loans",
    "meetings",
    "metadata",
    "papers",
    "people",
    "system",
    "tables_of",
    "terms",
    "tills",
]
