"""A loan that ran elsewhere, worked out: its terms, what is open of it, what that posts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from app.domain.accounts import EntryLine, PostingRules, balanced
from app.domain.allocation import AdvanceTo, Head
from app.domain.errors import AmountNotPositive, ValueRefused
from app.domain.events import Event, EventKind, Opening, OpeningLine
from app.domain.loan import Position, Projection, moves_by_day, projected, replay
from app.domain.playing import play
from app.domain.terms import Recalculate, Terms
from app.rows.facts import TakenLine, TakenLoan
from app.services.accruals import owed_of
from app.services.earned import earned_of
from app.services.quotes import Product, terms_for

MOST_LINES = 5000
_TRIAL = 1  # the id of the opening while it is only looked at
_EARNED = (Head.CHARGE, Head.PENALTY)


@dataclass(frozen=True, slots=True)
class Opened:
    """A loan as it will stand: `then` at the end of the opening day, `projection` today."""

    terms: Terms
    opening: Opening
    then: Position
    projection: Projection
    moves: bool

    @property
    def now(self) -> Position:
        """The position on the business date."""
        return self.projection.position

    @property
    def outstanding(self) -> int:
        """Principal that is open, in minor units."""
        return self.now.principal_outstanding


def opened(product: Product, taken: TakenLoan, day: date) -> Opened:
    """Work the loan out as on a day. Raises at the field where it cannot have been so."""
    terms = terms_for(
        product,
        taken.principal_minor,
        taken.instalments,
        taken.annual_rate,
        taken.disbursed_on,
        taken.first_due_on,
    )
    if taken.opening_on < taken.disbursed_on:
        raise ValueRefused(field="opening_on", why="opening-before-loan", given=taken.opening_on)
    opening = opening_of(terms, taken)
    moves = moves_by_day(terms)
    event = opening_event(opening, taken.opening_on, day, _TRIAL)
    played = play(terms, [event], day if moves else None)
    then = replay(terms, [event], taken.opening_on)
    return Opened(terms, opening, then, projected(played), moves)


def opening_event(opening: Opening, on: date, booked_on: date, ref: int) -> Event:
    """The fact that a loan begins here with what was open of it."""
    amount = sum(line.principal for line in opening.lines)
    return Event(EventKind.OPENING, on, booked_on, ref, amount, opening=opening)


def opening_of(terms: Terms, taken: TakenLoan) -> Opening:
    """What is open: as it was said, or worked out from all that came in."""
    if taken.lines and taken.received_minor is not None:
        raise ValueRefused(field="received_minor", why="opening-both")
    if taken.received_minor is not None:
        return _worked_out(terms, taken, taken.received_minor)
    if not taken.lines:
        raise ValueRefused(field="lines", why="opening-lines")
    return _as_said(terms, taken)


def opening_entry(made: Opened, rules: PostingRules) -> tuple[EntryLine, ...]:
    """What the loan holds, against the account of loans that were taken over."""
    held, parts = made.now.balances, rules.components
    legs = [
        (parts["principal"], held.principal),
        (parts["interest"], -held.interest_settled),
        (parts["charge"], held.charge),
        (parts["penalty"], held.penalty),
        (parts["excess"], -held.excess),
    ]
    return _against(legs, rules)


def earned_entry(made: Opened, on: date, rules: PostingRules) -> tuple[EntryLine, ...]:
    """What was earned elsewhere and is still to come in, by the end of the opening day.

    It counts as posted by the day, so that it becomes no income of this branch.
    """
    then, parts = made.then, rules.components
    legs = [(parts["interest"], earned_of(then, made.terms, on))]
    for head in _EARNED:
        balance: int = getattr(then.balances, head.value)
        legs.append((parts[head.value], owed_of(then, head, on) - balance))
    return _against(legs, rules)


def lines_kept(opening: Opening) -> tuple[TakenLine, ...]:
    """The unpaid lines as rows show them."""
    return tuple(TakenLine(*line) for line in opening.lines)


def _against(legs: list[tuple[str, int]], rules: PostingRules) -> tuple[EntryLine, ...]:
    return balanced([*legs, (rules.taken_over, -sum(amount for _account, amount in legs))])


def _worked_out(terms: Terms, taken: TakenLoan, received: int) -> Opening:
    """The unpaid lines once the money was set on them in time: without penal charges."""
    if received < 0 or taken.excess_minor:
        raise ValueRefused(field="received_minor", why="opening-both")
    if terms.tranches:
        raise ValueRefused(field="lines", why="opening-lines")
    ahead = replace(terms.allocation, advance_to=AdvanceTo.NEXT)
    punctual = replace(terms, penalty=None, recalculate=Recalculate.NEVER, allocation=ahead)
    on = taken.opening_on
    facts = [Event(EventKind.DISBURSEMENT, terms.disbursed_on, on, 1, terms.principal)]
    if received:
        facts.append(Event(EventKind.RECEIPT, on, on, 2, received))
    position = replay(punctual, facts, on)
    lines = tuple(_unpaid(position))
    if not lines:
        raise ValueRefused(field="received_minor", why="opening-paid-up")
    return Opening(lines, position.excess)


def _unpaid(position: Position) -> Iterator[OpeningLine]:
    for line in position.lines:
        left = line.unpaid
        if left.total:
            heads = (left.principal, left.interest, left.charge, left.penalty)
            yield OpeningLine(line.number, line.due_on, *heads)


def _as_said(terms: Terms, taken: TakenLoan) -> Opening:
    """The lines that were given. Raises at `lines` where they cannot be this loan's."""
    if len(taken.lines) > MOST_LINES:
        raise ValueRefused(field="lines", why="too-long", most=MOST_LINES)
    lines = tuple(_said(line, terms) for line in taken.lines)
    numbers = [line.number for line in lines]
    twice = next((number for number in numbers if numbers.count(number) > 1), None)
    if twice is not None:
        raise ValueRefused(field="lines", why="opening-line-twice", given=twice)
    if taken.excess_minor < 0:
        raise AmountNotPositive(field="excess_minor")
    if sum(line.principal for line in lines) > terms.principal:
        raise ValueRefused(field="lines", why="opening-principal")
    return Opening(lines, taken.excess_minor)


def _said(line: TakenLine, terms: Terms) -> OpeningLine:
    heads = (line.principal_minor, line.interest_minor, line.charge_minor, line.penalty_minor)
    if min(heads) < 0 or not any(heads) or line.number < 0:
        raise AmountNotPositive(field="lines")
    if line.due_on < terms.disbursed_on:
        raise ValueRefused(field="lines", why="opening-before-loan", given=line.due_on)
    return OpeningLine(line.number, line.due_on, *heads)
