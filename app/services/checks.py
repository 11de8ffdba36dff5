"""A maker's wish and the second person who lets it happen, or not."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from app.commands.base import Topic
from app.commands.checks import AcceptCheck, CheckClosed, DeclineCheck
from app.commands.codec import build, lifted
from app.commands.origination import SanctionApplication
from app.domain.application import Stage
from app.domain.errors import NotAllowedNow, NotPermitted
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.queries.admin import ListChecks
from app.rows.admin import CheckRow
from app.services.applications import change_stage, hold_day
from app.services.facts import record
from app.services.journals import let_journal
from app.services.proposals import let_happen, turned_down
from app.services.proposed_openings import let_take_over
from app.services.registry import answers, use_case
from app.services.sanctions import carry_out, check_sanction
from app.services.tills import let_count, refuse_count
from app.services.work import Reading, Work
from app.store.applications import SUBJECT, lock_application
from app.store.checks import (
    ACCEPTED,
    DECLINED,
    JOURNAL,
    LOAN,
    TAKE_OVER,
    TILL,
    lock_check,
    waiting_checks,
)
from app.store.schema.system import checks
from app.store.tx import Row

CHANGES = {Topic.APPLICATION, Topic.LOAN, Topic.CASH, Topic.CHECK}


@use_case(AcceptCheck, needs=Permission.CHECK, changes=CHANGES, answer=CheckClosed)
def accept_check(work: Work, command: AcceptCheck) -> CheckClosed:
    """Let the maker's command happen in this transaction, within the own limit."""
    hold_day(work)
    check = lock_check(work.tx, command.check_id, work.branch.branch_id, command.version)
    if check["maker_id"] == work.actor.user_id:
        raise NotPermitted(why="own-work", needs=Permission.CHECK.value)
    if check["subject_kind"] == LOAN:
        let_happen(work, check)
    elif check["subject_kind"] == TAKE_OVER:
        let_take_over(work, check)
    elif check["subject_kind"] == JOURNAL:
        let_journal(work, check)
    elif check["subject_kind"] == TILL:
        let_count(work, check)
    else:
        _sanction(work, check)
    work.tx.change(checks, check, state=ACCEPTED, checker_id=work.actor.user_id)
    return CheckClosed(command.check_id, ACCEPTED)


@use_case(DeclineCheck, needs=Permission.SESSION, changes=CHANGES, answer=CheckClosed)
def decline_check(work: Work, command: DeclineCheck) -> CheckClosed:
    """Say no with a reason, or take the own wish back; the application is free again."""
    hold_day(work)
    check = lock_check(work.tx, command.check_id, work.branch.branch_id, command.version)
    if check["maker_id"] != work.actor.user_id:
        work.require(Permission.CHECK)
    reason = cleaned(command.reason, "reason", needed=True)
    if check["subject_kind"] == LOAN:
        turned_down(work, check, reason)
    elif check["subject_kind"] == TILL:
        refuse_count(work, check)
    elif check["subject_kind"] not in (TAKE_OVER, JOURNAL):
        _refuse_sanction(work, check, reason)
    work.tx.change(checks, check, state=DECLINED, checker_id=work.actor.user_id, reason=reason)
    return CheckClosed(command.check_id, DECLINED)


def _sanction(work: Work, check: Row) -> None:
    work.require(Permission.APPLICATION_SANCTION)
    work.within(Limit.SANCTION, int(check["amount_minor"]))
    wanted = _wanted(check)
    application = _waiting_application(work, check)
    check_sanction(work, application, wanted)
    carry_out(work, application, wanted, maker_id=int(check["maker_id"]))


def _refuse_sanction(work: Work, check: Row, reason: str) -> None:
    application = _waiting_application(work, check)
    record(
        work,
        SUBJECT,
        int(application["id"]),
        "sanction-declined",
        amount_minor=int(check["amount_minor"]),
        currency=check["currency"],
        payload={"check_id": int(check["id"]), "note": reason},
    )
    change_stage(work, application, Stage(application["stage"]), check_id=None)


@answers(ListChecks, needs=Permission.VIEW_LOANS)
def list_checks(reading: Reading, _query: ListChecks) -> tuple[CheckRow, ...]:
    """What waits for a second person, oldest first."""
    return tuple(
        CheckRow(
            check_id=row["id"],
            version=row["version"],
            command=row["command"],
            maker_id=row["maker_id"],
            maker=row["maker"] or "",
            made_at=datetime.fromisoformat(row["made_at"]),
            subject_id=row["subject_id"],
            number=row["number"] or "",
            borrower=row["borrower"] or "",
            amount_minor=row["amount_minor"],
            currency=row["currency"],
            state=row["state"],
            subject_kind=row["subject_kind"],
        )
        for row in waiting_checks(reading.connection, reading.branch.branch_id)
    )


def _wanted(check: Row) -> SanctionApplication:
    """The maker's command, lifted from the version it was written in."""
    if check["command"] != SanctionApplication.name:
        raise NotAllowedNow(why="not-waiting")
    payload: dict[str, Any] = json.loads(check["payload"])
    return build(
        SanctionApplication, lifted(SanctionApplication, int(check["command_version"]), payload)
    )


def _waiting_application(work: Work, check: Row) -> Row:
    """The application that waits for exactly this check, locked."""
    found = lock_application(work.tx, int(check["subject_id"]), work.branch.branch_id)
    if found["check_id"] != check["id"]:
        raise NotAllowedNow(why="not-waiting")
    return found
