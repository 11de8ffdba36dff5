"""What the rooms above ask of the rooms below, as Protocols; bootstrap alone puts them in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO, Protocol, TypeVar

from app import reports
from app.commands.base import Command, Done
from app.queries.base import Query
from app.rows.journal_papers import TallyBooks
from app.rows.papers import Paper

R = TypeVar("R")

ANONYMOUS = 0  # user id of whoever has not signed in
SYSTEM = -1  # user id of the program itself


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks, from which station, for which branch. Grants are read again at every use."""

    station_id: int
    branch_id: int
    user_id: int


class Gate(Protocol):
    """The one door to every change."""

    def run(self, session: Session, command: Command[R], key: str) -> Done[R]:
        """Carry out `command` once; the same key again returns the first answer.

        Raises KistError; nothing is half done.
        """
        ...


class Asks(Protocol):
    """The one door for reading."""

    def ask(self, session: Session, query: Query[R]) -> R:
        """Answer `query` within the session's grants and branch. Raises KistError."""
        ...


class ManyAsks(Asks, Protocol):
    """The door for reading where several questions belong together."""

    def each(self, session: Session, queries: Iterable[Query[R]]) -> Iterator[R]:
        """Answer questions one after another on one snapshot. Raises KistError."""
        ...


class Clock(Protocol):
    """Where the time comes from."""

    def now(self) -> datetime:
        """The instant, in UTC and aware."""
        ...

    def today(self, zone: str) -> date:
        """The calendar date at this instant in the IANA zone."""
        ...


class Vault(Protocol):
    """Secrets of this operating-system user."""

    def available(self) -> bool:
        """Whether secrets can be kept here at all."""
        ...

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        ...

    def put(self, name: str, secret: bytes) -> None:
        """Keep the secret."""
        ...

    def forget(self, name: str) -> None:
        """Remove it, if it is there."""
        ...


class Passwords(Protocol):
    """Slow hashes of passwords."""

    def hashed(self, password: str) -> str:
        """The hash to keep."""
        ...

    def matches(self, kept: str, password: str) -> bool:
        """Whether the password belongs to the kept hash."""
        ...


class Signatures(Protocol):
    """Signs receipts, and checks what was signed; a key is a secret and its public half."""

    def new(self) -> bytes:
        """A fresh secret."""
        ...

    def public(self, secret: bytes) -> bytes:
        """The public half of a secret."""
        ...

    def sign(self, secret: bytes, message: bytes) -> bytes:
        """The signature of the message."""
        ...

    def holds(self, public: bytes, message: bytes, signature: bytes) -> bool:
        """Whether the signature is that of the message by the key."""
        ...


class Decider(Protocol):
    """Runs a rule set (decision tables) over checked inputs and gives the trace back."""

    def decide(self, rule_set: str, on: date, inputs: Mapping[str, Any]) -> Mapping[str, Any]:
        """The plain result of the tables of `rule_set` in force on the day, with its trace.

        Raises InputMissing before anything runs.
        """
        ...


class Documents(Protocol):
    """Bytes of papers by their hash; idempotent, outside the gate."""

    def put(self, data: bytes) -> str:
        """Keep the bytes; returns the sha-256 in hex."""
        ...

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises NotFound, or PaperTrouble when they do not match their hash."""
        ...


class Papers(Protocol):
    """Rows in, bytes out. Runs on the worker; knows no window."""

    def pdf(self, paper: Paper, size: str = "a4") -> bytes:
        """The PDF of a paper; `size` is for receipts: 80mm the roll, all else A5."""
        ...

    def report(
        self,
        report: reports.Report,
        form: str,
        rows: Iterable[object],
        about: reports.About,
        to: BinaryIO,
    ) -> int:
        """Write rows of a declared report as xlsx, csv or pdf; returns how many there were."""
        ...

    def tally(self, books: TallyBooks, to: BinaryIO) -> int:
        """Write the books as XML for Tally; returns how many vouchers there are."""
        ...

    def pack(
        self,
        form: str,
        title: str,
        parts: Sequence[reports.PackPart],
        about: reports.About,
        to: BinaryIO,
        step: Callable[[str], None],
    ) -> int:
        """Write several reports as one xlsx or pdf; `step` is told each before it is made."""
        ...


@dataclass(frozen=True, slots=True)
class ThermalPrinter:
    """A thermal printer of this station and how it is set up.

    `address` is net:HOST:PORT, device:PATH, usb:VENDOR:PRODUCT (hexadecimal) or windows:NAME.
    `drawer` is the pin that opens the till, 2 or 5, 0 for none. A printer that does not `answer`
    is not asked for its state: that the paper came out is then not known.
    """

    address: str
    millimetres: int = 80
    drawer: int = 0
    answers: bool = True


class Thermal(Protocol):
    """Thermal printers that speak ESC/POS. Slow: call it on the worker."""

    def print(self, paper: Paper, printer: ThermalPrinter) -> None:
        """Print a receipt; returns when it has come out, as far as the printer tells.

        Raises PaperTrouble: printer-off, printer-silent, paper-out, cover-open, printer-stopped,
        cut-short, usb-missing, not-an-address, not-on-a-roll.
        """
        ...

    def look(self, printer: ThermalPrinter) -> None:
        """Ask the printer for its state. Raises PaperTrouble where it could not print now."""
        ...

    def found(self) -> tuple[tuple[str, str], ...]:
        """Thermal printers that this PC sees by itself: address and name."""
        ...


class Pictures(Protocol):
    """Looks into images and PDFs in a capped child process."""

    def pages(self, data: bytes) -> int:
        """How many pages. Raises PaperTrouble."""
        ...

    def preview(self, data: bytes, page: int, width: int) -> bytes:
        """PNG of one page, `width` pixels wide. Raises PaperTrouble."""
        ...

    def close(self) -> None:
        """End the child process."""
        ...


class Notes(Protocol):
    """Keys sent but not answered yet, kept on this station."""

    def note(self, session: Session, command: Command[Any], key: str) -> None:
        """Remember before sending."""
        ...

    def forget(self, key: str) -> None:
        """The answer came, good or bad."""
        ...


class Drafts(Protocol):
    """What was typed and not yet sent, kept on this station."""

    def keep(self, name: str, text: str) -> None:
        """Keep (or replace) a draft."""
        ...

    def find(self, name: str) -> str | None:
        """The draft, or None."""
        ...

    def drop(self, name: str) -> None:
        """Remove it."""
        ...


class Settings(Protocol):
    """Plain settings of this station: theme, scale, printers per paper."""

    def get(self, name: str, default: str = "") -> str:
        """The value, or the default."""
        ...

    def set(self, name: str, value: str) -> None:
        """Keep the value."""
        ...


@dataclass(frozen=True, slots=True)
class Progress:
    """How far long work has come; `total` 0 means unknown. `say` is already a sentence."""

    done: int
    total: int
    say: str


Report = Callable[[Progress], None]


class Stop(Protocol):
    """Asked between steps of long work."""

    def wanted(self) -> bool:
        """Whether somebody asked to stop."""
        ...
