"""The file is whole; invariants 7 and 9: documents match, the database refuses to change facts."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.errors import KistError
from app.ports import Documents
from app.rows.verify import Finding
from app.store.guards import missing_triggers, unguarded
from app.store.pages import refuse_damaged_pages
from app.store.readback import document_hashes
from app.store.store import Snapshot, Store

DOCUMENTS, TRIGGERS = 7, 9


def documents(snapshot: Snapshot, kept: Documents) -> Iterator[Finding]:
    """Read the bytes of every paper; whoever keeps them compares them with their hash."""
    for row in document_hashes(snapshot):
        try:
            data = kept.get(row["sha256"])
        except KistError as error:
            why = str(error.params.get("why") or error.code)
            yield Finding(DOCUMENTS, "document-bad", f"document {row['id']}", row["sha256"], why)
            continue
        if len(data) != row["size"]:
            size = str(len(data))
            yield Finding(
                DOCUMENTS, "document-bad", f"document {row['id']}", str(row["size"]), size
            )


def pages(store: Store) -> Iterator[Finding]:
    """Read every page of the file; a damaged one ends the check. Raises StoreTrouble."""
    refuse_damaged_pages(store.engine)
    yield from ()


def triggers(store: Store) -> Iterator[Finding]:
    """Look for the triggers, then try what they must refuse."""
    with store.read() as snapshot:
        for name in missing_triggers(snapshot):
            yield Finding(TRIGGERS, "trigger-missing", name)
    for table, verb in unguarded(store):
        yield Finding(TRIGGERS, "fact-may-change", f"{verb} {table}")
