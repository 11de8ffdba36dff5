"""The dialogs of the holidays: one holiday, a file of them; the national days that are shipped."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.domain.holidays import LONGEST_NAME, Holiday, LineRefused
from app.paths import resources
from app.texts import _, ngettext
from app.texts.figures import count, day
from ui.kit.cells import Cell
from ui.kit.dialog import Dialog
from ui.kit.empty import Empty
from ui.kit.field import Field, Kind
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import heading
from ui.parts.places_of_india import STATES

SHOWN_ROWS = 5


class HolidayDialog(Dialog):
    """One holiday: its day, its name, the states that keep it."""

    def __init__(self, parent: QWidget, today: date, holiday: Holiday | None) -> None:
        title = _("Add a holiday") if holiday is None else holiday.name
        act = _("Add") if holiday is None else _("Save")
        super().__init__(parent, title, act=act, fields=_fields(today, holiday))


class ImportDialog(Dialog):
    """What a file holds, and which of its lines are refused and why."""

    def __init__(
        self, parent: QWidget, found: Sequence[Holiday], refused: Sequence[LineRefused]
    ) -> None:
        said = ngettext("Take {number} holiday in", "Take {number} holidays in", len(found))
        act = said.format(number=count(len(found)))
        sub = _("A line is day, name, states: 26-01-2027, Republic Day, UP BR")
        super().__init__(parent, _("Holidays of the file"), sub, act=act, width=640)
        self.found: RowsModel[Holiday] = RowsModel(_found_columns())
        self.refused: RowsModel[LineRefused] = RowsModel(_refused_columns())
        nothing = Empty(_("No line holds a holiday"), icon_name="file-csv")
        table = Table(self.found, _("Holidays of the file"), row_height="row_dense", empty=nothing)
        table.keep_rows(SHOWN_ROWS)
        self.content.addWidget(table)
        self.found.show(found)
        self.refused.show(refused)
        if refused:
            wrong = ngettext(
                "{number} line is left out", "{number} lines are left out", len(refused)
            )
            self.content.addWidget(heading(wrong.format(number=count(len(refused)))))
            left = Table(self.refused, _("Lines that are left out"), row_height="row_dense")
            left.keep_rows(min(SHOWN_ROWS, len(refused)))
            self.content.addWidget(left)
        self.set_act_enabled(bool(found))


def national_days(years: Sequence[int]) -> tuple[Holiday, ...]:
    """The national days that are shipped, in these years."""
    doc = json.loads((resources() / "holidays" / "india.json").read_text("utf-8"))
    return tuple(
        Holiday(date(year, one["month"], one["day"]), one["name"])
        for year in years
        for one in doc["days"]
    )


def states_said(states: Sequence[str]) -> str:
    """The states by name; none is every state."""
    names = dict(STATES)
    return ", ".join(names.get(code, code) for code in states) or _("every state")


def states_of(typed: str) -> tuple[str, ...]:
    """The codes of the states that were typed, by code or name. Raises ValueError."""
    by_name = {name.casefold(): code for code, name in STATES}
    known, found = dict(STATES), []
    for word in (part.strip() for part in typed.split(",")):
        code = by_name.get(word.casefold(), word.upper())
        if word and code not in known:
            raise ValueError(_("There is no state {name}.").format(name=word))
        found += [code] if word else []
    return tuple(dict.fromkeys(found))


def _fields(today: date, holiday: Holiday | None) -> list[Field]:
    states = None if holiday is None else states_said(holiday.states) if holiday.states else ""
    return [
        Field(
            name="on",
            label=_("Day"),
            kind=Kind.DATE,
            today=today,
            value=None if holiday is None else holiday.on,
        ),
        Field(
            name="name",
            label=_("Name"),
            value=None if holiday is None else holiday.name,
            length=LONGEST_NAME,
        ),
        Field(
            name="states",
            label=_("States"),
            value=states or "",
            hint=_("Codes or names with commas between; empty: every state"),
            parse=states_of,
            optional=True,
            span=2,
        ),
    ]


def _found_columns() -> tuple[Column[Holiday], ...]:
    return (
        Column(title=_("Day"), text=lambda one: Cell(day(one.on), strong=True)),
        Column(title=_("Name"), text=lambda one: one.name, stretch=1),
        Column(title=_("States"), text=lambda one: states_said(one.states)),
    )


def _refused_columns() -> tuple[Column[LineRefused], ...]:
    words = {
        "day": _("no day that can be read"),
        "name": _("no name"),
        "states": _("a state that is not known"),
        "twice": _("stands in the file already"),
    }
    return (
        Column(title=_("Line"), text=lambda one: str(one.line), numeric=True),
        Column(title=_("What it says"), text=lambda one: Cell(one.text, tone="text2"), stretch=1),
        Column(title=_("What is wrong"), text=lambda one: words[one.why]),
    )
