"""An act on a loan that waits for a second person, and what becomes of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.commands.acts import ActProposed, ProposeAct
from app.commands.base import Command, Topic
from app.domain.errors import NotAllowedNow
from app.domain.roles import Permission
from app.rows.acts import ActWanted
from app.services.act_table import act_of, check_loan
from app.services.acting import desk_of
from app.services.facts import record
from app.services.projecting import LOAN, locked_loans
from app.services.registry import REGISTRY, use_case
from app.services.work import Work
from app.store.checks import WAITING, waiting_for
from app.store.schema.system import checks
from app.store.tx import Row

ASKED, ALLOWED, DECLINED = "act-asked", "act-allowed", "act-declined"


@use_case(
    ProposeAct,
    needs=Permission.VIEW_LOANS,
    changes={Topic.LOAN, Topic.CHECK},
    answer=ActProposed,
)
def propose_act(work: Work, command: ProposeAct) -> ActProposed:
    """Refuse what the act itself would be refused for, then let it wait. One of a kind a loan."""
    act, wanted = act_of(command.act)
    check_loan(wanted, command.loan_id)
    work.require(REGISTRY.commands[wanted.name].needs)
    loan = locked_loans(work, [command.loan_id])[command.loan_id]
    if waiting_for(work.tx.connection, LOAN, command.loan_id, wanted.name):
        raise NotAllowedNow(why="waiting-for-checker")
    plan = act.plan(desk_of(work), loan, wanted)
    for fact in plan.facts:
        loan.take(fact, loan.next_ref, work.tools.rules)
    if plan.terms is not None:
        loan.restate(plan.terms, work.tools.rules)
    check_id = work.tx.insert(
        checks,
        branch_id=work.branch.branch_id,
        command=wanted.name,
        command_version=wanted.edition,
        payload=command.act.payload,
        maker_id=work.actor.user_id,
        made_at=work.at,
        subject_kind=LOAN,
        subject_id=command.loan_id,
        amount_minor=plan.amount,
        currency=loan.record.currency,
        state=WAITING,
        reason="",
    )
    _told(work, ASKED, command.loan_id, (wanted, check_id, plan.amount), "")
    return ActProposed(check_id, 1, plan.amount)


def let_happen(work: Work, check: Row) -> None:
    """Carry the proposed act out as the checker, who needs its permission and a limit for it."""
    _, command = act_of(wanted_of(check))
    case = REGISTRY.commands[command.name]
    work.require(case.needs)
    case.run(work, command)
    loan_id, amount = int(check["subject_id"]), int(check["amount_minor"])
    _told(work, ALLOWED, loan_id, (command, int(check["id"]), amount), "")


def turned_down(work: Work, check: Row, reason: str) -> None:
    """Note on the loan that the act will not happen."""
    _, command = act_of(wanted_of(check))
    loan_id, amount = int(check["subject_id"]), int(check["amount_minor"])
    locked_loans(work, [loan_id])
    _told(work, DECLINED, loan_id, (command, int(check["id"]), amount), reason)


def wanted_of(check: Mapping[Any, Any]) -> ActWanted:
    """The act as the maker wrote it."""
    return ActWanted(check["command"], int(check["command_version"]), check["payload"])


def _told(
    work: Work, kind: str, loan_id: int, about: tuple[Command[Any], int, int], reason: str
) -> None:
    """A line of the loan's story; `title` is the name of the command and, if any, the reason."""
    command, check_id, amount = about
    record(
        work,
        LOAN,
        loan_id,
        kind,
        amount_minor=amount or None,
        currency=work.branch.currency,
        title=command.name,
        payload={"check_id": check_id, "note": reason},
    )
