"""What a column of a list is, and which columns are shown in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from app.reports import Kind, Value
from app.texts.figures import amount, count, day, sign_of
from ui.kit.cells import Cell

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column(Generic[Row]):
    """How one column is titled, shown, sorted, added up and handed on."""

    title: str
    text: Callable[[Row], str | Cell]
    key: str = ""  # what the loader sorts by; empty means this column is not sorted by it
    sort: Callable[[Row], Any] | None = None  # for lists that are wholly loaded
    numeric: bool = False
    width: int = 0  # px at 100 %; 0 measures what is in it
    stretch: int = 0  # share of the width that is left
    leaves: int = 0  # the highest leaves first when the place is narrow; 0 stays
    name: str = ""  # what it is kept under; the key where it is empty
    value: Callable[[Row], Value] | None = None  # for copies, files and sums; else its words
    kind: Kind = Kind.TEXT  # of the value
    trim: bool = False  # of money: whether even amounts are shown without decimals
    total: str = ""  # the name of the list's total that stands under it
    shown: bool = True  # False: only where somebody chose it

    @property
    def id(self) -> str:
        """The name it is kept under."""
        return self.name or self.key or self.title

    @property
    def adds_up(self) -> bool:
        """Whether its figures make a sum."""
        return self.kind is Kind.MONEY and self.value is not None

    def head(self, currency: str) -> str:
        """The title with the sign of the currency, where it is money."""
        return f"{self.title} {sign_of(currency)}" if self.kind is Kind.MONEY else self.title

    def cell(self, row: Row) -> Cell:
        """What stands in the list."""
        found = self.text(row)
        return found if isinstance(found, Cell) else Cell(found)

    def handed(self, row: Row) -> Value:
        """What a copy or a file holds: the value, else the words of the cell."""
        return self.cell(row).spoken() if self.value is None else self.value(row)

    def written(self, value: Value, currency: str) -> str:
        """A value of this column as people read it."""
        match value:
            case None:
                return ""
            case date():
                return day(value)
            case int() if self.kind is Kind.MONEY:
                return amount(value, currency, trim=self.trim)
            case int():
                return count(value, currency)
            case _:
                return value


def shown_first(columns: Sequence[Column[Row]]) -> tuple[str, ...]:
    """The columns that are shown until somebody chooses others."""
    return tuple(column.id for column in columns if column.shown)


def arranged(columns: Sequence[Column[Row]], ids: Sequence[str]) -> tuple[Column[Row], ...]:
    """The columns of these ids in this order; the usual ones where none of them is known."""
    by_id = {column.id: column for column in columns}
    found = tuple(by_id[one] for one in dict.fromkeys(ids) if one in by_id)
    return found or tuple(column for column in columns if column.shown)
