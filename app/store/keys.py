"""keys.json: the database key, wrapped once for each who may open it, and never bare.

The key is random and stays the same; who may open it comes and goes with wraps. Nothing in the
file helps without a vault's secret, the recovery code or the passphrase. The demonstration alone
keeps its key beside its data, and the file says so.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Self

from app.domain.errors import StoreTrouble, ValueRefused, WrongKey
from app.paths import KEYS_JSON
from app.ports import Vault
from app.store.codes import GROUP_SIGNS, GROUPS, code_from, code_of
from app.store.files import write_whole
from app.store.wraps import (
    DEMONSTRATION,
    PASSPHRASE,
    RECOVERY,
    STRONG,
    VAULT,
    Entropy,
    Slowness,
    Wrap,
    in_the_clear,
    opened_by_secret,
    opened_by_words,
    wrap_of,
    wrapped_by_secret,
    wrapped_by_words,
)

FORMAT = 1
KEY_BYTES = 32
PASSPHRASE_SIGNS = 10  # the least a passphrase must have
_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class KeyFile:
    """The wraps of one data folder. Changes give a new KeyFile; `save` puts it on the disk."""

    id: str
    wraps: tuple[Wrap, ...] = ()
    slowness: Slowness = STRONG
    entropy: Entropy = secrets.token_bytes

    @classmethod
    def new(cls, slowness: Slowness = STRONG, entropy: Entropy = secrets.token_bytes) -> Self:
        """A file that nobody can open yet."""
        return cls(entropy(_ID_BYTES).hex(), (), slowness, entropy)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read keys.json. Raises StoreTrouble (`why` keys-missing or keys-damaged)."""
        try:
            text = (folder / KEYS_JSON).read_bytes()
        except OSError as error:
            raise StoreTrouble(why="keys-missing") from error
        return cls.read(text)

    @classmethod
    def read(cls, text: bytes) -> Self:
        """Read what `text` made. Raises StoreTrouble (`why` keys-damaged or newer)."""
        try:
            document = json.loads(text)
            if document["format"] > FORMAT:
                raise StoreTrouble(why="newer")
            return cls(document["id"], tuple(wrap_of(one) for one in document["wraps"]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise StoreTrouble(why="keys-damaged") from error

    def text(self) -> bytes:
        """As it stands on the disk."""
        wraps = [wrap.document() for wrap in self.wraps]
        document: dict[str, Any] = {"format": FORMAT, "id": self.id, "wraps": wraps}
        return json.dumps(document, indent=1, ensure_ascii=False).encode() + b"\n"

    def save(self, folder: Path) -> None:
        """Write keys.json, the whole or not at all. Raises StoreTrouble."""
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / KEYS_JSON, self.text())

    def opens_by(self, kind: str) -> bool:
        """Whether there is a wrap of this kind (VAULT, RECOVERY, PASSPHRASE, DEMONSTRATION)."""
        return any(self._of(kind))

    def admitted(self) -> tuple[str, ...]:
        """The operating-system users whose vaults open the data."""
        return tuple(wrap.name for wrap in self._of(VAULT))

    def with_vault(self, key: bytes, vault: Vault, user: str) -> KeyFile:
        """Admit the operating-system user whose vault this is. Raises StoreTrouble (no-vault)."""
        secret, slot = self.entropy(KEY_BYTES), f"{self.id}-{self.entropy(_ID_BYTES).hex()}"
        wrap = wrapped_by_secret(key, self.id, user, secret, slot, self.entropy)
        vault.put(slot, secret)
        return self._with(wrap)

    def with_recovery(self, key: bytes, code: str) -> KeyFile:
        """Let `code` (of `new_code`) open the data, and no earlier code any more."""
        return self._with_words(key, RECOVERY, code_from(code))

    def with_passphrase(self, key: bytes, passphrase: str) -> KeyFile:
        """Let a passphrase open the data, where there is no vault.

        Raises ValueRefused on `passphrase` (password-too-short, `least`).
        """
        if len(passphrase) < PASSPHRASE_SIGNS:
            raise ValueRefused(field="passphrase", why="password-too-short", least=PASSPHRASE_SIGNS)
        return self._with_words(key, PASSPHRASE, passphrase)

    def with_open_key(self, key: bytes) -> KeyFile:
        """Lay the key beside the data: for the demonstration alone."""
        return self._with(in_the_clear(key))

    def without(self, kind: str, user: str = "") -> KeyFile:
        """Take a wrap away, such as that of a user who left. The last one stays."""
        left = tuple(w for w in self.wraps if (w.kind, w.name) != (kind, user))
        if not left:
            raise ValueRefused(why="last-key")
        return replace(self, wraps=left)

    def by_vault(self, vault: Vault) -> bytes:
        """The key, if this operating-system user was admitted.

        Raises WrongKey (`why` not-admitted), or StoreTrouble (no-vault).
        """
        for wrap in self._of(VAULT):
            secret = vault.get(wrap.about["slot"])
            if secret is not None:
                return opened_by_secret(wrap, self.id, secret)
        raise WrongKey(why="not-admitted")

    def by_recovery(self, code: str) -> bytes:
        """The key. Raises ValueRefused for a slip of the pen, WrongKey for another code."""
        return self._by_words(RECOVERY, code_from(code))

    def by_passphrase(self, passphrase: str) -> bytes:
        """The key. Raises WrongKey."""
        return self._by_words(PASSPHRASE, passphrase)

    def by_open_key(self) -> bytes:
        """The key of a demonstration. Raises WrongKey where this is none."""
        for wrap in self._of(DEMONSTRATION):
            return bytes.fromhex(wrap.about["key"])
        raise WrongKey(why="not-admitted")

    def _with_words(self, key: bytes, kind: str, words: str) -> KeyFile:
        return self._with(wrapped_by_words(key, self.id, kind, words, self.slowness, self.entropy))

    def _by_words(self, kind: str, words: str) -> bytes:
        for wrap in self._of(kind):
            return opened_by_words(wrap, self.id, words)
        raise WrongKey(why="not-admitted")

    def _with(self, wrap: Wrap) -> KeyFile:
        others = (w for w in self.wraps if (w.kind, w.name) != (wrap.kind, wrap.name))
        return replace(self, wraps=(*others, wrap))

    def _of(self, kind: str) -> Iterable[Wrap]:
        return (wrap for wrap in self.wraps if wrap.kind == kind)


def new_key(entropy: Entropy = secrets.token_bytes) -> bytes:
    """A database key."""
    return entropy(KEY_BYTES)


def new_code(entropy: Entropy = secrets.token_bytes) -> str:
    """A recovery code, to be printed and asked back."""
    return code_of(entropy(GROUPS * (GROUP_SIGNS - 1)))


def subkey(key: bytes, purpose: str) -> bytes:
    """A key for one purpose (a file, a digest), from which the database key cannot be had."""
    return hmac.digest(key, b"kist/" + purpose.encode(), hashlib.sha256)


def seeded(seed: int) -> Entropy:
    """Bytes that follow from a number: for the demonstration, where nothing is secret."""
    asked = iter(range(1 << 62))

    def entropy(count: int) -> bytes:
        return hashlib.shake_256(b"kist/%d/%d" % (seed, next(asked))).digest(count)

    return entropy
