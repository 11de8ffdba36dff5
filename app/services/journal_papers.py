"""A voucher as it is printed, and the books of some days as Tally takes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.accounts import PostingRules
from app.domain.errors import NotFound, ValueRefused
from app.domain.roles import Permission
from app.queries.books import BooksForTally, JournalForPaper
from app.rows.books import EntryLeg
from app.rows.journal_papers import JournalPaper, TallyBooks, TallyLedger, TallyVoucher
from app.services.paper_settings import paper_look
from app.services.registry import answers
from app.services.work import Reading
from app.store import journal as store
from app.store.balances import Moved, chart_of, moved
from app.store.journal import Wanted
from app.store.journal_vouchers import voucher_by_id
from app.texts.labels import named

MOST_ENTRIES = 200_000
_PAGE, _ONE_DAY = 1000, timedelta(1)
Row = Mapping[Any, Any]


@answers(JournalForPaper, needs=Permission.VIEW_BOOKS)
def journal_for_paper(reading: Reading, query: JournalForPaper) -> JournalPaper:
    """A voucher of this branch. Raises NotFound."""
    row = voucher_by_id(reading.connection, query.voucher_id)
    if row is None or row["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="voucher", id=query.voucher_id)
    look, zone = paper_look(reading), ZoneInfo(reading.branch.time_zone)
    at = datetime.fromisoformat(row["recorded_at"]).astimezone(zone).replace(tzinfo=None)
    legs = store.legs_of(reading.connection, (row["entry_id"],))[row["entry_id"]]
    return JournalPaper(
        lender=look.lender,
        number=row["number"],
        kind=row["kind"],
        on=row["value_on"],
        written_at=at,
        reason=row["reason"],
        legs=tuple(_leg(leg) for leg in legs),
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        maker=row["maker"] or "",
        checker=row["by"] or "",
        reverses=row["reverses"] or "",
        reversed_by=row["reversed_by"] or "",
        language=look.house_language,
    )


@answers(BooksForTally, needs=Permission.REPORT_EXPORT)
def books_for_tally(reading: Reading, query: BooksForTally) -> TallyBooks:
    """Ledgers and the entries of the days, in the order of booking."""
    branch, snapshot = reading.branch, reading.connection
    if query.to_on < query.from_on:
        raise ValueRefused(field="to_on", why="ends-before-it-begins")
    wanted = Wanted(branch.branch_id, first=query.from_on, last=query.to_on)
    count = store.count_entries(snapshot, wanted)
    if count > MOST_ENTRIES:
        raise ValueRefused(field="to_on", why="too-many-rows", most=MOST_ENTRIES)
    chart = chart_of(snapshot, branch.branch_id)
    names = {row["code"]: f"{row['title']} ({row['code']})" for row in chart}
    before = query.from_on - _ONE_DAY
    held = moved(snapshot, branch.branch_id, branch.currency, before) if query.openings else {}
    ledgers = tuple(
        TallyLedger(
            row["code"],
            names[row["code"]],
            _parent(row["code"], row["kind"], reading.rules),
            held.get(row["code"], Moved()).balance,
        )
        for row in chart
    )
    return TallyBooks(
        company=branch.lender_name,
        currency=branch.currency,
        first=query.from_on,
        last=query.to_on,
        ledgers=ledgers,
        vouchers=tuple(_vouchers(reading, wanted, count, names)),
    )


def _vouchers(
    reading: Reading, wanted: Wanted, count: int, names: Mapping[str, str]
) -> Iterator[TallyVoucher]:
    for offset in range(0, count, _PAGE):
        found = store.entries_page(reading.connection, wanted, offset, _PAGE, earliest_first=True)
        ids = [row["id"] for row in found]
        legs = store.legs_of(reading.connection, ids)
        numbers = store.numbers_of(reading.connection, ids)
        for row in found:
            own = legs.get(row["id"], [])
            yield _voucher(reading, row, own, numbers[row["id"]]["number"] or "", names)


def _voucher(
    reading: Reading, row: Row, legs: Sequence[Row], number: str, names: Mapping[str, str]
) -> TallyVoucher:
    about = (named("event-kind", row["kind"]), row["loan_number"], row["borrower"])
    said = [part for part in (*about, row["narration"]) if part]
    return TallyVoucher(
        key=f"kist-{reading.branch.code}-{row['id']}",
        on=row["booked_on"],
        kind=_kind(legs, reading.rules),
        number=number,
        narration=" \u00b7 ".join(said),
        lines=tuple(
            (names.get(leg["account"], leg["account"]), leg["amount_minor"]) for leg in legs
        ),
    )


def _kind(legs: Sequence[Row], rules: PostingRules) -> str:
    """The type of voucher that Tally files it under: by where money moved."""
    money = [leg for leg in legs if _is_money(leg["account"], rules)]
    if not money:
        return "Journal"
    if len(money) == len(legs):
        return "Contra"
    return "Receipt" if sum(leg["amount_minor"] for leg in money) > 0 else "Payment"


def _is_money(code: str, rules: PostingRules) -> bool:
    return code == rules.money["bank"] or _is_cash(code, rules)


def _is_cash(code: str, rules: PostingRules) -> bool:
    return code.startswith(rules.money["cash"].split("{")[0])


def _parent(code: str, kind: str, rules: PostingRules) -> str:
    """The group of Tally that an account lies under; Tally has these from the first day."""
    if _is_cash(code, rules):
        return "Cash-in-Hand"
    own = {
        rules.money["bank"]: "Bank Accounts",
        rules.components["principal"]: "Loans & Advances (Asset)",
        rules.tax: "Duties & Taxes",
    }
    return own.get(code, _GROUPS[kind])


_GROUPS: Mapping[str, str] = {
    "asset": "Current Assets",
    "liability": "Current Liabilities",
    "equity": "Capital Account",
    "income": "Direct Incomes",
    "expense": "Indirect Expenses",
}


def _leg(row: Row) -> EntryLeg:
    minor = row["amount_minor"]
    return EntryLeg(row["account"], row["title"] or "", max(minor, 0), max(-minor, 0))
