"""A list as a file: all rows as they are filtered and sorted, the columns as they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, BinaryIO, Generic, TypeVar

from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.checks import Noted, NoteExport
from app.reports import About, Report, ReportColumn
from app.texts import _
from app.texts.figures import day
from ui.kit.columns import Column
from ui.kit.files import put_whole
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.table_view import Table
from ui.kit.tasks import Report as Tell
from ui.kit.tasks import Stop
from ui.kit.theme import theme

Row = TypeVar("Row")
Fail = Callable[[Exception], None]

FORMS = ("xlsx", "csv", "pdf")
_A_CHARACTER = 8  # px at 100 %, about


class ListExport(Generic[Row]):
    """Writes what a list shows. The export is noted in the chain before the file is begun."""

    def __init__(self, station: Station, table: Table[Row], progress: ProgressCard) -> None:
        self._station, self._table, self._progress = station, table, progress

    def ask_where(self, parent: QWidget, name: str, form: str) -> Path | None:
        """Ask for the file; nothing when the person thinks better of it."""
        proposed = f"{name}-{self._station.today.isoformat()}.{form}"
        asked = _("Save the list as")
        where, _filter = QFileDialog.getSaveFileName(parent, asked, proposed, f"*.{form}")
        return Path(where) if where else None

    def write(self, name: str, words: str, form: str, to: Path, fail: Fail) -> None:
        """Note the export; when that stands, write the file and say where it is."""
        desk, model = self._station.desk, self._table.model
        command = NoteExport(report=f"list.{name}", format=form, rows=model.count)

        def noted(_answer: Noted) -> None:
            self._make(name, words, form, to, fail)

        desk.ask(self._table, command, desk.key(), noted, fail)

    def _make(self, name: str, words: str, form: str, to: Path, fail: Fail) -> None:
        report, about = self._report(name, words), self._about()
        columns, rows = tuple(self._table.model.columns), self._rows()
        papers = self._station.papers

        def job(stop: Stop, tell: Tell) -> bool:
            def write(file: BinaryIO) -> bool:
                lines = (_line(columns, row) for row in rows(stop, tell))
                papers.report(report, form, lines, about, file)
                return not stop.wanted()

            return put_whole(write, to)

        def done(whole: bool) -> None:
            said = _("{name} is written") if whole else _("Stopped: {name} is not written")
            self._station.say(said.format(name=to.name))

        title = _("{list} as {form}").format(list=self._table.name, form=form.upper())
        self._progress.run(self._station.desk, self._table, title, job, done, fail)

    def _rows(self) -> Callable[[Stop, Tell], Iterator[Row]]:
        pages, shown = self._table.pages, self._table.model.rows()
        return (lambda _stop, _tell: iter(shown)) if pages is None else pages.every()

    def _report(self, name: str, words: str) -> Report:
        """The list declared as a report, so that the same writers make its files."""
        view, model = self._table.view, self._table.model
        columns = []
        for at, column in enumerate(model.columns):
            section = at + int(model.choosing)
            px = view.columnWidth(section) * 100 // theme().scale
            width = max(6, min(40, px // _A_CHARACTER))
            columns.append(
                ReportColumn(f"c{at}", column.title, column.kind, column.adds_up, width=width)
            )
        return Report(f"list.{name}", self._table.name, words, tuple(columns))

    def _about(self) -> About:
        station = self._station
        return About(
            lender=station.branch.lender,
            branch=station.branch.name,
            period=day(station.today),
            currency=self._table.model.currency,
            made_at=station.local(station.clock.now()),
            made_by=station.me.full_name,
        )


def _line(columns: tuple[Column[Any], ...], row: object) -> SimpleNamespace:
    return SimpleNamespace(**{f"c{at}": column.handed(row) for at, column in enumerate(columns)})
