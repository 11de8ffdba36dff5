"""Founding a branch in a shared database, and becoming one more station of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.bootstrap.program import DIGESTS, OpenProgram, World, doors, hashed
from app.bootstrap.sharing import (
    address_in,
    keep_address,
    make_station,
    open_books,
    with_password,
)
from app.commands.branch import JoinStation, OpenBranch
from app.domain.errors import NotAllowedNow, StoreTrouble
from app.ports import ANONYMOUS, Session
from app.ports.program import FoundingFacts, SharedAddress
from app.services.sign_in import SignIn
from app.store.branch import last_station
from app.store.create import create
from app.store.document_bytes import DocumentBytes
from app.store.folder import Folder
from app.store.keys import KeyFile, new_code, new_key, subkey
from app.store.local import Local, StationIdentity
from app.store.lock import FolderLock
from app.store.migrations import upgrade
from app.store.shared import (
    branch_at,
    one_founder,
    open_writer,
    refuse_open_line,
    standing_of,
    tried,
)
from app.store.store import Store

FIRST_STATION = 1
BRANCH = "shared.branch"  # a setting of the station: which branch its server must hold


@dataclass(frozen=True, slots=True)
class Asking:
    """Who permits that this PC joins, and the code that its counter gets."""

    login: str
    password: str
    counter: str


def open_station(folder: Path, world: World, lock: FolderLock) -> OpenProgram:
    """Open the station of a folder on the books of its server. Raises WrongKey, StoreTrouble."""
    keys = KeyFile.load(folder)
    files = Folder(folder, keys.by_vault(world.vault))
    address = with_password(address_in(folder), keys, world.vault)
    local = Local(files.local(), world.clock)
    try:
        books = open_books(address, _station_of(local), world.clock)
        return OpenProgram(files, keys, world, local, lock, shared=books)
    except BaseException:
        local.close()
        raise


def found_there(
    folder: Path, address: SharedAddress, facts: FoundingFacts, world: World
) -> tuple[Session, str]:
    """Found a branch in an empty database; returns the first user's session and recovery code.

    The folder of this PC is made last: what fails before leaves no station behind.
    """
    refuse_open_line(address)
    password_hash = hashed(world.passwords, facts.password)
    key, code = new_key(), new_code()
    keys = KeyFile.new().with_recovery(key, code)
    engine = open_writer(address)
    made: list[Session] = []

    def fill(files: Folder) -> None:
        with one_founder(engine):
            stands = standing_of(engine)
            if stands.branch_name:
                raise NotAllowedNow(why="branch-exists")
            create(engine, subkey(key, DIGESTS), keys.text().decode())
            session = _founded(Store(engine), facts, world, password_hash)
        _be(files, world, session, facts.counter_code, keys.id)
        made.append(session)

    try:
        make_station(folder, address, world.vault, world.os_user, fill)
    finally:
        engine.dispose()
    return made[0], code


def join_there(folder: Path, address: SharedAddress, asking: Asking, world: World) -> None:
    """Become a station: a manager signs in, the line is written, the folder of this PC is made.

    Raises SignInFailed, NotPermitted, ValueRefused (counter_code) or StoreTrouble.
    """
    refuse_open_line(address)
    engine = open_writer(address)

    def fill(files: Folder) -> None:
        with one_founder(engine):
            if not standing_of(engine).branch_name:
                raise StoreTrouble(field="database", why="not-kist")
            upgrade(engine)
            session = _joined(Store(engine), asking, world, key=f"join {files.key.hex()[:24]}")
        _be(files, world, session, asking.counter, branch_at(engine))

    try:
        make_station(folder, address, world.vault, world.os_user, fill)
    finally:
        engine.dispose()


def move_there(folder: Path, address: SharedAddress, world: World) -> None:
    """Keep another address or password, once the same branch was found there.

    Raises StoreTrouble at the field that is wrong (another-branch), or WrongKey.
    """
    tried(address)
    keys = KeyFile.load(folder)
    local = Local(Folder(folder, keys.by_vault(world.vault)).local(), world.clock)
    engine = open_writer(address)
    try:
        stands = standing_of(engine)
        if not stands.branch_name or branch_at(engine) != local.get(BRANCH):
            raise StoreTrouble(field="database", why="another-branch", name=stands.branch_name)
    finally:
        engine.dispose()
        local.close()
    keep_address(folder, address, keys, world.vault)


def founding(facts: FoundingFacts, today: date, password_hash: str) -> OpenBranch:
    """The command that the facts of the first run stand for."""
    return OpenBranch(
        branch_code=facts.branch_code,
        branch_name=facts.branch_name,
        lender_name=facts.lender_name,
        lender_registration=facts.lender_registration,
        address=facts.address,
        grievance_phone=facts.grievance_phone,
        state=facts.state,
        currency=facts.currency,
        time_zone=facts.time_zone,
        language=facts.language,
        counter_code=facts.counter_code,
        opened_on=min(facts.opened_on or today, today),
        cash_minor=facts.cash_minor,
        bank_minor=facts.bank_minor,
        user_name=facts.user_name,
        login=facts.login,
        password_hash=password_hash,
        tills=True,
    )


def _founded(store: Store, facts: FoundingFacts, world: World, password_hash: str) -> Session:
    gate = doors(store, DocumentBytes(store.engine), world.clock).gate
    command = founding(facts, world.clock.today(facts.time_zone), password_hash)
    made = gate.run(Session(FIRST_STATION, 0, ANONYMOUS), command, "founding").result
    return Session(made.station_id, made.branch_id, made.user_id)


def _joined(store: Store, asking: Asking, world: World, *, key: str) -> Session:
    """The session of whoever permitted it, at the new station."""
    with store.read() as snapshot:
        last = last_station(snapshot)
    gate = doors(store, DocumentBytes(store.engine), world.clock).gate
    sign_in = SignIn(store, gate, world.passwords, world.clock)
    session = sign_in(last.station_id, last.branch_id, asking.login, asking.password)
    made = gate.run(session, JoinStation(counter_code=asking.counter), key).result
    return Session(made.station_id, last.branch_id, session.user_id)


def _station_of(local: Local) -> int:
    identity = local.identity()
    if identity is None:
        raise StoreTrouble(why="another-station")
    return identity.station_id


def _be(files: Folder, world: World, session: Session, counter: str, branch: str) -> None:
    local = Local(files.local(create=True), world.clock)
    local.set(BRANCH, branch)
    local.be(StationIdentity(session.station_id, session.branch_id, counter))
    local.close()
