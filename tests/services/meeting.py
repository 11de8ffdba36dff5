"""A centre with groups whose members have loans, for tests of meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.commands.meetings import MoveMember
from app.commands.origination import Mode, SaveGroup
from app.commands.servicing import MeetingRow, ReceiptPart, TakeMeeting
from app.queries.meetings import ShowMeeting
from app.rows.meetings import MeetingMember, MeetingView
from tests.services.branch import House
from tests.services.lending import disburse, next_day, sanctioned, shown

CENTRE = "Neem centre"


@dataclass(frozen=True)
class Centre:
    """A centre's group and the loans of its members, in the order in which they were made."""

    group_id: int
    loans: tuple[int, ...]


def centre(house: House, members: int = 3, *, group: str = "Rose") -> Centre:
    """Members of one group, each with a weekly loan paid out today."""
    saved = house.run(house.officer, SaveGroup(title=group, centre=CENTRE))
    loans = []
    for _place in range(members):
        loan_id = disburse(house, sanctioned(house, group_id=saved.group_id))
        party_id = shown(house, loan_id).party_id
        house.run(house.officer, MoveMember(party_id=party_id, group_id=saved.group_id))
        loans.append(loan_id)
    return Centre(saved.group_id, tuple(loans))


def met(house: House, members: int = 3) -> MeetingView:
    """A centre on the day its first instalments fall due."""
    centre(house, members)
    next_day(house, 7)
    return view(house)


def view(house: House, on: date | None = None, sheet: str = "") -> MeetingView:
    """The grid of the centre's meeting, as the cashier sees it."""
    return house.ask(house.cashier, ShowMeeting(centre=CENTRE, on=on, sheet=sheet))


def keyed(
    meeting: MeetingView,
    paid: Sequence[int],
    *,
    notes: tuple[tuple[int, int], ...] | None = None,
    sheet_id: int | None = None,
    **rows: object,
) -> TakeMeeting:
    """The meeting as it is keyed: what each member paid, in the order of the rows."""
    pairs = tuple(zip(meeting.members, paid, strict=True))
    return TakeMeeting(
        centre=meeting.centre,
        parts=tuple(ReceiptPart(one.loan_id, minor) for one, minor in pairs if minor),
        currency=meeting.currency,
        received_on=meeting.on,
        mode=Mode.CASH,
        rows=tuple(_row(one, minor, rows) for one, minor in pairs),
        notes=notes,
        sheet_id=sheet_id,
        officer_id=meeting.officer_id,
    )


def _row(member: MeetingMember, minor: int, more: dict[str, object]) -> MeetingRow:
    facts = {"came": minor > 0, **more}
    return MeetingRow(
        loan_id=member.loan_id,
        asked_minor=member.asked_minor,
        last_receipt=member.last_receipt,
        **facts,  # type: ignore[arg-type]
    )
