"""Loans whose figures move with the days, without a fact."""

from __future__ import annotations

from app.domain.allocation import AdvanceTo
from app.domain.terms import Recalculate, Terms


def moves_by_day(terms: Terms) -> bool:
    """Whether penal charges grow, held money is set on dues, or interest follows the balance."""
    return (
        terms.penalty is not None
        or terms.allocation.advance_to is AdvanceTo.HOLD
        or terms.recalculate is not Recalculate.NEVER
    )
