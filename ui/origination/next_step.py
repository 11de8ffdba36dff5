"""What the primary button of an application does at this stage, for this person."""

from __future__ import annotations

from dataclasses import dataclass

from app.domain.application import Stage
from app.domain.roles import Permission
from app.rows.origination import ApplicationView
from app.texts import _
from ui.kit.screen_context import Station
from ui.origination.steps import STEPS, step_names


@dataclass(frozen=True, slots=True)
class Next:
    """A verb, and the name of what it does; `why` is said where it cannot be done."""

    act: str  # go, enter, save, verify, decide, sanction, accept, issue, acknowledge, …
    text: str
    allowed: bool = True
    why: str = ""


def next_of(station: Station, view: ApplicationView | None, step: str, dirty: bool) -> Next:
    """The primary act."""
    if view is None:
        if step == "request":
            return _may(station, "enter", _("Enter application"), Permission.APPLICATION_ENTER)
        return _on(step)
    if dirty:
        return _may(station, "save", _("Save changes"), Permission.APPLICATION_ENTER)
    return _by_stage(station, view, step)


def _by_stage(station: Station, view: ApplicationView, step: str) -> Next:
    stage = Stage(view.stage)
    if stage in {Stage.ENTERED, Stage.DOCUMENTS}:
        return _verify(station, view, step)
    if stage in {Stage.SANCTIONED, Stage.READY}:
        return _pay_out(station, view)
    if stage is Stage.VERIFIED:
        return _may(station, "decide", _("Decide"), Permission.APPLICATION_DECIDE)
    if stage is Stage.DECIDED:
        return _sanction(station, view)
    return Next("loan", _("Open the loan"), view.loan_id is not None)


def _sanction(station: Station, view: ApplicationView) -> Next:
    if view.check_id is not None:
        return _check(station, view)
    return _may(station, "sanction", _("Sanction"), Permission.APPLICATION_SANCTION)


def _may(station: Station, act: str, text: str, permission: Permission) -> Next:
    allowed = station.may(permission)
    return Next(act, text, allowed, "" if allowed else _("Somebody else does this."))


def _on(step: str) -> Next:
    after = STEPS[STEPS.index(step) + 1] if step != STEPS[-1] else step
    return Next("go", _("Next: {step}").format(step=step_names()[after]))


def _verify(station: Station, view: ApplicationView, step: str) -> Next:
    if view.missing != ("verification",):
        if step in {"borrower", "household", "request"}:
            return _on(step)
        return Next("verify", _("Verify"), False, _("Something is still missing."))
    return _may(station, "verify", _("Verify"), Permission.APPLICATION_VERIFY)


def _check(station: Station, view: ApplicationView) -> Next:
    if view.check_maker_id == station.me.user_id:
        return Next("accept", _("Accept"), False, _("Another person must accept it."))
    return _may(station, "accept", _("Accept"), Permission.APPLICATION_SANCTION)


def _pay_out(station: Station, view: ApplicationView) -> Next:
    """The statement is heard and signed before the money goes out, where the product asks it."""
    if view.statement == "issue":
        return _may(station, "issue", _("Issue key fact statement"), Permission.KEY_FACTS)
    if view.statement == "sign":
        return _may(station, "acknowledge", _("Statement signed"), Permission.KEY_FACTS)
    return _disburse(station)


def _disburse(station: Station) -> Next:
    if not station.day_is_open:
        return Next("disburse", _("Disburse"), False, _("The business day is not open."))
    return _may(station, "disburse", _("Disburse"), Permission.LOAN_DISBURSE)
