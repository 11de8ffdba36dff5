"""A meeting before it is keyed, and the meetings of a day."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app.domain.errors import NotAllowedNow, NotFound
from app.domain.meetings import Every, Meeting, Move, Rhythm, meets_on
from app.domain.roles import Permission
from app.queries.meetings import ListMeetings, ShowMeeting
from app.rows.meetings import DayMeeting, HeldMeeting, MeetingMember, MeetingView, SheetRow
from app.services.branch_days import working_days
from app.services.registry import answers
from app.services.standing import Standing, stands_alone
from app.services.work import Reading
from app.store.centres import centre_titles, kept_centres
from app.store.meetings import (
    centre_loans,
    due_centres,
    held_meetings,
    last_receipts,
    line_numbers,
    sheet_by,
    sheet_lines,
    sheets_on,
    taken_at,
)

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The loans of a centre on a day, each with how it stands; the order is that of paper."""

    loans: Sequence[Row]
    stands: Mapping[int, Standing]
    numbers: Mapping[int, int]


@answers(ShowMeeting, needs=Permission.VIEW_LOANS)
def show_meeting(reading: Reading, query: ShowMeeting) -> MeetingView:
    """Everybody who is asked for money, first those on the sheet in its order."""
    branch, connection = reading.branch, reading.connection
    centre, on = query.centre.strip(), query.on or reading.day
    sheet = _sheet(reading, query, centre, on)
    if sheet is not None:
        centre, on = sheet["centre"], sheet["meet_on"]
    kept = centre_row(reading, centre)
    title = kept["title"]
    asked = asked_of(reading, title, on)
    taken = taken_at(connection, branch.branch_id, title, on)
    if not asked.loans and not taken and sheet is None:
        raise NotAllowedNow(why="nobody-pays", centre=title)
    return MeetingView(
        centre=title,
        on=on,
        place=kept["place"],
        at_time=kept["at_time"],
        officer_id=kept["officer_id"] or _officer_of(asked.loans),
        officer=kept["officer"] or "",
        leader=kept["leader"] or "",
        currency=branch.currency,
        members=tuple(_members(reading, asked, sheet, taken)),
        sheet=None if sheet is None else sheet_row(sheet),
        held=held(reading, centre=title, on=on),
    )


@answers(ListMeetings, needs=Permission.VIEW_LOANS)
def list_meetings(reading: Reading, query: ListMeetings) -> tuple[DayMeeting, ...]:
    """By the calendars of the centres; one without a calendar meets when its loans fall due."""
    on = query.on or reading.day
    rows = [
        row
        for row in meeting_on(reading, on)
        if query.officer_id is None or row["officer_id"] in (None, query.officer_id)
    ]
    titles = [row["title"] for row in rows]
    loans = centre_loans(reading.connection, reading.branch.branch_id, titles, on)
    stands = stands_alone(reading, [loan["loan_id"] for loan in loans], on)
    done = held(reading, on=on)
    sheets = sheets_on(reading.connection, reading.branch.branch_id, on)
    days = [_day(reading, row, on, loans, stands, done, sheets) for row in rows]
    return tuple(sorted(days, key=lambda day: (day.at_time or "99", day.centre)))


def asked_of(reading: Reading, centre: str, on: date) -> Asked:
    """What a centre is asked for on a day."""
    loans = centre_loans(reading.connection, reading.branch.branch_id, [centre], on)
    ids = [loan["loan_id"] for loan in loans]
    stands = stands_alone(reading, ids, on)
    there = [loan for loan in loans if loan["loan_id"] in stands]
    return Asked(there, stands, line_numbers(reading.connection, ids, on))


def centre_row(reading: Reading, centre: str) -> Row:
    """What is known of a centre by its title, whatever its letters' case. Raises NotFound."""
    found = [row for row in known_centres(reading) if row["title"].lower() == centre.lower()]
    if not found:
        raise NotFound(what="centre", centre=centre)
    return found[0]


def known_centres(reading: Reading) -> Sequence[Row]:
    """Every centre: what was kept of it, else the title that groups name."""

    def read() -> Sequence[Row]:
        branch_id = reading.branch.branch_id
        kept = kept_centres(reading.connection, branch_id)
        have = {row["title"].lower() for row in kept}
        named = centre_titles(reading.connection, branch_id)
        bare = [_bare(title) for title in named if title.lower() not in have]
        return sorted([*kept, *bare], key=lambda row: row["title"].lower())

    return reading.once("centres", read)


def meeting_on(reading: Reading, on: date) -> Sequence[Row]:
    """The centres that meet on a day."""
    rows = known_centres(reading)
    if not rows:
        return ()
    due = due_centres(reading.connection, reading.branch.branch_id, on)
    return [row for row in rows if _meets(reading, row, on, due)]


def rhythm_of(row: Row) -> Rhythm | None:
    """The calendar of a centre, or None where no meetings were agreed."""
    if not row["every"] or row["first_on"] is None:
        return None
    return Rhythm(Every(row["every"]), row["first_on"], Move(row["shift"]))


def meeting_of(reading: Reading, row: Row, on: date) -> Meeting | None:
    """The meeting of a centre by its calendar on a day, or None."""
    rhythm = rhythm_of(row)
    return None if rhythm is None else meets_on(rhythm, working_days(reading), on)


def held(
    reading: Reading, *, centre: str | None = None, on: date | None = None, limit: int = 50
) -> tuple[HeldMeeting, ...]:
    """Booked meetings, the newest first."""
    branch_id = reading.branch.branch_id
    found = held_meetings(reading.connection, branch_id, centre=centre, on=on, limit=limit)
    return tuple(
        HeldMeeting(
            meeting_id=row["id"],
            centre=row["centre"],
            held_on=row["held_on"],
            booked_on=row["booked_on"],
            total_minor=row["total_minor"],
            cash_minor=row["cash_minor"],
            asked_minor=int(row["asked_minor"]),
            came=int(row["came"]),
            members=row["members"],
            sheet_number=row["sheet_number"] or "",
            by=row["who"] or "",
        )
        for row in found
    )


def sheet_row(row: Row) -> SheetRow:
    """A sheet as screens show it."""
    return SheetRow(
        sheet_id=row["id"],
        number=row["number"],
        centre=row["centre"],
        meet_on=row["meet_on"],
        asked_minor=row["late_minor"] + row["due_minor"],
        lines=len(sheet_lines(dict(row))),
        made_at=datetime.fromisoformat(row["recorded_at"]),
        made_by=row["who"] or "",
        meeting_id=row["meeting_id"],
    )


def _sheet(reading: Reading, query: ShowMeeting, centre: str, on: date) -> Row | None:
    branch_id = reading.branch.branch_id
    if not query.sheet.strip():
        return sheet_by(reading.connection, branch_id, centre=centre, meet_on=on)
    found = sheet_by(reading.connection, branch_id, number=query.sheet)
    if found is None:
        raise NotFound(what="sheet", field="sheet")
    if found["meeting_id"] is not None:
        booked = held(reading, centre=found["centre"], on=None, limit=100)
        one = next(row for row in booked if row.meeting_id == found["meeting_id"])
        raise NotAllowedNow(
            field="sheet",
            why="sheet-booked",
            number=found["number"],
            booked_on=one.booked_on,
            total_minor=one.total_minor,
            currency=found["currency"],
        )
    return found


def _members(
    reading: Reading, asked: Asked, sheet: Row | None, taken: Mapping[int, int]
) -> Sequence[MeetingMember]:
    lines = [] if sheet is None else sheet_lines(dict(sheet))
    on_paper = {loan_id: late + due for loan_id, late, due in lines}
    order = {loan_id: place for place, (loan_id, _late, _due) in enumerate(lines)}
    rows = sorted(asked.loans, key=lambda row: order.get(row["loan_id"], len(order)))
    last = last_receipts(reading.connection, [row["loan_id"] for row in rows])
    return [
        _member(row, place, asked, on_paper.get(row["loan_id"]), taken, last)
        for place, row in enumerate(rows, start=1)
    ]


def _member(
    row: Row,
    place: int,
    asked: Asked,
    on_paper: int | None,
    taken: Mapping[int, int],
    last: Mapping[int, int],
) -> MeetingMember:
    loan_id = row["loan_id"]
    stands = asked.stands[loan_id]
    return MeetingMember(
        place=place,
        loan_id=loan_id,
        party_id=row["party_id"],
        loan_number=row["number"],
        borrower=row["full_name"],
        local_name=row["local_name"],
        member_number=row["member_number"],
        group=row["group_title"],
        instalment=asked.numbers.get(loan_id),
        late_minor=stands.arrears_minor,
        due_minor=stands.due_minor,
        outstanding_minor=stands.outstanding_minor,
        dpd=stands.dpd,
        last_receipt=last.get(loan_id, 0),
        sheet_minor=on_paper,
        taken_minor=taken.get(loan_id, 0),
    )


def _day(
    reading: Reading,
    row: Row,
    on: date,
    loans: Sequence[Row],
    stands: Mapping[int, Standing],
    done: Sequence[HeldMeeting],
    sheets: Mapping[str, tuple[int, str]],
) -> DayMeeting:
    title = row["title"]
    mine = [
        stands[loan["loan_id"]]
        for loan in loans
        if loan["centre"] == title and loan["loan_id"] in stands
    ]
    sheet_id, number = sheets.get(title.lower(), (None, ""))
    booked = [one for one in done if one.centre.lower() == title.lower()]
    return DayMeeting(
        centre=title,
        on=on,
        at_time=row["at_time"],
        officer=row["officer"] or "",
        loans=len(mine),
        late_minor=sum(one.arrears_minor for one in mine),
        due_minor=sum(one.due_minor for one in mine),
        taken_minor=sum(one.total_minor for one in booked),
        held=bool(booked),
        sheet_id=sheet_id,
        sheet_number=number,
        currency=reading.branch.currency,
    )


def _meets(reading: Reading, row: Row, on: date, due: Collection[str]) -> bool:
    if rhythm_of(row) is None:
        return row["title"] in due
    return meeting_of(reading, row, on) is not None


def _officer_of(loans: Sequence[Row]) -> int | None:
    """The officer in whose care most of the loans are."""
    ids = [row["officer_id"] for row in loans]
    return max(set(ids), key=ids.count) if ids else None


def _bare(title: str) -> dict[str, Any]:
    """A centre that groups name and of which nothing was kept."""
    return {
        "id": None,
        "version": 0,
        "title": title,
        "place": "",
        "officer_id": None,
        "officer": "",
        "every": "",
        "first_on": None,
        "at_time": "",
        "shift": Move.NEXT.value,
        "leader_id": None,
        "leader": "",
    }
