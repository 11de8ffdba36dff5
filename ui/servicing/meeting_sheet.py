"""The paper collection sheet: drawn up once for a meeting, shown as it is printed."""

from __future__ import annotations

from datetime import date

from app.commands.meetings import MakeSheet, SheetMade
from app.queries.meetings import SheetForPaper
from app.rows.meetings import CollectionSheetPaper, SheetRow
from app.texts import _
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import DAY_SHEET
from ui.kit.screen_context import StationScreen


class SheetPapers:
    """Shows the sheet that is out, else draws up the next one."""

    def __init__(self, screen: StationScreen) -> None:
        self._screen = screen

    def show(self, centre: str, on: date, sheet: SheetRow | None) -> None:
        """The paper for a meeting; `sheet` is the one that is out for it."""
        if sheet is not None:
            self._show(sheet.sheet_id)
            return
        screen, desk = self._screen, self._screen.desk
        command = MakeSheet(centre=centre, meet_on=on)

        def made(answer: SheetMade) -> None:
            screen.stale()
            self._show(answer.sheet_id)

        desk.ask(screen, command, desk.key(), made, screen.failed)

    def _show(self, sheet_id: int) -> None:
        screen = self._screen

        def show(paper: CollectionSheetPaper) -> None:
            name = _("Collection sheet {number}").format(number=paper.number)
            PaperDialog(screen, screen.station, name, paper, DAY_SHEET, paper.number).open()

        screen.desk.read(screen, SheetForPaper(sheet_id=sheet_id), show, screen.failed)
