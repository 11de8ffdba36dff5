"""A data folder: its encrypted files, each with a key of its own made from the one key."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

from app.domain.errors import StoreTrouble
from app.paths import DOCUMENTS_DB, KIST_DB, LOCAL_DB, is_risky_place
from app.store.engine import Synchronous, open_sqlite
from app.store.keys import subkey
from app.store.migrations import upgrade


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the files are, and the database key that a KeyFile gave."""

    path: Path
    key: bytes

    def open(
        self,
        name: str,
        *,
        create: bool = False,
        readonly: bool = False,
        synchronous: Synchronous = "FULL",
    ) -> Engine:
        """Open one of the files by its name. Raises WrongKey or StoreTrouble, as open_sqlite."""
        return open_sqlite(
            self.path / name,
            subkey(self.key, name),
            create=create,
            readonly=readonly,
            synchronous=synchronous,
        )

    def open_copy(self, file: str, name: str) -> Engine:
        """Open `file`, a copy of the database `name`, for reading alone."""
        return open_sqlite(self.path / file, subkey(self.key, name), readonly=True)

    def books(self, *, create: bool = False, synchronous: Synchronous = "FULL") -> Engine:
        """The books, kist.db."""
        return self.open(KIST_DB, create=create, synchronous=synchronous)

    def bring_up(self) -> None:
        """Take the steps of the schema that are missing in the books."""
        books = self.books()
        try:
            upgrade(books)
        finally:
            books.dispose()

    def documents(self, *, create: bool = False, synchronous: Synchronous = "FULL") -> Engine:
        """Bytes of files that came in, documents.db."""
        return self.open(DOCUMENTS_DB, create=create, synchronous=synchronous)

    def local(self, *, create: bool = False, synchronous: Synchronous = "FULL") -> Engine:
        """What belongs to this station alone, local.db."""
        return self.open(LOCAL_DB, create=create, synchronous=synchronous)


def refuse_risky_place(path: Path) -> None:
    """Raise StoreTrouble (`why` network or synchronised) where data comes to harm."""
    if risk := is_risky_place(path):
        raise StoreTrouble(why=risk, path=str(path))
