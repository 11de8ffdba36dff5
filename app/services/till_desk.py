"""What every act of a till starts from: the till, locked, what it holds, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from app.commands.codec import canonical
from app.domain.counting import Counted, check_count, counted_total
from app.domain.errors import AmountNotPositive, CurrencyMismatch, NotAllowedNow, NotFound
from app.domain.roles import Permission
from app.domain.till import TillKind, TillRule, TillState, till_rule, till_rules_of
from app.paths import resources
from app.services.applications import hold_day
from app.services.numbers import next_till_paper
from app.services.work import Work
from app.store.account_sums import CASH
from app.store.branch import counter_codes
from app.store.money import balance_of
from app.store.schema.tills import till_moves
from app.store.tills import lock_till
from app.store.tx import Row
from app.texts.denominations import pieces


@dataclass(frozen=True, slots=True)
class Till:
    """A counter's till, locked until the end; `row` None: never opened."""

    counter: str
    account: str
    row: Row | None

    @property
    def state(self) -> TillState:
        """Whether it takes cash."""
        return TillState.CLOSED if self.row is None else TillState(self.row["state"])

    @property
    def session(self) -> int:
        """The number of its last opening; 0 before the first."""
        return 0 if self.row is None else int(self.row["session"])


@dataclass(frozen=True, slots=True)
class Move:
    """What a count or movement says beside its till; `counted` is empty where none was counted."""

    kind: TillKind
    amount: int
    account: str = ""
    counted: Sequence[Counted] = ()
    reason: str = ""
    payee: str = ""
    reference: str = ""
    of_id: int | None = None
    to_counter: str | None = None
    officer_id: int | None = None
    expected: int | None = None
    received: int | None = None
    paid: int | None = None
    entry_id: int | None = None
    maker_id: int | None = None


@cache
def shipped_till_rules() -> tuple[TillRule, ...]:
    """The rules as shipped."""
    text = (resources() / "rules" / "tills.json").read_text("utf-8")
    return till_rules_of(json.loads(text))


def till_at(work: Work, counter: str) -> Till:
    """The till of a counter of this branch, locked. Raises NotFound."""
    if counter not in counter_codes(work.tx.connection, work.branch.branch_id):
        raise NotFound(what="counter", number=counter)
    row = lock_till(work.tx, work.branch.branch_id, counter)
    return Till(counter, work.tools.rules.money_account(CASH, counter), row)


def check_counter(work: Work, counter: str) -> None:
    """Raise for a counter that is not there, or another one's where only the manager may."""
    if counter not in counter_codes(work.tx.connection, work.branch.branch_id):
        raise NotFound(what="counter", number=counter)
    if counter != work.branch.counter_code:
        work.require(Permission.TILL_MANAGE)


def open_till_here(work: Work, counter: str = "") -> tuple[Till, Row]:
    """An open till and its record, locked, with the day held: this counter's, unless said."""
    till = till_at(work, counter or work.branch.counter_code)
    hold_day(work)
    if till.row is None or till.state is not TillState.OPEN:
        counted = till.state is TillState.COUNTED
        raise NotAllowedNow(why="till-counted" if counted else "till-closed", counter=till.counter)
    return till, till.row


def held_in(work: Work, till: Till) -> int:
    """What the till must hold by all entries."""
    branch = work.branch
    return balance_of(work.tx.connection, branch.branch_id, till.account, branch.currency)


def rule_of(work: Work, till: Till) -> TillRule:
    """The limits of a till today."""
    row = till.row or {}
    return till_rule(
        shipped_till_rules(),
        work.branch.currency,
        work.day,
        row.get("cash_limit_minor"),
        row.get("difference_limit_minor"),
    )


def check_enough(work: Work, till: Till, amount: int) -> None:
    """Raise where so much cannot leave the till."""
    held = held_in(work, till)
    if amount > held:
        raise NotAllowedNow(why="till-short", held_minor=held, currency=work.branch.currency)


def total_of(work: Work, counted: Sequence[Counted], currency: str, *, some: bool = False) -> int:
    """What was counted, checked; `some`: it must be above zero."""
    if currency != work.branch.currency:
        raise CurrencyMismatch(field="currency", one=work.branch.currency, other=currency)
    check_count(counted, pieces(currency))
    total = counted_total(counted)
    if some and total <= 0:
        raise AmountNotPositive(field="counted")
    return total


def add_move(work: Work, till_id: int, session: int, move: Move) -> tuple[int, str]:
    """Insert a count or movement; returns its id and the number of its paper."""
    move_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    number = next_till_paper(work)
    work.tx.insert(
        till_moves,
        id=move_id,
        branch_id=work.branch.branch_id,
        station_id=work.session.station_id,
        till_id=till_id,
        session=session,
        kind=move.kind.value,
        number=number,
        of_id=move.of_id,
        to_counter=move.to_counter,
        officer_id=move.officer_id,
        account=move.account,
        amount_minor=move.amount,
        expected_minor=move.expected,
        received_minor=move.received,
        paid_minor=move.paid,
        currency=work.branch.currency,
        counted=_kept(move.counted),
        reason=move.reason,
        payee=move.payee,
        reference=move.reference,
        entry_id=move.entry_id,
        booked_on=work.day,
        recorded_at=work.at,
        maker_id=move.maker_id or work.actor.user_id,
        user_id=work.actor.user_id,
    )
    return move_id, number


def read_counted(text: str | None) -> tuple[Counted, ...]:
    """A stored count."""
    told = json.loads(text) if text else []
    return tuple(Counted(minor, bool(coin), pieces) for minor, coin, pieces in told)


def _kept(counted: Sequence[Counted]) -> str | None:
    if not counted:
        return None
    return canonical([[one.minor, int(one.coin), one.pieces] for one in counted if one.pieces])
