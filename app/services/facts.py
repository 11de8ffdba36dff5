"""How a handler writes a fact about any subject."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.commands.codec import encode
from app.services.work import Work
from app.store.schema.loans import events


def record(  # noqa: PLR0913  # the columns of a fact, each by name
    work: Work,
    subject_kind: str,
    subject_id: int,
    kind: str,
    *,
    value_on: date | None = None,
    head: str | None = None,
    amount_minor: int | None = None,
    currency: str | None = None,
    of_id: int | None = None,
    title: str | None = None,
    payload: Any = None,
    detail: str | None = None,
) -> int:
    """Insert an event booked on the open day (value date: the same unless given); returns its id.

    Raises DayClosed. `payload` is encoded by the one codec; `detail` is what the engine reads.
    """
    return work.tx.insert(
        events,
        branch_id=work.branch.branch_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        kind=kind,
        value_on=value_on or work.day,
        booked_on=work.day,
        recorded_at=work.at,
        user_id=work.actor.user_id,
        head=head,
        amount_minor=amount_minor,
        currency=currency,
        of_id=of_id,
        title=title,
        payload=None if payload is None else encode(payload),
        detail=detail,
    )
