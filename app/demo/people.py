"""Invented borrowers with their households, each of them once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from stdnum import verhoeff

from app.demo.luck import chance
from app.demo.samples import Families, Pair, Samples
from app.rows.facts import ExistingLoan, HouseholdFacts, IdentityNumber, Member, PartyFacts

RUPEE = 100
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Person:
    """A borrower as the officer writes them down; `party_id` once the branch knows them."""

    party: PartyFacts
    household: HouseholdFacts
    party_id: int | None = None

    def known(self, party_id: int) -> Person:
        """The same person with the number that the branch gave."""
        return replace(self, party_id=party_id)


class People:
    """Makes people who do not exist."""

    def __init__(self, random: Random, words: Samples, until: date, made: int = 0) -> None:
        """`until` is the day by which they are of age; numbers count on from `made`."""
        self._random, self._words, self._until = random, words, until
        self._taken: set[str] = set()
        self._made = made

    def one(self, village: Pair) -> Person:
        """The next person, of this village (name and postal code)."""
        self._made += 1
        family = self._words.families[int(chance(self._random, 18))]
        given, last = self._name(family)
        husband = self._random.choice(family.men)
        surname = last if family is self._words.families[0] else husband
        age = self._random.randrange(21, 56)
        party = PartyFacts(
            full_name=f"{given[0]} {last[0]}",
            local_name=f"{given[1]} {last[1]}",
            language="hi",
            born_on=self._until - timedelta(age * 365 + self._random.randrange(90, 360)),
            gender="f",
            phone=self._phone(),
            relative_name=f"{husband[0]} {last[0]}" if surname is last else husband[0],
            house=str(self._random.randrange(1, 240)),
            village=village[0],
            pin=village[1],
            identities=self._identities(),
        )
        return Person(party, self._household(party, age))

    def _name(self, family: Families) -> tuple[Pair, Pair]:
        """A given name with a family name that nobody has yet (or anyhow after many tries)."""
        for _try in range(60):
            given, last = self._random.choice(family.women), self._random.choice(family.names)
            if f"{given[0]} {last[0]}" not in self._taken:
                break
        self._taken.add(f"{given[0]} {last[0]}")
        return given, last

    def _phone(self) -> str:
        """A number that nobody can have dialled twice here; its middle is all zeros."""
        return f"{self._random.randrange(6, 10)}0000{self._made:05d}"

    def _identities(self) -> tuple[IdentityNumber, ...]:
        """Numbers of the right shape from the range that is given out for trying software."""
        digits = f"9999{self._random.randrange(10**3):03d}{self._made:04d}"
        aadhaar = digits + verhoeff.calc_check_digit(digits)
        letters = "".join(self._random.choice(_LETTERS) for _ in range(3))
        voter = f"{letters}{self._made:07d}"
        return (IdentityNumber("aadhaar", aadhaar), IdentityNumber("voter", voter))

    def _household(self, party: PartyFacts, age: int) -> HouseholdFacts:
        own = self._random.randrange(60, 105) * 100 * RUPEE
        other = self._random.randrange(80, 135) * 100 * RUPEE
        members = [
            Member(party.full_name, "self", age, own, self._random.choice(self._words.work)),
            Member(
                party.relative_name,
                "spouse",
                age + self._random.randrange(1, 7),
                other,
                self._random.choice(self._words.spouse_work),
            ),
        ]
        children = self._random.randrange(0, 4)
        ages = sorted(self._random.randrange(1, 18) for _ in range(children))
        members += [Member(f"Child {n}", "child", years, 0) for n, years in enumerate(ages, 1)]
        return HouseholdFacts(
            members=tuple(members),
            expenses_minor=self._random.randrange(70, 105) * 100 * RUPEE,
            loans=self._elsewhere(),
        )

    def _elsewhere(self) -> tuple[ExistingLoan, ...]:
        """A third of the households owe a little elsewhere."""
        if not chance(self._random, 33):
            return ()
        owed = self._random.randrange(4, 22) * 1000 * RUPEE
        return (ExistingLoan(self._random.choice(self._words.lenders), owed, owed // 14),)
