"""Key fact statements as rows, with what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select

from app.store.schema.people import applications, parties
from app.store.schema.system import branches, users
from app.store.schema.terms import key_fact_acknowledgements, key_fact_statements
from app.store.store import Snapshot
from app.store.tx import Row

_S, _A, _P, _B = (
    key_fact_statements.c,
    key_fact_acknowledgements.c,
    applications.c,
    branches.c,
)
_WITNESS = users.alias("witness")


def statements_of(snapshot: Snapshot, application_id: int) -> Sequence[Row]:
    """The statements of an application with who acknowledged them, newest first."""
    query = _statements().where(_S.application_id == application_id).order_by(_S.id.desc())
    return [dict(row) for row in snapshot.execute(query).mappings()]


def statement_by_id(snapshot: Snapshot, statement_id: int) -> Row | None:
    """A statement, or None."""
    found = snapshot.execute(_statements().where(_S.id == statement_id)).mappings().first()
    return None if found is None else dict(found)


def count_statements(snapshot: Snapshot, prefix: str) -> int:
    """How many proposal numbers begin with a prefix; statements are never deleted."""
    query = select(func.count()).where(_S.number.startswith(prefix, autoescape=True))
    return int(snapshot.scalar(query) or 0)


def about_application(snapshot: Snapshot, application_id: int) -> Row | None:
    """The application with its borrower and the lender, as its papers name them."""
    p = parties.c
    joined = applications.join(parties, p.id == _P.party_id).join(branches, _B.id == _P.branch_id)
    query = (
        select(
            applications,
            *(p.full_name, p.local_name, p.number.label("member_number")),
            p.language.label("party_language"),
            *(_B.lender_name, _B.lender_registration, _B.address, _B.grievance_phone),
            _B.name.label("branch_name"),
        )
        .select_from(joined)
        .where(_P.id == application_id)
    )
    found = snapshot.execute(query).mappings().first()
    return None if found is None else dict(found)


def _statements() -> Select[Any]:
    joined = (
        key_fact_statements.outerjoin(key_fact_acknowledgements, _A.statement_id == _S.id)
        .outerjoin(users, users.c.id == _S.user_id)
        .outerjoin(_WITNESS, _WITNESS.c.id == _A.user_id)
    )
    return select(
        key_fact_statements,
        *(_A.acknowledged_on, _A.signed_by, _A.explained_in),
        _A.recorded_at.label("acknowledged_at"),
        users.c.full_name.label("made_by"),
        _WITNESS.c.full_name.label("witnessed_by"),
    ).select_from(joined)
