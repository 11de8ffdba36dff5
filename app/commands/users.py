"""People who work here: users, roles with limits, sign-in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command, personal, secret
from app.rows.facts import GrantFacts as GrantFacts


@dataclass(frozen=True, slots=True)
class UserSaved:
    """The answer to SaveUser."""

    user_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveUser(Command[UserSaved]):
    """Add a user (`user_id` None) or change one at `version`: name, grants, active."""

    name: ClassVar[str] = "user.save"

    user_id: int | None = None
    version: int = 0
    full_name: str = personal()
    login: str
    grants: tuple[GrantFacts, ...]
    active: bool = True
    password_hash: str = secret()  # "" keeps the present one


@dataclass(frozen=True, slots=True)
class PasswordSet:
    """The answer to SetPassword and ResetPassword."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword(Command[PasswordSet]):
    """A signed-in user changes the own password (verified before the transaction)."""

    name: ClassVar[str] = "password.set"

    password_hash: str = secret()


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword(Command[PasswordSet]):
    """A forgotten password is replaced after the recovery code opened the key. Actor anonymous."""

    name: ClassVar[str] = "password.reset"

    login: str
    password_hash: str = secret()


@dataclass(frozen=True, slots=True)
class SignInNoted:
    """The answer to NoteSignIn."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignIn(Command[SignInNoted]):
    """A sign-in that was verified before the transaction; a failed one is refused and so a line."""

    name: ClassVar[str] = "session.sign-in"

    login: str
    verified: bool


@dataclass(frozen=True, slots=True)
class SignOutNoted:
    """The answer to NoteSignOut."""

    user_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteSignOut(Command[SignOutNoted]):
    """A user left, or the screen locked itself (`idle`)."""

    name: ClassVar[str] = "session.sign-out"

    idle: bool = False
