"""What somebody wants to know: frozen values with a name and an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

R = TypeVar("R", covariant=True)
Row = TypeVar("Row", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Query(Generic[R]):
    """A question. `R` is the answer, made of app.rows."""

    name: ClassVar[str] = ""


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """A part of a list: rows from `offset`, the whole count, and named totals in minor units."""

    rows: tuple[Row, ...]
    offset: int
    count: int
    totals: tuple[tuple[str, int], ...] = ()

    def total(self, name: str) -> int:
        """The named total, 0 where the list has none."""
        return dict(self.totals).get(name, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paged(Query[R]):
    """A question whose answer is one page of a list.

    Of a long list its rows are there before they are counted: without `counted` the page has no
    totals, and its count is that of the rows up to its end.
    """

    text: str = ""  # what was typed into the list's search
    sort: str = ""  # column key, "-key" for descending
    offset: int = 0
    limit: int = 100
    counted: bool = True
