"""A loan's history fact by fact, each with what it found, what it did and what it changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from datetime import date

from app.domain.allocation import HEADS, Split
from app.domain.events import Event, EventKind
from app.domain.loan import LinePaid, Position
from app.domain.terms import Terms
from app.rows.proof import ProofClosing, ProofPlan, ProofSet, ProofStep
from app.services.proof_changes import changes_by
from app.services.proof_history import History, Told, Walk, at

HELD = "held"
_REPLANS = (EventKind.RATE, EventKind.RESCHEDULE, EventKind.FORECLOSURE, EventKind.RECEIPT)
_FORGIVING = (EventKind.WAIVER, EventKind.WRITE_OFF)


def steps_of(history: History) -> Iterator[tuple[ProofStep, Position | None]]:
    """Every fact as a step, with the position after one that stands.

    The positions before and after it are the engine's own.
    """
    walk = Walk(history.terms)
    for event in history.events:
        step, after = _plain(history, event), None
        if event.kind is not EventKind.REVERSAL and event.ref not in history.undone:
            before, after = walk.step(event)
            step = _effect(history, step, event, before, after)
        if step.late_entry or event.kind is EventKind.REVERSAL:
            step = replace(step, changes=tuple(changes_by(history, event)))
        yield step, after


def _plain(history: History, event: Event) -> ProofStep:
    """The fact as it was entered."""
    told = history.told.get(event.ref, Told())
    undone = history.undone.get(event.ref)
    of = next((one for one in history.events if one.ref == event.of), None)
    return ProofStep(
        kind=event.kind.value,
        number=told.number,
        on=event.on,
        booked_on=event.booked_on,
        by=told.by,
        amount_minor=event.amount or (of.amount if of else 0),
        title=told.title or event.name,
        head=event.head.value if event.head else "",
        rate=event.annual_rate,
        state="reversed" if undone else "",
        undone_on=undone.on if undone else None,
        undone_why=history.told.get(undone.ref, Told()).title if undone else "",
        of_kind=of.kind.value if of else "",
        of_on=of.on if of else None,
    )


def _effect(
    history: History, step: ProofStep, event: Event, before: Position, after: Position
) -> ProofStep:
    """The fact with what it did."""
    starts = event.kind in (EventKind.DISBURSEMENT, EventKind.OPENING)
    replans = event.kind in _REPLANS and _replanned(before, after, event.on)
    idle = not starts and _same(before, after)
    return replace(
        step,
        state="lapsed" if idle else step.state,
        due=before.arrears,
        sets=tuple(_sets(history, event, before, after)),
        forgiven=tuple(_forgiven(before, after)) if event.kind in _FORGIVING else (),
        recovered=_less(after.recovered, before.recovered),
        excess_minor=after.excess - before.excess - _set_later(after) + _set_later(before),
        line=_line_of_charge(event, before, after),
        before=_plan(before, event.on) if replans else None,
        after=_plan(after, event.on) if replans or starts else None,
        closing=_closing(history.terms, event, before, after),
        capitalised=_capitalised(event, before, after),
        outstanding_minor=after.principal_outstanding,
        arrears=after.arrears,
        held_minor=after.excess,
    )


def _same(before: Position, after: Position) -> bool:
    """Whether a fact changed nothing at all."""
    return (before.lines, before.excess, before.status, before.balances) == (
        after.lines,
        after.excess,
        after.status,
        after.balances,
    )


def _sets(history: History, event: Event, before: Position, after: Position) -> Iterator[ProofSet]:
    """What the fact's own money was set on, in that order, then what it moved of other money."""
    same = {receipt.ref: receipt.parts for receipt in before.receipts}
    moved_of = {r.ref for r in after.receipts if same.get(r.ref) != r.parts}
    moved_of |= same.keys() - {receipt.ref for receipt in after.receipts}
    had, has = _parts(before, moved_of), _parts(after, moved_of)
    own = [key for key in has if key[0] == event.ref]
    others = sorted({*had, *has} - set(own), key=str)
    for ref, line, due_on, head in [*own, *others]:
        key = (ref, line, due_on, head)
        moved = has.get(key, 0) - had.get(key, 0)
        if moved:
            number = "" if ref == event.ref else history.number_of(ref)
            yield ProofSet(line, due_on, head, moved, number)


def _less(one: Split, other: Split) -> Split:
    return Split._make(after - before for after, before in zip(one, other, strict=True))


def _set_later(position: Position) -> int:
    """What held money was set on due days: those are steps of their own. Below zero."""
    return sum(receipt.excess for receipt in position.receipts if receipt.kind == HELD)


def _parts(position: Position, refs: Set[int | None]) -> Counter[tuple[int | None, int, date, str]]:
    """What these receipts are set on, in the order they were."""
    made: Counter[tuple[int | None, int, date, str]] = Counter()
    for receipt in position.receipts:
        if receipt.ref not in refs or receipt.kind == HELD:
            continue
        for part in receipt.parts:
            made[receipt.ref, part.line, part.due_on, part.head.value] += part.amount
    return made


def _forgiven(before: Position, after: Position) -> Iterator[ProofSet]:
    """What was waived or struck, by line and head."""
    had = {(line.number, line.due_on): line.waived for line in before.lines}
    for line in after.lines:
        was = had.get((line.number, line.due_on), Split())
        for place, head in enumerate(HEADS):
            if line.waived[place] != was[place]:
                amount = line.waived[place] - was[place]
                yield ProofSet(line.number, line.due_on, head.value, amount, "")


def _line_of_charge(event: Event, before: Position, after: Position) -> int | None:
    """The line that a charge was added to."""
    if event.kind is not EventKind.CHARGE:
        return None
    had = {line.number: line.charge + line.penalty for line in before.lines}
    for line in after.lines:
        if had.get(line.number, 0) != line.charge + line.penalty:
            return line.number
    return None


def _plan(position: Position, on: date) -> ProofPlan:
    """The lines after a day; the instalment is that of the next line, without charges."""
    coming = [line for line in position.lines if line.due_on > on]
    first = coming[0] if coming else None
    return ProofPlan(
        count=len(coming),
        next_due_on=first.due_on if first else None,
        last_due_on=coming[-1].due_on if coming else None,
        instalment_minor=first.principal + first.interest if first else 0,
        principal_minor=sum(line.principal for line in coming),
        interest_minor=sum(line.interest for line in coming),
    )


def _replanned(before: Position, after: Position, on: date) -> bool:
    """Whether the lines to come ask something else than before."""
    return _asked(before.lines, on) != _asked(after.lines, on)


def _asked(lines: Sequence[LinePaid], on: date) -> list[tuple[date, int, int]]:
    return [(line.due_on, line.principal, line.interest) for line in lines if line.due_on > on]


def _closing(terms: Terms, event: Event, before: Position, after: Position) -> ProofClosing | None:
    """How the interest of a closing line came about."""
    if event.kind not in (EventKind.FORECLOSURE, EventKind.WRITE_OFF):
        return None
    coming = [line for line in before.lines if line.due_on > event.on]
    if not coming or not after.lines or _same(before, after):
        return None
    running, closing = coming[0], after.lines[-1]
    days = (running.due_on - running.scheduled_from).days
    return ProofClosing(
        rule=terms.foreclosure.interest.value,
        line=running.number,
        whole_minor=running.interest,
        days_gone=max((event.on - running.scheduled_from).days, 0),
        days=days,
        interest_minor=closing.interest,
        charge_minor=max(_levied(after) - _levied(before), 0),
    )


def _levied(position: Position) -> int:
    """Charges that are due, so far."""
    on = position.as_on
    return sum(line.charge for line in position.lines if line.due_on <= on)


def _capitalised(event: Event, before: Position, after: Position) -> tuple[tuple[str, int], ...]:
    """By head, what a reschedule moved from what was due into the principal."""
    if event.kind is not EventKind.RESCHEDULE:
        return ()
    moved = zip(HEADS, before.arrears, after.arrears, strict=True)
    return tuple((head.value, had - has) for head, had, has in moved if had > has)


def held_steps(history: History, position: Position) -> Iterator[ProofStep]:
    """Money that was held and set on a line the day that fell due."""
    for receipt in position.receipts:
        if receipt.kind != HELD:
            continue
        sets = tuple(
            ProofSet(part.line, part.due_on, part.head.value, part.amount, "")
            for part in receipt.parts
        )
        standing = [e for e in history.live_before(len(history.events)) if e.on <= receipt.on]
        after = at(history.terms, standing, receipt.on)
        yield ProofStep(
            kind=HELD,
            number="",
            on=receipt.on,
            booked_on=receipt.on,
            by="",
            amount_minor=-receipt.excess,
            title="",
            head="",
            sets=sets,
            excess_minor=receipt.excess,
            outstanding_minor=after.principal_outstanding,
            arrears=after.arrears,
            held_minor=after.excess,
        )
