"""Bytes of files that came in, kept by their hash, outside the gate.

Embedded: a second encrypted file; shared: a table of its own. Bytes are kept before the command
that names them, so a crash leaves orphans, never a name without bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection

from sqlalchemy import Column, Engine, Integer, LargeBinary, MetaData, String, Table, select
from sqlalchemy.dialects import postgresql, sqlite

from app.domain.errors import NotFound, PaperTrouble
from app.store.engine import kind_of, reading

metadata = MetaData()
document_bytes = Table(
    "document_bytes",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("size", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
)


class DocumentBytes:
    """The Documents port over either database."""

    def __init__(self, engine: Engine) -> None:
        """Use a file of `Folder.documents`, or the shared database."""
        self._engine = engine
        self._reader = reading(engine)
        self._insert = sqlite.insert if kind_of(engine) == "sqlite" else postgresql.insert
        metadata.create_all(engine)

    def put(self, data: bytes) -> str:
        """Keep the bytes, once however often they come; returns the sha-256 in hex."""
        sha256 = hashlib.sha256(data).hexdigest()
        row = {"sha256": sha256, "size": len(data), "data": data}
        with self._engine.begin() as connection:
            connection.execute(self._insert(document_bytes).values(row).on_conflict_do_nothing())
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises NotFound, or PaperTrouble when they do not match their hash."""
        query = select(document_bytes.c.data).where(document_bytes.c.sha256 == sha256)
        with self._reader.connect() as connection:
            data: bytes | None = connection.scalar(query)
        if data is None:
            raise NotFound(what="document", sha256=sha256)
        if hashlib.sha256(data).hexdigest() != sha256:
            raise PaperTrouble(why="hash", sha256=sha256)
        return data

    def hashes(self) -> tuple[str, ...]:
        """The hashes of everything that is kept."""
        kept = document_bytes.c.sha256
        with self._reader.connect() as connection:
            return tuple(connection.scalars(select(kept).order_by(kept)))

    def orphans(self, named: Collection[str]) -> tuple[str, ...]:
        """What is kept and named by no document."""
        return tuple(sha256 for sha256 in self.hashes() if sha256 not in named)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()
