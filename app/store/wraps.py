"""One wrap of the database key: by a secret of the vault, by the recovery code, by a passphrase."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from app.domain.errors import StoreTrouble, WrongKey

Entropy = Callable[[int], bytes]  # that many random bytes

VAULT, RECOVERY, PASSPHRASE, DEMONSTRATION = "vault", "recovery", "passphrase", "demonstration"
_WRONG: Mapping[str, str] = {VAULT: "", RECOVERY: "recovery-code", PASSPHRASE: "passphrase"}
_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32
_MOST_PASSES, _MOST_MEMORY_KIB, _MOST_LANES = 100, 1 << 21, 64  # a file must not stop the PC


@dataclass(frozen=True, slots=True)
class Slowness:
    """What one guess costs, as Argon2id counts it; the default is RFC 9106's second choice."""

    passes: int = 3
    memory_kib: int = 1 << 16
    lanes: int = 4


STRONG = Slowness()


@dataclass(frozen=True, slots=True)
class Wrap:
    """A wrapped key and how it was wrapped; `about` is what stands in the file."""

    kind: str
    name: str  # the operating-system user admitted; empty for the other kinds
    about: Mapping[str, Any]

    def document(self) -> dict[str, Any]:
        """As it stands in the file, with a checksum that tells damage from a wrong code."""
        bare = {"kind": self.kind, "name": self.name, **self.about}
        return {**bare, "checksum": _checksum(bare)}


def wrap_of(document: Mapping[str, Any]) -> Wrap:
    """Read a wrap. Raises StoreTrouble (`why` keys-damaged)."""
    bare = {name: value for name, value in document.items() if name != "checksum"}
    if _checksum(bare) != document.get("checksum"):
        raise StoreTrouble(why="keys-damaged")
    return Wrap(bare.pop("kind"), bare.pop("name"), bare)


def wrapped_by_secret(
    key: bytes, owner: str, name: str, secret: bytes, slot: str, entropy: Entropy
) -> Wrap:
    """Wrap by the random secret that a vault keeps under the entry `slot`."""
    about = _box(key, secret, _bound(owner, VAULT), entropy) | {"slot": slot}
    return Wrap(VAULT, name, about)


def wrapped_by_words(
    key: bytes, owner: str, kind: str, words: str, slowness: Slowness, entropy: Entropy
) -> Wrap:
    """Wrap by a recovery code or a passphrase, made slow to guess."""
    salt = entropy(_SALT_BYTES)
    box = _box(key, _slow(words, salt, slowness), _bound(owner, kind), entropy)
    costs = {
        "passes": slowness.passes,
        "memory_kib": slowness.memory_kib,
        "lanes": slowness.lanes,
    }
    return Wrap(kind, "", {**box, "salt": salt.hex(), **costs})


def in_the_clear(key: bytes) -> Wrap:
    """The key itself, for the demonstration alone; it says so where it stands."""
    warning = "This key lies open. The demonstration's data is not protected."
    return Wrap(DEMONSTRATION, "", {"key": key.hex(), "warning": warning})


def opened_by_secret(wrap: Wrap, owner: str, secret: bytes) -> bytes:
    """The key. Raises WrongKey."""
    return _unbox(wrap, secret, owner)


def opened_by_words(wrap: Wrap, owner: str, words: str) -> bytes:
    """The key. Raises WrongKey, or StoreTrouble (`why` keys-damaged) for costs out of reason."""
    about = wrap.about
    slowness = Slowness(about["passes"], about["memory_kib"], about["lanes"])
    most = (_MOST_PASSES, _MOST_MEMORY_KIB, _MOST_LANES)
    given = (slowness.passes, slowness.memory_kib, slowness.lanes)
    if any(not 1 <= cost <= limit for cost, limit in zip(given, most, strict=True)):
        raise StoreTrouble(why="keys-damaged")
    return _unbox(wrap, _slow(words, bytes.fromhex(about["salt"]), slowness), owner)


def _slow(words: str, salt: bytes, slowness: Slowness) -> bytes:
    return hash_secret_raw(
        words.encode(),
        salt,
        slowness.passes,
        slowness.memory_kib,
        slowness.lanes,
        _KEY_BYTES,
        Type.ID,
    )


def _box(key: bytes, by: bytes, bound: bytes, entropy: Entropy) -> dict[str, Any]:
    nonce = entropy(_NONCE_BYTES)
    return {"nonce": nonce.hex(), "box": ChaCha20Poly1305(by).encrypt(nonce, key, bound).hex()}


def _unbox(wrap: Wrap, by: bytes, owner: str) -> bytes:
    nonce, box = (bytes.fromhex(wrap.about[name]) for name in ("nonce", "box"))
    try:
        return ChaCha20Poly1305(by).decrypt(nonce, box, _bound(owner, wrap.kind))
    except InvalidTag as error:
        raise WrongKey(why=_WRONG[wrap.kind]) from error


def _bound(owner: str, kind: str) -> bytes:
    """What a box is bound to, so that none can be moved to another file or another kind."""
    return f"kist/1/{owner}/{kind}".encode()


def _checksum(document: Mapping[str, Any]) -> str:
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
