"""Every act on a living loan that can be shown before it is done, and proposed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from app.commands.acts import (
    ChangeRate,
    RecoverLoan,
    RefundExcess,
    RescheduleLoan,
    ReverseAct,
    WriteOffLoan,
)
from app.commands.base import Command
from app.commands.codec import build, lifted
from app.commands.origination import DisburseTranche
from app.commands.servicing import ChargeLoan, ForecloseLoan, ReverseReceipt, WaiveDue
from app.commands.takeover import RestateLoan
from app.domain.errors import KistError, NotFound, ValueRefused
from app.rows.acts import ActWanted
from app.services.act_reversals import plan_reversal
from app.services.acting import Act
from app.services.charges import plan_charge
from app.services.foreclosure import plan_foreclosure
from app.services.plan_changes import plan_rate, plan_reschedule
from app.services.refunds import plan_refund
from app.services.restating import plan_restatement
from app.services.reversals import plan_receipt_reversal
from app.services.tranches import plan_tranche
from app.services.waivers import plan_waiver
from app.services.write_offs import plan_recovery, plan_write_off

ACTS: Mapping[str, Act] = {
    act.command.name: act
    for act in (
        Act(ChangeRate, plan_rate),
        Act(RescheduleLoan, plan_reschedule),
        Act(WriteOffLoan, plan_write_off),
        Act(RecoverLoan, plan_recovery),
        Act(RefundExcess, plan_refund),
        Act(ChargeLoan, plan_charge),
        Act(WaiveDue, plan_waiver),
        Act(ForecloseLoan, plan_foreclosure),
        Act(ReverseReceipt, plan_receipt_reversal),
        Act(ReverseAct, plan_reversal),
        Act(RestateLoan, plan_restatement),
        Act(DisburseTranche, plan_tranche),
    )
}


def act_of(wanted: ActWanted) -> tuple[Act, Command[Any]]:
    """The act and its command, lifted to the present edition. Raises NotFound or ValueRefused."""
    act = ACTS.get(wanted.command)
    if act is None:
        raise NotFound(what="command", id=wanted.command)
    try:
        payload = json.loads(wanted.payload)
        command = build(act.command, lifted(act.command, wanted.edition, payload))
    except KistError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError):
        raise ValueRefused(field="act", why="not-an-act") from None
    return act, command


def check_loan(command: Command[Any], loan_id: int) -> None:
    """Raise ValueRefused where the act is about another loan than the one it is asked for."""
    if getattr(command, "loan_id", loan_id) != loan_id:
        raise ValueRefused(field="loan_id", why="not-an-act")
