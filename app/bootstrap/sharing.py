"""A station of a shared database: what its folder holds, and the books it works on."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from app.domain.errors import StoreTrouble, WrongKey
from app.paths import KEYS_JSON, LOCAL_DB, SHARED_CA, SHARED_JSON
from app.ports import Clock, Vault
from app.ports.program import SharedAddress, SharedFound, Tls
from app.store.document_bytes import DocumentBytes
from app.store.feed import Feed
from app.store.files import sync_folder, write_whole
from app.store.folder import Folder
from app.store.keys import KeyFile, new_key
from app.store.migrations import upgrade
from app.store.shared import (
    kept_keys,
    open_pulse,
    open_reader,
    reached,
    standing_of,
    tried,
)
from app.store.store import Store

FORMAT = 1
STAGING = ".joining"
ASIDE = ".before"  # of what a station leaves behind when it joins anew
_ORDER = (LOCAL_DB, SHARED_CA, SHARED_JSON, KEYS_JSON)  # keys last: they make it a station


@dataclass(frozen=True, slots=True)
class SharedBooks:
    """The open books of a shared database, and the keys that its recovery code opens."""

    store: Store
    documents: DocumentBytes
    line: Feed
    keys: KeyFile

    def close(self) -> None:
        """Let go of the pulse; store and documents are their program's."""
        self.line.close()


def look_at(address: SharedAddress, clock: Clock) -> SharedFound:
    """Try an address and say what is there. Raises StoreTrouble, ValueRefused at the field."""
    tried(address)
    engine = open_reader(address)
    try:
        began = clock.now()
        with engine.connect() as connection:
            connection.exec_driver_sql("SELECT 1")
            took = clock.now() - began
        stands = standing_of(engine)
    finally:
        engine.dispose()
    return SharedFound(
        branch_name=stands.branch_name,
        lender=stands.lender,
        next_counter=stands.next_counter,
        server=stands.server,
        tls_version=stands.tls_version,
        millis=max(1, round(took.total_seconds() * 1000)),
        older=stands.older,
    )


def open_books(address: SharedAddress, station_id: int, clock: Clock) -> SharedBooks:
    """Open the books for a station; tables of an older program are brought up first.

    Raises StoreTrouble.
    """
    writer = reached(address)
    try:
        upgrade(writer)
        keys = KeyFile.read(kept_keys(writer).encode())
        store = Store(writer, open_reader(address))
        line = Feed(open_pulse(address), station_id, clock, replace(address, password=""))
        line.look()
    except BaseException:
        writer.dispose()
        raise
    return SharedBooks(store, DocumentBytes(writer), line, keys)


def is_station(folder: Path) -> bool:
    """Whether the books of this folder's branch lie in a shared database."""
    return (folder / SHARED_JSON).exists()


def address_in(folder: Path) -> SharedAddress:
    """Where the books are, without the password. Raises StoreTrouble (`why` foreign)."""
    try:
        said = json.loads((folder / SHARED_JSON).read_text("utf-8"))
        if said.pop("format") > FORMAT:
            raise StoreTrouble(why="newer")
        tls = Tls(said.pop("tls"))
        address = SharedAddress(tls=tls, **said)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreTrouble(why="foreign", path=str(folder / SHARED_JSON)) from error
    ca = folder / SHARED_CA
    return replace(address, ca_file=str(ca) if ca.exists() else "")


def with_password(address: SharedAddress, keys: KeyFile, vault: Vault) -> SharedAddress:
    """The address with what the vault keeps for it. Raises WrongKey (not-admitted)."""
    kept = vault.get(_slot(keys))
    if kept is None:
        raise WrongKey(why="not-admitted")
    return replace(address, password=kept.decode())


def holds_password(folder: Path, vault: Vault) -> bool:
    """Whether this operating-system user can open the station."""
    if not (folder / LOCAL_DB).exists() or not vault.available():
        return False
    try:
        keys = KeyFile.load(folder)
        keys.by_vault(vault)
        with_password(address_in(folder), keys, vault)
    except (StoreTrouble, WrongKey):
        return False
    return True


def make_station(
    folder: Path,
    address: SharedAddress,
    vault: Vault,
    os_user: str,
    fill: Callable[[Folder], None],
) -> None:
    """Make the folder of a station beside and move it in place; `fill` makes its local.db.

    What an earlier station left is put aside. Raises StoreTrouble (no-vault and others).
    """
    if not vault.available():
        raise StoreTrouble(why="no-vault-shared")
    staging = folder / STAGING
    shutil.rmtree(staging, ignore_errors=True)
    staging.mkdir(parents=True)
    try:
        key = new_key()
        keys = KeyFile.new().with_vault(key, vault, os_user)
        keep_address(staging, address, keys, vault)
        keys.save(staging)
        fill(Folder(staging, key))
        _put_in_place(staging, folder)
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def keep_address(folder: Path, address: SharedAddress, keys: KeyFile, vault: Vault) -> None:
    """Keep where the books are: the password in the vault, the rest in the folder."""
    vault.put(_slot(keys), address.password.encode())
    said = {
        "format": FORMAT,
        "host": address.host,
        "port": address.port,
        "database": address.database,
        "user": address.user,
        "tls": address.tls.value,
    }
    if address.tls is Tls.VERIFIED:
        write_whole(folder / SHARED_CA, Path(address.ca_file).read_bytes())
    write_whole(folder / SHARED_JSON, json.dumps(said, indent=1).encode() + b"\n")


def _put_in_place(staging: Path, folder: Path) -> None:
    (folder / KEYS_JSON).unlink(missing_ok=True)
    for name in _ORDER:
        made, place = staging / name, folder / name
        if place.exists():
            place.replace(place.with_name(name + ASIDE))
        if made.exists():
            made.rename(place)
    sync_folder(folder)


def _slot(keys: KeyFile) -> str:
    """The vault's entry for the password of the database."""
    return f"shared {keys.id}"
