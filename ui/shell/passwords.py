"""Dialogs about passwords and the recovery code: change, forgotten, typed back."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.commands.users import PasswordSet, SetPassword
from app.domain.errors import SignInFailed, ValueRefused
from app.ports import Session
from app.ports.program import Program
from app.rows.admin import SignInCard
from app.texts import _
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.kit.tasks import Desk, Report, Stop


class ChangePassword(Dialog):
    """The own password. The old one is asked, so that an open window gives nothing away."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        fields = [
            Field(name="old", label=_("Password until now"), kind=Kind.PASSWORD),
            *new_password_fields(),
        ]
        title = _("Change your password")
        act = _("Change the password")
        super().__init__(parent, title, act=act, columns=1, fields=fields)
        self._station, self._key = station, station.desk.key()
        self.decided.connect(self._check)

    def _check(self, values: dict[str, Any]) -> None:
        program, login = self._station.program, self._station.me.login

        def job(_stop: Stop, _report: Report) -> str:
            check_same(values)
            try:
                program.sign_in(login, values["old"])
            except SignInFailed as refused:
                raise SignInFailed(field="old", **refused.params) from None
            return program.hashed(values["password"])

        self._station.desk.work(self, job, self._send, self.failed)

    def _send(self, made: str) -> None:
        command = SetPassword(password_hash=made)
        self._station.desk.ask(self, command, self._key, self._done, self.failed)

    def _done(self, _answer: PasswordSet) -> None:
        self.finish()
        self._station.say(_("Your password is changed"))


class ForgottenPassword(Dialog):
    """A forgotten password is replaced with the recovery code; the history shows that it was."""

    replaced = Signal(str)  # the login

    def __init__(
        self,
        parent: QWidget,
        desk: Desk,
        program: Program,
        people: tuple[SignInCard, ...],
        login: str,
    ) -> None:
        choices = [(card.login, card.full_name) for card in people]
        fields = [
            Field(name="login", label=_("Person"), kind=Kind.CHOICE, choices=choices, value=login),
            recovery_field(),
            *new_password_fields(),
        ]
        said = _("The recovery code of the branch lets anybody set a password. It is written down.")
        title, act = _("Set a new password"), _("Set the password")
        super().__init__(parent, title, said, act=act, columns=1, fields=fields, width=480)
        self._desk, self._program, self._key = desk, program, desk.key()
        self.decided.connect(self._send)

    def _send(self, values: dict[str, Any]) -> None:
        program, key = self._program, self._key

        def job(_stop: Stop, _report: Report) -> str:
            check_same(values)
            login: str = values["login"]
            program.reset_password(login, values["recovery_code"], values["password"], key)
            return login

        self._desk.work(self, job, self._done, self.failed)

    def _done(self, login: str) -> None:
        self.finish()
        self.replaced.emit(login)


class TypeBack(Dialog):
    """Asks the recovery code back, so that it is known to be written down rightly."""

    confirmed = Signal()

    def __init__(self, parent: QWidget, desk: Desk, program: Program, session: Session) -> None:
        said = _(
            "From the sheet that was printed when the branch was made. Dashes may be left out."
        )
        title, act = _("Type the recovery code"), _("Check the code")
        super().__init__(
            parent, title, said, act=act, columns=1, fields=[recovery_field()], width=480
        )
        self._desk, self._program, self._session = desk, program, session
        self._key = desk.key()
        self.decided.connect(self._send)

    def _send(self, values: dict[str, Any]) -> None:
        program, session, key = self._program, self._session, self._key

        def job(_stop: Stop, _report: Report) -> None:
            program.confirm_recovery(session, values["recovery_code"], key)

        self._desk.work(self, job, lambda _none: self._done(), self._refused)

    def _done(self) -> None:
        self.finish()
        self.confirmed.emit()

    def _refused(self, error: Exception) -> None:
        self._key = self._desk.key()
        self.failed(error)


def recovery_field() -> Field:
    """The field for the recovery code."""
    return Field(
        name="recovery_code",
        label=_("Recovery code"),
        placeholder=_("7K2M-… eight groups of four"),
        length=80,
        span=2,
    )


def new_password_fields() -> list[Field]:
    """A new password, twice."""
    return [
        Field(name="password", label=_("New password"), kind=Kind.PASSWORD),
        Field(name="again", label=_("New password again"), kind=Kind.PASSWORD),
    ]


def check_same(values: dict[str, Any]) -> None:
    """Raise where the two new passwords differ."""
    if values["password"] != values["again"]:
        raise ValueRefused(field="again", why="not-the-same")
