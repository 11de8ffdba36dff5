"""Tills as their screens and papers show them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.commands.codec import build, lifted
from app.commands.tills import ProposeCount
from app.domain.counting import counted_total
from app.domain.errors import NotFound
from app.domain.roles import Permission
from app.domain.till import TillKind, TillState, till_rule
from app.queries.tills import ListTills, ShowTillRoom, TillSlipForPaper
from app.rows.till_papers import TillSlipPaper
from app.rows.tills import (
    OfficerCash,
    TillFigures,
    TillMoveRow,
    TillRoom,
    TillSession,
    TillsView,
    WaitingCount,
)
from app.services.paper_settings import paper_look
from app.services.registry import answers
from app.services.till_desk import read_counted, shipped_till_rules
from app.services.work import Reading
from app.store.account_sums import CASH
from app.store.branch import counter_codes
from app.store.money import account_titles, till_of, user_names
from app.store.tills import (
    balances_under,
    handovers_waiting,
    last_close,
    move_by_id,
    moves_of,
    opening_of,
    sessions_of,
    tills_of_branch,
    waiting_count,
)

Row = Mapping[Any, Any]
MOST_SESSIONS = 400
_VOUCHERS = (TillKind.IN, TillKind.OUT)


@answers(ShowTillRoom, needs=Permission.VIEW_COUNTER)
def show_till_room(reading: Reading, query: ShowTillRoom) -> TillRoom:
    """One counter's till with all that can be done at it."""
    connection, branch = reading.connection, reading.branch
    counter = query.counter or branch.counter_code
    known = tuple(sorted(counter_codes(connection, branch.branch_id)))
    if counter not in known:
        raise NotFound(what="counter", number=counter)
    tills = tills_of_branch(connection, branch.branch_id)
    names = account_titles(connection, branch.branch_id)
    waiting = [_move(row, names) for row in handovers_waiting(connection, branch.branch_id)]
    latest = min(max(query.latest, 0), MOST_SESSIONS)
    moves = moves_of(connection, branch.branch_id, counter, reading.day)
    sessions = sessions_of(connection, branch.branch_id, counter, latest)
    return TillRoom(
        figures=figures_of(reading, counter, tills.get(counter)),
        moves=tuple(_move(row, names) for row in moves),
        sessions=tuple(_session(row) for row in sessions),
        arriving=tuple(one for one in waiting if one.to_counter == counter),
        leaving=tuple(one for one in waiting if one.counter == counter),
        counters=tuple(code for code in known if code != counter),
        accounts=_accounts(reading, names),
        officers=officers_with_cash(reading),
    )


@answers(ListTills, needs=Permission.VIEW_COUNTER)
def list_tills(reading: Reading, _query: ListTills) -> TillsView:
    """All tills of the branch, cash on its way, and what officers hold."""
    connection, branch = reading.connection, reading.branch
    tills = tills_of_branch(connection, branch.branch_id)
    names = account_titles(connection, branch.branch_id)
    codes = sorted(counter_codes(connection, branch.branch_id))
    return TillsView(
        tills=tuple(figures_of(reading, code, tills.get(code)) for code in codes),
        on_the_way=tuple(
            _move(row, names) for row in handovers_waiting(connection, branch.branch_id)
        ),
        officers=officers_with_cash(reading),
    )


@answers(TillSlipForPaper, needs=Permission.VIEW_COUNTER)
def till_slip_for_paper(reading: Reading, query: TillSlipForPaper) -> TillSlipPaper:
    """A slip of this branch as it is printed. Raises NotFound."""
    branch, look = reading.branch, paper_look(reading)
    row = move_by_id(reading.connection, branch.branch_id, query.move_id)
    if row is None:
        raise NotFound(what="handover", id=query.move_id)
    move = _move(row, account_titles(reading.connection, branch.branch_id))
    closing = move.kind is TillKind.CLOSE
    began = opening_of(reading.connection, row["till_id"], row["session"]) if closing else None
    return TillSlipPaper(
        lender=look.lender,
        kind=move.kind.value,
        number=move.number,
        at=move.at.astimezone(ZoneInfo(branch.time_zone)),
        counter=move.counter,
        to_counter=move.to_counter,
        currency=move.currency,
        amount_minor=move.amount_minor,
        expected_minor=row["expected_minor"],
        opening_minor=None if began is None else began["amount_minor"],
        received_minor=row["received_minor"] if closing else None,
        paid_minor=row["paid_minor"] if closing else None,
        counted=read_counted(row["counted"]),
        account=move.account_title if move.kind in _VOUCHERS else "",
        payee=move.payee,
        reference=move.reference,
        officer=row["officer"] or "",
        reason=move.reason,
        by=move.by,
        checker=move.checker,
        language=look.house_language,
    )


def figures_of(reading: Reading, counter: str, row: Row | None) -> TillFigures:
    """A counter's cash today by its entries, its state, and its limits."""
    connection, branch, day = reading.connection, reading.branch, reading.day
    account = reading.rules.money_account(CASH, counter)
    opening, received, paid = till_of(connection, branch.branch_id, account, branch.currency, day)
    held = opening + received - paid
    own = row or {}
    limits = (own.get("cash_limit_minor"), own.get("difference_limit_minor"))
    rule = till_rule(shipped_till_rules(), branch.currency, day, *limits)
    state = TillState(own.get("state", TillState.CLOSED))
    began = None if row is None else opening_of(connection, row["id"], row["session"])
    closed = None if row is None else last_close(connection, branch.branch_id, counter, day)
    still = state is TillState.CLOSED and closed is not None
    return TillFigures(
        counter=counter,
        used=row is not None,
        version=own.get("version", 0),
        state=state,
        since=_at(began) if state is not TillState.CLOSED else None,
        cashier="" if began is None else began["by"] or "",
        currency=branch.currency,
        opening_minor=opening,
        received_minor=received,
        paid_minor=paid,
        expected_minor=held,
        cash_limit_minor=rule.cash_limit,
        own_limit_minor=limits[0],
        difference_limit_minor=rule.difference_limit,
        own_difference_minor=limits[1],
        filling=rule.filling(held),
        counted_minor=closed["amount_minor"] if closed is not None and still else None,
        difference_minor=(
            closed["amount_minor"] - closed["expected_minor"]
            if closed is not None and still
            else None
        ),
        waiting=_waiting(reading, own["id"]) if state is TillState.COUNTED else None,
    )


def _waiting(reading: Reading, till_id: int) -> WaitingCount | None:
    """The count that a second person looks at."""
    row = waiting_count(reading.connection, till_id)
    if row is None:
        return None
    payload = lifted(ProposeCount, int(row["command_version"]), json.loads(row["payload"]))
    wanted = build(ProposeCount, payload)
    return WaitingCount(
        check_id=row["id"],
        version=row["version"],
        maker_id=row["maker_id"],
        maker=row["maker"] or "",
        opening=wanted.opening,
        counted_minor=counted_total(wanted.counted),
        reason=wanted.reason,
    )


def officers_with_cash(reading: Reading) -> tuple[OfficerCash, ...]:
    """Officers of today and what each holds, by name; who holds nothing is left out."""
    connection, branch = reading.connection, reading.branch
    rules = reading.rules
    prefix = rules.with_staff.split("{")[0]
    held = balances_under(connection, branch.branch_id, prefix, branch.currency)
    if not held:
        return ()
    names = user_names(connection)
    found = [
        OfficerCash(user_id, name, held[rules.staff_account(user_id)], branch.currency)
        for user_id, name in names.items()
        if rules.staff_account(user_id) in held
    ]
    return tuple(sorted(found, key=lambda one: one.name))


def _accounts(reading: Reading, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """What cash may come from or go to: the bank, then the rest of the chart by code."""
    rules = reading.rules
    shipped = {one.code: one.title for one in rules.chart if not one.per_counter}
    free = {code: title for code, title in {**shipped, **names}.items() if not rules.controls(code)}
    bank = rules.money_account("bank", reading.branch.counter_code)
    return tuple(sorted(free.items(), key=lambda one: (one[0] != bank, one[0])))


def _move(row: Row, names: Mapping[str, str]) -> TillMoveRow:
    same = row["maker_id"] == row["user_id"]
    return TillMoveRow(
        move_id=row["id"],
        number=row["number"],
        kind=TillKind(row["kind"]),
        counter=row["counter_code"],
        to_counter=row["to_counter"] or "",
        at=datetime.fromisoformat(row["recorded_at"]),
        booked_on=row["booked_on"],
        amount_minor=row["amount_minor"],
        currency=row["currency"],
        account=row["account"],
        account_title=names.get(row["account"], row["account"]),
        payee=row["payee"],
        reference=row["reference"],
        reason=row["reason"],
        by=row["by"] or "",
        checker="" if same else row["checker"] or "",
    )


def _session(row: Row) -> TillSession:
    closed = row["closed_at"]
    return TillSession(
        session=row["session"],
        day_on=row["booked_on"],
        opened_at=datetime.fromisoformat(row["recorded_at"]),
        opened_by=row["opened_by"] or "",
        opening_minor=row["opened"],
        opening_difference_minor=row["opened"] - row["opening_expected"],
        currency=row["currency"],
        open_id=row["id"],
        close_id=row["close_id"],
        closed_at=None if closed is None else datetime.fromisoformat(closed),
        closed_by=row["closed_by"] or "",
        received_minor=row["received"],
        paid_minor=row["paid"],
        expected_minor=row["expected"],
        counted_minor=row["counted"],
        reason=row["reason"] or "",
    )


def _at(row: Row | None) -> datetime | None:
    return None if row is None else datetime.fromisoformat(row["recorded_at"])
