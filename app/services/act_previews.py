"""What an act would make of a loan: before and after side by side, by what will do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from app.commands.base import Command
from app.domain.accounts import EntryLine
from app.domain.errors import NotFound
from app.domain.loan import LinePaid
from app.domain.roles import Permission
from app.queries.servicing import PreviewAct, PreviewCheck
from app.rows.acts import ActEntry, ActLine, ActLineSide, ActPreview, ActSide, ActWanted
from app.services.act_table import act_of, check_loan
from app.services.acting import Act, Plan, desk_shown, rate_text_of
from app.services.loan_now import LoanNow, as_on_day, heads_of
from app.services.projecting import LOAN, Living, living
from app.services.registry import answers
from app.services.whole_cost import whole_apr
from app.services.work import Reading
from app.store.checks import check_by_id
from app.store.loans import events_of, loans_by_id
from app.store.money import account_titles


@answers(PreviewAct, needs=Permission.VIEW_LOANS)
def preview_act(reading: Reading, query: PreviewAct) -> ActPreview:
    """Both sides of an act. Raises what doing it would, but for the limit."""
    act, command = act_of(query.act)
    check_loan(command, query.loan_id)
    return previewed(reading, query.loan_id, act, command)


@answers(PreviewCheck, needs=Permission.VIEW_LOANS)
def preview_check(reading: Reading, query: PreviewCheck) -> ActPreview:
    """Both sides of a proposed act as they are now. Raises NotFound, or what doing it would."""
    check = check_by_id(reading.connection, query.check_id)
    branch_id = reading.branch.branch_id
    if check is None or check["branch_id"] != branch_id or check["subject_kind"] != LOAN:
        raise NotFound(what="check", id=query.check_id)
    wanted = ActWanted(check["command"], check["command_version"], check["payload"])
    act, command = act_of(wanted)
    return previewed(reading, int(check["subject_id"]), act, command)


def previewed(reading: Reading, loan_id: int, act: Act, command: Command[Any]) -> ActPreview:
    """Plan the act, try its facts in memory, and look at the loan before and after."""
    before, loan = _loan(reading, loan_id), _loan(reading, loan_id)
    plan = act.plan(desk_shown(reading), loan, command)
    legs = [leg for fact in plan.facts for leg in loan.take(fact, loan.next_ref, reading.rules)]
    if plan.terms is not None:
        legs += loan.restate(plan.terms, reading.rules)
    was, now = _now(before), _now(loan)
    limit_minor = reading.actor.limit(plan.limit) if plan.limit is not None else 0
    return ActPreview(
        loan_id=loan_id,
        command=command.name,
        on=reading.day,
        currency=loan.record.currency,
        before=_side(was),
        after=_side(now),
        lines=tuple(_lines(was.position.lines, now.position.lines)),
        entries=entries_of(reading, legs),
        limit="" if plan.limit is None else plan.limit.value,
        amount_minor=plan.amount,
        limit_minor=limit_minor,
        needs_check=_above(plan, limit_minor),
        warnings=plan.warnings,
    )


def _above(plan: Plan, limit_minor: int) -> bool:
    return plan.limit is not None and plan.amount > limit_minor


def _loan(reading: Reading, loan_id: int) -> Living:
    found = loans_by_id(reading.connection, [loan_id]).get(loan_id)
    if found is None or found.branch_id != reading.branch.branch_id:
        raise NotFound(what=LOAN, id=loan_id)
    return living(found, events_of(reading.connection, [loan_id])[loan_id], reading.day)


def _now(loan: Living) -> LoanNow:
    return as_on_day(loan.record, loan.events, loan.day)


def _side(now: LoanNow) -> ActSide:
    position, coming = now.position, now.next_line()
    ahead = [line for line in position.lines if line.due_on > now.day and any(line.unpaid)]
    return ActSide(
        status=position.status,
        annual_rate=rate_text_of(now.terms, now.events, now.day),
        outstanding_minor=position.principal_outstanding,
        arrears=heads_of(position.arrears),
        excess_minor=position.excess,
        dpd=now.dpd,
        asset_class=now.asset_class,
        next_due_on=coming.due_on if coming else None,
        next_due_minor=coming.unpaid.total if coming else 0,
        lines_to_come=len(ahead),
        last_due_on=ahead[-1].due_on if ahead else None,
        level_minor=_level(ahead),
        interest_to_come_minor=sum(line.unpaid.interest for line in ahead),
        payoff_minor=position.payoff,
        apr_percent=whole_apr(now),
    )


def _level(lines: Sequence[LinePaid]) -> int:
    """The instalment that most of the lines to come ask."""
    asked = Counter(line.principal + line.interest for line in lines)
    return asked.most_common(1)[0][0] if asked else 0


def _lines(was: Sequence[LinePaid], now: Sequence[LinePaid]) -> Iterator[ActLine]:
    """Every line of either side, by number."""
    before = {line.number: _line(line) for line in was}
    after = {line.number: _line(line) for line in now}
    for number in sorted({*before, *after}):
        one, two = before.get(number), after.get(number)
        yield ActLine(number, one, two, one != two)


def _line(line: LinePaid) -> ActLineSide:
    return ActLineSide(
        due_on=line.due_on,
        principal_minor=line.principal,
        interest_minor=line.interest,
        charge_minor=line.charge,
        penalty_minor=line.penalty,
        amount_minor=line.amount,
        unpaid_minor=line.unpaid.total,
        balance_minor=line.balance,
    )


def entries_of(reading: Reading, legs: Sequence[EntryLine]) -> tuple[ActEntry, ...]:
    """The legs one an account, in the order of their first mention."""
    sums: dict[str, int] = {}
    for leg in legs:
        sums[leg.account] = sums.get(leg.account, 0) + leg.amount
    titles = {one.code: one.title for one in reading.rules.chart}
    titles |= account_titles(reading.connection, reading.branch.branch_id)
    return tuple(
        ActEntry(account, titles.get(account, ""), max(amount, 0), max(-amount, 0))
        for account, amount in sums.items()
        if amount
    )
