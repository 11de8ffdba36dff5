"""Signing in: verified before the transaction, written down as a command, slowed when it fails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from app.commands.base import Topic
from app.commands.codec import encode
from app.commands.users import NoteSignIn, NoteSignOut, SignInNoted, SignOutNoted
from app.domain.errors import SignInFailed
from app.domain.roles import Permission
from app.ports import ANONYMOUS, Clock, Gate, Passwords, Session
from app.services.registry import use_case
from app.services.work import Work
from app.store.people import failures_since, user_by_login
from app.store.store import Store

FREE_TRIES = 3
WINDOW = timedelta(minutes=15)
LONGEST_WAIT_SECONDS = 300


class SignIn:
    """Checks a name and a password and gives the session."""

    def __init__(self, store: Store, gate: Gate, passwords: Passwords, clock: Clock) -> None:
        self._store, self._gate = store, gate
        self._passwords, self._clock = passwords, clock

    def __call__(self, station_id: int, branch_id: int, login: str, password: str) -> Session:
        """The session of the user. Raises SignInFailed (`why`: wrong, wait)."""
        now = self._clock.now()
        with self._store.read() as connection:
            user = user_by_login(connection, login)
            failed = NoteSignIn(login=login, verified=False)
            tries = failures_since(connection, encode(failed), now - WINDOW)
        self._slow_down(tries, now)
        # A name that nobody has costs the same time as a wrong password.
        kept = user["password_hash"] if user is not None else self._passwords.hashed("")
        verified = self._passwords.matches(kept, password) and user is not None
        anonymous = Session(station_id, branch_id, ANONYMOUS)
        key = f"sign-in {now.isoformat()} {login}"[:64]
        done = self._gate.run(anonymous, NoteSignIn(login=login, verified=verified), key)
        return Session(station_id, branch_id, done.result.user_id)

    def _slow_down(self, tries: Sequence[str], now: datetime) -> None:
        times = [datetime.fromisoformat(at) for at in tries]
        if len(times) < FREE_TRIES:
            return
        wait = min(2 ** (len(times) - FREE_TRIES + 1), LONGEST_WAIT_SECONDS)
        left = wait - int((now - times[-1]).total_seconds())
        if left > 0:
            raise SignInFailed(field="password", why="wait", wait_seconds=left)


@use_case(
    NoteSignIn, needs=Permission.ANONYMOUS, changes={Topic.USER}, answer=SignInNoted, in_day=False
)
def note_sign_in(work: Work, command: NoteSignIn) -> SignInNoted:
    """Write a good sign-in down; a bad one is refused, and the refusal is the line."""
    user = user_by_login(work.tx.connection, command.login)
    if not command.verified or user is None or not user["active"]:
        raise SignInFailed(field="password", why="wrong")
    return SignInNoted(int(user["id"]))


@use_case(NoteSignOut, needs=Permission.SESSION, changes=set(), answer=SignOutNoted, in_day=False)
def note_sign_out(work: Work, _command: NoteSignOut) -> SignOutNoted:
    """Write down that somebody left."""
    return SignOutNoted(work.actor.user_id)
