"""A take-over above the own limit waits for a second person."""

from __future__ import annotations

import json

from app.commands.base import Topic
from app.commands.codec import build, encode, lifted
from app.commands.takeover import ProposeTakeOver, TakeOverLoan, TakeOverProposed
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.takeover import ListTakeOversAsked, PreviewTakeOver
from app.rows.takeover import TakeOverAsked
from app.services.acting import desk_of
from app.services.applications import hold_day
from app.services.parties import clean_party, facts_of
from app.services.registry import answers, use_case
from app.services.taking_over import checked, preview_take_over, take_over_loan
from app.services.work import Reading, Work
from app.store.checks import TAKE_OVER, WAITING, waiting_checks
from app.store.schema.system import checks
from app.store.tx import Row


@use_case(
    ProposeTakeOver,
    needs=Permission.LOAN_TAKE_OVER,
    changes={Topic.CHECK},
    answer=TakeOverProposed,
)
def propose_take_over(work: Work, command: ProposeTakeOver) -> TakeOverProposed:
    """Refuse what the take-over itself would be refused for, then let it wait."""
    hold_day(work)
    reason = cleaned(command.reason, "reason", needed=True)
    made = checked(desk_of(work), command.taken)
    if command.party_id is not None:
        facts_of(work.tx.connection, command.party_id)
    elif command.party is not None:
        clean_party(work, command.party)
    wanted = TakeOverLoan(
        party_id=command.party_id, party=command.party, taken=command.taken, reason=reason
    )
    check_id = work.tx.insert(
        checks,
        branch_id=work.branch.branch_id,
        command=wanted.name,
        command_version=wanted.edition,
        payload=encode(wanted),
        maker_id=work.actor.user_id,
        made_at=work.at,
        subject_kind=TAKE_OVER,
        subject_id=command.party_id or 0,
        amount_minor=made.outstanding,
        currency=command.taken.currency,
        state=WAITING,
        reason="",
    )
    return TakeOverProposed(check_id, 1, made.outstanding)


def let_take_over(work: Work, check: Row) -> None:
    """Take the loan over as the checker, who needs the permission and a limit for it."""
    work.require(Permission.LOAN_TAKE_OVER)
    take_over_loan(work, wanted_of(check))


def wanted_of(check: Row) -> TakeOverLoan:
    """The take-over as the maker wrote it, lifted to the present edition."""
    payload = json.loads(check["payload"])
    return build(TakeOverLoan, lifted(TakeOverLoan, int(check["command_version"]), payload))


@answers(ListTakeOversAsked, needs=Permission.LOAN_TAKE_OVER)
def list_take_overs_asked(
    reading: Reading, _query: ListTakeOversAsked
) -> tuple[TakeOverAsked, ...]:
    """What waits, each with what it would make of the loan as it is now."""
    waiting = waiting_checks(reading.connection, reading.branch.branch_id)
    return tuple(_asked(reading, dict(row)) for row in waiting if row["subject_kind"] == TAKE_OVER)


def _asked(reading: Reading, check: Row) -> TakeOverAsked:
    wanted = wanted_of(check)
    known = wanted.party_id is not None
    party = facts_of(reading.connection, wanted.party_id)[0] if wanted.party_id else wanted.party
    return TakeOverAsked(
        check_id=check["id"],
        version=check["version"],
        maker_id=check["maker_id"],
        maker=check["maker"] or "",
        borrower="" if party is None else party.full_name,
        known_party=known,
        reason=wanted.reason,
        taken=wanted.taken,
        preview=preview_take_over(reading, PreviewTakeOver(taken=wanted.taken)),
    )
