"""The named rounding points of a schedule; exact fractions in the exact run."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from app.domain.money import RoundingMode, rounded
from app.domain.terms import Rounding

_NONE = RoundingMode.NONE

# Minor units: whole ones in a collectable schedule, exact ones in the disclosed (`none`) run.
Amount: TypeAlias = int | Fraction


@dataclass(frozen=True, slots=True)
class Points:
    """Rounds at each named point as the terms say. Between the points arithmetic is exact."""

    rounding: Rounding

    @property
    def exact(self) -> bool:
        """Whether nothing is rounded before it is printed."""
        return self.rounding.mode is _NONE

    def interest(self, value: Amount, over: int = 1) -> Amount:
        """The interest of a line."""
        return self._at(value, over, self.rounding.mode, self.rounding.interest_to)

    def instalment(self, value: Amount, over: int = 1) -> Amount:
        """An instalment, a share of principal or a down payment."""
        return self._at(value, over, self.rounding.instalment_mode, self.rounding.instalment_to)

    def currency(self, value: Amount, over: int = 1) -> Amount:
        """A charge, a tax, a penalty, a flat total: to the minor unit."""
        return self._at(value, over, self.rounding.mode, 1)

    def printed(self, value: Amount) -> int:
        """The figure as printed: of the exact run each by itself, half up to `instalment_to`."""
        if not self.exact and isinstance(value, int):
            return value
        to = self.rounding.instalment_to
        return rounded(value.numerator, value.denominator, RoundingMode.HALF_UP, to)

    def _at(self, value: Amount, over: int, mode: RoundingMode, to: int) -> Amount:
        if self.rounding.mode is _NONE:
            return Fraction(value) / over
        return rounded(value.numerator, value.denominator * over, mode, to)
