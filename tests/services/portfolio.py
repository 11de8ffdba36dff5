"""Portfolios for tests: one worked by hand, and random ones to be counted by replay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from app.domain.ageing import asset_class, bucket
from app.domain.allocation import PRINCIPAL, Head
from app.domain.errors import EventRefused
from app.domain.events import Event, EventKind
from app.domain.loan import replay
from app.domain.playing import play
from app.domain.terms import Terms
from app.store.reports import Period
from tests.services.branch import OPENED, House
from tests.services.planted import (
    Borrower,
    Fact,
    Planted,
    Wish,
    charged,
    paid,
    plant,
    reversed_of,
    terms_for,
    waived,
)

RUPEES = 100
ONE_DAY = timedelta(1)


def worked(house: House) -> dict[str, Planted]:
    """Seven loans whose figures are worked out by hand; see test_overdue.

    Outstanding 20,000 · 15,000 · 10,000 · 8,000 · 5,000 · 2,000 · 4,000 with 0 · 5 · 31 · 90 ·
    91 · 200 · 0 days past due on the business date; of the last 1,000 falls due on it.
    """
    names = ("Asha", "Bela", "Chanda", "Deepa", "Esha", "Farida", "Gita")
    wishes = (
        _weekly(20_000, 10, -3),
        _weekly(15_000, 5, 5),
        _weekly(10_000, 10, 31),
        _monthly(8_000, 8, date(2025, 9, 7)),
        _monthly(5_000, 5, date(2025, 9, 6)),
        _monthly(2_000, 2, date(2025, 5, 19)),
        _weekly(4_000, 4, 0),
    )
    villages = ("Biswan", "Biswan", "Mishrikh", "Mishrikh", "Sidhauli", "Sidhauli", "Sidhauli")
    for wish, name, village in zip(wishes, names, villages, strict=True):
        wish.borrower = Borrower(f"{name} Devi", "", village, f"98{len(name)}000{len(village)}")
    loans = plant(house, *wishes)
    return dict(zip(names, loans, strict=True))


def _weekly(rupees: int, count: int, late: int) -> Wish:
    first_due_on = OPENED - timedelta(late)
    return Wish(first_due_on - timedelta(7), rupees * RUPEES, count)


def _monthly(rupees: int, count: int, disbursed_on: date) -> Wish:
    return Wish(disbursed_on, rupees * RUPEES, count, "month")


def random_loans(house: House, random: Random, count: int) -> list[Planted]:
    """Loans with histories of receipts, reversals, charges and waivers up to the business date."""
    people = (house.officer.user_id, house.manager.user_id)
    wishes = [_random_wish(random, number, people) for number in range(count)]
    return plant(house, *wishes)


def _random_wish(random: Random, number: int, people: tuple[int, ...]) -> Wish:
    unit = random.choice(("week", "month"))
    wish = Wish(
        OPENED - timedelta(random.randint(0, 330)),
        random.randrange(2_000, 40_000, 500) * RUPEES,
        random.randint(1, 14),
        unit,
        random.choice(("0", "24")),
        borrower=Borrower(f"Person {number:03d}", "", random.choice(("Biswan", "Mishrikh")), ""),
        officer_id=random.choice(people),
    )
    wish.facts = tuple(_random_facts(random, wish))
    return wish


def _random_facts(random: Random, wish: Wish) -> Iterator[Fact]:
    """Facts in the order of their dates; one that the engine refuses is left out by the caller."""
    on, made = wish.disbursed_on, 0
    share = wish.principal // wish.instalments
    known = _Trial(wish)
    while True:
        on += timedelta(random.randint(1, 30))
        if on > OPENED or made > 12:
            return
        fact = random.choice(
            (
                *(paid(on, random.randint(1, 2 * share)) for _ in range(6)),
                _brought_in_late(random, wish, on, share),
                charged(on, random.randint(1, 500) * RUPEES),
                charged(on, random.randint(1, 300) * RUPEES, Head.PENALTY),
                waived(on, random.randint(1, 200) * RUPEES, random.choice(tuple(Head))),
                reversed_of(on, random.randint(1, max(made, 1))),
            )
        )
        if known.takes(fact):
            made += 1
            yield fact


def _brought_in_late(random: Random, wish: Wish, booked_on: date, share: int) -> Fact:
    """A receipt with an earlier value date than the day it was booked on."""
    back = min(random.randint(1, 40), (booked_on - wish.disbursed_on).days)
    return paid(booked_on - timedelta(back), random.randint(1, share), booked_on)


@dataclass
class _Trial:
    """Tries facts on the engine before they are planted."""

    wish: Wish
    events: list[Event] = field(default_factory=list)
    voided: set[int] = field(default_factory=set)

    def takes(self, fact: Fact) -> bool:
        if not self.events:
            self.events = [_event(Fact(EventKind.DISBURSEMENT, self.wish.disbursed_on), 0)]
        if fact.of is not None and not self._may_void(fact.of):
            return False
        tried = [*self.events, _event(fact, len(self.events))]
        try:
            replay(terms_for(self.wish), tried)
        except EventRefused:
            return False
        self.events = tried
        if fact.of is not None:
            self.voided.add(fact.of)
        return True

    def _may_void(self, of: int) -> bool:
        return (
            of < len(self.events)
            and of not in self.voided
            and self.events[of].kind is not EventKind.REVERSAL
        )


def _event(fact: Fact, ref: int) -> Event:
    return Event(fact.kind, fact.on, fact.booked, ref, fact.amount, fact.head, fact.of)


@dataclass(frozen=True)
class Counted:
    """A loan on a day by its own replay."""

    loan: Planted
    dpd: int
    bucket: str
    asset_class: str
    arrears: int
    due: int
    outstanding: int
    principal_late: int
    running: bool


def counted(
    loan: Planted, day: date, *, ended: bool, known_on: date | None = None
) -> Counted | None:
    """What a list must say of a loan, from its facts alone; None before it was paid out."""
    if loan.terms.disbursed_on > day:
        return None
    book = play(loan.terms, loan.events, day, known_on).book
    position = replay(loan.terms, loan.events, day, known_on)
    before, by = book.arrears(day - ONE_DAY), book.arrears(day)
    oldest = book.next_due_on()
    late_since = oldest if oldest is not None and (oldest < day or ended) else None
    dpd = (day - oldest).days if oldest is not None and oldest < day else 0
    return Counted(
        loan=loan,
        dpd=dpd,
        bucket=bucket(dpd),
        asset_class=asset_class(late_since, day, position.npa_since_on),
        arrears=sum(before),
        due=sum(by) - sum(before),
        outstanding=position.principal_outstanding,
        principal_late=before[PRINCIPAL],
        running=position.status == "active",
    )


def asked_by(terms: Terms, facts: list[Event], period: Period) -> int:
    """What fell due of one loan in the period, paid or not, as known at the end of it.

    A charge levied on a loan falls due on its own date, before the line that it stands in.
    """
    book = play(terms, facts, period.last, period.last).book
    due_on = [line.due_on for line in book.lines]
    total = sum(
        sum(line.asked) for line in book.lines if period.first <= line.due_on <= period.last
    )
    known = [event for event in facts if event.booked_on <= period.last]
    void = {event.of for event in known if event.kind is EventKind.REVERSAL}
    for event in known:
        if event.kind is not EventKind.CHARGE or event.ref in void or event.on > period.last:
            continue
        holding = min((on for on in due_on if on >= event.on), default=None)
        if holding is None:
            continue
        counted = period.first <= holding <= period.last
        falls = period.first <= event.on <= period.last
        total += (falls - counted) * event.amount
    return total
