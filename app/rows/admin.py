"""Rows about the branch, its people and its products."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.facts import GrantFacts, ProductFacts


@dataclass(frozen=True, slots=True)
class BranchView:
    """What every screen needs to know about where it is."""

    branch_id: int
    code: str
    name: str
    lender: str
    currency: str
    time_zone: str
    counter: str
    station_id: int
    business_on: date | None  # the open business day, or None
    last_closed_on: date | None
    today: date  # the calendar date at the branch
    demonstration: bool
    recovery_confirmed: bool


@dataclass(frozen=True, slots=True)
class Me:
    """The signed-in user as the window needs it: name, roles, permissions, limits."""

    user_id: int
    full_name: str
    login: str
    roles: tuple[str, ...]
    permissions: frozenset[str]
    limits: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class SignInCard:
    """A person to choose at sign-in."""

    user_id: int
    full_name: str
    login: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UserRow:
    """A user in Settings."""

    user_id: int
    version: int
    full_name: str
    login: str
    active: bool
    grants: tuple[GrantFacts, ...]
    last_sign_in_at: datetime | None


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product in Settings and in choices: the terms in force on the business date.

    `effective_from` is the day they hold from (None: from the beginning, or entered before
    versions were kept); `next_from` the day on which other ones will, None where none are entered.
    """

    product_id: int
    version: int
    product: ProductFacts
    loans: int
    effective_from: date | None = None
    next_from: date | None = None


@dataclass(frozen=True, slots=True)
class ProductVersionRow:
    """A version of a product's terms; `state` is coming, in-force, past or replaced.

    `replaced` ones never held: another was entered for the same day. `entered_at` None: it was
    there before versions were kept.
    """

    product_id: int
    number: int
    effective_from: date | None
    product: ProductFacts
    entered_at: datetime | None
    entered_by: str
    state: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """Something that waits for a second person; of a loan's act see PreviewCheck."""

    check_id: int
    version: int
    command: str
    maker_id: int
    maker: str
    made_at: datetime
    subject_id: int
    number: str
    borrower: str
    amount_minor: int
    currency: str
    state: str
    subject_kind: str = "application"  # or loan


@dataclass(frozen=True, slots=True)
class Counts:
    """The badges of the rail."""

    applications: int
    checks: int
    overdue: int
    visits: int
