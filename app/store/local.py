"""local.db: what belongs to this station alone, and is in no backup.

The station's identity, what was typed and not sent, commands sent and not answered, settings, and
the heads of the chains this station has seen, so that a restored or cut database shows.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

from sqlalchemy import (
    Column,
    Engine,
    Integer,
    MetaData,
    RowMapping,
    String,
    Table,
    Text,
    delete,
    select,
)
from sqlalchemy.dialects.sqlite import insert

from app.commands.base import KEEPS, SECRET, Command
from app.commands.codec import decode, encode
from app.domain.errors import StoreTrouble
from app.ports import Clock, Session
from app.store.engine import reading

FORMAT = 1
_IDENTITY, _FORMAT = "identity", "format"

_metadata = MetaData()
_marks = Table("marks", _metadata, Column("name", String, primary_key=True), Column("text", Text))
_drafts = Table("drafts", _metadata, Column("name", String, primary_key=True), Column("text", Text))
_settings = Table(
    "settings", _metadata, Column("name", String, primary_key=True), Column("text", Text)
)
_notes = Table(
    "notes",
    _metadata,
    Column("place", Integer, primary_key=True),  # the order they were sent in
    Column("key", String, unique=True, nullable=False),
    Column("session", Text, nullable=False),
    Column("command", String, nullable=False),
    Column("edition", Integer, nullable=False),
    Column("payload", Text, nullable=False),
    Column("noted_at", String, nullable=False),
)
_heads = Table(
    "heads",
    _metadata,
    Column("station_id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
    Column("hash", String, nullable=False),
)


@dataclass(frozen=True, slots=True)
class StationIdentity:
    """Which station this installation is."""

    station_id: int
    branch_id: int
    counter_code: str


@dataclass(frozen=True, slots=True)
class OpenNote:
    """A command that was sent and whose answer was never seen."""

    key: str
    session: Session
    command: str
    edition: int
    payload: str
    noted_at: str


@dataclass(frozen=True, slots=True)
class Head:
    """The last line of a station's chain, as this station knows it."""

    station_id: int
    number: int
    hash: str


class Local:
    """The station's own file, as Notes, Drafts and Settings. A change is on the disk at once."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        """Use a file of `Folder.local`; a new one is filled. Raises StoreTrouble (`why` newer)."""
        self._engine, self._clock = engine, clock
        self._reader = reading(engine)
        _metadata.create_all(engine)
        kept = self._text(_marks, _FORMAT)
        if kept is None:
            self._keep(_marks, _FORMAT, str(FORMAT))
        elif int(kept) > FORMAT:
            raise StoreTrouble(why="newer")

    def identity(self) -> StationIdentity | None:
        """Which station this is; None in a new file."""
        text = self._text(_marks, _IDENTITY)
        return None if text is None else decode(StationIdentity, text)

    def be(self, identity: StationIdentity) -> None:
        """Be this station from now on. Raises StoreTrouble where the file is another's already."""
        if self.identity() not in (None, identity):
            raise StoreTrouble(why="another-station")
        self._keep(_marks, _IDENTITY, encode(identity))

    def note(self, session: Session, command: Command[Any], key: str) -> None:
        """Remember before sending. A command with a password is not kept: it is typed again."""
        if _holds_secret(command):
            return
        row = {
            "key": key,
            "session": encode(session),
            "command": command.name,
            "edition": command.edition,
            "payload": encode(command),
            "noted_at": self._clock.now().isoformat(),
        }
        with self._engine.begin() as connection:
            connection.execute(insert(_notes).values(row).on_conflict_do_nothing())

    def forget(self, key: str) -> None:
        """The answer came, good or bad."""
        with self._engine.begin() as connection:
            connection.execute(delete(_notes).where(_notes.c.key == key))

    def open_notes(self) -> tuple[OpenNote, ...]:
        """What has no answer yet, in the order it was sent."""
        with self._reader.connect() as connection:
            rows = connection.execute(select(_notes).order_by(_notes.c.place))
            return tuple(_note(row) for row in rows.mappings())

    def keep(self, name: str, text: str) -> None:
        """Keep (or replace) a draft."""
        self._keep(_drafts, name, text)

    def find(self, name: str) -> str | None:
        """The draft, or None."""
        return self._text(_drafts, name)

    def drop(self, name: str) -> None:
        """Remove it."""
        with self._engine.begin() as connection:
            connection.execute(delete(_drafts).where(_drafts.c.name == name))

    def drafts(self, prefix: str = "") -> tuple[str, ...]:
        """The names of drafts that begin with `prefix`."""
        name = _drafts.c.name
        with self._reader.connect() as connection:
            kept = connection.scalars(select(name).order_by(name))
            return tuple(one for one in kept if one.startswith(prefix))

    def get(self, name: str, default: str = "") -> str:
        """The value of a setting, or the default."""
        text = self._text(_settings, name)
        return default if text is None else text

    def set(self, name: str, value: str) -> None:
        """Keep the value."""
        self._keep(_settings, name, value)

    def keep_head(self, head: Head) -> None:
        """Remember how far a chain has come."""
        row = {"station_id": head.station_id, "number": head.number, "hash": head.hash}
        new = insert(_heads).values(row)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(set_={**row}))

    def heads(self) -> tuple[Head, ...]:
        """The chains as this station last saw them."""
        with self._reader.connect() as connection:
            rows = connection.execute(select(_heads).order_by(_heads.c.station_id))
            return tuple(Head(*row) for row in rows)

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _keep(self, table: Table, name: str, text: str) -> None:
        new = insert(table).values(name=name, text=text)
        with self._engine.begin() as connection:
            connection.execute(new.on_conflict_do_update(set_={"text": text}))

    def _text(self, table: Table, name: str) -> str | None:
        with self._reader.connect() as connection:
            query = select(table.c.text).where(table.c.name == name)
            text: str | None = connection.scalar(query)
            return text


def _note(row: RowMapping) -> OpenNote:
    values = {item.name: row[item.name] for item in fields(OpenNote)}
    return OpenNote(**{**values, "session": decode(Session, row["session"])})


def _holds_secret(command: Command[Any]) -> bool:
    return any(
        item.metadata.get(KEEPS) == SECRET and getattr(command, item.name) is not None
        for item in fields(command)
    )
