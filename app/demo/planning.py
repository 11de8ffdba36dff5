"""The applications of a branch's life, drawn from its seed before it begins."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from app.demo.cases import WAY, Case, Group, Step
from app.demo.days import Days
from app.demo.luck import chance
from app.demo.people import RUPEE, People, Person
from app.demo.samples import Samples

GROUP_SIZE = 5
WEEKLY, FORTNIGHTLY = 47, 27  # of a hundred borrowers; the rest stand alone
LENDING = 84  # of a hundred days on which new borrowers are taken on
ASKS_MUCH = 12  # one of so many asks for more than the household can carry
MUCH = 120  # thousands of rupees, in a year
OFFICERS = ("ravi", "pooja")
_HUNDRED = 100
_WEEK, _WEEKDAYS = 7, 6  # days; of them working
_THOUSAND = 1000 * RUPEE
# What still lies on the desks on the last day: the last step taken, and how many such.
_LYING = (
    *((Step.ENTER, 2), (Step.PAPERS, 2), (Step.VERIFY, 2)),
    *((Step.DECIDE, 2), (Step.SANCTION, 1), (Step.CHECK, 1), (Step.AGREE, 2)),
)
_LEAVING = (Step.WITHDRAW, Step.REJECT, Step.WITHDRAW, Step.REJECT, Step.WITHDRAW)


@dataclass(frozen=True, slots=True)
class Offer:
    """What is asked for of a product: thousands of rupees from, to, and counts of instalments."""

    product: str
    least: int
    most: int
    counts: tuple[int, ...]


_WEEKLY = Offer("JLG-W", 11, 20, (25, 36, 48, 50))
_FORTNIGHTLY = Offer("JLG-F", 18, 40, (24, 26))
_MONTHLY = Offer("IND-M", 30, 72, (12, 15, 18, 24))
_FLAT = Offer("FLAT-M", 10, 25, (6, 8, 10, 12))


@dataclass(frozen=True, slots=True)
class Layout:
    """How many of a hundred borrow weekly and fortnightly, in how many centres, by whose hand.

    Without `centres` groups sit where the words say, and meet when they like.
    """

    weekly: int = WEEKLY
    fortnightly: int = FORTNIGHTLY
    centres: int = 0
    officers: tuple[str, ...] = OFFICERS


class Planner:
    """Draws people, groups and their applications."""

    def __init__(
        self, random: Random, words: Samples, days: Days, borrowers: int, layout: Layout
    ) -> None:
        self._random, self._words, self._days, self._layout = random, words, days, layout
        self._people = People(random, words, days.all[-1])
        self._borrowers = borrowers
        self._groups = 0

    def cases(self) -> list[Case]:
        """All first applications; those of one day stand in the order in which they were drawn."""
        layout = self._layout
        weekly = self._borrowers * layout.weekly // (_HUNDRED * GROUP_SIZE)
        fortnightly = self._borrowers * layout.fortnightly // (_HUNDRED * GROUP_SIZE)
        single = self._borrowers - GROUP_SIZE * (weekly + fortnightly)
        made: list[Case] = []
        for offer, count in ((_WEEKLY, weekly), (_FORTNIGHTLY, fortnightly)):
            for place in range(count):
                made += self._group(offer, self._started(place, count))
        for place in range(single):
            offer = _FLAT if chance(self._random, 35) else _MONTHLY
            case = self._single(offer, self._started(place, single))
            made.append(_wanting_much(case) if place % ASKS_MUCH == 1 else case)
        return [*made, *self._leaving(), *self._lying()]

    def again(self, case: Case, person: Person, on: date) -> Case | None:
        """A known borrower asks for a little more, some days later; None if there is no time."""
        start = self._days.later(on, self._random.randrange(2, 6))
        if start is None:
            return None
        return Case(
            person=person,
            product=case.product,
            amount=case.amount + self._random.randrange(2, 7) * _THOUSAND,
            instalments=case.instalments,
            purpose=self._random.choice(self._words.purposes),
            officer=case.officer,
            steps=self._steps(start),
            group=case.group,
        )

    def _started(self, place: int, count: int) -> date:
        """The day on which the place-th of so many is entered; the first on the second day."""
        return self._days.all[1 + place * len(self._days) * LENDING // (_HUNDRED * count)]

    def _group(self, offer: Offer, start: date) -> Iterator[Case]:
        """Five neighbours who apply, are visited and are paid out on the same days."""
        words, number = self._words, self._groups
        self._groups += 1
        village = words.villages[number % len(words.villages)]
        title = words.groups[number % len(words.groups)]
        if number >= len(words.groups):
            title = f"{title} {number // len(words.groups) + 1}"
        centre = number % (self._layout.centres or len(words.centres))
        group = Group(title, self._centre(centre), village)
        steps = self._at_meetings(self._steps(start), centre)
        count = self._random.choice(offer.counts)
        amount = self._amount(offer)
        for _place in range(GROUP_SIZE):
            person = self._people.one(village)
            more = self._random.randrange(-2, 3) * _THOUSAND
            yield Case(
                person=person,
                product=offer.product,
                amount=max(amount + more, offer.least * _THOUSAND),
                instalments=count,
                purpose=self._random.choice(words.purposes),
                officer=self._officer(centre if self._layout.centres else number),
                steps=list(steps),
                group=group,
            )

    def _single(self, offer: Offer, start: date) -> Case:
        village = self._random.randrange(len(self._words.villages))
        return Case(
            person=self._people.one(self._words.villages[village]),
            product=offer.product,
            amount=self._amount(offer),
            instalments=self._random.choice(offer.counts),
            purpose=self._random.choice(self._words.purposes),
            officer=self._officer(village),
            steps=self._steps(start),
        )

    def _officer(self, place: int) -> str:
        return self._layout.officers[place % len(self._layout.officers)]

    def _centre(self, place: int) -> str:
        """The name of a centre; where the words do not suffice, with a number."""
        names = self._words.centres
        name = names[place % len(names)]
        return name if place < len(names) else f"{name} {place // len(names) + 1}"

    def _at_meetings(self, steps: list[tuple[date, Step]], centre: int) -> list[tuple[date, Step]]:
        """Pay out on a day of the centre's meetings, so that all its groups pay on the same."""
        if not self._layout.centres:
            return steps
        made = [one for one in steps if one[1] is not Step.PAY]
        if len(made) == len(steps):
            return steps
        on: date | None = steps[-1][0]
        while on is not None and not _meets(centre, on):
            on = self._days.later(on, 1)
        return made if on is None else [*made, (on, Step.PAY)]

    def _amount(self, offer: Offer) -> int:
        return self._random.randrange(offer.least, offer.most + 1) * _THOUSAND

    def _steps(self, start: date) -> list[tuple[date, Step]]:
        """Days for all steps, as far as there are days."""
        made, on = [], start
        for step, most in WAY:
            later = self._days.later(on, self._random.randrange(most + 1))
            if later is None:
                break
            on = later
            made.append((on, step))
        return made

    def _leaving(self) -> Iterator[Case]:
        """Some who took their application back, or were sent away after the visit."""
        for place, step in enumerate(_LEAVING, start=1):
            start = self._days.all[place * len(self._days) // (len(_LEAVING) + 1)]
            case = self._single(_MONTHLY if place % 2 else _FLAT, start)
            known = [one for one in case.steps if one[1] in (Step.ENTER, Step.PAPERS, Step.VERIFY)]
            case.steps = [*known, (known[-1][0], step)]
            yield case

    def _lying(self) -> Iterator[Case]:
        """What is not finished on the last day, something at every stage."""
        order = [step for step, _most in WAY]
        for last, count in _LYING:
            for place in range(count):
                taken = order[: order.index(last) + 1]
                case = self._single(_FLAT if place else _MONTHLY, self._days.all[-1])
                if last is Step.DECIDE and place:
                    case = _wanting_much(case)
                if last is Step.SANCTION:
                    case.product, case.amount = _MONTHLY.product, (_MONTHLY.most + 3) * _THOUSAND
                    case.instalments = _MONTHLY.counts[-1]
                case.steps = [
                    (self._days.back(max(len(taken) - at + place, 1)), step)
                    for at, step in enumerate(taken)
                ]
                yield case


def _meets(centre: int, on: date) -> bool:
    """Whether a centre meets on a day: every other week on its weekday."""
    fortnight = on.toordinal() // _WEEK % 2
    return on.weekday() == centre % _WEEKDAYS and fortnight == centre // _WEEKDAYS % 2


def _wanting_much(case: Case) -> Case:
    """The same household with a wish that the rules refer or decline."""
    case.product, case.amount = _MONTHLY.product, MUCH * _THOUSAND
    case.instalments = _MONTHLY.counts[0]
    return case
