"""An application's way from the desk to the money: stages, allowed moves, what is still missing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from app.domain.errors import NotAllowedNow


class Stage(StrEnum):
    """Where an application stands."""

    ENTERED = "entered"
    DOCUMENTS = "documents"
    VERIFIED = "verified"
    DECIDED = "decided"
    SANCTIONED = "sanctioned"
    READY = "ready"
    DISBURSED = "disbursed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class Step(StrEnum):
    """What somebody does to an application."""

    REVISE = "revise"
    ATTACH = "attach"
    VERIFY = "verify"
    DECIDE = "decide"
    SANCTION = "sanction"
    DISBURSE = "disburse"
    REJECT = "reject"
    WITHDRAW = "withdraw"


class Missing(StrEnum):
    """What an application still needs before its next step."""

    BORN_ON = "born-on"
    PHONE = "phone"
    ADDRESS = "address"
    IDENTITY_DOCUMENT = "identity-document"
    IDENTITY_NUMBER = "identity-number"
    HOUSEHOLD_INCOME = "household-income"
    VERIFICATION = "verification"
    DECISION = "decision"
    SANCTION = "sanction"
    AGREEMENT = "agreement"


CLOSED = (Stage.DISBURSED, Stage.REJECTED, Stage.WITHDRAWN)
IDENTITY_PAPER = "identity"
AGREEMENT_PAPER = "agreement"
_S = Stage
_OPEN = (_S.ENTERED, _S.DOCUMENTS, _S.VERIFIED, _S.DECIDED, _S.SANCTIONED, _S.READY)

# Each step: the stages it may start from, and where it leads. A stage that is mapped to itself
# stays; `revised_to` and `attached_to` choose where the answer depends on more than the stage.
MOVES: Mapping[Step, Mapping[Stage, Stage]] = MappingProxyType(
    {
        Step.REVISE: {
            _S.ENTERED: _S.ENTERED,
            _S.DOCUMENTS: _S.DOCUMENTS,
            _S.VERIFIED: _S.VERIFIED,
            _S.DECIDED: _S.VERIFIED,
        },
        Step.ATTACH: {
            **{stage: stage for stage in (*_OPEN, _S.DISBURSED)},
            _S.ENTERED: _S.DOCUMENTS,
        },
        Step.VERIFY: {_S.DOCUMENTS: _S.VERIFIED},
        Step.DECIDE: {_S.VERIFIED: _S.DECIDED, _S.DECIDED: _S.DECIDED},
        Step.SANCTION: {_S.DECIDED: _S.SANCTIONED},
        Step.DISBURSE: {_S.SANCTIONED: _S.DISBURSED, _S.READY: _S.DISBURSED},
        Step.REJECT: dict.fromkeys(_OPEN, _S.REJECTED),
        Step.WITHDRAW: dict.fromkeys(_OPEN, _S.WITHDRAWN),
    }
)
_WHY: Mapping[Stage, str] = MappingProxyType(
    {
        _S.REJECTED: "rejected",
        _S.WITHDRAWN: "withdrawn",
        _S.DISBURSED: "already-disbursed",
    }
)


@dataclass(frozen=True, slots=True)
class Filled:
    """What is known about an application, as far as completeness goes."""

    born_on: date | None
    phone: str
    village: str
    identities: int  # how many numbers
    papers: frozenset[str]  # the kinds of attached documents
    income_minor: int


def may(stage: str, step: Step) -> bool:
    """Whether the step is allowed at this stage."""
    return Stage(stage) in MOVES[step]


def moved(stage: str, step: Step) -> Stage:
    """The stage after the step. Raises NotAllowedNow with the reason as `why`."""
    now = Stage(stage)
    allowed = MOVES[step]
    if now not in allowed:
        raise NotAllowedNow(why=_WHY.get(now, _unready(step)), stage=now, step=step)
    return allowed[now]


def attached_to(stage: str, paper: str) -> Stage:
    """The stage after a paper was attached; the signed agreement makes a sanctioned one ready."""
    after = moved(stage, Step.ATTACH)
    if after is Stage.SANCTIONED and paper == AGREEMENT_PAPER:
        return Stage.READY
    return after


def sanctioned_to(papers: frozenset[str]) -> Stage:
    """The stage after the sanction; ready at once where the signed agreement is there already."""
    return Stage.READY if AGREEMENT_PAPER in papers else Stage.SANCTIONED


def revised_to(stage: str, person_changed: bool) -> Stage:
    """The stage after a change; what was verified about a person must be verified anew."""
    after = moved(stage, Step.REVISE)
    return Stage.DOCUMENTS if person_changed and after is Stage.VERIFIED else after


def incomplete(filled: Filled) -> tuple[Missing, ...]:
    """What is missing before an application can be verified."""
    wanted = (
        (Missing.PHONE, bool(filled.phone)),
        (Missing.BORN_ON, filled.born_on is not None),
        (Missing.ADDRESS, bool(filled.village)),
        (Missing.IDENTITY_NUMBER, filled.identities > 0),
        (Missing.IDENTITY_DOCUMENT, IDENTITY_PAPER in filled.papers),
        (Missing.HOUSEHOLD_INCOME, filled.income_minor > 0),
    )
    return tuple(code for code, there in wanted if not there)


def missing(stage: str, filled: Filled) -> tuple[Missing, ...]:
    """What is missing before the next step, whatever it is at this stage."""
    match Stage(stage):
        case Stage.ENTERED | Stage.DOCUMENTS:
            return incomplete(filled) or (Missing.VERIFICATION,)
        case Stage.VERIFIED:
            return (*incomplete(filled), Missing.DECISION)
        case Stage.DECIDED:
            return (Missing.SANCTION,)
        case Stage.SANCTIONED if AGREEMENT_PAPER not in filled.papers:
            return (Missing.AGREEMENT,)
        case _:
            return ()


def _unready(step: Step) -> str:
    match step:
        case Step.VERIFY:
            return "documents-missing"
        case Step.SANCTION:
            return "not-decided"
        case Step.DISBURSE:
            return "not-sanctioned"
        case _:
            return "stage"
