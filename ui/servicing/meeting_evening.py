"""The sheets of a day's meetings, drawn up and printed the evening before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from app.commands.meetings import MakeSheet, SheetMade
from app.queries.meetings import ListMeetings, SheetForPaper
from app.rows.meetings import CollectionSheetPaper, DayMeeting
from app.texts import _, ngettext
from app.texts.figures import count, day
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.printing import DAY_SHEET, print_paper
from ui.kit.screen_context import StationScreen

Take = Callable[[date, str], None]
HOUSE = ""  # the language that the lender has set for papers of the house


class EveningDialog(Dialog):
    """Asks for which day; tomorrow, unless told."""

    def __init__(self, parent: QWidget, today: date, take: Take) -> None:
        languages = [(code, named("language", code)) for code in ("en", "hi")]
        fields = [
            Field(
                name="on",
                label=_("Meetings of"),
                kind=Kind.DATE,
                today=today,
                value=today + timedelta(1),
            ),
            Field(
                name="language",
                label=_("Language"),
                kind=Kind.CHOICE,
                choices=[(HOUSE, _("Of the house")), *languages],
                value=HOUSE,
            ),
        ]
        said = _("One sheet a centre; a sheet that is out already is printed again.")
        super().__init__(parent, _("Collection sheets"), said, act=_("Print"), fields=fields)
        self._take = take
        self.decided.connect(self._go)

    def _go(self, values: dict[str, Any]) -> None:
        self.finish()
        self._take(values["on"], values["language"] or HOUSE)


class EveningSheets(QObject):
    """Draws up what is missing and prints one sheet after another; stops at the first trouble."""

    def __init__(self, screen: StationScreen) -> None:
        super().__init__(screen)
        self._screen = screen
        self._line: list[DayMeeting] = []
        self._language, self._out = HOUSE, 0

    def action(self) -> Action:
        """What a screen offers of it."""
        station = self._screen.station
        return Action(
            name="evening",
            text=_("Sheets of a day"),
            keys="Alt+P",
            icon="printer",
            run=self._ask,
            enabled=lambda: station.day_is_open,
            why=_("The day must be open"),
        )

    def _ask(self) -> None:
        EveningDialog(self._screen, self._screen.station.today, self.print).open()

    def print(self, on: date, language: str) -> None:
        """Print the sheets of the meetings of a day that are not booked yet."""
        self._language, self._out = language, 0
        screen = self._screen

        def take(meetings: tuple[DayMeeting, ...]) -> None:
            self._line = [one for one in meetings if one.loans and not one.held]
            if not self._line:
                said = _("No centre meets on {day}").format(day=day(on))
                screen.banner.say(said, "info")
            self._next()

        screen.desk.read(self, ListMeetings(on=on), take, screen.failed, slot="evening")

    def _next(self) -> None:
        screen = self._screen
        if not self._line:
            if self._out:
                text = ngettext("{n} sheet is printed", "{n} sheets are printed", self._out)
                screen.station.say(text.format(n=count(self._out)))
                screen.stale()
            return
        meeting = self._line.pop(0)
        if meeting.sheet_id is not None:
            self._read(meeting.sheet_id)
            return
        command = MakeSheet(centre=meeting.centre, meet_on=meeting.on)

        def made(answer: SheetMade) -> None:
            self._read(answer.sheet_id)

        screen.desk.ask(self, command, screen.desk.key(), made, screen.failed)

    def _read(self, sheet_id: int) -> None:
        screen, station = self._screen, self._screen.station

        def printed(_where: str) -> None:
            self._out += 1
            self._next()

        def draw(paper: CollectionSheetPaper) -> None:
            name = paper.number
            print_paper(station, self, paper, DAY_SHEET, printed, screen.failed, name=name)

        query = SheetForPaper(sheet_id=sheet_id, language=self._language)
        screen.desk.read(self, query, draw, screen.failed)
