"""The find box and the list of loans."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.domain.party import folded
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.servicing import FindLoans, ListLoans
from app.rows.servicing import FoundLoan, LoanRow
from app.services.list_choices import class_narrow
from app.services.registry import answers
from app.services.standing import Standing, standings
from app.services.work import Reading
from app.store.loan_lists import Wanted, found_loans, loan_page, loan_sums
from app.store.narrowing import Narrow

MOST_FOUND, LONGEST_PAGE = 50, 500
_ENDINGS = ("_minor", "_on")
Row = Mapping[Any, Any]


@answers(FindLoans, needs=Permission.VIEW_LOANS)
def find_loans(reading: Reading, query: FindLoans) -> tuple[FoundLoan, ...]:
    """Loans known by all the words typed; nothing where nothing was typed."""
    words = tuple(folded(query.text).split())
    if not words:
        return ()
    wanted = Wanted(reading.branch.branch_id, reading.day, words)
    found = found_loans(reading.connection, wanted, min(max(query.limit, 1), MOST_FOUND))
    known = standings(reading, [row["id"] for row in found], reading.day)
    return tuple(_found(row, known[row["id"]], words) for row in found)


@answers(ListLoans, needs=Permission.VIEW_LOANS)
def list_loans(reading: Reading, query: ListLoans) -> Page[LoanRow]:
    """One page of the branch's loans; totals "outstanding" and "arrears" are of the whole list."""
    words = tuple(folded(query.text).split())
    wanted = Wanted(
        reading.branch.branch_id, reading.day, words, query.status, _narrow(reading, query)
    )
    limit, offset = min(max(query.limit, 1), LONGEST_PAGE), max(query.offset, 0)
    found = loan_page(reading.connection, wanted, _sort(query.sort), offset, limit)
    known = standings(reading, [row["id"] for row in found], reading.day)
    rows = tuple(_row(row, known[row["id"]]) for row in found)
    if not query.counted:
        return Page(rows, offset, offset + len(rows))
    count, outstanding, arrears = loan_sums(reading.connection, wanted)
    return Page(rows, offset, count, (("outstanding", outstanding), ("arrears", arrears)))


def _narrow(reading: Reading, query: ListLoans) -> Narrow:
    return replace(
        class_narrow(query.asset_class, reading.day),
        officer_id=query.officer_id,
        product_id=query.product_id,
        village=query.village,
        centre=query.centre,
    )


def _sort(asked: str) -> str:
    for ending in _ENDINGS:
        asked = asked.removesuffix(ending)
    return asked


def _found(row: Row, stands: Standing, words: tuple[str, ...]) -> FoundLoan:
    return FoundLoan(
        loan_id=row["id"],
        number=row["number"],
        borrower=row["full_name"],
        local_name=row["local_name"],
        village=row["village"],
        phone=row["phone"],
        status=row["status"],
        dpd=stands.dpd,
        asset_class=stands.asset_class,
        due_minor=stands.arrears_minor + stands.due_minor,
        currency=row["currency"],
        matched=_matched(row, words[0]),
        group=row["group_title"] or "",
        centre=row["centre"] or "",
    )


def _matched(row: Row, word: str) -> str:
    """On what the first word was found."""
    places = (
        ("number", row["number"]),
        ("phone", row["phone"]),
        ("name", f"{row['full_name']} {row['local_name']}"),
        ("village", row["village"]),
        ("group", f"{row['group_title'] or ''} {row['centre'] or ''}"),
    )
    return next((place for place, text in places if word in folded(text)), "name")


def _row(row: Row, stands: Standing) -> LoanRow:
    return LoanRow(
        loan_id=row["id"],
        number=row["number"],
        borrower=row["full_name"],
        local_name=row["local_name"],
        village=row["village"],
        product=row["product"],
        officer=row["officer"] or "",
        disbursed_on=row["disbursed_on"],
        amount_minor=row["principal_minor"],
        outstanding_minor=stands.outstanding_minor,
        arrears_minor=stands.arrears_minor,
        dpd=stands.dpd,
        asset_class=stands.asset_class,
        status=row["status"],
        currency=row["currency"],
    )
