"""A report leaves the program: written down first, then made on a worker, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.checks import Noted, NoteExport
from app.domain.errors import PaperTrouble
from app.ports import Progress
from app.reports import About, Report
from app.reports.catalogue import report_named
from app.reports.pack import about_of
from app.rows.reports import ReportResult
from app.texts import _, translated
from ui.kit.printing import REPORT, print_pdf
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.tasks import Report as Tell
from ui.kit.tasks import Stop

FILTERS = {"xlsx": "*.xlsx", "csv": "*.csv", "pdf": "*.pdf"}

Failed = Callable[[Exception], None]


def ask_where(parent: QWidget, result: ReportResult, form: str) -> Path | None:
    """Ask for the file; nothing when the person thinks better of it."""
    name = f"{result.report}-{result.period}".replace(" ", "-").lower()
    where, _filter = QFileDialog.getSaveFileName(
        parent, _("Save the report as"), f"{name}.{form}", FILTERS[form]
    )
    return Path(where) if where else None


class Export:
    """Writes one shown report to a file: the line of the chain first, then the file."""

    def __init__(self, station: Station, owner: QWidget, progress: ProgressCard) -> None:
        self._station, self._owner, self._progress = station, owner, progress

    def write(self, result: ReportResult, form: str, to: Path, fail: Failed) -> None:
        """Note the export; when that stands, write the file and say where it is."""
        command = NoteExport(report=result.report, format=form, rows=len(result.rows))
        desk = self._station.desk

        def noted(_answer: Noted) -> None:
            self._make(result, form, to, fail)

        desk.ask(self._owner, command, desk.key(), noted, fail)

    def print_out(self, result: ReportResult, fail: Failed) -> None:
        """Note it as a PDF, since names leave the program, then print it on the usual printer."""
        station = self._station
        command = NoteExport(report=result.report, format="pdf", rows=len(result.rows))
        report, about = report_of(result), self.about(result)
        papers, settings, pictures = station.papers, station.settings, station.pictures

        def job(_stop: Stop, _tell: Tell) -> str:
            drawn = BytesIO()
            papers.report(report, "pdf", result.rows, about, drawn)
            return print_pdf(settings, pictures, drawn.getvalue(), REPORT, result.report)

        def done(where: str) -> None:
            name = title_of(report)
            station.say(_("{name} printed: {where}").format(name=name, where=where))

        def noted(_answer: Noted) -> None:
            station.desk.work(self._owner, job, done, fail)

        station.desk.ask(self._owner, command, station.desk.key(), noted, fail)

    def _make(self, result: ReportResult, form: str, to: Path, fail: Failed) -> None:
        report, about = report_of(result), self.about(result)
        papers = self._station.papers

        def job(_stop: Stop, tell: Tell) -> Path:
            tell(Progress(0, 1, _("Writing {name}").format(name=to.name)))
            return written(lambda file: papers.report(report, form, result.rows, about, file), to)

        def done(path: Path) -> None:
            self._station.say(_("{name} is written").format(name=path.name))

        title = translated(report.title)
        self._progress.run(self._station.desk, self._owner, title, job, done, fail)

    def about(self, result: ReportResult) -> About:
        """What stands above the rows."""
        return about_of(result, about_now(self._station))


def written(write: Callable[..., int], to: Path) -> Path:
    """Write beside the place and put it there whole. Raises PaperTrouble (cannot-write)."""
    part = to.with_name(f".{to.name}.part")
    try:
        with part.open("wb") as file:
            write(file)
        os.replace(part, to)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise PaperTrouble(why="cannot-write", path=str(to)) from error
    return to


def report_of(result: ReportResult) -> Report:
    """The declaration of a result, its columns headed as it is grouped."""
    return report_named(result.report).by(result.by)


def about_now(station: Station) -> About:
    """The lender, the branch, the moment and who asks."""
    branch = station.branch
    return About(
        lender=branch.lender,
        branch=branch.name,
        period="",
        currency=station.currency,
        made_at=station.local(station.clock.now()),
        made_by=station.me.full_name,
    )


def title_of(report: Report) -> str:
    """The report's name as people read it."""
    return translated(report.title)
