"""A keyring that lives in this process alone, for every test."""

from __future__ import annotations

from typing import ClassVar

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError


class MemoryKeyring(KeyringBackend):
    """Keeps secrets until the test ends."""

    priority = 1
    secrets: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        """The secret, or None."""
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep it."""
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        """Drop it; raises where it is not there, as real keyrings do."""
        try:
            del self.secrets[service, username]
        except KeyError as error:
            raise PasswordDeleteError(username) from error
