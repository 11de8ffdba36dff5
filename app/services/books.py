"""Balanced entries: what an event or a day moves between accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.accounts import EntryLine, PostingRules, balanced
from app.domain.allocation import CHARGE, HEADS, PENALTY, Head
from app.domain.errors import ValueRefused
from app.domain.loan import Position
from app.services.work import Work
from app.store.schema.books import entries, entry_lines


def event_lines(
    before: Position, after: Position, rules: PostingRules, account: str, money: int
) -> tuple[EntryLine, ...]:
    """The entry of an event that brought `money` (minor units; below zero: it went back).

    The loan's legs are the differences of its balances. What was levied or forgiven between the
    two stands against income or expense of its head; the rest must be exactly the money.
    """
    was, now = before.balances, after.balances
    parts = rules.components
    legs = [
        (parts["principal"], now.principal - was.principal),
        (parts["interest"], was.interest_settled - now.interest_settled),
        (parts["charge"], now.charge - was.charge),
        (parts["penalty"], now.penalty - was.penalty),
        (parts["excess"], was.excess - now.excess),
    ]
    if money <= 0:  # money that comes in levies and forgives nothing
        legs += _levied_and_waived(before, after, rules)
    if sum(amount for _, amount in legs) != -money:
        raise ValueRefused(why="unbalanced-entry")
    return balanced([*legs, (account, money)])


def _levied_and_waived(
    before: Position, after: Position, rules: PostingRules
) -> Iterator[tuple[str, int]]:
    """Income of what events levied between two positions, expense of what they forgave."""
    for place, head in ((CHARGE, Head.CHARGE), (PENALTY, Head.PENALTY)):
        levied = _levied(after, place) - _levied(before, place)
        yield rules.contra["charge"][head.value], -levied
    for place, head in enumerate(HEADS):
        waived = _waived(after, place) - _waived(before, place)
        yield rules.contra["waiver"][head.value], waived


@dataclass(frozen=True, slots=True)
class About:
    """What an entry is about; `on` None books it under the open day."""

    kind: str
    currency: str
    product_id: int | None = None
    loan_id: int | None = None
    event_id: int | None = None
    on: date | None = None
    narration: str = ""


def post(work: Work, about: About, lines: Iterable[EntryLine]) -> None:
    """Write an entry with its lines; none where there are no lines."""
    told = tuple(lines)
    if not told:
        return
    booked_on = about.on or work.day
    entry_id = work.tx.insert(
        entries,
        branch_id=work.branch.branch_id,
        booked_on=booked_on,
        kind=about.kind,
        event_id=about.event_id,
        loan_id=about.loan_id,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        narration=about.narration,
    )
    for place, line in enumerate(told):
        work.tx.insert(
            entry_lines,
            entry_id=entry_id,
            place=place,
            branch_id=work.branch.branch_id,
            booked_on=booked_on,
            account=line.account,
            product_id=about.product_id,
            currency=about.currency,
            amount_minor=line.amount,
        )


def _levied(position: Position, head: int) -> int:
    """What events levied under a head: charge or penalty."""
    settled = sum(line.paid[head] + line.waived[head] for line in position.lines)
    balances = position.balances
    return settled + (balances.charge if head == CHARGE else balances.penalty)


def _waived(position: Position, head: int) -> int:
    return sum(line.waived[head] for line in position.lines)
