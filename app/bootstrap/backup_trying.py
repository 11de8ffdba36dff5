"""Tries a backup: restored into a temporary folder, checked as the books are, and thrown away."""

from __future__ import annotations

import tempfile
from pathlib import Path

from app.bootstrap.shipped import posting_rules
from app.domain.errors import NotAllowedNow
from app.paths import KIST_DB
from app.ports import Stop
from app.ports.program import BackupTried, Tell
from app.services.verifying import verify
from app.store.container import hashed
from app.store.document_bytes import DocumentBytes
from app.store.folder import Folder
from app.store.restore import restore
from app.store.store import Store

_PREFIX = "kist-try-"


def try_backup(files: Folder, backup: Path, tell: Tell, stop: Stop) -> BackupTried:
    """Restore, count, verify. Raises as `restore` does, and NotAllowedNow (stopped)."""
    sha256, _size = hashed(backup)
    with tempfile.TemporaryDirectory(prefix=_PREFIX) as place:
        made = restore(backup, Path(place), lambda _keys: files.key, tell)
        rows = made.manifest.files[KIST_DB].rows
        store, documents = Store(made.folder.books()), DocumentBytes(made.folder.documents())
        try:
            found = verify(
                store, rules=posting_rules(), documents=documents, report=tell, stop=stop
            )
        finally:
            store.close()
            documents.close()
    if stop.wanted():
        raise NotAllowedNow(why="stopped")
    return BackupTried(
        sha256=sha256,
        made_at=made.manifest.made_at,
        rows=sum(rows.values()),
        lines=rows.get("audit", 0),
        loans=rows.get("loans", 0),
        receipts=rows.get("receipts", 0),
        findings=found,
    )
