"""The step of an application with its papers: taking them in, listing and looking at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.origination import AttachDocument, DocumentAttached
from app.domain.errors import PaperTrouble
from app.ports import Documents, Pictures
from app.rows.origination import ApplicationView, DocumentRow
from app.texts import _
from app.texts.figures import day_short
from app.texts.labels import named
from ui.kit.card import row
from ui.kit.cells import Cell
from ui.kit.drop import DropZone
from ui.kit.empty import Empty
from ui.kit.field import FieldBox
from ui.kit.inputs import Choice
from ui.kit.paper import PaperView
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report, Stop
from ui.kit.theme import theme

KINDS = ("identity", "address", "photo", "income", "agreement", "other")
LARGEST = 20 * 1024 * 1024  # bytes, as the store takes them
_SIGNS = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A paper whose bytes are kept, ready to be attached."""

    title: str
    media: str
    size: int
    sha256: str


class DocumentsStep(QWidget):
    """What proves it: a list, the chosen paper beside it, a place to drop more."""

    failed = Signal(object)
    attached = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._view: ApplicationView | None = None
        self._shown = ""
        self.kind = Choice([(code, named("document-kind", code)) for code in KINDS])
        self.kind.set_value("identity")
        self.drop = DropZone(
            _("Drop a file here, choose one, or paste with Ctrl+V"),
            _("Pictures and PDF (*.png *.jpg *.jpeg *.pdf)"),
        )
        self.drop.files.connect(self.take_files)
        self.drop.picture.connect(self.take_picture)
        self.model: RowsModel[DocumentRow] = RowsModel(
            self._columns(), identity=lambda line: line.document_id
        )
        empty = Empty(_("No papers yet"), _("An identity paper is needed first."))
        self.table = Table(self.model, _("Documents"), row_height="row_two_lines", empty=empty)
        self.table.current_changed.connect(self._preview)
        self.paper = PaperView(station.desk, _("The chosen paper"))
        self._lay_out()

    def show_view(self, view: ApplicationView) -> None:
        """Show the papers of an application; the kind that is missing is chosen."""
        self._view = view
        self.model.show(view.documents)
        kinds = {paper.kind for paper in view.documents}
        if "identity" not in kinds:
            self.kind.set_value("identity")
        elif "agreement" in view.missing:
            self.kind.set_value("agreement")
        if view.documents and self.table.current() is None:
            self.table.set_current(0)
        if not view.documents:
            self._preview(None)

    def paste(self) -> None:
        """Take what the clipboard holds."""
        if not self.drop.paste():
            self.failed.emit(PaperTrouble(why="not-a-picture"))

    def take_files(self, paths: Sequence[Path]) -> None:
        """Keep and attach files, one after the other."""
        documents, pictures = self._station.documents, self._station.pictures

        def job(_stop: Stop, _report: Report) -> list[Kept]:
            return [kept(path.name, _read(path), documents, pictures) for path in paths]

        self._station.desk.work(self, job, self._attach, self.failed.emit)

    def take_picture(self, data: bytes) -> None:
        """Keep and attach a pasted picture."""
        documents, pictures = self._station.documents, self._station.pictures
        title = named("document-kind", str(self.kind.value()))

        def job(_stop: Stop, _report: Report) -> list[Kept]:
            return [kept(f"{title}.png", data, documents, pictures)]

        self._station.desk.work(self, job, self._attach, self.failed.emit)

    def _attach(self, papers: list[Kept]) -> None:
        view, kind = self._view, self.kind.value()
        if view is None or not kind:
            return
        for paper in papers:
            command = AttachDocument(
                application_id=view.application_id,
                kind=kind,
                title=paper.title,
                media=paper.media,
                size=paper.size,
                sha256=paper.sha256,
            )
            desk = self._station.desk
            desk.ask(self, command, desk.key(), self._done, self.failed.emit)

    def _done(self, _answer: DocumentAttached) -> None:
        self.attached.emit()

    def _preview(self, paper: DocumentRow | None) -> None:
        wanted = "" if paper is None else paper.sha256
        if wanted == self._shown:
            return
        self._shown = wanted
        if paper is None:
            self.paper.clear()
            return
        documents, pictures, sha = self._station.documents, self._station.pictures, paper.sha256

        def render(width: int) -> list[bytes]:
            data = documents.get(sha)
            return [pictures.preview(data, page, width) for page in range(pictures.pages(data))]

        self.paper.show_paper(render)

    def _columns(self) -> Sequence[Column[DocumentRow]]:
        def added(line: DocumentRow) -> Cell:
            at = self._station.local(line.added_at)
            return Cell(f"{day_short(at.date())} {at:%H:%M}", tone="text2", under=line.added_by)

        return (
            Column(
                title=_("Paper"),
                text=lambda line: Cell(
                    named("document-kind", line.kind), strong=True, under=line.title
                ),
                stretch=1,
            ),
            Column(title=_("Added"), text=added, leaves=1),
        )

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme().space(10))
        left.addWidget(self.table, 1)
        left.addWidget(FieldBox(_("The next paper proves"), self.kind))
        left.addWidget(self.drop)
        line = row(gap=16)
        line.addLayout(left, 5)
        line.addWidget(self.paper, 6)
        self.setLayout(line)


def kept(title: str, data: bytes, documents: Documents, pictures: Pictures) -> Kept:
    """Keep the bytes of a paper that can be read. Raises PaperTrouble."""
    media = next((name for sign, name in _SIGNS if data.startswith(sign)), "")
    if not media:
        raise PaperTrouble(why="not-a-picture")
    if len(data) > LARGEST:
        raise PaperTrouble(why="too-big", most=LARGEST)
    pictures.pages(data)
    return Kept(title, media, len(data), documents.put(data))


def _read(path: Path) -> bytes:
    """The bytes of a file, not more of it than may be kept. Raises PaperTrouble."""
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise PaperTrouble(why="cannot-read") from error
