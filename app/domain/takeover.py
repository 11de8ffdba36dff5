"""A file of loans that ran elsewhere: which columns there are, which rows make a loan.

Amounts are plain decimals with the digits of the currency, days ISO, rates percent a year. A loan
has one row with what was `received` in all, or one row for each unpaid line, one after the other
with the same `old_number`; the other columns may then be empty from the second row on.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from io import StringIO

from app.domain.errors import ValueRefused

NEEDED = (
    *("old_number", "product", "officer", "principal", "annual_rate", "instalments"),
    *("disbursed_on", "opening_on"),
)
PARTY = (
    *("full_name", "local_name", "language", "born_on", "gender", "phone", "relative_name"),
    *("house", "village", "pin", "member_number"),
)
LINE = (
    *("line_number", "line_due_on", "line_principal", "line_interest"),
    *("line_charge", "line_penalty"),
)
OTHERS = ("first_due_on", "received", "excess", "group", *LINE)
COLUMNS = frozenset((*NEEDED, *PARTY, *OTHERS))
MOST_ROWS = 20_000
OLD_NUMBER = "old_number"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row: its line in the file, the headings counted as 1, and its values by column."""

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """The rows of one loan; the first says what it is."""

    rows: tuple[FileRow, ...]

    @property
    def first(self) -> FileRow:
        """The row that the loan is described in."""
        return self.rows[0]

    def text(self, column: str) -> str:
        """What the first row says in a column; empty where it says nothing."""
        return self.first.values.get(column, "")

    @property
    def stray(self) -> FileRow | None:
        """A row after the first that names no line: the same loan a second time."""
        return next((row for row in self.rows[1:] if row not in self.lines), None)

    @property
    def lines(self) -> tuple[FileRow, ...]:
        """The rows that name an unpaid line."""
        return tuple(row for row in self.rows if any(row.values.get(name) for name in LINE))


def entries_of_file(text: str) -> tuple[FileEntry, ...]:
    """The loans of a CSV file, with commas or semicolons. Raises ValueRefused at `text`."""
    rows = _rows(text)
    made: list[list[FileRow]] = []
    for row in rows:
        number = row.values.get(OLD_NUMBER, "")
        if made and number and made[-1][0].values.get(OLD_NUMBER) == number:
            made[-1].append(row)
        else:
            made.append([row])
    if not made:
        raise ValueRefused(field="text", why="file-empty")
    return tuple(FileEntry(tuple(rows)) for rows in made)


def _rows(text: str) -> list[FileRow]:
    source = text.removeprefix("\ufeff")
    heading = source.partition("\n")[0]
    separator = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.reader(StringIO(source), delimiter=separator, strict=True)
    made: list[FileRow] = []
    try:
        names = [name.strip().casefold() for name in next(reader, [])]
        _check_names(names)
        for cells in reader:
            values = [cell.strip() for cell in cells]
            if not any(values):
                continue
            if len(values) > len(names):
                raise ValueRefused(field="text", why="file-cells", line=reader.line_num)
            if len(made) >= MOST_ROWS:
                raise ValueRefused(field="text", why="file-too-long", most=MOST_ROWS)
            made.append(FileRow(reader.line_num, dict(zip(names, values, strict=False))))
    except csv.Error:
        raise ValueRefused(field="text", why="file-cells", line=reader.line_num) from None
    return made


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        if name not in COLUMNS:
            raise ValueRefused(field="text", why="file-column-unknown", given=name[:40])
    if len(set(names)) != len(names):
        raise ValueRefused(field="text", why="file-column-twice")
    missing = next((name for name in NEEDED if name not in names), None)
    if missing is not None:
        raise ValueRefused(field="text", why="file-columns", given=missing)
