"""The journal and the ledger as people read them; every entry leads on to what it was made for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from app.domain.errors import NotFound, ValueRefused
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.books import ListBooksChoices, ListEntries, ShowEntry, ShowLedger
from app.rows.books import (
    AccountChoice,
    BooksChoices,
    EntryLeg,
    EntryRow,
    EntryView,
    JournalVoucher,
    LedgerRow,
)
from app.services.journals import controlled
from app.services.registry import answers
from app.services.work import Reading
from app.store import journal as store
from app.store.balances import balance_before, chart_of
from app.store.journal import Span, Wanted
from app.store.journal_vouchers import voucher_of_entry

LONGEST_PAGE = 500
Row = Mapping[Any, Any]
Legs = Mapping[int, Sequence[Row]]


@answers(ListEntries, needs=Permission.VIEW_BOOKS)
def list_entries(reading: Reading, query: ListEntries) -> Page[EntryRow]:
    """One page of the journal. Raises ValueRefused of a turned span."""
    if query.from_on and query.to_on and query.from_on > query.to_on:
        raise ValueRefused(field="to_on", why="days-turned")
    wanted = Wanted(
        branch_id=reading.branch.branch_id,
        account=query.account,
        kind=query.kind,
        first=query.from_on,
        last=query.to_on,
        text=query.text.strip(),
    )
    limit, offset = min(max(query.limit, 1), LONGEST_PAGE), max(query.offset, 0)
    found = store.entries_page(reading.connection, wanted, offset, limit)
    rows = tuple(_rows(reading, found))
    if not query.counted:
        return Page(rows, offset, offset + len(rows))
    return Page(rows, offset, store.count_entries(reading.connection, wanted))


@answers(ShowEntry, needs=Permission.VIEW_BOOKS)
def show_entry(reading: Reading, query: ShowEntry) -> EntryView:
    """An entry of this branch with its lines and what it was made for. Raises NotFound."""
    snapshot = reading.connection
    found = store.entry_by_id(snapshot, query.entry_id)
    if found is None or found["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="entry", id=query.entry_id)
    legs = store.legs_of(snapshot, (query.entry_id,))
    names = store.numbers_of(snapshot, (query.entry_id,))[query.entry_id]
    return EntryView(
        row=next(_rows(reading, (found,))),
        legs=tuple(_leg(row) for row in legs.get(query.entry_id, ())),
        receipt_id=names["receipt_id"],
        voucher_id=names["voucher_id"],
        journal=_journal(reading, query.entry_id),
        station_id=query.entry_id >> store.STATION_BITS,
        line=store.line_of(snapshot, query.entry_id, found["recorded_at"]),
    )


@answers(ShowLedger, needs=Permission.VIEW_BOOKS)
def show_ledger(reading: Reading, query: ShowLedger) -> Page[LedgerRow]:
    """One page of an account's ledger with its running balance."""
    if query.from_on > query.to_on:
        raise ValueRefused(field="to_on", why="days-turned")
    branch, snapshot = reading.branch, reading.connection
    span = Span(branch.branch_id, query.account, branch.currency, query.from_on, query.to_on)
    limit, offset = min(max(query.limit, 1), LONGEST_PAGE), max(query.offset, 0)
    opening = balance_before(
        snapshot, branch.branch_id, query.account, branch.currency, query.from_on
    )
    count, debit, credit = store.span_sums(snapshot, span)
    found = store.ledger_page(snapshot, span, offset, limit)
    began = opening + store.moved_first(snapshot, span, offset)
    totals = (
        ("opening", opening),
        ("debit", debit),
        ("credit", credit),
        ("closing", opening + debit - credit),
    )
    rows = tuple(ledger_rows(reading, found, query.account, began))
    return Page(rows, offset, count, totals)


@answers(ListBooksChoices, needs=Permission.VIEW_BOOKS)
def list_books_choices(reading: Reading, _query: ListBooksChoices) -> BooksChoices:
    """Accounts by code, and the kinds of entries that there are."""
    snapshot, branch_id = reading.connection, reading.branch.branch_id
    held = controlled(reading.rules)
    found = tuple(
        AccountChoice(row["code"], row["title"], row["kind"], held(row["code"]))
        for row in chart_of(snapshot, branch_id)
    )
    return BooksChoices(
        found, tuple(store.kinds(snapshot, branch_id)), store.earliest(snapshot, branch_id)
    )


def ledger_rows(
    reading: Reading, found: Sequence[Row], account: str, began: int
) -> Iterator[LedgerRow]:
    """Movements of an account with the balance after each, from what it held before them."""
    ids = [row["id"] for row in found]
    legs, names = store.legs_of(reading.connection, ids), store.numbers_of(reading.connection, ids)
    balance = began
    for row in found:
        amount = row["amount_minor"]
        balance += amount
        yield LedgerRow(
            entry_id=row["id"],
            booked_on=row["booked_on"],
            kind=row["kind"],
            number=names[row["id"]]["number"] or "",
            loan_number=row["loan_number"] or "",
            borrower=row["borrower"] or "",
            narration=row["narration"],
            against=_against(legs[row["id"]], account, amount),
            debit_minor=max(amount, 0),
            credit_minor=max(-amount, 0),
            balance_minor=balance,
            loan_id=row["loan_id"],
        )


def _rows(reading: Reading, found: Sequence[Row]) -> Iterator[EntryRow]:
    ids = [row["id"] for row in found]
    legs, names = store.legs_of(reading.connection, ids), store.numbers_of(reading.connection, ids)
    for row in found:
        own = legs.get(row["id"], [])
        debits = [leg for leg in own if leg["amount_minor"] > 0]
        credits = [leg for leg in own if leg["amount_minor"] < 0]
        yield EntryRow(
            entry_id=row["id"],
            booked_on=row["booked_on"],
            recorded_at=datetime.fromisoformat(row["recorded_at"]),
            kind=row["kind"],
            number=names[row["id"]]["number"] or "",
            loan_id=row["loan_id"],
            loan_number=row["loan_number"] or "",
            borrower=row["borrower"] or "",
            who=row["who"] or "",
            narration=row["narration"],
            debit=_titled(debits),
            credit=_titled(credits),
            more=max(len(own) - 2, 0),
            amount_minor=sum(leg["amount_minor"] for leg in debits),
            currency=own[0]["currency"] if own else reading.branch.currency,
        )


def _titled(legs: Sequence[Row]) -> str:
    return "" if not legs else legs[0]["title"] or legs[0]["account"]


def _against(legs: Sequence[Row], account: str, amount: int) -> str:
    """The title of the other side's first account."""
    other = [leg for leg in legs if (leg["amount_minor"] > 0) != (amount > 0)]
    return _titled([leg for leg in other if leg["account"] != account] or other)


def _leg(row: Row) -> EntryLeg:
    minor = row["amount_minor"]
    return EntryLeg(row["account"], row["title"] or "", max(minor, 0), max(-minor, 0))


def _journal(reading: Reading, entry_id: int) -> JournalVoucher | None:
    row = voucher_of_entry(reading.connection, entry_id)
    if row is None:
        return None
    other = row["maker_id"] != row["user_id"]
    return JournalVoucher(
        voucher_id=row["id"],
        number=row["number"],
        kind=row["kind"],
        reason=row["reason"],
        maker=row["maker"] or "",
        checker=(row["by"] or "") if other else "",
        reverses=row["reverses"] or "",
        reversed_by=row["reversed_by"] or "",
    )
