"""The day book and the cash book of the branch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import NotFound, ValueRefused
from app.domain.roles import Permission
from app.queries.papers import CashBookForPaper, DayBookForPaper
from app.rows.book_papers import (
    CashBookPaper,
    CashDay,
    CashMove,
    DayBookLine,
    DayBookPaper,
    ModeSum,
)
from app.services.paper_settings import paper_look
from app.services.registry import answers
from app.services.work import Reading
from app.store.day_end import seal_of
from app.store.loan_papers import (
    account_codes,
    day_entries,
    day_state,
    money_before,
    money_moves,
)

MOST_DAYS = 92
CASH, CLOSED, OPENING, REVERSAL = "cash", "closed", "opening", "reversal"
MODES = (CASH, "bank", "upi", "cheque")
_COUNTER = "\x00"  # stands for a counter in an account that each of them has
Row = Mapping[Any, Any]


@answers(DayBookForPaper, needs=Permission.VIEW_REPORTS)
def day_book_for_paper(reading: Reading, query: DayBookForPaper) -> DayBookPaper:
    """Every entry booked on a business day, in the order they were made."""
    on, branch, look = query.on or reading.day, reading.branch, paper_look(reading)
    state = day_state(reading.connection, branch.branch_id, on)
    if state is None:
        raise NotFound(what="day", field="on")
    rows = day_entries(reading.connection, branch.branch_id, on)
    return DayBookPaper(
        lender=look.lender,
        on=on,
        closed=state == CLOSED,
        currency=branch.currency,
        lines=tuple(_legs(rows)),
        printed_at=_local(reading, reading.now),
        language=look.house_language,
        seal=_seal(reading, on) if state == CLOSED else (),
    )


def _seal(reading: Reading, on: date) -> tuple[str, ...]:
    """The chain heads of the day's closing; a day that was caught up has none of its own."""
    answer = seal_of(reading.connection, reading.branch.branch_id, on)
    heads = json.loads(answer or "{}").get("heads", [])
    return tuple(str(head) for head in heads)


@answers(CashBookForPaper, needs=Permission.VIEW_COUNTER)
def cash_book_for_paper(reading: Reading, query: CashBookForPaper) -> CashBookPaper:
    """Money in and out from day to day, over all counters of the branch."""
    branch, look = reading.branch, paper_look(reading)
    to_on = min(query.to_on or reading.day, reading.day)
    from_on = query.from_on or to_on
    if to_on < from_on:
        raise ValueRefused(field="to_on", why="ends-before-it-begins")
    if (to_on - from_on).days >= MOST_DAYS:
        raise ValueRefused(field="to_on", why="too-many-days", most=MOST_DAYS)
    modes = _money_accounts(reading)
    cash = [account for account, mode in modes.items() if mode == CASH]
    place = (branch.branch_id, (from_on, to_on), list(modes), branch.currency)
    rows = money_moves(reading.connection, *place)
    began = money_before(reading.connection, branch.branch_id, from_on, cash, branch.currency)
    moves = [_move(reading, row, modes[row["account"]]) for row in rows if row["kind"] != OPENING]
    founding = [row for row in rows if row["kind"] == OPENING and row["account"] in cash]
    return CashBookPaper(
        lender=look.lender,
        from_on=from_on,
        to_on=to_on,
        currency=branch.currency,
        days=tuple(_days(from_on, to_on, began, founding, moves)),
        moves=tuple(moves),
        modes=tuple(_sums(moves)),
        printed_at=_local(reading, reading.now),
        language=look.house_language,
    )


def _money_accounts(reading: Reading) -> Mapping[str, str]:
    """The accounts that hold money and the mode of each; cash has one a counter."""
    codes = account_codes(reading.connection, reading.branch.branch_id)
    found: dict[str, str] = {}
    for mode in MODES:
        before, mark, after = reading.rules.money_account(mode, _COUNTER).partition(_COUNTER)
        for code in codes:
            of_counter = bool(mark) and code.startswith(before) and code.endswith(after)
            if of_counter or (not mark and code == before):
                found[code] = mode
    return MappingProxyType(found)


def _legs(rows: Sequence[Row]) -> Iterator[DayBookLine]:
    last = 0
    for row in rows:
        yield DayBookLine(
            first=row["entry_id"] != last,
            entry_id=row["entry_id"],
            what=row["kind"],
            number=row["number"],
            loan_number=row["loan_number"] or "",
            who=row["full_name"] or "",
            account=f"{row['account']} {row['title'] or ''}".strip(),
            debit_minor=max(row["amount_minor"], 0),
            credit_minor=max(-row["amount_minor"], 0),
        )
        last = row["entry_id"]


def _move(reading: Reading, row: Row, mode: str) -> CashMove:
    """One movement; a reversal takes back what came in, or brings back what was paid out."""
    minor = row["amount_minor"]
    came_in = (minor < 0) if row["kind"] == REVERSAL else minor > 0
    return CashMove(
        on=row["booked_on"],
        at=_local(reading, datetime.fromisoformat(row["recorded_at"])),
        what=row["kind"],
        number=row["number"],
        loan_number=row["loan_number"] or "",
        who=row["full_name"] or "",
        mode=mode,
        received_minor=minor if came_in else 0,
        paid_minor=0 if came_in else -minor,
    )


def _days(
    first: date, last: date, began: int, founding: Sequence[Row], moves: Sequence[CashMove]
) -> Iterator[CashDay]:
    """The cash of each day on which something moved, and of the first and the last."""
    opening = began
    for step in range((last - first).days + 1):
        on = first + timedelta(step)
        opening += sum(row["amount_minor"] for row in founding if row["booked_on"] == on)
        today = [move for move in moves if move.on == on and move.mode == CASH]
        made = CashDay(
            on=on,
            opening_minor=opening,
            received_minor=sum(move.received_minor for move in today),
            paid_minor=sum(move.paid_minor for move in today),
        )
        opening = made.closing_minor
        if today or on in (first, last):
            yield made


def _sums(moves: Sequence[CashMove]) -> Iterator[ModeSum]:
    for mode in MODES:
        mine = [move for move in moves if move.mode == mode]
        if mine or mode == CASH:
            yield ModeSum(
                mode,
                sum(move.received_minor for move in mine),
                sum(move.paid_minor for move in mine),
            )


def _local(reading: Reading, at: datetime) -> datetime:
    return at.astimezone(ZoneInfo(reading.branch.time_zone)).replace(tzinfo=None)
