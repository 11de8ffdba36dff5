"""The lists of a centre: members, meetings to come, meetings held."""

from __future__ import annotations

from app.rows.meetings import CentreMember, ComingMeeting, HeldMeeting
from app.texts import _
from app.texts.figures import amount, count, day, day_short, weekday
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH

SELDOM = 3  # in four: who came less often is marked


def member_table(currency: str) -> Table[CentreMember]:
    """Members by group, with how often each came."""

    def name(one: CentreMember) -> Cell:
        return Cell(one.name, strong=True, after=one.local_name)

    def leads(one: CentreMember) -> Cell:
        return Cell(_("leader"), chip="info", icon="star") if one.leads else Cell()

    def came(one: CentreMember) -> Cell:
        if not one.meetings:
            return Cell(DASH, tone="text3")
        text = _("{came} of {all}").format(came=count(one.came), all=count(one.meetings))
        seldom = one.came * 4 < one.meetings * SELDOM
        return Cell(text, tone="late2" if seldom else "text")

    def owed(one: CentreMember) -> str:
        minor = one.outstanding_minor
        return amount(minor, currency, trim=True) if minor else DASH

    columns: tuple[Column[CentreMember], ...] = (
        Column(title=_("Member"), text=name, stretch=1),
        Column(title=_("Role"), text=leads, leaves=3),
        Column(title=_("Number"), text=lambda one: Cell(one.number, tone="text2"), leaves=2),
        Column(title=_("Group"), text=lambda one: one.group),
        Column(title=_("Since"), text=lambda one: day(one.from_on), leaves=4),
        Column(title=_("Came"), text=came, numeric=True),
        Column(title=_("Outstanding"), text=owed, numeric=True, leaves=1),
    )
    model: RowsModel[CentreMember] = RowsModel(
        columns, identity=lambda one: one.party_id, currency=currency
    )
    empty = Empty(
        _("No members yet"),
        _("Who applies for a loan in one of its groups is a member from that day on."),
        icon_name="users-three",
    )
    return Table(model, _("Members"), row_height="row_dense", empty=empty)


def coming_table() -> Table[ComingMeeting]:
    """The next meetings, those moved by a day off marked."""

    def moved(one: ComingMeeting) -> Cell:
        if one.on == one.meant_on:
            return Cell()
        text = _("moved from {day}").format(day=day_short(one.meant_on))
        return Cell(text, chip="due", icon="calendar-x")

    columns: tuple[Column[ComingMeeting], ...] = (
        Column(title=_("Day"), text=lambda one: day(one.on)),
        Column(title=_("Weekday"), text=lambda one: Cell(weekday(one.on), tone="text2")),
        Column(title=_("Moved"), text=moved, stretch=1),
    )
    model: RowsModel[ComingMeeting] = RowsModel(columns, identity=lambda one: one.on)
    empty = Empty(
        _("No meetings agreed"), _("Change says how often and when."), icon_name="calendar-blank"
    )
    table = Table(model, _("Meetings to come"), row_height="row_dense", header=False, empty=empty)
    table.setMinimumHeight(0)
    return table


def held_table(currency: str) -> Table[HeldMeeting]:
    """Meetings that were booked, the newest first."""

    def booked(one: HeldMeeting) -> Cell:
        if one.booked_on == one.held_on:
            return Cell()
        text = _("booked {day}").format(day=day_short(one.booked_on))
        return Cell(text, tone="text2")

    def came(one: HeldMeeting) -> str:
        if not one.members:
            return DASH
        return _("{came} of {all}").format(came=count(one.came), all=count(one.members))

    columns: tuple[Column[HeldMeeting], ...] = (
        Column(title=_("Day"), text=lambda one: day_short(one.held_on)),
        Column(title=_("Booked"), text=booked, stretch=1, leaves=1),
        Column(title=_("Came"), text=came, numeric=True),
        Column(
            title=_("Taken"),
            text=lambda one: Cell(amount(one.total_minor, currency, trim=True), strong=True),
            numeric=True,
        ),
    )
    model: RowsModel[HeldMeeting] = RowsModel(
        columns, identity=lambda one: one.meeting_id, currency=currency
    )
    empty = Empty(
        _("No meeting held yet"), _("What a meeting brought stands here."), icon_name="coins"
    )
    return Table(model, _("Held"), row_height="row_dense", empty=empty)
