"""What loans are grouped by and what the groups are called."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Protocol

from app.reports.grouping import CENTRE, LOAN, OFFICER, PRODUCT, VILLAGE
from app.services.work import Reading
from app.store.report_names import Known, centres, known_loans, people, product_titles, villages
from app.store.report_stock import Scope
from app.texts import _


class Grouped(Protocol):
    """Whatever can be grouped as loans are."""

    @property
    def loan_id(self) -> int: ...
    @property
    def officer_id(self) -> int: ...
    @property
    def product_id(self) -> int: ...
    @property
    def group_id(self) -> int | None: ...


Key = Callable[[Grouped], str]


class Groups:
    """The groupings of a branch; names are read when they are first asked for."""

    def __init__(self, reading: Reading, scope: Scope) -> None:
        self._reading, self._scope = reading, scope
        self._loans: dict[int, Known] = {}

    @cached_property
    def people(self) -> Mapping[int, str]:
        """Everybody who works here."""
        return people(self._reading.connection)

    @cached_property
    def products(self) -> Mapping[int, str]:
        """Products by id."""
        return product_titles(self._reading.connection)

    @cached_property
    def centres(self) -> Mapping[int, str]:
        """Centres by group."""
        return centres(self._reading.connection, self._scope.branch_id)

    @cached_property
    def villages(self) -> Mapping[int, str]:
        """Villages by loan."""
        return villages(self._reading.connection, self._scope)

    def key(self, by: str) -> Key:
        """What a loan is grouped under."""
        keys: dict[str, Key] = {
            OFFICER: lambda one: str(one.officer_id),
            PRODUCT: lambda one: str(one.product_id),
            CENTRE: lambda one: self.centres.get(one.group_id or 0, ""),
            VILLAGE: lambda one: self.villages.get(one.loan_id, ""),
            LOAN: lambda one: str(one.loan_id),
        }
        return keys[by]

    def name(self, by: str, key: str) -> str:
        """What a group is called."""
        if by == OFFICER:
            return self.people.get(int(key), "") or _("Nobody")
        if by == PRODUCT:
            return self.products.get(int(key), "")
        if by == LOAN:
            return self._loans[int(key)].number
        return key or (_("No centre") if by == CENTRE else _("No village"))

    def accepts(self, within: Mapping[str, str]) -> Callable[[Grouped], bool]:
        """Whether a loan is in all of some groups; what is no group of loans is passed over."""
        held = [(self.key(by), key) for by, key in within.items() if by in _OF_LOANS]
        if not held:
            return lambda _one: True
        return lambda one: all(find(one) == key for find, key in held)

    def know(self, ids: Iterable[int]) -> Mapping[int, Known]:
        """Some loans as lists name them; known from now on."""
        wanted = {loan_id for loan_id in ids if loan_id not in self._loans}
        if wanted:
            self._loans |= known_loans(self._reading.connection, wanted)
        return self._loans


def groups_of(reading: Reading, scope: Scope) -> Groups:
    """The groupings of a branch, made once for all that ask."""
    return reading.once(("groups", scope), lambda: Groups(reading, scope))


def by_loan(within: Mapping[str, str], by: str) -> bool:
    """Whether a report has to look at each loan: its groups do not follow from sums."""
    return bool({by, *within} & {VILLAGE, LOAN})


_OF_LOANS = (OFFICER, PRODUCT, CENTRE, VILLAGE, LOAN)
