"""What a fact entered later changed in what had been believed on the day of its entry."""

from __future__ import annotations

from collections.abc import Iterator

from app.domain.allocation import HEADS
from app.domain.events import Event
from app.domain.loan import Position
from app.rows.proof import ProofChange
from app.services.proof_history import History, at


def changes_by(history: History, event: Event) -> Iterator[ProofChange]:
    """Figures of the day of entry that differ, without the fact and with it."""
    known = [one for one in history.events if one.ref < event.ref]
    if not known:
        return
    before = at(history.terms, known, event.booked_on)
    after = at(history.terms, [*known, event], event.booked_on)
    had, has = _figures(before), _figures(after)
    for what, figure in has.items():
        if had[what] != figure:
            yield ProofChange(what, "", had[what], figure)
    yield from _splits(history, event, before, after)


def _figures(position: Position) -> dict[str, int]:
    """What is compared, in the order it is told."""
    made = {"outstanding": position.principal_outstanding}
    for head, late in zip(HEADS, position.arrears, strict=True):
        made[f"due-{head.value}"] = late
    made["interest"] = sum(line.interest for line in position.lines)
    made["penalty"] = sum(line.penalty for line in position.lines)
    made["held"] = position.excess
    made["days"] = position.days_past_due
    return made


def _splits(
    history: History, event: Event, before: Position, after: Position
) -> Iterator[ProofChange]:
    """Other receipts whose money is now set otherwise, head by head."""
    had = {receipt.ref: receipt for receipt in before.receipts}
    for receipt in after.receipts:
        was = had.get(receipt.ref)
        if was is None or receipt.ref in (event.ref, event.of):
            continue
        for what in ("penalty", "charge", "interest", "principal", "excess"):
            one, two = getattr(was, what), getattr(receipt, what)
            if one != two:
                yield ProofChange(f"of-{what}", history.number_of(receipt.ref), one, two)
