"""The terms that a sanctioned application is paid out by, once they were disclosed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from app.commands.origination import DisburseLoan
from app.domain.errors import NotAllowedNow
from app.domain.terms import Terms
from app.queries.origination import PreviewDisbursement
from app.services.key_fact_rules import check_disclosed
from app.services.key_facts import (
    later_parts,
    sanctioned_product,
    sanctioned_terms,
    state_of,
    terms_disclosed,
)
from app.store.key_facts import statements_of
from app.store.store import Snapshot

Row = Mapping[str, Any]


def terms_to_pay_out(
    connection: Snapshot, day: date, application: Row, asked: DisburseLoan | PreviewDisbursement
) -> Terms:
    """The terms as sanctioned. Raises where the product needs a statement that discloses them."""
    product = sanctioned_product(connection, application)
    needed = is_disclosed(connection, application)
    statement = _acknowledged(connection, day, application, needed=needed)
    said = None if statement is None else terms_disclosed(statement)
    first_due_on, later = asked.first_due_on, asked.tranches
    if said is not None:
        first_due_on = first_due_on or said.first_due_on
        later = later or later_parts(said)
    terms = sanctioned_terms(product, application, day, first_due_on, later)
    if statement is not None and said is not None:
        check_disclosed(statement, said, terms)
    return terms


def statement_wanted(connection: Snapshot, application: Row, day: date) -> str:
    """What the key fact statement still needs before the money: `issue`, `sign`, or nothing."""
    notes = sanctioned_product(connection, application)["key_facts"]
    if notes is None or not notes.required:
        return ""
    found = statements_of(connection, application["id"])
    state = state_of(found[0], found, day) if found else ""
    return {"acknowledged": "", "open": "sign"}.get(state, "issue")


def is_disclosed(connection: Snapshot, application: Row) -> bool:
    """Whether the product binds the loan to a key fact statement."""
    notes = sanctioned_product(connection, application)["key_facts"]
    return notes is not None and bool(notes.required)


def _acknowledged(connection: Snapshot, day: date, application: Row, *, needed: bool) -> Row | None:
    """The newest statement, if one is needed. Raises NotAllowedNow unless it was acknowledged."""
    if not needed:
        return None
    found = statements_of(connection, application["id"])
    if not found:
        raise NotAllowedNow(why="key-facts-missing")
    state = state_of(found[0], found, day)
    if state == "expired":
        raise NotAllowedNow(why="key-facts-expired", valid_on=found[0]["valid_to"])
    if state != "acknowledged":
        raise NotAllowedNow(why="key-facts-not-acknowledged", number=found[0]["number"])
    return found[0]
