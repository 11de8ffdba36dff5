"""Centres, their calendar and members; collection sheets; numbered receipt books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.commands.base import Command
from app.domain.meetings import Every
from app.domain.meetings import Move as Move


@dataclass(frozen=True, slots=True)
class CentreSaved:
    """The answer to SaveCentre."""

    centre_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCentre(Command[CentreSaved]):
    """Keep what is known of a centre; another title is given to its groups as well.

    `was` is its title until now, where it is known by its groups alone. `every` None: the
    meetings are not agreed. `first_on` is one of the meetings, from which the others are counted.
    """

    name: ClassVar[str] = "centre.save"

    title: str
    was: str = ""
    centre_id: int | None = None
    version: int = 0
    place: str = ""
    officer_id: int | None = None
    every: Every | None = None
    first_on: date | None = None
    at_time: str = ""
    shift: Move = Move.NEXT
    leader_id: int | None = None  # a person


@dataclass(frozen=True, slots=True)
class MemberMoved:
    """The answer to MoveMember."""

    party_id: int
    group_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveMember(Command[MemberMoved]):
    """Make a person a member of a group from today on and of no other; None: of none any more."""

    name: ClassVar[str] = "group.move-member"

    party_id: int
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class SheetMade:
    """The answer to MakeSheet."""

    sheet_id: int
    number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MakeSheet(Command[SheetMade]):
    """Draw up the collection sheet of a centre for a day; it keeps what it asks for."""

    name: ClassVar[str] = "meeting.sheet"

    centre: str
    meet_on: date


@dataclass(frozen=True, slots=True)
class BookIssued:
    """The answer to IssueReceiptBook."""

    book_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueReceiptBook(Command[BookIssued]):
    """Hand a book of leaves `first` to `last` of a series to an officer."""

    name: ClassVar[str] = "receipt-book.issue"

    officer_id: int
    series: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class LeafVoided:
    """The answer to VoidLeaf."""

    book_id: int
    leaf: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidLeaf(Command[LeafVoided]):
    """A leaf was spoilt or lost; it is given to nobody."""

    name: ClassVar[str] = "receipt-book.void-leaf"

    book_id: int
    leaf: int
    reason: str
