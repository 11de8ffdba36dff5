"""Cash that is no loan's: in and out of a till, from counter to counter, in from the field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from app.commands.base import Topic
from app.commands.tills import (
    CashMoved,
    CountFieldCash,
    FieldCashCounted,
    GiveCash,
    MoveCash,
    ReturnCash,
    TakeCash,
)
from app.domain.accounts import EntryLine
from app.domain.errors import (
    AmountNotPositive,
    CurrencyMismatch,
    NotAllowedNow,
    NotFound,
    ValueRefused,
)
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.domain.till import TillKind, moved_lines
from app.services.applications import hold_day
from app.services.books import About, post
from app.services.registry import use_case
from app.services.till_desk import (
    Move,
    add_move,
    check_counter,
    check_enough,
    open_till_here,
    read_counted,
    till_at,
    total_of,
)
from app.services.work import Work
from app.store.branch import counter_codes
from app.store.money import account_titles, balance_of
from app.store.tills import ended, move_by_id
from app.store.tx import Row

CHANGES = {Topic.CASH}
LONGEST_REFERENCE = 80


@use_case(MoveCash, needs=Permission.TILL, changes=CHANGES, answer=CashMoved)
def move_cash(work: Work, command: MoveCash) -> CashMoved:
    """Book cash between this till and an account that takes lines by hand, with a voucher."""
    if command.amount_minor <= 0:
        raise AmountNotPositive(field="amount_minor")
    if command.currency != work.branch.currency:
        raise CurrencyMismatch(field="currency", one=work.branch.currency, other=command.currency)
    reason = cleaned(command.reason, "reason", needed=True)
    reference = cleaned(command.reference, "reference")
    if len(reference) > LONGEST_REFERENCE:
        raise ValueRefused(field="reference", why="too-long", most=LONGEST_REFERENCE)
    till, row = open_till_here(work)
    _check_account(work, command.account)
    if not command.into_till:
        check_enough(work, till, command.amount_minor)
    kind = TillKind.IN if command.into_till else TillKind.OUT
    into, out_of = (till.account, command.account)[:: 1 if command.into_till else -1]
    move = Move(
        kind,
        command.amount_minor,
        account=command.account,
        reason=reason,
        payee=cleaned(command.payee, "payee"),
        reference=reference,
    )
    return CashMoved(*_written(work, row, move, moved_lines(command.amount_minor, into, out_of)))


@use_case(GiveCash, needs=Permission.TILL, changes=CHANGES, answer=CashMoved)
def give_cash(work: Work, command: GiveCash) -> CashMoved:
    """Take counted cash out of this till; it is on its way until the other counter takes it."""
    amount = total_of(work, command.counted, command.currency, some=True)
    reason = cleaned(command.reason, "reason")
    if command.from_counter:
        check_counter(work, command.from_counter)
    till, row = open_till_here(work, command.from_counter)
    if command.to_counter == till.counter:
        raise ValueRefused(field="to_counter", why="same-counter")
    if command.to_counter not in counter_codes(work.tx.connection, work.branch.branch_id):
        raise ValueRefused(field="to_counter", why="not-a-choice", given=command.to_counter)
    check_enough(work, till, amount)
    transit = work.tools.rules.transit
    move = Move(
        TillKind.GIVE,
        amount,
        account=transit,
        counted=command.counted,
        reason=reason,
        to_counter=command.to_counter,
    )
    return CashMoved(*_written(work, row, move, moved_lines(amount, transit, till.account)))


@use_case(TakeCash, needs=Permission.TILL, changes=CHANGES, answer=CashMoved)
def take_cash(work: Work, command: TakeCash) -> CashMoved:
    """Put what another counter gave into this till. Raises ValueRefused where the count differs."""
    till, row = open_till_here(work)
    given = _waiting(work, command.move_id)
    if given["to_counter"] != till.counter:
        raise NotAllowedNow(why="for-another-counter", counter=given["to_counter"])
    amount = total_of(work, command.counted, given["currency"])
    if amount != given["amount_minor"]:
        raise ValueRefused(
            field="counted",
            why="handover-differs",
            given_minor=given["amount_minor"],
            counted_minor=amount,
            currency=given["currency"],
        )
    transit = work.tools.rules.transit
    move = Move(TillKind.TAKE, amount, account=transit, counted=command.counted, of_id=given["id"])
    return CashMoved(*_written(work, row, move, moved_lines(amount, till.account, transit)))


@use_case(ReturnCash, needs=Permission.TILL, changes=CHANGES, answer=CashMoved)
def return_cash(work: Work, command: ReturnCash) -> CashMoved:
    """Put what was given back into the till it left; either counter of the two may say so."""
    reason = cleaned(command.reason, "reason", needed=True)
    found = move_by_id(work.tx.connection, work.branch.branch_id, command.move_id)
    if found is None:
        raise NotFound(what="handover", id=command.move_id)
    here = work.branch.counter_code
    if here not in (found["counter_code"], found["to_counter"]):
        work.require(Permission.TILL_MANAGE)
    till = till_at(work, found["counter_code"])
    hold_day(work)
    given = _waiting(work, command.move_id)
    if till.row is None:
        raise NotAllowedNow(why="till-closed", counter=till.counter)
    amount, transit = given["amount_minor"], work.tools.rules.transit
    move = Move(
        TillKind.BACK,
        amount,
        account=transit,
        counted=read_counted(given["counted"]),
        reason=reason,
        of_id=given["id"],
    )
    lines = moved_lines(amount, till.account, transit)
    return CashMoved(*_written(work, till.row, move, lines))


@use_case(CountFieldCash, needs=Permission.TILL, changes=CHANGES, answer=FieldCashCounted)
def count_field_cash(work: Work, command: CountFieldCash) -> FieldCashCounted:
    """Put an officer's collected cash into this till; the rest stays a claim on the officer."""
    amount = total_of(work, command.counted, command.currency, some=True)
    till, row = open_till_here(work)
    account = work.tools.rules.staff_account(command.officer_id)
    owed = balance_of(work.tx.connection, work.branch.branch_id, account, work.branch.currency)
    if amount > owed:
        raise ValueRefused(
            field="counted",
            why="more-than-collected",
            owed_minor=owed,
            counted_minor=amount,
            currency=work.branch.currency,
        )
    reason = cleaned(command.reason, "reason", needed=amount != owed)
    move = Move(
        TillKind.FIELD,
        amount,
        account=account,
        counted=command.counted,
        reason=reason,
        officer_id=command.officer_id,
        expected=owed,
    )
    move_id, number = _written(work, row, move, moved_lines(amount, till.account, account))
    return FieldCashCounted(move_id, number, amount, owed - amount)


def _written(work: Work, row: Row, move: Move, lines: Sequence[EntryLine]) -> tuple[int, str]:
    """Post the lines and insert the movement that they belong to."""
    about = About(f"till-{move.kind.value}", work.branch.currency, narration=move.reason)
    entry_id = post(work, about, lines)
    return add_move(work, row["id"], row["session"], replace(move, entry_id=entry_id))


def _waiting(work: Work, move_id: int) -> Row:
    """A hand-over of this branch that was neither taken nor returned."""
    found = move_by_id(work.tx.connection, work.branch.branch_id, move_id)
    if found is None or found["kind"] != TillKind.GIVE:
        raise NotFound(what="handover", id=move_id)
    end = ended(work.tx.connection, move_id)
    if end is not None:
        raise NotAllowedNow(why="handover-over", number=found["number"])
    return dict(found)


def _check_account(work: Work, account: str) -> None:
    """Raise where no line by hand may stand on the account."""
    rules = work.tools.rules
    known = {one.code for one in rules.chart if not one.per_counter}
    known |= set(account_titles(work.tx.connection, work.branch.branch_id))
    if account not in known:
        raise ValueRefused(field="account", why="no-such-account", account=account)
    if rules.controls(account):
        raise ValueRefused(field="account", why="control-account", account=account)
