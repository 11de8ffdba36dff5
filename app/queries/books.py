"""Questions about the books."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Page, Paged, Query
from app.rows.books import (
    BooksChoices,
    BooksSpans,
    EntryRow,
    EntryView,
    JournalAsked,
    LedgerRow,
)
from app.rows.journal_papers import JournalPaper, TallyBooks


@dataclass(frozen=True, slots=True, kw_only=True)
class ListEntries(Paged[Page[EntryRow]]):
    """The journal, the latest entry first; days inclusive.

    `text` is the number of a receipt, voucher or loan. The total "debit" is that of all that are
    listed.
    """

    name: ClassVar[str] = "books.entries"

    account: str = ""
    kind: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowEntry(Query[EntryView]):
    """One entry with its lines, and what it was made for."""

    name: ClassVar[str] = "books.entry"
    entry_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLedger(Paged[Page[LedgerRow]]):
    """An account from day to day, both in it, in the order of booking.

    Totals: opening, debit, credit, closing (debit above zero).
    """

    name: ClassVar[str] = "books.ledger"

    account: str
    from_on: date
    to_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ListBooksChoices(Query[BooksChoices]):
    """Accounts and kinds of entries."""

    name: ClassVar[str] = "books.choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListJournalsAsked(Query[tuple[JournalAsked, ...]]):
    """The vouchers that wait for a second person, the oldest first."""

    name: ClassVar[str] = "books.asked"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowMonths(Query[BooksSpans]):
    """The months of the books, the latest first, and how each stands."""

    name: ClassVar[str] = "books.months"


@dataclass(frozen=True, slots=True, kw_only=True)
class JournalForPaper(Query[JournalPaper]):
    """A voucher of the journal as it is printed."""

    name: ClassVar[str] = "books.voucher-paper"
    voucher_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class BooksForTally(Query[TallyBooks]):
    """The entries of some days, both in it, with the ledgers that they name.

    `openings` puts what the ledgers held before into them: for books that Tally begins with.
    """

    name: ClassVar[str] = "books.tally"
    from_on: date
    to_on: date
    openings: bool = False
