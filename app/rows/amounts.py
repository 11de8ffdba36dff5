"""An amount by head, as rows show it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeadAmounts:
    """An amount by head, in minor units."""

    penalty_minor: int = 0
    charge_minor: int = 0
    interest_minor: int = 0
    principal_minor: int = 0

    @property
    def total_minor(self) -> int:
        """All heads together."""
        return self.penalty_minor + self.charge_minor + self.interest_minor + self.principal_minor


NOTHING = HeadAmounts()
