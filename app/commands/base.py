"""What somebody asks for: frozen values with a stable name, a version and an answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field
from enum import StrEnum
from typing import Any, ClassVar, Generic, TypeVar

R = TypeVar("R", covariant=True)

KEEPS = "keeps"
PERSONAL = "personal"
SECRET = "secret"

Lift = Callable[[dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[R]):
    """A change asked for. `R` is the answer. `name` never changes once released.

    `edition` is the version of the payload (not of a record): `receipt.post/1`.
    `lifts` maps an old edition to a function that turns its payload into the next one's.
    """

    name: ClassVar[str] = ""
    edition: ClassVar[int] = 1
    lifts: ClassVar[Mapping[int, Lift]] = {}


class Topic(StrEnum):
    """What a change touched, so that a screen knows whether to reload."""

    APPLICATION = "application"
    PARTY = "party"
    LOAN = "loan"
    CASH = "cash"
    VISIT = "visit"
    PROMISE = "promise"
    MESSAGE = "message"
    DAY = "day"
    USER = "user"
    PRODUCT = "product"
    CHECK = "check"
    BRANCH = "branch"


@dataclass(frozen=True, slots=True)
class Done(Generic[R]):
    """A change that was made (or had been made before, under the same key)."""

    result: R
    changed: frozenset[Topic]
    number: int  # of the audit line in its station's chain
    again: bool = False  # True when an earlier answer was found by its key


def personal(default: Any = MISSING) -> Any:
    """A field that names a person: digested in the audit line, kept in an erasable table."""
    return field(default=default, metadata={KEEPS: PERSONAL})


def secret() -> Any:
    """A field that is never stored nor logged, such as a password."""
    return field(metadata={KEEPS: SECRET}, repr=False)
