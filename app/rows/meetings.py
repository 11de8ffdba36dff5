"""Rows about centres, their meetings and what is keyed at them; receipt books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMember:
    """A loan of a member as a row of the meeting; amounts in minor units.

    `late_minor` fell due before the day, `due_minor` on it. `sheet_minor` is what the paper sheet
    asks (None: not on it). `taken_minor` came in at a meeting of this day already. `last_receipt`
    is the event of the newest receipt, 0 without one.
    """

    place: int
    loan_id: int
    party_id: int
    loan_number: str
    borrower: str
    local_name: str
    member_number: str
    group: str
    instalment: int | None
    late_minor: int
    due_minor: int
    outstanding_minor: int
    dpd: int
    last_receipt: int
    sheet_minor: int | None = None
    taken_minor: int = 0

    @property
    def asked_minor(self) -> int:
        """What is there to be paid: late and due."""
        return self.late_minor + self.due_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A paper collection sheet; `meeting_id` once it is booked."""

    sheet_id: int
    number: str
    centre: str
    meet_on: date
    asked_minor: int
    lines: int
    made_at: datetime
    made_by: str
    meeting_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMeeting:
    """A meeting that is booked: `held_on` its day, `booked_on` the day of the hand-over."""

    meeting_id: int
    centre: str
    held_on: date
    booked_on: date
    total_minor: int
    cash_minor: int
    asked_minor: int
    came: int
    members: int
    sheet_number: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """One meeting before it is keyed; `sheet` is the newest of the day that is not booked."""

    centre: str
    on: date
    place: str
    at_time: str
    officer_id: int | None
    officer: str
    leader: str
    currency: str
    members: tuple[MeetingMember, ...]
    sheet: SheetRow | None
    held: tuple[HeldMeeting, ...]

    @property
    def late_minor(self) -> int:
        """Of all members."""
        return sum(member.late_minor for member in self.members)

    @property
    def due_minor(self) -> int:
        """Of all members."""
        return sum(member.due_minor for member in self.members)


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMeeting:
    """A meeting of a day, with what it is expected to bring."""

    centre: str
    on: date
    at_time: str
    officer: str
    loans: int
    late_minor: int
    due_minor: int
    taken_minor: int
    held: bool
    sheet_id: int | None
    sheet_number: str
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreRow:
    """A centre: known by its groups, and by what was kept of it (`centre_id` None: nothing)."""

    centre_id: int | None
    version: int
    title: str
    place: str
    officer_id: int | None
    officer: str
    leader_id: int | None
    leader: str
    every: str
    first_on: date | None
    at_time: str
    shift: str
    groups: int
    members: int
    next_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreMember:
    """Somebody in a group of the centre; came to `came` of the last `meetings` meetings."""

    party_id: int
    number: str
    name: str
    local_name: str
    group_id: int
    group: str
    from_on: date
    leads: bool
    loans: int
    outstanding_minor: int
    came: int
    meetings: int


@dataclass(frozen=True, slots=True)
class ComingMeeting:
    """A meeting to come; `meant_on` differs where a day off moved it."""

    on: date
    meant_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CentreView:
    """A centre with its groups' members, the meetings to come and those that were held."""

    row: CentreRow
    members: tuple[CentreMember, ...]
    coming: tuple[ComingMeeting, ...]
    held: tuple[HeldMeeting, ...]
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPaperLine:
    """A numbered row of the collection sheet."""

    place: int
    borrower: str
    local_name: str
    member_number: str
    loan_number: str
    group: str
    instalment: int | None
    late_minor: int
    due_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CollectionSheetPaper:
    """What goes out to a meeting and comes back filled in."""

    lender: LenderHead
    number: str
    centre: str
    place: str
    on: date
    at_time: str
    officer: str
    leader: str
    currency: str
    lines: tuple[SheetPaperLine, ...]
    printed_at: datetime
    language: str = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptBookRow:
    """A book of leaves in an officer's hands; `missing` lie before the last leaf that was used."""

    book_id: int
    series: str
    first: int
    last: int
    officer_id: int
    officer: str
    issued_on: date
    used: int
    void: int
    missing: tuple[int, ...]
    next_leaf: int | None

    @property
    def left(self) -> int:
        """Leaves that are not accounted for yet."""
        return self.last - self.first + 1 - self.used - self.void


@dataclass(frozen=True, slots=True, kw_only=True)
class LeafRow:
    """A leaf of a book: used, void, missing or open."""

    leaf: str
    number: int
    state: str
    receipt_id: int | None
    receipt_number: str
    received_on: date | None
    booked_on: date | None
    borrower: str
    amount_minor: int
    reason: str
