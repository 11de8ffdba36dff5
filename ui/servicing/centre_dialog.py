"""What is kept of a centre, and moving a member: small forms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.meetings import MoveMember, SaveCentre
from app.commands.origination import SaveGroup
from app.domain.meetings import Every, Move
from app.rows.admin import SignInCard
from app.rows.meetings import CentreMember, CentreRow, CentreView
from app.rows.origination import GroupRow
from app.texts import _
from app.texts.figures import day
from app.texts.labels import named
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station

NEVER = "never"
Then = Callable[[str], None]


class SendDialog(Dialog):
    """A form whose values make one command; the same form again is the same command."""

    def __init__(  # noqa: PLR0913 - what is asked and what becomes of it
        self,
        parent: QWidget,
        station: Station,
        title: str,
        sub: str,
        *,
        fields: Sequence[Field],
        make: Callable[[dict[str, Any]], Command[Any]],
        then: Then,
        width: int = 520,
    ) -> None:
        super().__init__(parent, title, sub, act=_("Save"), fields=fields, width=width)
        self._station, self._make, self._done = station, make, then
        self._key = station.desk.key()
        self.decided.connect(self._send)

    def _send(self, values: dict[str, Any]) -> None:
        command = self._make(values)

        def done(_answer: Any) -> None:
            self.finish()
            self._done(str(values.get("title") or ""))

        self._station.desk.ask(self, command, self._key, done, self._refused)

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        self.failed(error)


def centre_dialog(
    parent: QWidget,
    station: Station,
    officers: Sequence[SignInCard],
    view: CentreView | None,
    then: Then,
) -> Dialog:
    """A new centre, or what is kept of one."""
    row = None if view is None else view.row
    members = () if view is None else view.members

    def make(values: dict[str, Any]) -> SaveCentre:
        every = values["every"]
        return SaveCentre(
            title=values["title"],
            was="" if row is None else row.title,
            centre_id=None if row is None else row.centre_id,
            version=0 if row is None else row.version,
            place=values["place"] or "",
            officer_id=values["officer_id"],
            every=None if every == NEVER else Every(every),
            first_on=values["first_on"],
            at_time=values["at_time"] or "",
            shift=Move(values["shift"]),
            leader_id=values.get("leader_id"),
        )

    title = _("New centre") if row is None else row.title
    sub = "" if row is None else _("Another name is given to its groups as well.")
    fields = _centre_fields(station, officers, row, members)
    return SendDialog(parent, station, title, sub, fields=fields, make=make, then=then, width=620)


def group_dialog(parent: QWidget, station: Station, centre: str, then: Then) -> Dialog:
    """A new group of a centre."""
    field = Field(name="title", label=_("Name of the group"), span=2)
    return SendDialog(
        parent,
        station,
        _("New group"),
        centre,
        fields=[field],
        make=lambda values: SaveGroup(title=values["title"], centre=centre),
        then=then,
    )


def move_dialog(
    parent: QWidget,
    station: Station,
    member: CentreMember,
    groups: Sequence[GroupRow],
    then: Then,
) -> Dialog:
    """Another group for a member, or none."""
    choices = [
        *((one.group_id, f"{one.title} · {one.centre}") for one in groups),
        (0, _("None any more")),
    ]
    field = Field(
        name="group_id",
        label=_("Group from today on"),
        kind=Kind.SEARCH,
        choices=choices,
        value=member.group_id,
        span=2,
    )
    return SendDialog(
        parent,
        station,
        member.name,
        _(
            "Member of {group} since {day}. Her loans are paid where she is a member; "
            "loans themselves do not change."
        ).format(group=member.group, day=day(member.from_on)),
        fields=[field],
        make=lambda values: MoveMember(
            party_id=member.party_id, group_id=values["group_id"] or None
        ),
        then=then,
    )


def _centre_fields(
    station: Station,
    officers: Sequence[SignInCard],
    row: CentreRow | None,
    members: Sequence[CentreMember],
) -> list[Field]:
    leaders = [(one.party_id, f"{one.name} · {one.group}") for one in members]
    known = [
        Field(name="title", label=_("Name"), value=None if row is None else row.title),
        Field(
            name="place",
            label=_("Place of the meetings"),
            value=None if row is None else row.place,
            optional=True,
        ),
        Field(
            name="officer_id",
            label=_("Officer"),
            kind=Kind.SEARCH,
            choices=[(one.user_id, one.full_name) for one in officers],
            value=None if row is None else row.officer_id,
            optional=True,
        ),
    ]
    if leaders:
        known.append(
            Field(
                name="leader_id",
                label=_("Leader"),
                kind=Kind.SEARCH,
                choices=leaders,
                value=None if row is None else row.leader_id,
                optional=True,
            )
        )
    return [*known, *_calendar_fields(station, row)]


def _calendar_fields(station: Station, row: CentreRow | None) -> list[Field]:
    rhythms = [(NEVER, _("Not agreed")), *((one.value, named("meets", one.value)) for one in Every)]
    return [
        Field(
            name="every",
            label=_("Meets"),
            kind=Kind.ONE_OF,
            choices=rhythms,
            value=(row.every or NEVER) if row is not None else Every.WEEK.value,
            span=2,
        ),
        Field(
            name="first_on",
            label=_("One of its days"),
            kind=Kind.DATE,
            today=station.today,
            value=None if row is None else row.first_on,
            optional=True,
            aside=_("the others are counted from it"),
        ),
        Field(
            name="at_time",
            label=_("Time"),
            value=None if row is None else row.at_time,
            optional=True,
            length=5,
            placeholder="14:30",
        ),
        Field(
            name="shift",
            label=_("A day off moves the meeting"),
            kind=Kind.ONE_OF,
            choices=[(one.value, named("move", one.value)) for one in Move],
            value=Move.NEXT.value if row is None else row.shift,
            span=2,
        ),
    ]
