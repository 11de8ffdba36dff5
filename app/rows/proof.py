"""The proof of a loan: everything needed to work it out again by hand. Money in minor units."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from app.domain.allocation import Split
from app.domain.explaining import LineWork
from app.domain.loan import Position
from app.domain.terms import Terms
from app.rows.lender import LenderHead

_NOTHING = Split()


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLine:
    """One line, from the balance it began with to what became of it.

    `work` is how the engine found it; charges and penal charges come on top of it.
    """

    work: LineWork
    charge_minor: int
    penalty_minor: int
    paid: Split
    waived: Split
    settled_on: date | None

    @property
    def amount_minor(self) -> int:
        """All that the line asks."""
        return self.work.interest + self.work.principal + self.charge_minor + self.penalty_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofLevel:
    """How the instalment was found, at the start or again after a change of the plan.

    `how` is equal, share, flat, given or found (where it cannot be shown in one formula). Equal
    instalments: `exact` = balance × `growth` ÷ `annuity`, where growth is the product of
    (1 + factor) over the lines and annuity the sum of the products after each line. Flat: `total`
    is the whole interest before rounding, over `term`, the sum of the lines' factors.
    """

    how: str
    on: date
    first_line: int
    count: int
    balance: Fraction
    level: Fraction
    exact: Fraction | None = None
    factor: Fraction | None = None  # of every line, where all bear the same
    growth: Fraction | None = None
    annuity: Fraction | None = None
    term: Fraction | None = None
    total: Fraction | None = None
    total_minor: int = 0


@dataclass(frozen=True, slots=True)
class ProofSet:
    """Money set on a head of a line; below zero: taken back from it. `receipt` brought it."""

    line: int
    due_on: date
    head: str
    amount_minor: int
    receipt: str


@dataclass(frozen=True, slots=True)
class ProofPlan:
    """The lines to come after a day: how many, from when to when, and what they ask."""

    count: int
    next_due_on: date | None
    last_due_on: date | None
    instalment_minor: int
    principal_minor: int
    interest_minor: int


@dataclass(frozen=True, slots=True)
class ProofClosing:
    """How the interest of an early closure was found: whole × gone ÷ days, and its charge."""

    rule: str
    line: int
    whole_minor: int
    days_gone: int
    days: int
    interest_minor: int
    charge_minor: int


@dataclass(frozen=True, slots=True)
class ProofChange:
    """What a fact entered later changed in what had been believed on the day of its entry."""

    what: str
    number: str  # of a receipt whose split changed
    before_minor: int
    after_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofStep:
    """One fact in the order it took effect, or money held that was set on a due day.

    `state` is empty, "reversed" (it never was) or "lapsed" (it found nothing to act on).
    `due` is what was unpaid of everything due by that day, just before the fact.
    """

    kind: str
    number: str
    on: date
    booked_on: date
    by: str
    amount_minor: int
    title: str
    head: str
    rate: int | None = None
    state: str = ""
    undone_on: date | None = None
    undone_why: str = ""
    of_kind: str = ""  # of a reversal: what it voids, and from which day on
    of_on: date | None = None
    due: Split = _NOTHING
    sets: tuple[ProofSet, ...] = ()
    forgiven: tuple[ProofSet, ...] = ()
    recovered: Split = _NOTHING  # of what a write-off struck
    excess_minor: int = 0  # by how much it changed the money held
    line: int | None = None  # the line a charge was added to
    before: ProofPlan | None = None
    after: ProofPlan | None = None
    closing: ProofClosing | None = None
    capitalised: tuple[tuple[str, int], ...] = ()
    changes: tuple[ProofChange, ...] = ()
    outstanding_minor: int = 0
    arrears: Split = _NOTHING
    held_minor: int = 0

    @property
    def late_entry(self) -> bool:
        """Whether it was entered after the day it took effect."""
        return self.booked_on > self.on


@dataclass(frozen=True, slots=True)
class PenalPiece:
    """Days on which a line was overdue with one base."""

    from_on: date
    to_on: date
    base_minor: int

    @property
    def days(self) -> int:
        """Days after `from_on`, up to and with `to_on`."""
        return (self.to_on - self.from_on).days


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPenal:
    """The penal charge of one line: base × rate × days ÷ 365, summed, rounded once, capped, taxed.

    `unrounded` is None where the terms name a fixed amount.
    """

    line: int
    due_on: date
    pieces: tuple[PenalPiece, ...]
    unrounded: Fraction | None
    cap_minor: int | None
    net_minor: int
    tax_minor: int


@dataclass(frozen=True, slots=True)
class ProofSum:
    """A sum that must come out: the parts add up to the whole."""

    what: str
    whole_minor: int
    parts: tuple[tuple[str, int], ...]

    @property
    def agrees(self) -> bool:
        """Whether it comes out."""
        return sum(minor for _, minor in self.parts) == self.whole_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofPaper:
    """A loan worked out line by line and fact by fact, with the reason of every figure.

    `opened` says that it ran elsewhere first, so that its lines are as they were taken over.
    """

    lender: LenderHead
    loan_number: str
    borrower: str
    member_number: str
    centre: str
    product: str
    currency: str
    terms: Terms
    opened: bool
    levels: tuple[ProofLevel, ...]
    lines: tuple[ProofLine, ...]
    steps: tuple[ProofStep, ...]
    penals: tuple[ProofPenal, ...]
    position: Position
    sums: tuple[ProofSum, ...]
    known_on: date | None
    printed_on: date
    language: str = "en"
