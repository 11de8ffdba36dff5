"""Sanctions: within the product, as decided or against it with a reason, alone or checked."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from app.commands.base import Topic
from app.commands.codec import encode
from app.commands.origination import ApplicationChanged, SanctionApplication
from app.domain.application import Stage, Step, moved, sanctioned_to
from app.domain.decision import Outcome, covered
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission
from app.services.applications import change_stage, lock_steady
from app.services.calendars import with_calendar
from app.services.decisions import room_of
from app.services.exposure import outflow_of
from app.services.facts import record
from app.services.quotes import Product, check_bounds, terms_for
from app.services.registry import use_case
from app.services.work import Work
from app.store.applications import SUBJECT, event_by_id, sanctioned_since
from app.store.checks import WAITING
from app.store.documents_index import kinds_of
from app.store.products import product_on
from app.store.schema.system import checks
from app.store.tx import Row

SANCTIONED = "sanctioned"


@use_case(
    SanctionApplication,
    needs=Permission.APPLICATION_SANCTION,
    changes={Topic.APPLICATION, Topic.CHECK},
    answer=ApplicationChanged,
)
def sanction_application(work: Work, command: SanctionApplication) -> ApplicationChanged:
    """Sanction within the own limit, or hand it to somebody whose limit covers it."""
    before = lock_steady(work, command.application_id, command.version)
    check_sanction(work, before, command)
    if command.amount_minor > work.actor.limit(Limit.SANCTION):
        return _wait(work, before, command)
    return carry_out(work, before, command, maker_id=work.actor.user_id)


def check_sanction(work: Work, before: Row, command: SanctionApplication) -> None:
    """Raise, at the field, where this may not be sanctioned by anybody (or by this user)."""
    moved(before["stage"], Step.SANCTION)
    product = _product(work, before)
    check_bounds(product, command.amount_minor, command.instalments, command.annual_rate)
    if command.amount_minor > before["amount_minor"]:
        raise ValueRefused(
            field="amount_minor",
            why="above-asked",
            most_minor=int(before["amount_minor"]),
            currency=before["currency"],
        )
    reason = cleaned(command.override_reason, "override_reason")
    if _as_decided(work, before, product, command):
        return
    if not reason:
        raise ValueRefused(field="override_reason", why="override-reason")
    work.require(Permission.APPLICATION_OVERRIDE)


def carry_out(
    work: Work, before: Row, command: SanctionApplication, *, maker_id: int
) -> ApplicationChanged:
    """Write the sanction; the actor is the maker alone, or the checker of the maker's wish."""
    application_id = int(before["id"])
    checker_id = None if maker_id == work.actor.user_id else work.actor.user_id
    sanction_id = record(
        work,
        SUBJECT,
        application_id,
        SANCTIONED,
        amount_minor=command.amount_minor,
        currency=before["currency"],
        of_id=before["decision_id"],
        payload={
            "instalments": command.instalments,
            "annual_rate": _plain_rate(command.annual_rate),
            "override_reason": cleaned(command.override_reason, "override_reason"),
            "maker_id": maker_id,
            "checker_id": checker_id,
        },
    )
    papers = kinds_of(work.tx.connection, SUBJECT, application_id)
    return change_stage(
        work,
        before,
        sanctioned_to(papers),
        sanction_id=sanction_id,
        sanctioned_minor=command.amount_minor,
        sanctioned_instalments=command.instalments,
        sanctioned_rate=_plain_rate(command.annual_rate),
        product_number=_product(work, before)["number"] or None,
        check_id=None,
    )


def _product(work: Work, before: Row) -> Product:
    """The product with the terms of today: they are what is sanctioned."""
    product = product_on(work.tx.connection, int(before["product_id"]), work.day)
    if product is None:
        raise NotFound(what="product", id=before["product_id"])
    return product


def _as_decided(work: Work, before: Row, product: Product, command: SanctionApplication) -> bool:
    """Whether the rules approved, and this asks no more of the household than they looked at."""
    fact = event_by_id(work.tx.connection, int(before["decision_id"] or 0))
    if fact is None:
        raise NotAllowedNow(why="not-decided")
    connection, party_id = work.tx.connection, int(before["party_id"])
    if sanctioned_since(connection, party_id, int(before["id"]), fact["recorded_at"]):
        raise NotAllowedNow(why="decide-again")
    said: dict[str, Any] = json.loads(fact["payload"])
    here = with_calendar(connection, work.branch.branch_id, product, work.day)
    terms = terms_for(
        here, command.amount_minor, command.instalments, command.annual_rate, work.day
    )
    fits = covered(command.amount_minor, outflow_of(terms), said["offered_minor"], room_of(said))
    return bool(said["outcome"] == Outcome.APPROVE and fits)


def _wait(work: Work, before: Row, command: SanctionApplication) -> ApplicationChanged:
    """Put the wish before a second person; the application stays decided."""
    check_id = work.tx.insert(
        checks,
        branch_id=work.branch.branch_id,
        command=command.name,
        command_version=command.version,
        payload=encode(command),
        maker_id=work.actor.user_id,
        made_at=work.at,
        subject_kind=SUBJECT,
        subject_id=int(before["id"]),
        amount_minor=command.amount_minor,
        currency=before["currency"],
        state=WAITING,
        reason="",
    )
    record(
        work,
        SUBJECT,
        int(before["id"]),
        "sanction-asked",
        amount_minor=command.amount_minor,
        currency=before["currency"],
        payload={"check_id": check_id, "note": cleaned(command.override_reason, "override_reason")},
    )
    return change_stage(work, before, Stage(before["stage"]), check_id=check_id)


def _plain_rate(text: str) -> str:
    """The rate without idle zeros: 24 for 24.00."""
    rate = Fraction(text)
    return str(rate.numerator) if rate.denominator == 1 else text.rstrip("0")
