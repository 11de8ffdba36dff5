"""The named choices that the terms of a loan are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from app.domain.money import RoundingMode


class Interest(StrEnum):
    """On what interest is charged."""

    DECLINING = "declining"
    FLAT = "flat"


class Repayment(StrEnum):
    """How principal comes back."""

    EQUAL_INSTALMENTS = "equal-instalments"
    EQUAL_PRINCIPAL = "equal-principal"
    INTEREST_ONLY = "interest-only"
    BULLET = "bullet"


class LevelBy(StrEnum):
    """From which factors the equal instalment is found."""

    PERIOD_RATE = "period-rate"
    DAY_FACTORS = "day-factors"


class Residue(StrEnum):
    """Where the rest of rounding goes."""

    LAST = "last"
    FIRST = "first"
    RELEVEL = "relevel"


class BrokenPeriod(StrEnum):
    """What becomes of the days before the first full period."""

    FIRST_INSTALMENT = "first-instalment"
    SEPARATE = "separate"
    SPREAD = "spread"


class Recalculate(StrEnum):
    """Whether interest follows the balance actually outstanding."""

    NEVER = "never"
    DAILY = "daily"
    DAILY_ROUNDED = "daily-rounded"


@dataclass(frozen=True, slots=True)
class Rounding:
    """Where and how figures are rounded; `interest_to` and `instalment_to` are minor units."""

    mode: RoundingMode
    interest_to: int
    instalment_to: int
    instalment_mode: RoundingMode
    residue: Residue


class Tranche(NamedTuple):
    """A part of the principal and the day it is handed out."""

    on: date
    amount: int


@dataclass(frozen=True, slots=True)
class Grace:
    """Lines at the start without principal, with deferred interest, or free of interest."""

    principal: int = 0
    interest: int = 0
    interest_free: int = 0
