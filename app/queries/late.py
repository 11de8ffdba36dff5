"""Questions about letters and calls."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.late import CallRow, ContactRow, LetterRow
from app.rows.papers import CallListPaper, LettersPaper


@dataclass(frozen=True, slots=True, kw_only=True)
class LettersForPaper(Query[LettersPaper]):
    """Letters as they are printed, one after another; each says what it said on its day."""

    name: ClassVar[str] = "letter.paper"
    letter_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLetters(Query[tuple[LetterRow, ...]]):
    """The letters of a loan, the newest first."""

    name: ClassVar[str] = "letter.list"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListCalls(Query[tuple[CallRow, ...]]):
    """The calls about a loan, the newest first."""

    name: ClassVar[str] = "call.list"
    loan_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CallListForPaper(Query[CallListPaper]):
    """Whom to call, with room to write down what came of it; in the order given."""

    name: ClassVar[str] = "call.paper"
    loan_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowContact(Query[ContactRow]):
    """How the borrower of a loan is reached, and whether it is allowed today."""

    name: ClassVar[str] = "contact.show"
    loan_id: int
