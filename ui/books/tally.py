"""The books of some days as a file for Tally: noted first, then written whole."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.checks import Noted, NoteExport
from app.ports import Progress
from app.queries.books import BooksForTally
from app.rows.journal_papers import TallyBooks
from app.texts import _
from app.texts.figures import count
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.tasks import Report as Tell
from ui.kit.tasks import Stop
from ui.parts.report_files import written

Fail = Callable[[Exception], None]
REPORT = "tally"


class TallyDialog(Dialog):
    """Which days, and whether the ledgers bring what they held before."""

    def __init__(self, parent: QWidget, station: Station, progress: ProgressCard) -> None:
        today = station.today
        fields = [
            Field(
                name="from_on",
                label=_("From day"),
                kind=Kind.DATE,
                today=today,
                value=today.replace(day=1),
            ),
            Field(name="to_on", label=_("To day"), kind=Kind.DATE, today=today, value=today),
            Field(
                name="openings",
                label=_("With opening balances, for books that Tally begins with"),
                kind=Kind.CHECK,
                value=False,
                span=2,
            ),
        ]
        said = _("Ledgers first, then every entry as a voucher. Import it once for each span.")
        super().__init__(
            parent, _("Books for Tally"), said, act=_("Choose the file"), fields=fields, width=520
        )
        self._station, self._owner, self._progress = station, parent, progress
        self.decided.connect(self._read)

    def _read(self, values: dict[str, Any]) -> None:
        question = BooksForTally(
            from_on=values["from_on"], to_on=values["to_on"], openings=bool(values["openings"])
        )
        self._station.desk.read(self, question, self._choose, self.failed)

    def _choose(self, books: TallyBooks) -> None:
        name = f"tally-{books.first.isoformat()}-{books.last.isoformat()}.xml"
        where, _filter = QFileDialog.getSaveFileName(self, _("Save for Tally as"), name, "*.xml")
        if not where:
            self.set_act_enabled(True)
            return
        desk, to = self._station.desk, Path(where)
        command = NoteExport(report=REPORT, format="xml", rows=len(books.vouchers))

        def noted(_answer: Noted) -> None:
            self.finish()
            write_tally(self._station, self._owner, self._progress, (books, to))

        desk.ask(self, command, desk.key(), noted, self.failed)


def write_tally(
    station: Station, owner: QWidget, progress: ProgressCard, what: tuple[TallyBooks, Path]
) -> None:
    """Write the file on a worker and say where it is."""
    books, to = what
    papers = station.papers

    def write(file: BinaryIO) -> int:
        return papers.tally(books, file)

    def job(_stop: Stop, tell: Tell) -> Path:
        tell(Progress(0, 1, _("Writing {name}").format(name=to.name)))
        return written(write, to)

    def done(path: Path) -> None:
        said = _("{name} is written: {number} vouchers")
        station.say(said.format(name=path.name, number=count(len(books.vouchers))))

    progress.run(station.desk, owner, _("Books for Tally"), job, done, station.desk.trouble.emit)
