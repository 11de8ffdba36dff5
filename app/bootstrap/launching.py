"""The doors of the first run: found a branch, open one, join one, restore one, look around."""

from __future__ import annotations

import getpass
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.adapters.clock import SystemClock
from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import KeyringVault
from app.bootstrap.demonstrating import Demonstration, asked, is_made, open_demonstration
from app.bootstrap.joining import (
    Asking,
    found_there,
    founding,
    join_there,
    move_there,
    open_station,
)
from app.bootstrap.program import DIGESTS, OpenProgram, World, doors, hashed
from app.bootstrap.sharing import address_in, holds_password, is_station, look_at
from app.commands.branch import RegisterStation
from app.domain.errors import NotAllowedNow, StoreTrouble, WrongKey
from app.paths import DOCUMENTS_DB, KEYS_JSON, KIST_DB, LOCAL_DB
from app.ports import ANONYMOUS, SYSTEM, Session, Stop
from app.ports.program import (
    Founded,
    FoundingFacts,
    Program,
    SharedAddress,
    SharedFound,
    Standing,
    Tell,
)
from app.store.backup import forget_copies
from app.store.branch import last_station
from app.store.create import create
from app.store.document_bytes import DocumentBytes
from app.store.files import sync_folder
from app.store.folder import Folder, refuse_risky_place
from app.store.keys import KeyFile, new_code, new_key, subkey
from app.store.local import Local, StationIdentity
from app.store.lock import FolderLock
from app.store.restore import finish_interrupted, restore
from app.store.store import Store

STAGING = ".founding"
FIRST_STATION = 1
_ORDER = (DOCUMENTS_DB, KIST_DB, LOCAL_DB, KEYS_JSON)  # keys last: they make it a branch


class LocalLauncher:
    """The Launcher port over the data folder of this operating-system user."""

    def __init__(
        self,
        folder: Path,
        *,
        world: World | None = None,
        demonstration: Demonstration | None = None,
        fresh: bool = False,
    ) -> None:
        self._folder = folder
        self._world = world or _this_pc()
        self._wanted, self._fresh = demonstration, fresh

    def standing(self) -> Standing:
        """What lies in the data folder; an interrupted restore is finished first."""
        if not self._folder.exists():
            return Standing.EMPTY
        finish_interrupted(self._folder)
        if is_station(self._folder):
            known = holds_password(self._folder, self._world.vault)
            return Standing.BRANCH if known else Standing.LEFT
        if not (self._folder / KEYS_JSON).exists():
            if (self._folder / KIST_DB).exists():
                raise StoreTrouble(why="keys-missing", path=str(self._folder))
            return Standing.EMPTY
        keys = KeyFile.load(self._folder)
        return Standing.BRANCH if _opens(keys, self._world) else Standing.LOCKED

    def vault_available(self) -> bool:
        """Whether the operating system keeps secrets; else a passphrase is asked."""
        return self._world.vault.available()

    def found(self, facts: FoundingFacts) -> Founded:
        """Make a new branch, whole or not at all, and open it for its first user."""
        refuse_risky_place(self._folder)
        if self.standing() is not Standing.EMPTY:
            raise NotAllowedNow(why="branch-exists")
        lock = FolderLock(self._folder)
        try:
            key, code = new_key(), new_code()
            session = self._build(facts, key, code)
            program = self._opened(Folder(self._folder, key), lock)
        except BaseException:
            lock.release()
            raise
        return Founded(program, code, session)

    def open(self, passphrase: str = "", recovery_code: str = "") -> Program:
        """Open the branch; a recovery code also admits this operating-system user's vault."""
        refuse_risky_place(self._folder)
        lock = FolderLock(self._folder)
        try:
            finish_interrupted(self._folder)
            forget_copies(self._folder)
            if is_station(self._folder):
                return open_station(self._folder, self._world, lock)
            keys = KeyFile.load(self._folder)
            key = self._key(keys, passphrase, recovery_code)
            return self._opened(Folder(self._folder, key), lock)
        except BaseException:
            lock.release()
            raise

    def demonstration(self, tell: Tell, stop: Stop) -> Program:
        """Open the demonstration, making it first where it is not there or is wished anew."""
        place = self._folder / "demonstration"
        wanted = self._wanted or asked(None, None)
        if self._fresh or not is_made(place, self._wanted):
            load_maker()(place, wanted, tell, stop)
        return open_demonstration(place)

    def restore(self, backup: Path, recovery_code: str, tell: Tell) -> Program:
        """Open a backup here as a new station; the chain that the backup ends is closed."""
        lock = FolderLock(self._folder)
        try:
            made = restore(backup, self._folder, lambda keys: keys.by_recovery(recovery_code), tell)
            self._admit(KeyFile.load(self._folder), made.folder.key)
            _become_new_station(made.folder, self._world)
            return self._opened(made.folder, lock)
        except BaseException:
            lock.release()
            raise

    def left_address(self) -> SharedAddress | None:
        """Which shared database this folder's station belongs to, without the password."""
        return address_in(self._folder) if is_station(self._folder) else None

    def look_at(self, address: SharedAddress) -> SharedFound:
        """Try an address. Raises StoreTrouble or ValueRefused at the field that is wrong."""
        return look_at(address, self._world.clock)

    def found_shared(self, address: SharedAddress, facts: FoundingFacts) -> Founded:
        """Found a branch in an empty shared database, with this PC as its first station."""
        with self._free_folder() as lock:
            session, code = found_there(self._folder, address, facts, self._world)
            return Founded(open_station(self._folder, self._world, lock), code, session)

    def move_to(self, address: SharedAddress) -> Program:
        """Open the station of this folder where its database is now, or with another password."""
        lock = FolderLock(self._folder)
        try:
            move_there(self._folder, address, self._world)
            return open_station(self._folder, self._world, lock)
        except BaseException:
            lock.release()
            raise

    def join(self, address: SharedAddress, login: str, password: str, counter: str) -> Program:
        """Become a new station of the branch there, as its manager permits by signing in."""
        with self._free_folder() as lock:
            join_there(self._folder, address, Asking(login, password, counter), self._world)
            return open_station(self._folder, self._world, lock)

    @contextmanager
    def _free_folder(self) -> Iterator[FolderLock]:
        """The lock of a folder that holds no branch. Raises NotAllowedNow (branch-exists)."""
        refuse_risky_place(self._folder)
        if self.standing() not in {Standing.EMPTY, Standing.LEFT}:
            raise NotAllowedNow(why="branch-exists")
        lock = FolderLock(self._folder)
        try:
            yield lock
        except BaseException:
            lock.release()
            raise

    def _build(self, facts: FoundingFacts, key: bytes, code: str) -> Session:
        """Found the branch in a folder beside and move it in place, keys last."""
        staging = self._folder / STAGING
        shutil.rmtree(staging, ignore_errors=True)
        staging.mkdir(parents=True)
        try:
            session = _founded_in(Folder(staging, key), facts, self._world)
            keys = KeyFile.new().with_recovery(key, code)
            if self.vault_available():
                keys = keys.with_vault(key, self._world.vault, self._world.os_user)
            else:
                keys = keys.with_passphrase(key, facts.passphrase)
            keys.save(staging)
            for name in _ORDER:
                (staging / name).rename(self._folder / name)
            sync_folder(self._folder)
        finally:
            shutil.rmtree(staging, ignore_errors=True)
        return session

    def _key(self, keys: KeyFile, passphrase: str, recovery_code: str) -> bytes:
        if recovery_code:
            key = keys.by_recovery(recovery_code)
            self._admit(keys, key)
            return key
        if passphrase:
            return keys.by_passphrase(passphrase)
        return keys.by_vault(self._world.vault)

    def _admit(self, keys: KeyFile, key: bytes) -> None:
        if self.vault_available():
            keys.with_vault(key, self._world.vault, self._world.os_user).save(self._folder)

    def _opened(self, files: Folder, lock: FolderLock) -> OpenProgram:
        files.bring_up()
        local = Local(files.local(create=not (files.path / LOCAL_DB).exists()), self._world.clock)
        if local.identity() is None:
            local.close()
            _become_new_station(files, self._world)
            local = Local(files.local(), self._world.clock)
        return OpenProgram(files, KeyFile.load(files.path), self._world, local, lock)


def load_maker() -> Callable[..., object]:
    """What makes the demonstration, with all that it plays: loaded when it is wanted."""
    from app.bootstrap.demo_making import make

    return make


def _this_pc() -> World:
    return World(SystemClock(), KeyringVault(), Argon2Passwords(), getpass.getuser())


def _opens(keys: KeyFile, world: World) -> bool:
    if not world.vault.available():
        return False
    try:
        keys.by_vault(world.vault)
    except WrongKey:
        return False
    return True


def _founded_in(files: Folder, facts: FoundingFacts, world: World) -> Session:
    """Make the files and run the founding command; returns the first user's session."""
    password_hash = hashed(world.passwords, facts.password)
    books = files.books(create=True)
    create(books, subkey(files.key, DIGESTS))
    store, documents = Store(books), DocumentBytes(files.documents(create=True))
    local = Local(files.local(create=True), world.clock)
    try:
        gate = doors(store, documents, world.clock).gate
        command = founding(facts, world.clock.today(facts.time_zone), password_hash)
        made = gate.run(Session(FIRST_STATION, 0, ANONYMOUS), command, "founding").result
        local.be(StationIdentity(made.station_id, made.branch_id, facts.counter_code))
    finally:
        for kept in (store, documents, local):
            kept.close()
    return Session(made.station_id, made.branch_id, made.user_id)


def _become_new_station(files: Folder, world: World) -> None:
    """Register this installation: after a restore, or where local.db was lost.

    The last station's chain ends here, so that its numbers are never used again.
    """
    books = files.books()
    store, documents = Store(books), DocumentBytes(files.documents())
    local = Local(files.local(create=not (files.path / LOCAL_DB).exists()), world.clock)
    try:
        with store.read() as snapshot:
            last = last_station(snapshot)
        system = Session(last.station_id, last.branch_id, SYSTEM)
        command = RegisterStation(counter_code=last.next_counter, closes=last.station_id)
        gate = doors(store, documents, world.clock).gate
        made = gate.run(system, command, f"station after {last.station_id} {last.head}").result
        local.be(StationIdentity(made.station_id, last.branch_id, made.counter_code))
    finally:
        for kept in (store, documents, local):
            kept.close()
