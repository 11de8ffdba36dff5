"""Reads everything back, row by row, so that the books can be checked against their chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, exists, func, literal, or_, select

from app.store.money import MONEY_IN
from app.store.schema import Kind, acts, books, loans, tables_of
from app.store.schema.people import documents
from app.store.schema.system import audit, chains, personal_values
from app.store.store import Snapshot

_CHUNK = 2000
_FEWEST_LINES = 2  # an entry has a debit and a credit

Row = dict[str, Any]


def streamed(snapshot: Snapshot, query: Select[Any]) -> Iterator[Row]:
    """The rows of a select, without ever holding all of them."""
    with snapshot.execute(query, execution_options={"yield_per": _CHUNK}) as result:
        for found in result.mappings():
            yield dict(found)


def chain_heads(snapshot: Snapshot) -> Iterator[Row]:
    """The head of every station's chain, by station."""
    yield from streamed(snapshot, select(chains).order_by(chains.c.station_id))


def stations_with_lines(snapshot: Snapshot) -> Sequence[int]:
    """Every station that ever wrote a line, whether or not it still has a head."""
    query = select(audit.c.station_id).distinct().order_by(audit.c.station_id)
    return snapshot.execute(query).scalars().all()


def audit_lines(snapshot: Snapshot, station_id: int) -> Iterator[Row]:
    """The lines of one station in the order of their number."""
    own = select(audit).where(audit.c.station_id == station_id)
    yield from streamed(snapshot, own.order_by(audit.c.number))


def personal_rows(snapshot: Snapshot) -> Iterator[Row]:
    """The personal values of all lines with the payload that holds their digests."""
    at = (audit.c.station_id == personal_values.c.station_id) & (
        audit.c.number == personal_values.c.number
    )
    query = select(personal_values, audit.c.payload).select_from(
        personal_values.outerjoin(audit, at)
    )
    yield from streamed(snapshot, query)


@cache
def hashed_tables() -> tuple[Table, ...]:
    """The tables whose rows enter the chain; sorted once, since every line of it asks for them."""
    return tables_of(Kind.FACT) + tables_of(Kind.RECORD)


@cache
def fact_names() -> frozenset[str]:
    """The names of the tables that hold facts."""
    return frozenset(table.name for table in tables_of(Kind.FACT))


def rows_of(snapshot: Snapshot, table: Table) -> Iterator[Row]:
    """Every row of a table."""
    yield from streamed(snapshot, select(table).order_by(table.c.id))


def receipt_numbers(snapshot: Snapshot) -> Iterator[Row]:
    """Station, series, serial and number of every receipt, in order."""
    r = loans.receipts.c
    query = select(r.id, r.station_id, r.series, r.serial, r.number)
    yield from streamed(snapshot, query.order_by(r.station_id, r.series, r.serial))


def receipt_sums(snapshot: Snapshot) -> Iterator[Row]:
    """Every receipt with the sum of its parts in its own currency (0 where it has none)."""
    r, p = loans.receipts, loans.receipt_parts
    same = (p.c.receipt_id == r.c.id) & (p.c.currency == r.c.currency)
    query = (
        select(
            r.c.number,
            r.c.amount_minor,
            func.coalesce(func.sum(p.c.amount_minor), 0).label("parts_minor"),
        )
        .select_from(r.outerjoin(p, same))
        .group_by(r.c.id, r.c.number, r.c.amount_minor)
        .order_by(r.c.number)
    )
    yield from streamed(snapshot, query)


def part_events(snapshot: Snapshot) -> Iterator[Row]:
    """Every part of a receipt with the event it stands for (nulls where there is none)."""
    r, p, e = loans.receipts, loans.receipt_parts, loans.events
    query = (
        select(
            r.c.number,
            r.c.received_on,
            r.c.booked_on,
            p.c.account_kind,
            p.c.account_id,
            p.c.amount_minor,
            p.c.currency,
            p.c.printed,
            p.c.event_id,
            e.c.kind,
            e.c.subject_kind,
            e.c.subject_id,
            e.c.amount_minor.label("event_minor"),
            e.c.value_on,
            e.c.booked_on.label("event_booked_on"),
        )
        .select_from(p.outerjoin(r, r.c.id == p.c.receipt_id).outerjoin(e, e.c.id == p.c.event_id))
        .order_by(p.c.id)
    )
    yield from streamed(snapshot, query)


def receipt_events_without_one_part(snapshot: Snapshot) -> Iterator[Row]:
    """Receipt events that no part, or more than one, stands for."""
    e, p = loans.events, loans.receipt_parts
    query = (
        select(e.c.id, func.count(p.c.id).label("parts"))
        .select_from(e.outerjoin(p, p.c.event_id == e.c.id))
        .where(e.c.kind.in_(MONEY_IN), e.c.subject_kind == "loan")
        .group_by(e.c.id)
        .having(func.count(p.c.id) != 1)
    )
    yield from streamed(snapshot, query)


def refunds_apart_from_vouchers(snapshot: Snapshot) -> Iterator[Row]:
    """Refunds and later parts of loans without one voucher of their amount; vouchers of neither."""
    e, v = loans.events, acts.vouchers
    same = (v.c.event_id == e.c.id) & (v.c.loan_id == e.c.subject_id)
    same &= (v.c.amount_minor == e.c.amount_minor) & (v.c.booked_on == e.c.booked_on)
    first = e.alias("first")
    later_part = (e.c.kind == "disbursement") & exists().where(
        first.c.subject_kind == "loan",
        first.c.subject_id == e.c.subject_id,
        first.c.kind == "disbursement",
        first.c.id < e.c.id,
    )
    refund = (e.c.subject_kind == "loan") & or_(e.c.kind == "refund", later_part)
    without = (
        select(e.c.id.label("event_id"), func.count(v.c.id).label("vouchers"))
        .select_from(e.outerjoin(v, same))
        .where(refund)
        .group_by(e.c.id)
        .having(func.count(v.c.id) != 1)
    )
    yield from streamed(snapshot, without)
    stray = (
        select(v.c.event_id, literal(1).label("vouchers"))
        .select_from(v.outerjoin(e, (e.c.id == v.c.event_id) & refund))
        .where(e.c.id.is_(None))
    )
    yield from streamed(snapshot, stray)


def entries_out_of_balance(snapshot: Snapshot) -> Iterator[Row]:
    """Entries whose lines do not sum to zero in a currency, or that have no line at all."""
    e, x = books.entries, books.entry_lines
    total = func.coalesce(func.sum(x.c.amount_minor), 0)
    query = (
        select(e.c.id, x.c.currency, total.label("total_minor"), func.count(x.c.id).label("lines"))
        .select_from(e.outerjoin(x, x.c.entry_id == e.c.id))
        .group_by(e.c.id, x.c.currency)
        .having((total != 0) | (func.count(x.c.id) < _FEWEST_LINES))
        .order_by(e.c.id)
    )
    yield from streamed(snapshot, query)


def totals_out_of_balance(snapshot: Snapshot) -> Iterator[Row]:
    """Branches and currencies whose lines do not sum to zero over all entries."""
    x = books.entry_lines
    total = func.sum(x.c.amount_minor)
    query = select(x.c.branch_id, x.c.currency, total.label("total_minor"))
    yield from streamed(snapshot, query.group_by(x.c.branch_id, x.c.currency).having(total != 0))


def lines_apart_from_entries(snapshot: Snapshot) -> Iterator[Row]:
    """Entry lines whose day or branch is not their entry's, or whose account does not exist."""
    e, x, a = books.entries, books.entry_lines, books.accounts
    account = (a.c.branch_id == x.c.branch_id) & (a.c.code == x.c.account)
    query = (
        select(x.c.id, x.c.entry_id, x.c.account)
        .select_from(x.outerjoin(e, e.c.id == x.c.entry_id).outerjoin(a, account))
        .where(
            e.c.id.is_(None)
            | a.c.id.is_(None)
            | (e.c.booked_on != x.c.booked_on)
            | (e.c.branch_id != x.c.branch_id)
        )
    )
    yield from streamed(snapshot, query)


def document_hashes(snapshot: Snapshot) -> Iterator[Row]:
    """Id, hash and size of every paper."""
    d = documents.c
    yield from streamed(snapshot, select(d.id, d.sha256, d.size).order_by(d.id))
