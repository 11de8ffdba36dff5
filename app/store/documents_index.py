"""The index of papers: which bytes belong to which subject, and what they prove."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, RowMapping, select

from app.store.schema.people import documents
from app.store.schema.system import users


def documents_of(
    connection: Connection, subject_kind: str, subject_id: int
) -> Sequence[RowMapping]:
    """The papers of a subject in the order they came, with the names of who added them."""
    query = (
        select(documents, users.c.full_name.label("who"))
        .select_from(documents.outerjoin(users, users.c.id == documents.c.added_by))
        .where(documents.c.subject_kind == subject_kind, documents.c.subject_id == subject_id)
        .order_by(documents.c.added_at, documents.c.id)
    )
    return connection.execute(query).mappings().all()


def kinds_of(connection: Connection, subject_kind: str, subject_id: int) -> frozenset[str]:
    """The kinds of the papers of a subject."""
    query = select(documents.c.kind).where(
        documents.c.subject_kind == subject_kind, documents.c.subject_id == subject_id
    )
    return frozenset(connection.execute(query).scalars())


def is_attached(
    connection: Connection, subject_kind: str, subject_id: int, kind: str, sha256: str
) -> bool:
    """Whether these bytes are there already as this kind of paper."""
    query = select(documents.c.id).where(
        documents.c.subject_kind == subject_kind,
        documents.c.subject_id == subject_id,
        documents.c.kind == kind,
        documents.c.sha256 == sha256,
    )
    return connection.execute(query).first() is not None
