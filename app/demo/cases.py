"""Applications that will be made: who asks for what, and on which day each step is taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from app.demo.people import Person
from app.demo.samples import Pair


class Step(Enum):
    """A step of an application, with the minute of the day from which it is taken."""

    ENTER = 600
    PAPERS = 640
    VERIFY = 690
    WITHDRAW = 720
    DECIDE = 735
    SANCTION = 780
    REJECT = 790
    CHECK = 805
    AGREE = 845
    PAY = 915


# In the order in which they are taken, with the most business days that each waits.
WAY = (
    (Step.ENTER, 0),
    (Step.PAPERS, 1),
    (Step.VERIFY, 1),
    (Step.DECIDE, 1),
    (Step.SANCTION, 1),
    (Step.CHECK, 0),
    (Step.AGREE, 2),
    (Step.PAY, 0),
)


@dataclass(slots=True)
class Group:
    """A group of borrowers with its centre; `group_id` once it is written down."""

    title: str
    centre: str
    village: Pair
    group_id: int | None = None


@dataclass(slots=True)
class Case:
    """An application with what became of it; amounts in minor units."""

    person: Person
    product: str
    amount: int
    instalments: int
    purpose: str
    officer: str  # login
    steps: list[tuple[date, Step]]
    group: Group | None = None
    application_id: int = 0
    version: int = 0
    outcome: str = ""
    offered: int = 0
    check_id: int | None = None
    over: bool = False

    def today(self, on: date) -> Iterator[Step]:
        """The steps of a day in their order."""
        yield from (step for day, step in self.steps if day == on)
