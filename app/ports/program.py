"""The running program as the shell sees it: doors before sign-in, and what screens are given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from app.commands.base import Topic
from app.ports import (
    Clock,
    Documents,
    Drafts,
    Gate,
    ManyAsks,
    Notes,
    Papers,
    Pictures,
    Progress,
    Session,
    Settings,
    Stop,
    Thermal,
)
from app.ports.outbox import Outbox
from app.rows.rule_tables import RuleCase, RuleFigure
from app.rows.verify import Finding

Tell = Callable[[Progress], None]

DEMONSTRATION_PASSWORD = "demonstration"  # of everybody in the demonstration: it guards nothing


class Standing(StrEnum):
    """What lies in a data folder."""

    EMPTY = "empty"
    BRANCH = "branch"
    LOCKED = "locked"  # a branch whose key this operating-system user's vault does not hold
    HALF = "half"  # a founding that was interrupted before its first line
    LEFT = "left"  # a station of a shared database that holds no key to it any more


@dataclass(frozen=True, slots=True)
class FoundingFacts:
    """What is asked at first run; passwords stay in memory only."""

    lender_name: str
    branch_name: str
    branch_code: str
    state: str
    currency: str
    time_zone: str
    opened_on: date | None
    cash_minor: int
    bank_minor: int
    user_name: str
    login: str
    password: str
    passphrase: str = ""  # where the operating system keeps no secrets
    lender_registration: str = ""
    address: str = ""
    grievance_phone: str = ""
    language: str = "en"
    counter_code: str = "1"


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A backup that was verified by opening and counting."""

    path: Path
    size: int
    sha256: str
    rows: int
    lines: int


@dataclass(frozen=True, slots=True)
class BackupTried:
    """A backup that was restored aside, counted and verified; no finding means it is whole."""

    sha256: str
    made_at: str  # UTC, ISO
    rows: int
    lines: int
    loans: int
    receipts: int
    findings: tuple[Finding, ...]


class Tls(StrEnum):
    """How the line to a shared database is kept from others, as PostgreSQL names it."""

    VERIFIED = "verify-full"  # encrypted, and the server proves its name by a certificate
    ENCRYPTED = "require"  # encrypted; whoever answers is believed
    OFF = "disable"  # for a server on this very PC


@dataclass(frozen=True, slots=True)
class SharedAddress:
    """Where a shared database is and who asks; the password stays in memory and in the vault."""

    host: str
    port: int
    database: str
    user: str
    tls: Tls = Tls.VERIFIED
    ca_file: str = ""  # whose certificates are trusted
    password: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class SharedFound:
    """What an address leads to; without `branch_name` the database is empty."""

    branch_name: str
    lender: str
    next_counter: str
    server: str
    tls_version: str  # empty: not encrypted
    millis: int  # there and back
    older: bool = False  # its tables are brought up by the first PC with this program


@dataclass(frozen=True, slots=True)
class Pulse:
    """The shared database answered: what other stations changed meanwhile, and how long it took."""

    topics: frozenset[Topic]
    millis: int


class Line(Protocol):
    """The line to a shared database."""

    @property
    def address(self) -> SharedAddress:
        """Where it leads."""
        ...

    def look(self) -> Pulse:
        """Ask once, for some seconds at the most. Raises StoreTrouble (`why` gone: it is cut)."""
        ...


class Program(Protocol):
    """One open branch on this station."""

    @property
    def line(self) -> Line | None:
        """The line to the shared database; None where the books lie on this PC."""
        ...

    @property
    def gate(self) -> Gate:
        """The door to changes."""
        ...

    @property
    def asks(self) -> ManyAsks:
        """The door to answers."""
        ...

    @property
    def notes(self) -> Notes:
        """Keys sent and not answered."""
        ...

    @property
    def drafts(self) -> Drafts:
        """What was typed and not sent."""
        ...

    @property
    def settings(self) -> Settings:
        """Settings of this station."""
        ...

    @property
    def documents(self) -> Documents:
        """Bytes of papers."""
        ...

    @property
    def papers(self) -> Papers:
        """Makes PDFs and report files."""
        ...

    @property
    def thermal(self) -> Thermal:
        """Prints on thermal printers."""
        ...

    @property
    def outbox(self) -> Outbox:
        """Sends messages to borrowers."""
        ...

    @property
    def pictures(self) -> Pictures:
        """Looks into images and PDFs."""
        ...

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        ...

    @property
    def anonymous(self) -> Session:
        """The session before anybody signed in."""
        ...

    def sign_in(self, login: str, password: str) -> Session:
        """Sign in. Raises SignInFailed."""
        ...

    def hashed(self, password: str) -> str:
        """The hash of a new password. Raises ValueRefused where it is too short."""
        ...

    def confirm_recovery(self, session: Session, code: str, key: str) -> None:
        """Prove that the typed code opens the key, and write it down. Raises WrongKey."""
        ...

    def reset_password(self, login: str, code: str, password: str, key: str) -> None:
        """Replace a forgotten password with the recovery code. Raises WrongKey."""
        ...

    def unsigned_why(self) -> str:
        """Why this station cannot sign receipts (a code of StoreTrouble); empty where it can.

        Asks the vault: call it off the UI thread.
        """
        ...

    def renew_receipt_key(self, session: Session, reason: str, key: str) -> int:
        """Sign receipts by another key from now on; returns its generation.

        Raises StoreTrouble(no-vault), ValueRefused.
        """
        ...

    def backup(self, to: Path, tell: Tell, stop: Stop) -> BackupMade:
        """Make and verify a backup file. Raises StoreTrouble; an old file is never overwritten."""
        ...

    def try_backup(self, file: Path, tell: Tell, stop: Stop) -> BackupTried:
        """Restore a backup of this branch into a temporary folder and verify it there.

        Raises StoreTrouble, WrongKey, NotAllowedNow.
        """
        ...

    def verify(self, tell: Tell, stop: Stop) -> tuple[Finding, ...]:
        """Check every invariant."""
        ...

    def rule_figures(self) -> tuple[RuleFigure, ...]:
        """The dated figures of the decision rules and other rules of the program."""
        ...

    def try_rules(self, tell: Tell, stop: Stop) -> tuple[RuleCase, ...]:
        """Run the cases of the decision rules."""
        ...

    def kept_heads(self) -> tuple[str, ...]:
        """The chain heads kept outside the database, as "station:number:hash".

        Asks the vault: call it off the UI thread.
        """
        ...

    def answer_open_notes(self) -> int:
        """Ask again, with their keys, the commands whose answer was never seen; how many."""
        ...

    def close(self) -> None:
        """Let go of files and threads."""
        ...


@dataclass(frozen=True, slots=True)
class Founded:
    """A branch that was just made, and the recovery code to print: it is shown once."""

    program: Program
    recovery_code: str
    session: Session


class Launcher(Protocol):
    """The doors of the first run."""

    def standing(self) -> Standing:
        """What lies in the data folder."""
        ...

    def vault_available(self) -> bool:
        """Whether the operating system keeps secrets; else a passphrase is asked."""
        ...

    def found(self, facts: FoundingFacts) -> Founded:
        """Make a new branch. Raises ValueRefused with the field, StoreTrouble, NotAllowedNow."""
        ...

    def open(self, passphrase: str = "", recovery_code: str = "") -> Program:
        """Open the branch of the data folder. Raises WrongKey, StoreTrouble."""
        ...

    def demonstration(self, tell: Tell, stop: Stop) -> Program:
        """Open the demonstration branch, making it first where there is none."""
        ...

    def restore(self, backup: Path, recovery_code: str, tell: Tell) -> Program:
        """Open a backup here as a new station. Raises WrongKey, StoreTrouble."""
        ...

    def left_address(self) -> SharedAddress | None:
        """Which shared database this folder's station belongs to, without the password."""
        ...

    def look_at(self, address: SharedAddress) -> SharedFound:
        """Try an address. Raises StoreTrouble or ValueRefused at the field that is wrong."""
        ...

    def found_shared(self, address: SharedAddress, facts: FoundingFacts) -> Founded:
        """Found a branch in an empty shared database, with this PC as its first station."""
        ...

    def move_to(self, address: SharedAddress) -> Program:
        """Open the station of this folder where its database is now, or with another password.

        Raises StoreTrouble at the field that is wrong, also where another branch is there.
        """
        ...

    def join(self, address: SharedAddress, login: str, password: str, counter: str) -> Program:
        """Become a new station of the branch there, as its manager permits by signing in."""
        ...
