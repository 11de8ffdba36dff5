"""Tills opened and closed by note; a difference is posted, explained and signed for."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from app.commands.base import Topic
from app.commands.codec import build, encode, lifted
from app.commands.tills import (
    CloseTill,
    CountProposed,
    OpenTill,
    ProposeCount,
    SetTillLimits,
    TillCounted,
    TillLimitsSet,
)
from app.domain.counting import Counted
from app.domain.errors import (
    DayClosed,
    LimitExceeded,
    NotAllowedNow,
    NotPermitted,
    ValueRefused,
)
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.domain.till import TillKind, TillState, difference_lines
from app.services.applications import hold_day
from app.services.books import About, post
from app.services.registry import use_case
from app.services.till_desk import (
    Move,
    Till,
    add_move,
    check_counter,
    held_in,
    rule_of,
    till_at,
    total_of,
)
from app.services.till_guard import CLOSING, OPENING
from app.services.work import Work
from app.store.checks import TILL, WAITING
from app.store.days import lock_last_day
from app.store.money import till_of
from app.store.schema.system import checks
from app.store.schema.tills import tills
from app.store.tills import opening_of
from app.store.tx import Row

CHANGES = {Topic.CASH}
OPEN_DAY = "open"


@dataclass(frozen=True, slots=True)
class Count:
    """A count that was looked at: what is there, what should be, and why they differ."""

    till: Till
    counted: Sequence[Counted]
    amount: int
    expected: int
    reason: str

    @property
    def difference(self) -> int:
        """Above zero: more than expected."""
        return self.amount - self.expected


@use_case(OpenTill, needs=Permission.TILL, changes=CHANGES, answer=TillCounted)
def open_till(work: Work, command: OpenTill) -> TillCounted:
    """Begin a session with what was counted. Raises LimitExceeded for a large difference."""
    counter = command.counter or work.branch.counter_code
    check_counter(work, counter)
    count = _looked_at(work, counter, command, opening=True)
    _check_alone(work, count)
    return _opened(work, count, work.actor.user_id)


@use_case(CloseTill, needs=Permission.TILL, changes=CHANGES, answer=TillCounted)
def close_till(work: Work, command: CloseTill) -> TillCounted:
    """End the session with what was counted. Raises LimitExceeded for a large difference."""
    check_counter(work, command.counter)
    count = _looked_at(work, command.counter, command, opening=False)
    _check_alone(work, count)
    return _closed(work, count, work.actor.user_id)


@use_case(
    ProposeCount, needs=Permission.TILL, changes={Topic.CASH, Topic.CHECK}, answer=CountProposed
)
def propose_count(work: Work, command: ProposeCount) -> CountProposed:
    """Let a count wait for a second person; until then the till takes no cash."""
    check_counter(work, command.counter)
    count = _looked_at(work, command.counter, command, opening=command.opening)
    row = _record_of(work, count.till)
    check_id = work.tx.insert(
        checks,
        branch_id=work.branch.branch_id,
        command=command.name,
        command_version=command.edition,
        payload=encode(command),
        maker_id=work.actor.user_id,
        made_at=work.at,
        subject_kind=TILL,
        subject_id=row["id"],
        amount_minor=abs(count.difference),
        currency=work.branch.currency,
        state=WAITING,
        reason="",
    )
    _set_state(work, count.till, row, TillState.COUNTED)
    return CountProposed(check_id, 1, count.difference)


def let_count(work: Work, check: Row) -> None:
    """Open or close as the maker counted; nothing moved since."""
    wanted = _wanted(check)
    count = _looked_at(work, wanted.counter, wanted, opening=wanted.opening, asked=True)
    done = _opened if wanted.opening else _closed
    done(work, count, int(check["maker_id"]))


def refuse_count(work: Work, check: Row) -> None:
    """The till is again as it was before the count."""
    wanted = _wanted(check)
    till = till_at(work, wanted.counter)
    if till.row is not None and till.state is TillState.COUNTED:
        state = TillState.CLOSED if wanted.opening else TillState.OPEN
        work.tx.change(tills, till.row, state=state.value)


@use_case(
    SetTillLimits,
    needs=Permission.TILL_MANAGE,
    changes=CHANGES,
    answer=TillLimitsSet,
    in_day=False,
)
def set_till_limits(work: Work, command: SetTillLimits) -> TillLimitsSet:
    """Change the limits of a till; `version` 0 where it was never opened."""
    for field in ("cash_limit_minor", "difference_limit_minor"):
        if (getattr(command, field) or 0) < 0:
            raise ValueRefused(field=field, why="negative")
    till = till_at(work, command.counter)
    if till.row is None:
        raise NotAllowedNow(why="till-never-opened", counter=command.counter)
    before = work.tx.locked(tills, int(till.row["id"]), command.version)
    limits = (command.cash_limit_minor, command.difference_limit_minor)
    version = work.tx.change(
        tills, before, cash_limit_minor=limits[0], difference_limit_minor=limits[1]
    )
    return TillLimitsSet(version)


def _looked_at(
    work: Work,
    counter: str,
    command: OpenTill | CloseTill | ProposeCount,
    *,
    opening: bool,
    asked: bool = False,
) -> Count:
    """The count of a till that may be opened or closed now; `asked`: it waits for that."""
    till = till_at(work, counter)
    if asked:
        hold_day(work)
    else:
        _still(work)
    must = TillState.COUNTED if asked else TillState.CLOSED if opening else TillState.OPEN
    if till.state is not must:
        why = {TillState.OPEN: "till-is-open", TillState.CLOSED: "till-is-closed"}
        raise NotAllowedNow(why=why.get(till.state, "till-counted"), counter=counter)
    amount = total_of(work, command.counted, command.currency)
    expected = held_in(work, till)
    reason = cleaned(command.reason, "reason", needed=amount != expected)
    return Count(till, command.counted, amount, expected, reason)


def _still(work: Work) -> None:
    """Wait for cash that is being booked, and keep the day. Raises DayClosed."""
    last = lock_last_day(work.tx, work.branch.branch_id)
    if last is None or last["state"] != OPEN_DAY:
        raise DayClosed()


def _check_alone(work: Work, count: Count) -> None:
    """Raise where the difference is more than a cashier may sign for alone."""
    allowed = rule_of(work, count.till).difference_limit
    if abs(count.difference) > allowed and not work.actor.may(Permission.TILL_MANAGE):
        raise LimitExceeded(
            why="till-difference",
            limit="till-difference",
            difference_minor=abs(count.difference),
            limit_minor=allowed,
            currency=work.branch.currency,
        )


def _opened(work: Work, count: Count, maker_id: int) -> TillCounted:
    till, branch = count.till, work.branch
    _, received, paid = till_of(
        work.tx.connection, branch.branch_id, till.account, branch.currency, work.day
    )
    entry_id = _posted(work, OPENING, count)
    row = _record_of(work, till)
    session = till.session + 1
    move = Move(
        TillKind.OPEN,
        count.amount,
        *(_other(work, count), count.counted, count.reason),
        expected=count.expected,
        received=received,
        paid=paid,
        entry_id=entry_id,
        maker_id=maker_id,
    )
    _set_state(work, till, row, TillState.OPEN, session)
    move_id, number = add_move(work, row["id"], session, move)
    return TillCounted(move_id, number, count.expected, count.amount, count.difference)


def _closed(work: Work, count: Count, maker_id: int) -> TillCounted:
    till, branch = count.till, work.branch
    if till.row is None:
        raise NotAllowedNow(why="till-is-closed", counter=till.counter)
    _, received, paid = till_of(
        work.tx.connection, branch.branch_id, till.account, branch.currency, work.day
    )
    began = opening_of(work.tx.connection, till.row["id"], till.session)
    same_day = began is not None and began["booked_on"] == work.day
    entry_id = _posted(work, CLOSING, count)
    move = Move(
        TillKind.CLOSE,
        count.amount,
        *(_other(work, count), count.counted, count.reason),
        expected=count.expected,
        received=received - (began["received_minor"] if began and same_day else 0),
        paid=paid - (began["paid_minor"] if began and same_day else 0),
        entry_id=entry_id,
        maker_id=maker_id,
    )
    move_id, number = add_move(work, till.row["id"], till.session, move)
    _set_state(work, till, till.row, TillState.CLOSED)
    return TillCounted(move_id, number, count.expected, count.amount, count.difference)


def _record_of(work: Work, till: Till) -> Row:
    """The till's record, made at its first opening."""
    if till.row is not None:
        return till.row
    row: Row = {
        "id": work.tx.new_id(),
        "branch_id": work.branch.branch_id,
        "counter_code": till.counter,
        "state": TillState.CLOSED.value,
        "session": 0,
        "cash_limit_minor": None,
        "difference_limit_minor": None,
    }
    return row


def _set_state(
    work: Work, till: Till, row: Row, state: TillState, session: int | None = None
) -> None:
    """Write the new state; of a till that was never opened, the record itself."""
    changes = {"state": state.value, "session": till.session if session is None else session}
    if till.row is None:
        work.tx.insert(tills, **{**row, **changes})
    else:
        work.tx.change(tills, till.row, **changes)


def _posted(work: Work, kind: str, count: Count) -> int | None:
    """The entry of the difference; none where there is none."""
    about = About(kind, work.branch.currency, narration=count.reason)
    lines = difference_lines(count.difference, count.till.account, work.tools.rules)
    return post(work, about, lines)


def _other(work: Work, count: Count) -> str:
    """The account that the difference stands on; none where there is none."""
    rules = work.tools.rules
    return "" if not count.difference else rules.over if count.difference > 0 else rules.short


def _wanted(check: Row) -> ProposeCount:
    """What the maker counted, lifted to the present edition."""
    if check["command"] != ProposeCount.name:
        raise NotPermitted(needs=Permission.CHECK.value)
    edition = int(check["command_version"])
    return build(ProposeCount, lifted(ProposeCount, edition, json.loads(check["payload"])))
