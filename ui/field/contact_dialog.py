"""How a borrower is reached: the e-mail address, and whether there may be contact at all."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.messages import AllowContact, KeepEmail, StopContact
from app.domain.errors import ValueRefused
from app.rows.late import ContactRow
from app.texts import _
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station

ALLOWED, STOPPED = "allowed", "stopped"


class ContactDialog(Dialog):
    """Keeps what changed of it, one command after the other."""

    def __init__(self, parent: QWidget, station: Station, found: ContactRow) -> None:
        super().__init__(
            parent,
            _("Contact with {borrower}").format(borrower=found.borrower),
            found.phone or _("no phone"),
            act=_("Keep"),
            fields=_fields(station, found),
            width=520,
        )
        self._station, self._found = station, found
        self.decided.connect(self._keep)

    def _keep(self, values: dict[str, Any]) -> None:
        if values["contact"] == STOPPED and not values["reason"]:
            self.failed(ValueRefused(field="reason", why="reason-missing"))
            return
        self._next(self._commands(values))

    def _commands(self, values: dict[str, Any]) -> list[Command[Any]]:
        """What is to be changed."""
        found, made = self._found, list[Command[Any]]()
        if (values["address"] or "") != found.email:
            made.append(KeepEmail(party_id=found.party_id, address=values["address"] or ""))
        stop = values["contact"] == STOPPED
        same = (values["until_on"], values["reason"]) == (found.until_on, found.reason)
        if found.stop_id is not None and not (stop and same):
            made.append(AllowContact(stop_id=found.stop_id, version=found.stop_version))
        if stop and not (found.stop_id is not None and same):
            made.append(
                StopContact(
                    party_id=found.party_id, until_on=values["until_on"], reason=values["reason"]
                )
            )
        return made

    def _next(self, commands: list[Command[Any]]) -> None:
        if not commands:
            self._station.say(_("Kept"))
            self.finish()
            return
        desk = self._station.desk
        rest = commands[1:]
        desk.ask(self, commands[0], desk.key(), lambda _done: self._next(rest), self.failed)


def _fields(station: Station, found: ContactRow) -> list[Field]:
    contact = STOPPED if found.stop_id is not None else ALLOWED
    choices = [(ALLOWED, _("Allowed")), (STOPPED, _("Not to be contacted"))]
    return [
        Field(
            name="address",
            label=_("E-mail address"),
            value=found.email,
            optional=True,
            span=2,
        ),
        Field(
            name="contact",
            label=_("Messages, letters and calls"),
            kind=Kind.ONE_OF,
            choices=choices,
            value=contact,
            span=2,
        ),
        Field(
            name="until_on",
            label=_("Until"),
            kind=Kind.DATE,
            today=station.today,
            value=found.until_on,
            optional=True,
            hint=_("Empty: until it is allowed again"),
        ),
        Field(
            name="reason",
            label=_("Why"),
            value=found.reason,
            optional=True,
            aside=_("where there may be no contact"),
        ),
    ]
