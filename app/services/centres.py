"""Centres: what is kept of them, who leads, who is a member, when they meet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from app.commands.base import Topic
from app.commands.meetings import CentreSaved, MemberMoved, MoveMember, SaveCentre
from app.domain.errors import NotFound, ValueRefused
from app.domain.meetings import meetings, time_of
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.meetings import ListCentres, ShowCentre
from app.rows.meetings import CentreMember, CentreRow, CentreView, ComingMeeting
from app.services.branch_days import working_days
from app.services.households import join
from app.services.meeting_views import Row, centre_row, held, known_centres, rhythm_of
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.centres import (
    LEADER,
    centre_members,
    centre_named,
    grouped_centres,
    groups_named,
    leaders_of,
)
from app.store.field import officer
from app.store.listing import rename_in_lists
from app.store.meetings import GROUP, attended
from app.store.parties import group_by_id, lock_party, party_by_id
from app.store.schema.meetings import centres
from app.store.schema.people import groups, memberships

AHEAD = timedelta(400)
COMING, HELD = 8, 12
ATTENDED_DAYS = timedelta(182)
LONGEST_TITLE, LONGEST_PLACE = 120, 200


@use_case(
    SaveCentre,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.PARTY},
    answer=CentreSaved,
)
def save_centre(work: Work, command: SaveCentre) -> CentreSaved:
    """Keep it at its version; its groups follow where its title changed."""
    values = _values(work, command)
    title = str(values["title"])
    branch_id = work.branch.branch_id
    same = centre_named(work.tx.connection, branch_id, title)
    if same is not None and same["id"] != command.centre_id:
        raise ValueRefused(field="title", why="taken")
    renamed = groups_named(work.tx, branch_id, command.was) if command.was.strip() else ()
    leader = _leader(work, command.leader_id)
    if command.centre_id is None:
        centre_id, version = work.tx.insert(centres, branch_id=branch_id, **values), 1
        led: Sequence[dict[str, object]] = ()
    else:
        centre_id = command.centre_id
        before = work.tx.locked(centres, centre_id, command.version)
        if before["branch_id"] != branch_id:
            raise NotFound(what="centre", id=centre_id)
        version = work.tx.change(centres, before, **values)
        led = leaders_of(work.tx, centre_id)
    _rename(work, renamed, title)
    _lead(work, centre_id, led, leader)
    return CentreSaved(centre_id, version)


@use_case(
    MoveMember,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.PARTY, Topic.LOAN},
    answer=MemberMoved,
)
def move_member(work: Work, command: MoveMember) -> MemberMoved:
    """End the membership that holds and begin another; both keep their days."""
    if lock_party(work.tx, command.party_id) is None:
        raise NotFound(what="party", id=command.party_id)
    if command.group_id is not None:
        branch_id = work.branch.branch_id
        if group_by_id(work.tx.connection, command.group_id, branch_id) is None:
            raise NotFound(what="group", field="group_id", id=command.group_id)
    join(work, command.party_id, GROUP, command.group_id, known=True)
    return MemberMoved(command.party_id, command.group_id)


@answers(ListCentres, needs=Permission.VIEW_LOANS)
def list_centres(reading: Reading, _query: ListCentres) -> tuple[CentreRow, ...]:
    """Every centre by title."""
    return tuple(_row(reading, row) for row in known_centres(reading))


@answers(ShowCentre, needs=Permission.VIEW_LOANS)
def show_centre(reading: Reading, query: ShowCentre) -> CentreView:
    """The centre with its members, and how faithfully each came in the last half year."""
    row = centre_row(reading, query.title)
    title, branch_id, connection = row["title"], reading.branch.branch_id, reading.connection
    came = attended(connection, branch_id, title, reading.day - ATTENDED_DAYS)
    found = centre_members(connection, branch_id, title, reading.day)
    members = [_member(one, row["leader_id"], came.get(one["id"], (0, 0))) for one in found]
    return CentreView(
        row=_row(reading, row),
        members=tuple(members),
        coming=_coming(reading, row, COMING),
        held=held(reading, centre=title, limit=HELD),
        currency=reading.branch.currency,
    )


def _values(work: Work, command: SaveCentre) -> dict[str, object]:
    """What is stored of a centre, cleaned. Raises ValueRefused at the field."""
    title = cleaned(command.title, "title", needed=True)
    place = cleaned(command.place, "place")
    if len(title) > LONGEST_TITLE:
        raise ValueRefused(field="title", why="too-long", most=LONGEST_TITLE)
    if len(place) > LONGEST_PLACE:
        raise ValueRefused(field="place", why="too-long", most=LONGEST_PLACE)
    if command.every is not None and command.first_on is None:
        raise ValueRefused(field="first_on", why="first-meeting")
    at_time = time_of(command.at_time)
    if at_time is None:
        raise ValueRefused(field="at_time", why="not-a-time")
    if command.officer_id is not None:
        held_by = officer(work.tx.connection, command.officer_id)
        if held_by is None or not held_by["active"]:
            raise NotFound(what="officer", field="officer_id", id=command.officer_id)
    return {
        "title": title,
        "place": place,
        "officer_id": command.officer_id,
        "every": "" if command.every is None else command.every.value,
        "first_on": None if command.every is None else command.first_on,
        "at_time": at_time,
        "shift": command.shift.value,
    }


def _leader(work: Work, leader_id: int | None) -> int | None:
    if leader_id is not None and party_by_id(work.tx.connection, leader_id) is None:
        raise NotFound(what="party", field="leader_id", id=leader_id)
    return leader_id


def _rename(work: Work, renamed: Sequence[dict[str, object]], title: str) -> None:
    for group in renamed:
        if group["centre"] != title:
            work.tx.change(groups, group, centre=title)
            rename_in_lists(work.tx, group=int(str(group["id"])))


def _lead(work: Work, centre_id: int, led: Sequence[dict[str, object]], leader: int | None) -> None:
    """Let a person lead the centre from today on; whoever led it until now does so no more."""
    if any(row["party_id"] == leader for row in led):
        return
    for row in led:
        began = row["from_on"]
        ended = work.day - timedelta(1)
        last = max(began, ended) if isinstance(began, date) else ended
        work.tx.change(memberships, row, to_on=last)
    if leader is not None:
        work.tx.insert(memberships, party_id=leader, kind=LEADER, of_id=centre_id, from_on=work.day)


def _row(reading: Reading, row: Row) -> CentreRow:
    groups_, members = _counts(reading, row["title"])
    coming = _coming(reading, row, 1)
    return CentreRow(
        centre_id=row["id"],
        version=row["version"],
        title=row["title"],
        place=row["place"],
        officer_id=row["officer_id"],
        officer=row["officer"] or "",
        leader_id=row["leader_id"],
        leader=row["leader"] or "",
        every=row["every"],
        first_on=row["first_on"],
        at_time=row["at_time"],
        shift=row["shift"],
        groups=groups_,
        members=members,
        next_on=coming[0].on if coming else None,
    )


def _counts(reading: Reading, title: str) -> tuple[int, int]:
    """Groups and members of a centre; counted once for all of them."""

    def count() -> dict[str, tuple[int, int]]:
        found = grouped_centres(reading.connection, reading.branch.branch_id)
        return {name.lower(): counts for name, counts in found.items()}

    return reading.once("centre-counts", count).get(title.lower(), (0, 0))


def _coming(reading: Reading, row: Row, most: int) -> tuple[ComingMeeting, ...]:
    rhythm = rhythm_of(row)
    if rhythm is None:
        return ()
    days = working_days(reading)
    made: list[ComingMeeting] = []
    for one in meetings(rhythm, days, reading.day, max(reading.day, rhythm.first_on) + AHEAD):
        made.append(ComingMeeting(one.on, one.meant_on))
        if len(made) == most:
            break
    return tuple(made)


def _member(one: Row, leader_id: int | None, came: tuple[int, int]) -> CentreMember:
    return CentreMember(
        party_id=one["id"],
        number=one["number"],
        name=one["full_name"],
        local_name=one["local_name"],
        group_id=one["group_id"],
        group=one["group_title"],
        from_on=one["from_on"],
        leads=one["id"] == leader_id,
        loans=int(one["loans"] or 0),
        outstanding_minor=int(one["outstanding_minor"] or 0),
        came=came[0],
        meetings=came[1],
    )
