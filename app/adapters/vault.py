"""Secrets of the operating-system user, in the keyring the system has."""

from __future__ import annotations

import hmac
from base64 import b64decode, b64encode

import keyring
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringError, PasswordDeleteError

from app.domain.errors import StoreTrouble

_SERVICE = "Kist"


class KeyringVault:
    """Windows Credential Manager, macOS Keychain, or the Secret Service of a Linux desktop."""

    def available(self) -> bool:
        """Whether secrets can be kept here at all; a Linux without a desktop often has nowhere."""
        return not isinstance(self._backend(), fail.Keyring | null.Keyring)

    def get(self, name: str) -> bytes | None:
        """The secret, or None. Raises StoreTrouble (`why` no-vault) where it does not open."""
        try:
            kept = keyring.get_password(_SERVICE, name)
        except KeyringError as error:
            raise StoreTrouble(why="no-vault") from error
        return None if kept is None else b64decode(kept)

    def put(self, name: str, secret: bytes) -> None:
        """Keep the secret. Raises StoreTrouble (`why` no-vault)."""
        try:
            keyring.set_password(_SERVICE, name, b64encode(secret).decode("ascii"))
        except KeyringError as error:
            raise StoreTrouble(why="no-vault") from error

    def forget(self, name: str) -> None:
        """Remove it, if it is there. Raises StoreTrouble (`why` no-vault)."""
        try:
            keyring.delete_password(_SERVICE, name)
        except PasswordDeleteError:
            return
        except KeyringError as error:
            raise StoreTrouble(why="no-vault") from error

    def _backend(self) -> KeyringBackend:
        """The keyring in use; of a chain of them the first, which answers."""
        backend = keyring.get_keyring()
        chained: list[KeyringBackend] = list(getattr(backend, "backends", []))
        return chained[0] if chained else backend


class MemoryVault:
    """Keeps secrets as long as the program runs: for the demonstration without a desktop."""

    def __init__(self) -> None:
        """Begin empty."""
        self._secrets: dict[str, bytes] = {}

    def available(self) -> bool:
        """Always."""
        return True

    def get(self, name: str) -> bytes | None:
        """The secret, or None."""
        return self._secrets.get(name)

    def put(self, name: str, secret: bytes) -> None:
        """Keep the secret."""
        self._secrets[name] = secret

    def forget(self, name: str) -> None:
        """Remove it, if it is there."""
        self._secrets.pop(name, None)


class NoVault(MemoryVault):
    """Keeps nothing: the demonstration leaves every keyring untouched."""

    def available(self) -> bool:
        """Never."""
        return False

    def put(self, name: str, secret: bytes) -> None:
        """Raise StoreTrouble (`why` no-vault)."""
        raise StoreTrouble(why="no-vault", name=name, length=len(secret))


class DerivedVault(NoVault):
    """Keeps nothing, and finds under a name of `prefix` what follows from its key.

    For the demonstration, whose key lies open beside it: the same branch signs the same way.
    """

    def __init__(self, key: bytes, prefix: str) -> None:
        """`key` is that of the database."""
        super().__init__()
        self._key, self._prefix = key, prefix

    def get(self, name: str) -> bytes | None:
        """The derived secret, 32 bytes; None under another name."""
        if not name.startswith(self._prefix):
            return None
        return hmac.digest(self._key, name.encode(), "sha256")
