"""One open branch on this station: engine, adapters, gate and asks put together."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from app.adapters.signing import Ed25519Signatures
from app.bootstrap.backup_trying import try_backup
from app.bootstrap.late import LateDecider, LatePapers, LatePictures, LateThermal
from app.bootstrap.outbox import OutboxTurns
from app.bootstrap.receipt_signing import StationSigner
from app.bootstrap.rule_tables import rule_figures, try_rules
from app.bootstrap.sealing import SealingGate, kept_heads
from app.bootstrap.sharing import SharedBooks
from app.bootstrap.shipped import posting_rules, seeds
from app.commands.branch import ConfirmRecoveryCode
from app.commands.codec import build, lifted
from app.commands.users import ResetPassword
from app.domain.errors import KistError, NotAllowedNow, StoreTrouble, ValueRefused
from app.ports import (
    ANONYMOUS,
    SYSTEM,
    Clock,
    Documents,
    Passwords,
    Session,
    Signatures,
    Stop,
    Vault,
)
from app.ports.program import BackupMade, BackupTried, Line, Tell
from app.rows.rule_tables import RuleCase, RuleFigure
from app.rows.verify import Finding
from app.services.all import REGISTRY
from app.services.asks import Asks
from app.services.gate import Gate
from app.services.sign_in import SignIn
from app.services.verifying import verify
from app.services.work import Tools
from app.store.backup import backup
from app.store.branch import heads
from app.store.document_bytes import DocumentBytes
from app.store.engine import Synchronous
from app.store.folder import Folder
from app.store.keys import KeyFile
from app.store.local import Local, OpenNote, StationIdentity
from app.store.lock import FolderLock
from app.store.store import Store

LEAST_PASSWORD = 8
DIGESTS = "digests"  # purpose of the subkey that digests personal values


@dataclass(frozen=True, slots=True)
class World:
    """The outside world of a program: the time, the secrets, the hashes."""

    clock: Clock
    vault: Vault
    passwords: Passwords
    os_user: str
    signatures: Signatures = field(default_factory=Ed25519Signatures)


@dataclass(frozen=True, slots=True)
class Doors:
    """Gate and asks over one store."""

    gate: Gate
    asks: Asks


def doors(
    store: Store, documents: Documents, clock: Clock, signatures: Signatures | None = None
) -> Doors:
    """The two doors of a database, embedded or shared."""
    rules = posting_rules()
    tools = Tools(decider=LateDecider(), documents=documents, rules=rules, seeds=seeds())
    asks = Asks(store, clock, rules, signatures or Ed25519Signatures(), REGISTRY)
    return Doors(Gate(store, clock, tools, REGISTRY), asks)


class OpenProgram:
    """The Program port over the files of a folder."""

    def __init__(
        self,
        files: Folder,
        keys: KeyFile,
        world: World,
        local: Local,
        lock: FolderLock | None,
        *,
        synchronous: Synchronous = "FULL",
        shared: SharedBooks | None = None,
    ) -> None:
        self._files, self._keys, self._world, self._lock = files, keys, world, lock
        self._shared = shared
        self._local = local
        self._identity = local.identity() or StationIdentity(1, 0, "")
        if shared is None:
            self._store = Store(files.books(synchronous=synchronous))
            self._documents = DocumentBytes(files.documents(synchronous=synchronous))
        else:
            self._store, self._documents = shared.store, shared.documents
        made = doors(self._store, self._documents, world.clock, world.signatures)
        self._gate = SealingGate(made.gate, self._heads, local, world.vault, keys.id)
        self._asks = made.asks
        here = Session(self._identity.station_id, self._identity.branch_id, SYSTEM)
        self._signer = StationSigner(self._gate, self._asks, world, here, keys.id)
        self._outbox = OutboxTurns(self._gate, self._asks, world.vault, here, keys.id)
        self._papers = LatePapers(self._signer.signed, self._documents.get)
        self._thermal = LateThermal(self._signer.signed, self._documents.get)
        self._pictures = LatePictures()
        self._sign_in = SignIn(self._store, self._gate, world.passwords, world.clock)

    @property
    def line(self) -> Line | None:
        """The line to the shared database, or None."""
        return None if self._shared is None else self._shared.line

    @property
    def gate(self) -> SealingGate:
        """The door to changes."""
        return self._gate

    @property
    def asks(self) -> Asks:
        """The door to answers."""
        return self._asks

    @property
    def notes(self) -> Local:
        """Keys sent and not answered."""
        return self._local

    @property
    def drafts(self) -> Local:
        """What was typed and not sent."""
        return self._local

    @property
    def settings(self) -> Local:
        """Settings of this station."""
        return self._local

    @property
    def documents(self) -> DocumentBytes:
        """Bytes of papers."""
        return self._documents

    @property
    def papers(self) -> LatePapers:
        """Makes PDFs and report files."""
        return self._papers

    @property
    def thermal(self) -> LateThermal:
        """Prints on thermal printers."""
        return self._thermal

    @property
    def outbox(self) -> OutboxTurns:
        """Sends messages to borrowers."""
        return self._outbox

    @property
    def pictures(self) -> LatePictures:
        """Looks into images and PDFs."""
        return self._pictures

    @property
    def clock(self) -> Clock:
        """The time."""
        return self._world.clock

    @property
    def folder(self) -> Path:
        """Where the files lie."""
        return self._files.path

    @property
    def anonymous(self) -> Session:
        """The session before anybody signed in."""
        return Session(self._identity.station_id, self._identity.branch_id, ANONYMOUS)

    def sign_in(self, login: str, password: str) -> Session:
        """Sign in. Raises SignInFailed."""
        return self._sign_in(self._identity.station_id, self._identity.branch_id, login, password)

    def hashed(self, password: str) -> str:
        """The hash of a new password. Raises ValueRefused (password-too-short)."""
        return hashed(self._world.passwords, password)

    def confirm_recovery(self, session: Session, code: str, key: str) -> None:
        """Prove that the typed code opens the key, and write it down."""
        self._code_keys.by_recovery(code)
        self._gate.run(session, ConfirmRecoveryCode(), key)

    def reset_password(self, login: str, code: str, password: str, key: str) -> None:
        """Replace a forgotten password once the recovery code has opened the key."""
        self._code_keys.by_recovery(code)
        self._gate.run(
            self.anonymous, ResetPassword(login=login, password_hash=self.hashed(password)), key
        )

    def unsigned_why(self) -> str:
        """Why this station cannot sign receipts (a code of StoreTrouble); empty where it can."""
        return self._signer.trouble()

    def renew_receipt_key(self, session: Session, reason: str, key: str) -> int:
        """Sign receipts by another key from now on; returns its generation."""
        return self._signer.renew(session, reason, key)

    def backup(self, to: Path, tell: Tell, stop: Stop) -> BackupMade:
        """Make and verify a backup file. Raises NotAllowedNow where a server keeps the books."""
        if self._shared is not None:
            raise NotAllowedNow(why="backup-on-server")
        return backup(self._files, to, self._world.clock.now(), tell, stop)

    def try_backup(self, file: Path, tell: Tell, stop: Stop) -> BackupTried:
        """Restore a backup aside and verify it; nothing of it stays."""
        if self._shared is not None:
            raise NotAllowedNow(why="backup-on-server")
        return try_backup(self._files, file, tell, stop)

    def verify(self, tell: Tell, stop: Stop) -> tuple[Finding, ...]:
        """Check every invariant, the heads kept outside included."""
        kept = kept_heads(self._local, self._world.vault, self._keys.id)
        return verify(
            self._store,
            rules=posting_rules(),
            documents=self._documents,
            kept_heads=kept,
            report=tell,
            stop=stop,
        )

    def rule_figures(self) -> tuple[RuleFigure, ...]:
        """The rules that are shipped, figure by figure."""
        return rule_figures()

    def try_rules(self, tell: Tell, stop: Stop) -> tuple[RuleCase, ...]:
        """Run the cases of the rules by the decider that decides applications."""
        return try_rules(LateDecider(), tell, stop)

    def kept_heads(self) -> tuple[str, ...]:
        """The furthest head of each station's chain in local.db and in the vault."""
        kept = kept_heads(self._local, self._world.vault, self._keys.id)
        return tuple(f"{one}:{number}:{made}" for one, (number, made) in sorted(kept.items()))

    def answer_open_notes(self) -> int:
        """Ask again, with their keys, what was sent and never answered; returns how many.

        Raises StoreTrouble where nobody can answer now; what is left is asked at the next start.
        """
        notes: Sequence[OpenNote] = self._local.open_notes()
        for note in notes:
            self._ask_again(note)
            self._local.forget(note.key)
        return len(notes)

    def close(self) -> None:
        """Let go of files, the child process and the lock."""
        self._pictures.close()
        if self._shared is not None:
            self._shared.close()
        self._store.close()
        self._documents.close()
        self._local.close()
        if self._lock is not None:
            self._lock.release()

    @property
    def _code_keys(self) -> KeyFile:
        """The keys that the recovery code opens: of a shared branch they lie with its books."""
        return self._keys if self._shared is None else self._shared.keys

    def _heads(self) -> tuple[str, ...]:
        with self._store.read() as snapshot:
            return heads(snapshot)

    def _ask_again(self, note: OpenNote) -> None:
        case = REGISTRY.commands.get(note.command)
        if case is None:
            return
        try:
            payload = lifted(case.command, note.edition, json.loads(note.payload))
            self._gate.run(note.session, build(case.command, payload), note.key)
        except StoreTrouble:
            raise
        except KistError:
            # A refusal is an answer too, and the gate has written it down.
            return


def hashed(passwords: Passwords, password: str) -> str:
    """The hash of a new password. Raises ValueRefused (password-too-short, `least`)."""
    if len(password) < LEAST_PASSWORD:
        raise ValueRefused(field="password", why="password-too-short", least=LEAST_PASSWORD)
    return passwords.hashed(password)
