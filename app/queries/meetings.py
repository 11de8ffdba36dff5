"""Questions about centres, meetings, collection sheets and receipt books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Query
from app.rows.meetings import (
    CentreRow,
    CentreView,
    CollectionSheetPaper,
    DayMeeting,
    LeafRow,
    MeetingView,
    ReceiptBookRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMeeting(Query[MeetingView]):
    """The grid of a meeting: a centre on a day (None: the business date), or that of a sheet.

    Rows stand in the order of the sheet that is out for the day, if there is one.
    """

    name: ClassVar[str] = "meeting.show"
    centre: str = ""
    on: date | None = None
    sheet: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMeetings(Query[tuple[DayMeeting, ...]]):
    """The meetings of a day (None: the business date) with what is expected of each."""

    name: ClassVar[str] = "meeting.list"
    on: date | None = None
    officer_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCentres(Query[tuple[CentreRow, ...]]):
    """Every centre of the branch, each with its next meeting."""

    name: ClassVar[str] = "centre.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowCentre(Query[CentreView]):
    """One centre by its title."""

    name: ClassVar[str] = "centre.show"
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetForPaper(Query[CollectionSheetPaper]):
    """A collection sheet as it was drawn up; `language` "" is that of the house."""

    name: ClassVar[str] = "meeting.sheet-paper"
    sheet_id: int
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListReceiptBooks(Query[tuple[ReceiptBookRow, ...]]):
    """The receipt books of the branch, the newest first."""

    name: ClassVar[str] = "receipt-book.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLeaves(Query[tuple[LeafRow, ...]]):
    """The leaves of a book, in order."""

    name: ClassVar[str] = "receipt-book.leaves"
    book_id: int
