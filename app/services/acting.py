"""What an act on a loan comes to: one plan for doing it, showing it and proposing it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.commands.base import Command
from app.commands.servicing import LoanChanged
from app.domain.errors import CurrencyMismatch, LimitExceeded, NotAllowedNow, ValueRefused
from app.domain.events import Event, EventKind
from app.domain.party import cleaned
from app.domain.reading import percent_text
from app.domain.roles import Actor, Limit
from app.domain.terms import Terms
from app.services.projecting import Fact, Living, apply_event, locked_loans
from app.services.work import Reading, Work
from app.store.context import Branch
from app.store.store import Snapshot

ACTIVE, WRITTEN_OFF = "active", "written-off"


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at an act, where and when. A reason may be missing while it is only shown."""

    snapshot: Snapshot
    branch: Branch
    actor: Actor
    day: date
    counter: str
    money_account: Callable[[str, str], str]
    staff_account: Callable[[int], str]
    shown: bool = False

    def account(self, mode: str) -> str:
        """The account that money of this mode moves in at this counter."""
        return self.money_account(mode, self.counter)

    def reason(self, text: str) -> str:
        """The reason, cleaned. Raises ValueRefused where it is needed and missing."""
        return cleaned(text, "reason", needed=not self.shown)


@dataclass(frozen=True, slots=True)
class Plan:
    """What an act adds to a loan, and what the limit is held against (minor units).

    `warnings` are shown text: what whoever acts should know, though nothing refuses it.
    """

    facts: tuple[Fact, ...]
    limit: Limit | None = None
    amount: int = 0
    warnings: tuple[str, ...] = ()
    terms: Terms | None = None  # that take the place of the loan's own, from its beginning


@dataclass(frozen=True, slots=True)
class Act:
    """A command on a living loan, with what it comes to."""

    command: type[Command[Any]]
    plan: Callable[[Desk, Living, Any], Plan]


def desk_of(work: Work) -> Desk:
    """The desk where a command is carried out."""
    branch = work.branch
    rules, connection = work.tools.rules, work.tx.connection
    accounts = (rules.money_account, rules.staff_account)
    return Desk(connection, branch, work.actor, work.day, branch.counter_code, *accounts)


def desk_shown(reading: Reading) -> Desk:
    """The desk where an act is only shown."""
    branch, snapshot = reading.branch, reading.connection
    rules, counter = reading.rules, branch.counter_code
    accounts = (rules.money_account, rules.staff_account)
    return Desk(snapshot, branch, reading.actor, reading.day, counter, *accounts, True)


def check_living(loan: Living) -> None:
    """Raise NotAllowedNow where nothing can be agreed on the loan any more."""
    status = loan.position.status
    if status == WRITTEN_OFF:
        raise NotAllowedNow(why="written-off", number=loan.record.number)
    if status != ACTIVE:
        raise NotAllowedNow(why="loan-closed", number=loan.record.number)


def check_currency(loan: Living, currency: str) -> None:
    """Raise CurrencyMismatch for another currency than the loan's."""
    if loan.record.currency != currency:
        raise CurrencyMismatch(field="currency", one=loan.record.currency, other=currency)


def check_day(desk: Desk, loan: Living, on: date, field: str = "on") -> None:
    """Raise at the field for a day to come, before the loan, or further back than is allowed."""
    days = (desk.day - on).days
    if days < 0:
        raise ValueRefused(field=field, why="in-the-future", given=on)
    if on < loan.record.disbursed_on:
        raise ValueRefused(field=field, why="before-disbursement", given=on)
    allowed = desk.actor.limit(Limit.BACKDATE_DAYS)
    if days > allowed:
        raise LimitExceeded(field=field, why="backdate", days=days, allowed_days=allowed)


def rate_of(terms: Terms, events: Sequence[Event], day: date) -> int:
    """The rate that a loan bears on a day, in 1 ÷ PERCENT percent."""
    void = {event.of for event in events if event.kind is EventKind.REVERSAL}
    changes = [
        event
        for event in events
        if event.kind is EventKind.RATE and event.ref not in void and event.on <= day
    ]
    changes.sort(key=lambda event: (event.on, event.ref))
    found = changes[-1].annual_rate if changes else None
    return terms.annual_rate if found is None else found


def rate_text_of(terms: Terms, events: Sequence[Event], day: date) -> str:
    """The rate of a day as a text in percent."""
    return percent_text(rate_of(terms, events, day))


def agreed(
    work: Work, command: Any, plan_of: Callable[[Desk, Living, Any], Plan]
) -> tuple[Living, Plan]:
    """The locked loan of a command with its plan. Raises LimitExceeded above the own limit."""
    loan = locked_loans(work, [command.loan_id])[command.loan_id]
    plan = plan_of(desk_of(work), loan, command)
    if plan.limit is not None:
        work.within(plan.limit, plan.amount)
    return loan, plan


def carried_out(
    work: Work, command: Any, plan_of: Callable[[Desk, Living, Any], Plan]
) -> LoanChanged:
    """Add the facts of a plan to the loan; the answer names the last."""
    loan, plan = agreed(work, command, plan_of)
    event_ids = apply_event(work, loan, *plan.facts)
    return LoanChanged(loan.record.loan_id, event_ids[-1])
