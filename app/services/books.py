"""Balanced entries: what an event or a day moves between accounts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.accounts import EntryLine, PostingRules, balanced
from app.domain.allocation import CHARGE, HEADS, PENALTY, PRINCIPAL, Head, Split
from app.domain.errors import ValueRefused
from app.domain.loan import Position
from app.services.till_guard import check_tills
from app.services.work import Work
from app.store.money import account_titles
from app.store.schema.books import accounts, entries, entry_lines

FIRST_CHART = 1


def event_lines(
    before: Position,
    after: Position,
    rules: PostingRules,
    account: str = "",
    money: int = 0,
    *,
    lent: int = 0,
) -> tuple[EntryLine, ...]:
    """The entry of an event that brought `money` (minor units; below zero: it went back).

    `lent` is what it handed out of the loan.

    The loan's legs are the differences of its balances. What was levied, forgiven, struck or
    recovered between the two stands against income or expense; the rest must be exactly the money.
    Raises ValueRefused where it is not.
    """
    was, now = before.balances, after.balances
    parts = rules.components
    legs = [
        (parts["principal"], now.principal - was.principal),
        (parts["interest"], was.interest_settled - now.interest_settled),
        (parts["charge"], now.charge - was.charge),
        (parts["penalty"], now.penalty - was.penalty),
        (parts["excess"], was.excess - now.excess),
        (rules.recovery, was.recovered - now.recovered),
        *_levied(before, after, rules),
        *_forgiven(before, after, rules, lent),
    ]
    if sum(amount for _, amount in legs) != -money:
        raise ValueRefused(why="unbalanced-entry")
    return balanced([*_together(legs), (account, money)])


def _levied(before: Position, after: Position, rules: PostingRules) -> Iterator[tuple[str, int]]:
    """Income of what events levied between two positions; the tax among it is owed to the state."""
    was, now = before.levied, after.levied
    tax = after.levied_tax - before.levied_tax
    yield rules.tax, -tax
    yield rules.contra["charge"][Head.CHARGE.value], tax
    for place, head in ((CHARGE, Head.CHARGE), (PENALTY, Head.PENALTY)):
        yield rules.contra["charge"][head.value], was[place] - now[place]


def _forgiven(
    before: Position, after: Position, rules: PostingRules, lent: int
) -> Iterator[tuple[str, int]]:
    """Expense of what was waived, and of what was written off, between two positions."""
    was, now = _waived(before), _waived(after)
    struck_before, struck_after = before.written_off, after.written_off
    for place, head in enumerate(HEADS):
        struck = struck_after[place] - struck_before[place]
        waived = now[place] - was[place] - struck + (lent if head is Head.PRINCIPAL else 0)
        yield rules.contra["write-off"][head.value], struck
        yield rules.contra["waiver"][head.value], waived


def _together(legs: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """One leg an account, in the order of their first mention."""
    sums: dict[str, int] = {}
    for account, amount in legs:
        sums[account] = sums.get(account, 0) + amount
    yield from sums.items()


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


def post(work: Work, about: About, lines: Iterable[EntryLine]) -> int | None:
    """Write an entry with its lines, and give its id; none where there are no lines."""
    told = tuple(lines)
    if not told:
        return None
    check_tills(work, about.kind, told)
    _complete_chart(work, told)
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
    return entry_id


def _complete_chart(work: Work, lines: Iterable[EntryLine]) -> None:
    """Add accounts that came after the branch was founded, when the first of them is used."""
    later = {one.code: one for one in work.tools.rules.chart if one.since > FIRST_CHART}
    used = [later[line.account] for line in lines if line.account in later]
    if not used:
        return
    branch_id = work.branch.branch_id
    there = account_titles(work.tx.connection, branch_id)
    for one in used:
        if one.code not in there:
            work.tx.insert(
                accounts, branch_id=branch_id, code=one.code, title=one.title, kind=one.kind
            )
            work.tx.flush()


def _waived(position: Position) -> Split:
    """What was forgiven by head, struck or waived; principal up to a constant of the loan.

    Principal that was forgiven ahead stands in no line any more once the plan has changed: it is
    what was lent or capitalised, and is neither paid nor outstanding.
    """
    lines = position.lines
    sums = [sum(line.waived[head] for line in lines) for head in range(len(HEADS))]
    paid = sum(line.paid.principal for line in lines)
    sums[PRINCIPAL] = position.capitalised.total - paid - position.balances.principal
    return Split._make(sums)
