"""A loan's plan is agreed anew: another rate, other instalments."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.commands.acts import ChangeRate, RescheduleLoan
from app.commands.base import Topic
from app.commands.servicing import LoanChanged
from app.domain.allocation import Head
from app.domain.errors import TermsRefused, ValueRefused
from app.domain.events import EventKind, Replan
from app.domain.reading import Node, percent_text
from app.domain.roles import Limit, Permission
from app.services.acting import Desk, Plan, carried_out, check_day, check_living, rate_of
from app.services.projecting import Fact, Living
from app.services.registry import use_case
from app.services.work import Work
from app.store.details import Detail
from app.store.products import product_by_id
from app.texts import _

MOST_INSTALMENTS = 5000
CAPITALISED = (Head.INTEREST, Head.CHARGE)


@use_case(ChangeRate, needs=Permission.LOAN_RATE, changes={Topic.LOAN}, answer=LoanChanged)
def change_rate(work: Work, command: ChangeRate) -> LoanChanged:
    """From a day on the loan bears another rate."""
    return carried_out(work, command, plan_rate)


@use_case(
    RescheduleLoan, needs=Permission.LOAN_RESCHEDULE, changes={Topic.LOAN}, answer=LoanChanged
)
def reschedule_loan(work: Work, command: RescheduleLoan) -> LoanChanged:
    """The lines to come give way to new ones, perhaps at another rate."""
    if command.annual_rate.strip():
        work.require(Permission.LOAN_RATE)
    return carried_out(work, command, plan_reschedule)


def plan_rate(desk: Desk, loan: Living, command: ChangeRate) -> Plan:
    """One fact. Raises ValueRefused for a rate that cannot be, or that the loan bears already."""
    reason = desk.reason(command.reason)
    check_living(loan)
    check_day(desk, loan, command.on)
    rate = percent_of(command.annual_rate)
    if rate == _present(loan):
        raise ValueRefused(field="annual_rate", why="same-rate", given=command.annual_rate)
    fact = _rate(command.on, rate, reason)
    warnings = tuple(_outside(desk, loan, rate))
    return Plan((fact,), Limit.RATE, loan.position.principal_outstanding, warnings)


def plan_reschedule(desk: Desk, loan: Living, command: RescheduleLoan) -> Plan:
    """A reschedule, and before it the rate that is agreed with it. Raises at the field."""
    reason = desk.reason(command.reason)
    check_living(loan)
    check_day(desk, loan, command.on)
    _check_lines(command)
    rate = percent_of(command.annual_rate) if command.annual_rate.strip() else _present(loan)
    other_rate = rate != _present(loan)
    heads = tuple(head for head in CAPITALISED if head in command.capitalise)
    replan = Replan(command.instalments, command.first_due_on, heads)
    if replan == Replan() and not other_rate:
        raise ValueRefused(field="instalments", why="nothing-changes")
    plan = Fact(
        EventKind.RESCHEDULE,
        command.on,
        title=reason,
        detail=Detail(replan=replan),
        with_last=other_rate,
    )
    facts = (_rate(command.on, rate, reason), plan) if other_rate else (plan,)
    warnings = tuple(_outside(desk, loan, rate)) if other_rate else ()
    return Plan(facts, Limit.RESCHEDULE, loan.position.principal_outstanding, warnings)


def percent_of(text: str, field: str = "annual_rate") -> int:
    """A rate typed in percent a year, in 1 ÷ PERCENT percent. Raises ValueRefused."""
    typed = text.strip()
    if typed.startswith("-"):
        raise ValueRefused(field=field, why="below-zero", given=typed)
    try:
        return Node(field, typed).percent()
    except TermsRefused:
        raise ValueRefused(field=field, why="not-a-rate", given=typed) from None


def _present(loan: Living) -> int:
    return rate_of(loan.terms, loan.events, loan.day)


def _rate(on: date, rate: int, reason: str) -> Fact:
    said = f"{percent_text(rate)} % \u00b7 {reason}"
    return Fact(EventKind.RATE, on, title=said, detail=Detail(annual_rate=rate))


def _check_lines(command: RescheduleLoan) -> None:
    count, first = command.instalments, command.first_due_on
    if count is not None and not 1 <= count <= MOST_INSTALMENTS:
        raise ValueRefused(field="instalments", why="above" if count > 0 else "below", **_BOUNDS)
    if first is not None and first <= command.on:
        raise ValueRefused(field="first_due_on", why="too-early", given=first)
    if any(head not in CAPITALISED for head in command.capitalise):
        raise ValueRefused(field="capitalise", why="head-not-capitalised")


def _outside(desk: Desk, loan: Living, rate: int) -> Iterator[str]:
    """A warning where the product does not offer the rate."""
    product = product_by_id(desk.snapshot, loan.record.product_id)
    if product is None:
        return
    low, high = product["min_rate"], product["max_rate"]
    if not percent_of(low) <= rate <= percent_of(high):
        said = _("The product is offered at {least} % to {most} %, not at {rate} %.")
        yield said.format(least=low, most=high, rate=percent_text(rate))


_BOUNDS = {"least": 1, "most": MOST_INSTALMENTS}
