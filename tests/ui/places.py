"""Stations, launchers and pictures for tests of screens, on a real branch in a real database."""

from __future__ import annotations

import gettext
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QStackedWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.adapters.passwords import Argon2Passwords
from app.adapters.signing import Ed25519Signatures
from app.adapters.vault import MemoryVault
from app.bootstrap.late import LateDecider, LatePapers, LateThermal
from app.bootstrap.outbox import OutboxTurns
from app.bootstrap.receipt_signing import StationSigner
from app.bootstrap.rule_tables import rule_figures, try_rules
from app.commands.base import Command
from app.commands.branch import ConfirmRecoveryCode
from app.commands.users import GrantFacts, ResetPassword, SaveUser
from app.domain.errors import StoreTrouble, ValueRefused, WrongKey
from app.domain.roles import Role
from app.imaging import ChildPictures
from app.ports import (
    Clock,
    Documents,
    Gate,
    ManyAsks,
    Papers,
    Pictures,
    Progress,
    Session,
    Signatures,
    Stop,
    Thermal,
    Vault,
)
from app.ports.outbox import Outbox
from app.ports.program import (
    BackupMade,
    BackupTried,
    Founded,
    FoundingFacts,
    Line,
    Program,
    SharedAddress,
    SharedFound,
    Standing,
    Tell,
)
from app.queries.admin import ListUsers, ShowBranch, WhoAmI
from app.rows.rule_tables import RuleCase, RuleFigure
from app.rows.verify import Finding
from app.services.sign_in import SignIn
from app.store.branch import heads
from tests.services.branch import MANY, House
from ui.kit.buttons import Button
from ui.kit.router import Router
from ui.kit.screen_context import Station
from ui.kit.tasks import Desk
from ui.kit.text import Elided

CODE = "7K2M-AAAA-BBBB-CCCC-DDDD-EEEE-FFFF-GGGG"
PASSWORD = "correct-horse"
QUICK = Argon2Passwords(passes=1, memory_kib=64, lanes=1)
SHORTEST = 8


@dataclass
class Kept:
    """Drafts and settings of a station, in memory."""

    texts: dict[str, str] = field(default_factory=dict)

    def keep(self, name: str, text: str) -> None:
        self.texts[name] = text

    def find(self, name: str) -> str | None:
        return self.texts.get(name)

    def drop(self, name: str) -> None:
        self.texts.pop(name, None)

    def get(self, name: str, default: str = "") -> str:
        return self.texts.get(name, default)

    def set(self, name: str, value: str) -> None:
        self.texts[name] = value


class NoNotes:
    """Notes of keys, which these tests do not look at."""

    def note(self, session: Session, command: Command[object], key: str) -> None:
        """Kept nowhere."""

    def forget(self, key: str) -> None:
        """Kept nowhere."""


@dataclass
class Outside:
    """A vault in memory, and real signatures."""

    vault: Vault = field(default_factory=MemoryVault)
    signatures: Signatures = field(default_factory=Ed25519Signatures)


class HouseProgram:
    """The ports of one open branch, put together for tests."""

    def __init__(self, house: House, folder: Path) -> None:
        self._house, self.folder = house, folder
        self.gate: Gate = house.gate
        self.asks: ManyAsks = house.asks
        self.clock: Clock = house.clock
        self.notes, self.drafts, self.settings = NoNotes(), Kept(), Kept()
        self.documents: Documents = house.tools.documents
        self.outside = Outside()
        self.signer = StationSigner(house.gate, house.asks, self.outside, house.system, "test")
        self.papers: Papers = LatePapers(self.signer.signed, self.documents.get)
        self.thermal: Thermal = LateThermal(self.signer.signed, self.documents.get)
        self.outbox: Outbox = OutboxTurns(
            house.gate, house.asks, self.outside.vault, house.system, "test"
        )
        self._pictures: ChildPictures | None = None
        self._sign_in = SignIn(house.store, house.gate, QUICK, house.clock)
        self.line: Line | None = None
        self.closed = False

    @property
    def pictures(self) -> Pictures:
        if self._pictures is None:
            self._pictures = ChildPictures()
        return self._pictures

    @property
    def anonymous(self) -> Session:
        return self._house.anonymous

    def sign_in(self, login: str, password: str) -> Session:
        self._house.clock.move(seconds=1)
        manager = self._house.manager
        return self._sign_in(manager.station_id, manager.branch_id, login, password)

    def hashed(self, password: str) -> str:
        if len(password) < SHORTEST:
            raise ValueRefused(field="password", why="password-too-short", least=SHORTEST)
        return QUICK.hashed(password)

    def confirm_recovery(self, session: Session, code: str, key: str) -> None:
        if code.replace("-", "") != CODE.replace("-", ""):
            raise WrongKey(field="recovery_code", why="recovery-code")
        self._house.gate.run(session, ConfirmRecoveryCode(), key)

    def reset_password(self, login: str, code: str, password: str, key: str) -> None:
        if code != CODE:
            raise WrongKey(field="recovery_code", why="recovery-code")
        made = self.hashed(password)
        self._house.gate.run(self.anonymous, ResetPassword(login=login, password_hash=made), key)

    def unsigned_why(self) -> str:
        return self.signer.trouble()

    def renew_receipt_key(self, session: Session, reason: str, key: str) -> int:
        return self.signer.renew(session, reason, key)

    def backup(self, to: Path, tell: Tell, stop: Stop) -> BackupMade:
        tell(Progress(1, 1, "Counted"))
        return BackupMade(to / "kist.kistbackup", 1_200_000, "a" * 64, 1234, 99)

    def try_backup(self, file: Path, tell: Tell, stop: Stop) -> BackupTried:
        tell(Progress(1, 1, "Counted"))
        return BackupTried("a" * 64, "2026-01-05T04:00:00+00:00", 1234, 99, 7, 12, ())

    def verify(self, tell: Tell, stop: Stop) -> tuple[Finding, ...]:
        return ()

    def rule_figures(self) -> tuple[RuleFigure, ...]:
        return rule_figures()

    def try_rules(self, tell: Tell, stop: Stop) -> tuple[RuleCase, ...]:
        return try_rules(LateDecider(), tell, stop)

    def kept_heads(self) -> tuple[str, ...]:
        with self._house.store.read() as snapshot:
            return heads(snapshot)

    def answer_open_notes(self) -> int:
        return 0

    def close(self) -> None:
        if self._pictures is not None:
            self._pictures.close()
        self.closed = True


EMPTY_DATABASE = SharedFound("", "", "1", "PostgreSQL 16.4", "TLSv1.3", 12)


@dataclass
class HouseLauncher:
    """Doors that lead to a branch made already; `stands` says what lies there."""

    make: Callable[[], House]
    folder: Path
    stands: Standing = Standing.BRANCH
    opens: Exception | None = None  # raised by open()
    founds: Exception | None = None  # raised by found()
    vault: bool = True
    facts: FoundingFacts | None = None
    house: House | None = None  # the one that was opened last
    there: SharedFound | Exception = EMPTY_DATABASE  # what a shared address leads to
    left: SharedAddress | None = None
    address: SharedAddress | None = None  # the one that was tried last
    counter: str = ""

    def standing(self) -> Standing:
        return self.stands

    def vault_available(self) -> bool:
        return self.vault

    def found(self, facts: FoundingFacts) -> Founded:
        if self.founds is not None:
            raise self.founds
        self.facts = facts
        house = self.make()
        return Founded(HouseProgram(house, self.folder), CODE, house.manager)

    def open(self, passphrase: str = "", recovery_code: str = "") -> Program:
        if self.opens is not None and recovery_code != CODE:
            raise self.opens
        self.house = self.make()
        give_passwords(self.house)
        return HouseProgram(self.house, self.folder)

    def demonstration(self, tell: Tell, stop: Stop) -> Program:
        tell(Progress(1, 9, "January"))
        return self.open()

    def restore(self, backup: Path, recovery_code: str, tell: Tell) -> Program:
        if not backup.exists():
            raise StoreTrouble(why="missing", field="file")
        return self.open(recovery_code=recovery_code)

    def left_address(self) -> SharedAddress | None:
        return self.left

    def look_at(self, address: SharedAddress) -> SharedFound:
        self.address = address
        if isinstance(self.there, Exception):
            raise self.there
        return self.there

    def found_shared(self, address: SharedAddress, facts: FoundingFacts) -> Founded:
        self.address = address
        return self.found(facts)

    def move_to(self, address: SharedAddress) -> Program:
        self.address = address
        if self.house is not None:
            return HouseProgram(self.house, self.folder)
        self.opens = None
        return self.open()

    def join(self, address: SharedAddress, login: str, password: str, counter: str) -> Program:
        self.address, self.counter = address, counter
        if self.opens is not None:
            raise self.opens
        return self.open()


def give_passwords(house: House) -> None:
    """Let everybody of the house sign in with `PASSWORD`."""
    for row in house.ask(house.manager, ListUsers()):
        house.run(
            house.manager,
            SaveUser(
                user_id=row.user_id,
                version=row.version,
                full_name=row.full_name,
                login=row.login,
                grants=row.grants,
                password_hash=QUICK.hashed(PASSWORD),
            ),
        )


def named_people(house: House) -> None:
    """Give the officer and the cashier names that people have."""
    names = {Role.OFFICER: "Ravi Shukla", Role.CASHIER: "Sunita Verma"}
    for row in house.ask(house.manager, ListUsers()):
        role = row.grants[0].role
        if role in names:
            grants = tuple(GrantFacts(role=g.role, disburse_minor=MANY) for g in row.grants)
            house.run(
                house.manager,
                SaveUser(
                    user_id=row.user_id,
                    version=row.version,
                    full_name=names[role],
                    login=row.login,
                    grants=grants,
                    password_hash="",
                ),
            )


def station(qtbot: QtBot, house: House, who: str = "manager", folder: Path = Path()) -> Station:
    """A station of the house, signed in as manager, officer or cashier. Closed after the test."""
    session: Session = getattr(house, who)
    program = HouseProgram(house, folder)
    desk = Desk(program.gate, program.asks, session, program.notes)
    stack = QStackedWidget()
    qtbot.addWidget(stack, before_close_func=lambda _widget: _end(desk, program))
    me, branch = house.ask(session, WhoAmI()), house.ask(session, ShowBranch())
    made = Station(desk, Router(stack), program, me, branch)
    made.setParent(stack)
    return made


def _end(desk: Desk, program: HouseProgram) -> None:
    desk.close()
    program.close()


def grab(widget: QWidget, path: str | Path) -> None:
    """Save a picture of the widget, to be looked at."""
    QApplication.processEvents()
    QApplication.sendPostedEvents()
    Path(path).parent.mkdir(parents=True, exist_ok=True)
    widget.grab().save(str(path))


def unnamed(root: QObject) -> list[str]:
    """Controls under `root` that a screen reader could not name."""
    kinds = ("QLineEdit", "QAbstractButton", "QComboBox", "QPlainTextEdit", "QTableView")
    found = []
    for widget in root.findChildren(QWidget):
        is_control = any(widget.inherits(kind) for kind in kinds)
        internal = widget.objectName().startswith("qt_")
        seen = not isinstance(root, QWidget) or widget.isVisibleTo(root)
        if is_control and seen and not internal and not widget.accessibleName():
            found.append(type(widget).__name__)
    return found


class Longer(gettext.NullTranslations):
    """Every text two fifths longer, as other languages are."""

    def gettext(self, message: str) -> str:
        return message + " " + "e" * max(1, len(message) * 2 // 5 - 1) if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def clipped(root: QWidget) -> list[str]:
    """Words under `root` that their place is too narrow for, and bars to scroll sideways."""
    found = []
    for label in root.findChildren(QLabel):
        gives_way = label.wordWrap() or isinstance(label, Elided) or not label.text()
        if label.isVisibleTo(root) and not gives_way and label.width() < label.sizeHint().width():
            found.append(label.text())
    buttons = [button for button in root.findChildren(Button) if button.isVisibleTo(root)]
    found += [button.text() for button in buttons if button.width() < button.sizeHint().width()]
    for area in root.findChildren(QAbstractScrollArea):
        bar = area.horizontalScrollBar()
        shown = area.horizontalScrollBarPolicy() is not Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        if area.isVisibleTo(root) and shown and bar.maximum() > 0:
            found.append(f"scrolls sideways: {area.accessibleName()}")
    return found
