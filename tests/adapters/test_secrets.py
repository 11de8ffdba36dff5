"""Vaults keep secrets, or say that they cannot; passwords match their own hash alone."""

from __future__ import annotations

from collections.abc import Callable

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked

from app.adapters.passwords import Argon2Passwords
from app.adapters.vault import KeyringVault, MemoryVault, NoVault
from app.domain.errors import StoreTrouble
from app.ports import Passwords, Vault

SECRET = bytes(range(32))
QUICK = Argon2Passwords(passes=1, memory_kib=64, lanes=1)


class Locked(KeyringBackend):
    """A keyring that the user did not open."""

    priority = 1

    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked(username)

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(username)

    def delete_password(self, service: str, username: str) -> None:
        raise KeyringLocked(username)


@pytest.fixture(params=[KeyringVault, MemoryVault])
def vault(request: pytest.FixtureRequest) -> Vault:
    made: Vault = request.param()
    return made


def use(monkeypatch: pytest.MonkeyPatch, backend: Callable[[], KeyringBackend]) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", backend())


def test_a_secret_comes_back_as_it_was(vault: Vault) -> None:
    assert vault.available()
    assert vault.get("books") is None
    vault.put("books", SECRET)
    assert vault.get("books") == SECRET
    vault.forget("books")
    vault.forget("books")
    assert vault.get("books") is None


@pytest.mark.parametrize("backend", [fail.Keyring, null.Keyring])
def test_a_pc_without_a_keyring_is_known(
    monkeypatch: pytest.MonkeyPatch, backend: Callable[[], KeyringBackend]
) -> None:
    use(monkeypatch, backend)
    assert not KeyringVault().available()


def test_a_keyring_that_stays_locked_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, Locked)
    vault = KeyringVault()
    attempts: list[Callable[[], object]] = [
        lambda: vault.get("books"),
        lambda: vault.put("books", SECRET),
        lambda: vault.forget("books"),
    ]
    for attempt in attempts:
        with pytest.raises(StoreTrouble) as refused:
            attempt()
        assert refused.value.params["why"] == "no-vault"


def test_where_nothing_may_be_kept_nothing_is() -> None:
    vault: Vault = NoVault()
    assert not vault.available()
    assert vault.get("books") is None
    vault.forget("books")
    with pytest.raises(StoreTrouble):
        vault.put("books", SECRET)


def test_a_password_matches_its_own_hash_alone() -> None:
    passwords: Passwords = QUICK
    kept = passwords.hashed("चाबी 1234")
    assert kept.startswith("$argon2id$")
    assert kept != passwords.hashed("चाबी 1234")
    assert passwords.matches(kept, "चाबी 1234")
    assert not passwords.matches(kept, "चाबी 1235")
    assert not passwords.matches("not a hash", "चाबी 1234")


def test_a_hash_made_with_other_settings_still_matches() -> None:
    assert Argon2Passwords(passes=2, memory_kib=128, lanes=1).matches(QUICK.hashed("x"), "x")
