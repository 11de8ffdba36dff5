"""The month pack: every report of a month as one workbook and one PDF, made on a worker."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.commands.checks import Noted, NoteExport
from app.domain.errors import NotAllowedNow
from app.ports import Progress
from app.reports import About, PackPart
from app.reports.pack import FORMS, between, gathered, questions, title
from app.texts import _
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station
from ui.kit.tasks import Report as Tell
from ui.kit.tasks import Stop
from ui.parts.report_files import Failed, about_now, written
from ui.reports.period import Span, bounds

PACK = "pack"  # the name it is written down under


def ask_folder(parent: QWidget) -> Path | None:
    """Ask where to; nothing when the person thinks better of it."""
    where = QFileDialog.getExistingDirectory(parent, _("Put the month pack in"))
    return Path(where) if where else None


class MonthPack:
    """Asks the reports on one snapshot, notes that they leave, and writes both files."""

    def __init__(self, station: Station, owner: QWidget, progress: ProgressCard) -> None:
        self._station, self._owner, self._progress = station, owner, progress

    def make(self, on: date, known_on: date | None, folder: Path, fail: Failed) -> None:
        """Make the pack of the month that a day lies in."""
        first, last = bounds(Span.MONTH, on)
        asked = questions(first, last, known_on)
        about = replace(about_now(self._station), period=between(first, last))
        asks, session = self._station.program.asks, self._station.desk.session
        steps = len(asked) * (1 + len(FORMS))

        def job(stop: Stop, tell: Tell) -> list[PackPart]:
            def told(done: int, what: str) -> None:
                tell(Progress(done, steps, what))

            return gathered(asks.each(session, asked), about, told, stop.wanted)

        def done(parts: list[PackPart]) -> None:
            self._note(FORMS, parts, lambda: self._write(first, about, parts, folder, fail), fail)

        self._progress.run(self._station.desk, self._owner, title(last), job, done, fail)

    def _note(
        self, forms: Sequence[str], parts: list[PackPart], then: Callable[[], None], fail: Failed
    ) -> None:
        """A line of the chain for each file, one after the other; then write them."""
        if not forms:
            then()
            return
        rows = sum(len(part.rows) for part in parts)
        command = NoteExport(report=PACK, format=forms[0], rows=rows)
        desk = self._station.desk

        def noted(_answer: Noted) -> None:
            self._note(forms[1:], parts, then, fail)

        desk.ask(self._owner, command, desk.key(), noted, fail)

    def _write(
        self, first: date, about: About, parts: list[PackPart], folder: Path, fail: Failed
    ) -> None:
        name, stem = title(first), f"{PACK}-{first:%Y-%m}"

        def job(stop: Stop, tell: Tell) -> list[Path]:
            step = _Steps(stop, tell, len(parts))
            return [self._file(form, (name, parts, about), folder / stem, step) for form in FORMS]

        def done(paths: list[Path]) -> None:
            names = ", ".join(path.name for path in paths)
            self._station.say(_("{names} are written").format(names=names))

        self._progress.run(self._station.desk, self._owner, name, job, done, fail)

    def _file(
        self, form: str, what: tuple[str, list[PackPart], About], stem: Path, step: _Steps
    ) -> Path:
        papers, to = self._station.papers, stem.with_name(f"{stem.name}.{form}")
        return written(lambda file: papers.pack(form, *what, file, step), to)


class _Steps:
    """Says which part is made now. Raises NotAllowedNow(stopped) where that was asked for."""

    def __init__(self, stop: Stop, tell: Tell, parts: int) -> None:
        self._stop, self._tell = stop, tell
        self._done, self._steps = parts, parts * (1 + len(FORMS))

    def __call__(self, what: str) -> None:
        if self._stop.wanted():
            raise NotAllowedNow(why="stopped")
        self._done += 1
        self._tell(Progress(self._done, self._steps, what))
