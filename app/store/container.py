"""The one file of a backup: encrypted databases, wrapped keys, and a sealed list of both.

A ZIP whose members are stored as they are. What it lists is public (counts, chain heads, hashes);
what it holds opens with the keys alone.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from app.commands.codec import canonical, decode, encode, plain
from app.domain.errors import StoreTrouble, ValueRefused
from app.paths import DOCUMENTS_DB, KEYS_JSON, KIST_DB
from app.store.keys import subkey

FORMAT = 1
FILES = (KIST_DB, DOCUMENTS_DB)
_MANIFEST = "manifest.json"
_CHUNK = 1 << 20
_MOST_SMALL = 1 << 20  # bytes of manifest or keys; nothing true is near it
_BAD = (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class ChainHead:
    """Where the chain of a station ended when the copy was made."""

    station_id: int
    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class Member:
    """One database of the backup: its bytes' hash, and how many rows each table has."""

    sha256: str
    size: int
    rows: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says it holds; `seal` proves that whoever had the key said so."""

    format: int
    made_at: str
    files: Mapping[str, Member]
    heads: tuple[ChainHead, ...]
    seal: str

    def sealed(self, key: bytes) -> Manifest:
        """The same under the seal of the key."""
        return Manifest(self.format, self.made_at, self.files, self.heads, self._seal(key))

    def is_sealed_by(self, key: bytes) -> bool:
        """Whether nothing was altered since it was sealed with the key."""
        return hmac.compare_digest(self.seal, self._seal(key))

    def _seal(self, key: bytes) -> str:
        bare = {**plain(self), "seal": ""}
        return hmac.digest(subkey(key, "backup"), canonical(bare).encode(), "sha256").hex()


class Container:
    """A backup that was opened for reading."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Read manifest and keys; the databases stay where they are."""
        self._archive = archive
        self.manifest = decode(Manifest, self._small(_MANIFEST).decode())
        if self.manifest.format > FORMAT:
            raise StoreTrouble(why="newer")
        if set(self.manifest.files) != set(FILES):
            raise StoreTrouble(why="backup-bad")
        self.keys = self._small(KEYS_JSON)

    def copy_out(self, name: str, to: IO[bytes]) -> None:
        """Write one database to a file. Raises StoreTrouble (`why` backup-bad)."""
        member = self.manifest.files[name]
        if self._archive.getinfo(name).file_size != member.size:
            raise StoreTrouble(why="backup-bad", name=name)
        try:
            with self._archive.open(self._stored(name)) as source:
                sha256 = _copied(source, to)
        except _BAD as error:
            raise StoreTrouble(why="backup-bad", name=name) from error
        if sha256 != member.sha256:
            raise StoreTrouble(why="backup-bad", name=name)

    def _small(self, name: str) -> bytes:
        info = self._stored(name)
        if info.file_size > _MOST_SMALL:
            raise StoreTrouble(why="backup-bad", name=name)
        return self._archive.read(info)

    def _stored(self, name: str) -> zipfile.ZipInfo:
        """The member, which must be stored as it is: nothing here unpacks to more than it is."""
        info = self._archive.getinfo(name)
        if info.compress_type != zipfile.ZIP_STORED:
            raise StoreTrouble(why="backup-bad", name=name)
        return info


@contextmanager
def opened(path: Path) -> Iterator[Container]:
    """Open a backup. Raises StoreTrouble (`why` missing, backup-bad or newer)."""
    with ExitStack() as stack:
        try:
            archive = stack.enter_context(zipfile.ZipFile(path))
            container = Container(archive)
        except FileNotFoundError as error:
            raise StoreTrouble(why="missing", path=str(path)) from error
        except (*_BAD, ValueRefused) as error:
            raise StoreTrouble(why="backup-bad", path=str(path)) from error
        yield container


def write(path: Path, manifest: Manifest, keys: bytes, files: Mapping[str, Path]) -> None:
    """Write a container and bring it to the disk. Raises OSError."""
    with open(path, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
            archive.writestr(_info(_MANIFEST), encode(manifest))
            archive.writestr(_info(KEYS_JSON), keys)
            for name, source in files.items():
                with (
                    open(source, "rb") as bytes_in,
                    archive.open(_info(name), "w", force_zip64=True) as bytes_out,
                ):
                    _copied(bytes_in, bytes_out)
        file.flush()
        os.fsync(file.fileno())


def hashed(path: Path) -> tuple[str, int]:
    """The sha-256 of a file in hex, and its size."""
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest(), path.stat().st_size


def _copied(source: IO[bytes], to: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while chunk := source.read(_CHUNK):
        digest.update(chunk)
        to.write(chunk)
    return digest.hexdigest()


def _info(name: str) -> zipfile.ZipInfo:
    """A member without a clock time: the manifest says when."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o600 << 16
    return info
