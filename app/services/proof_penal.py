"""The penal charge of each line, day by day, as anybody can work it out again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction

from app.domain.charges import PenaltyBase, PenaltyTerms
from app.domain.loan import LinePaid, Position
from app.domain.money import rounded
from app.domain.reading import WHOLE
from app.domain.terms import Terms
from app.rows.proof import PenalPiece, ProofPenal

_DAYS_A_YEAR = 365
_Key = tuple[int, date]


@dataclass(slots=True)
class _Run:
    """A line while its overdue days are collected."""

    line: LinePaid
    pieces: list[PenalPiece]


def penals_of(terms: Terms, days: Sequence[Position], end: Position) -> Iterator[ProofPenal]:
    """The penal charges derived from the lines, in the order of their due dates.

    `days` are the positions at the end of each day with facts, in order, `end` the last day's.
    """
    penalty = terms.penalty
    if penalty is None:
        return
    runs: dict[_Key, _Run] = {}
    for one, after in zip(days, [*days[1:], end], strict=True):
        _collect(runs, penalty, one, after.as_on)
    for run in runs.values():
        made = _penal(terms, penalty, run)
        if made.net_minor or made.tax_minor:
            yield made


def _collect(
    runs: dict[_Key, _Run], penalty: PenaltyTerms, position: Position, to_on: date
) -> None:
    """Note the days from the end of a position's day to another, by their base."""
    for line in position.lines:
        from_on = max(line.due_on + timedelta(penalty.grace_days), position.as_on)
        base = _base(penalty, line)
        if from_on >= to_on or not base:
            continue
        run = runs.setdefault((line.number, line.due_on), _Run(line, []))
        last = run.pieces[-1] if run.pieces else None
        if last is not None and (last.to_on, last.base_minor) == (from_on, base):
            run.pieces[-1] = PenalPiece(last.from_on, to_on, base)
        else:
            run.pieces.append(PenalPiece(from_on, to_on, base))


def _base(penalty: PenaltyTerms, line: LinePaid) -> int:
    unpaid = line.unpaid
    both = penalty.of is PenaltyBase.OVERDUE_INSTALMENT
    return unpaid.principal + (unpaid.interest if both else 0)


def _penal(terms: Terms, penalty: PenaltyTerms, run: _Run) -> ProofPenal:
    mode, asked = terms.rounding.mode, run.line.principal + run.line.interest
    unrounded = None
    net = penalty.amount or 0
    if penalty.percent_a_year is not None:
        base_days = sum(piece.base_minor * piece.days for piece in run.pieces)
        over = WHOLE * _DAYS_A_YEAR
        unrounded = Fraction(base_days * penalty.percent_a_year, over)
        net = rounded(base_days * penalty.percent_a_year, over, mode)
    cap = None
    if penalty.cap_percent is not None:
        cap = rounded(asked * penalty.cap_percent, WHOLE, mode)
        net = min(net, cap)
    return ProofPenal(
        line=run.line.number,
        due_on=run.line.due_on,
        pieces=tuple(run.pieces),
        unrounded=unrounded,
        cap_minor=cap,
        net_minor=net,
        tax_minor=rounded(net * penalty.tax_percent, WHOLE, mode),
    )
