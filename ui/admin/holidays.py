"""Holidays of the branch by state, its weekly days off, and a file of them taken in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QFileDialog, QGridLayout, QSizePolicy

from app.commands.settings import CalendarSaved, SaveCalendar
from app.domain.errors import PaperTrouble
from app.domain.holidays import Holiday, LineRefused, holidays_from_csv
from app.queries.settings import ShowCalendar
from app.rows.settings import CalendarView
from app.texts import _
from app.texts.figures import day, weekday
from ui.admin.holiday_dialogs import HolidayDialog, ImportDialog, national_days, states_said
from ui.admin.part import Part
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.check import Check
from ui.kit.dialog import Dialog
from ui.kit.empty import Empty
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report, Stop
from ui.kit.text import Text, note
from ui.kit.theme import theme
from ui.parts.places_of_india import STATES

LARGE = 125  # text size from which the week takes two lines
LARGEST_FILE = 1_000_000  # bytes
A_WEEK = tuple(date(2024, 1, n) for n in range(1, 8))  # Monday to Sunday


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file held."""

    holidays: tuple[Holiday, ...]
    refused: tuple[LineRefused, ...]


class HolidaysPart(Part):
    """Each act is kept at once, at the version that is shown."""

    def __init__(self, station: Station) -> None:
        said = _("New loans move their due dates away from these days; loans that run keep theirs.")
        super().__init__(station, _("Holidays"), said)
        self.view: CalendarView | None = None
        self.off = {one.isoweekday(): Check(weekday(one)) for one in A_WEEK}
        self.moves = note("", wrap=True)
        self.model: RowsModel[Holiday] = RowsModel(
            self._columns(), identity=lambda one: (one.on, one.name)
        )
        empty = Empty(_("No holidays kept"), _("Add the national days, or take a file in."))
        self.table = Table(self.model, _("Holidays"), empty=empty)
        self.table.opened.connect(self.change)
        self.action_set.show(self._actions())
        self._lay_out()

    def begin(self) -> None:
        super().begin()
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.read(self, ShowCalendar(), self._take, self.failed, slot="calendar")

    def add(self) -> None:
        """Ask for a holiday."""
        self._ask(None)

    def change(self, holiday: Holiday) -> None:
        """Change a holiday."""
        self._ask(holiday)

    def remove(self) -> None:
        """Ask whether the marked one goes."""
        holiday = self.table.current()
        if holiday is None:
            return
        question = _("Remove {name}, {day}?").format(name=holiday.name, day=day(holiday.on))
        said = _("Loans that run keep their dates; new ones may fall due on this day.")
        dialog = Dialog(self, question, act=_("Remove"), consequences=[said], danger=True)
        others = [one for one in self.model.rows() if one != holiday]
        dialog.decided.connect(lambda _values: self._keep(others, dialog=dialog))
        dialog.open()

    def add_national(self) -> None:
        """Add the national days of this year and the next."""
        years = (self.station.today.year, self.station.today.year + 1)

        def job(_stop: Stop, _report: Report) -> Taken:
            return Taken(national_days(years), ())

        self.desk.work(self, job, self._join, self.failed)

    def take_file(self) -> None:
        """Choose a CSV file of holidays."""
        name, _kind = QFileDialog.getOpenFileName(self, _("File of holidays"), "", "*.csv *.txt")
        if name:
            self.read_file(Path(name))

    def read_file(self, path: Path) -> None:
        """Read the file off the UI thread, then show what it holds and what was refused."""

        def job(_stop: Stop, _report: Report) -> Taken:
            codes = frozenset(code for code, _name in STATES)
            return Taken(*holidays_from_csv(_text_of(path), codes))

        self.banner.clear()
        self.desk.work(self, job, self._offer, self.failed)

    def _offer(self, taken: Taken) -> None:
        dialog = ImportDialog(self, taken.holidays, taken.refused)
        dialog.decided.connect(lambda _values: self._join(taken, dialog))
        dialog.open()

    def _join(self, taken: Taken, dialog: Dialog | None = None) -> None:
        """Put holidays to those that are kept; one of the same day and name is taken over."""
        kept = {(one.on, one.name.casefold()): one for one in self.model.rows()}
        kept |= {(one.on, one.name.casefold()): one for one in taken.holidays}
        self._keep(list(kept.values()), dialog=dialog)

    def _ask(self, holiday: Holiday | None) -> None:
        dialog = HolidayDialog(self, self.station.today, holiday)

        def decided(values: dict[str, Any]) -> None:
            made = Holiday(values["on"], values["name"], tuple(values["states"] or ()))
            others = [one for one in self.model.rows() if one != holiday]
            self._keep([*others, made], dialog=dialog)

        dialog.decided.connect(decided)
        dialog.open()

    def _keep_week(self) -> None:
        self._keep(list(self.model.rows()))

    def _keep(self, holidays: list[Holiday], dialog: Dialog | None = None) -> None:
        if self.view is None:
            return
        off = tuple(number for number, check in self.off.items() if check.value())
        command = SaveCalendar(version=self.view.version, off_days=off, holidays=tuple(holidays))

        def saved(_done: CalendarSaved) -> None:
            if dialog is not None:
                dialog.finish()
            self.stated.emit(_("Kept for new loans"), "check", "ok")
            self.reload()

        self.banner.clear()
        fail: Callable[[Exception], None] = self._refused if dialog is None else dialog.failed
        self.desk.ask(self, command, self.desk.key(), saved, fail)

    def _refused(self, error: Exception) -> None:
        self.failed(error)
        if self.view is not None:
            self._show_week(self.view)

    def _take(self, view: CalendarView) -> None:
        self.view = view
        self._show_week(view)
        self.model.show(view.holidays)
        if view.products:
            said = _("Due dates move for: {products}").format(products=", ".join(view.products))
        else:
            said = _("No product moves its due dates: say so in its terms, under holidays.")
        self.moves.setText(said)
        self.action_set.refresh()

    def _show_week(self, view: CalendarView) -> None:
        for number, check in self.off.items():
            check.set_value(number in view.off_days)

    def _actions(self) -> list[Action]:
        def some() -> bool:
            return self.model.count > 0

        national, taken = _("National days"), _("Take a file in")
        return [
            Action(name="add", text=_("Add a holiday"), keys="Alt+N", icon="plus", run=self.add),
            Action(
                name="national", text=national, keys="Alt+D", icon="flag", run=self.add_national
            ),
            Action(name="file", text=taken, keys="Alt+O", icon="file-csv", run=self.take_file),
            Action(name="remove", text=_("Remove"), keys="Del", run=self.remove, enabled=some),
        ]

    def _lay_out(self) -> None:
        self.head.addWidget(self.action_set.button("add", "primary"))
        week = Card()
        week.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        week.body.addWidget(Text(_("Off every week"), "small", tone="text2"))
        week.body.addLayout(self._week())
        files = row(self.action_set.button("national"), self.action_set.button("file"))
        files.insertWidget(0, self.moves, 1)
        week.body.addLayout(files)
        for check in self.off.values():
            check.edited.connect(self._keep_week)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.page.addWidget(week)
        self.page.addWidget(card, 1)

    def _week(self) -> QGridLayout:
        """The days side by side, on two lines where the letters are large."""
        grid, columns = QGridLayout(), 7 if theme().scale < LARGE else 4
        for at, check in enumerate(self.off.values()):
            grid.addWidget(check, at // columns, at % columns)
        grid.setColumnStretch(columns, 1)
        return grid

    def _columns(self) -> tuple[Column[Holiday], ...]:
        def of(one: Holiday) -> Cell:
            here = self.view is None or one.is_of(self.view.state)
            chip, words = ("ok", _("kept here")) if here else ("neutral", _("not here"))
            return Cell(words, chip=chip)

        return (
            Column(title=_("Day"), text=lambda one: Cell(day(one.on), strong=True)),
            Column(title=_("Weekday"), text=lambda one: Cell(weekday(one.on), tone="text2")),
            Column(title=_("Name"), text=lambda one: one.name, stretch=2),
            Column(title=_("States"), text=lambda one: states_said(one.states), stretch=1),
            Column(title=_("In this branch"), text=of),
        )


def _text_of(path: Path) -> str:
    """The text of a file. Raises PaperTrouble where it cannot be read as text."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PaperTrouble(why="too-big", most=LARGEST_FILE)
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise PaperTrouble(why="not-a-text") from None
