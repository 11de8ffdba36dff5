"""The documents of one loan: the list, and the paper itself beside it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.rows.origination import DocumentRow
from app.texts import _
from ui.kit.card import Card
from ui.kit.empty import Empty
from ui.kit.paper import PaperView
from ui.kit.screen_context import Station
from ui.kit.table_view import Table
from ui.kit.theme import theme
from ui.servicing.loan_lists import documents_model

MOST_PAGES = 20  # of one document that are shown


class DocumentsTab(QWidget):
    """Choosing a document shows it; its bytes are read and drawn on a worker."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self._shown: int | None = None
        self.model = documents_model()
        self.table = Table(
            self.model,
            _("Documents"),
            row_height="row_two_lines",
            header=False,
            empty=Empty(
                _("No documents"),
                _("Papers attached to the application stand here."),
                icon_name="file-text",
            ),
        )
        self.table.current_changed.connect(self._show)
        self.paper = PaperView(station.desk, _("Document"))
        listed, paper = Card(flush=True), Card(flush=True)
        listed.body.addWidget(self.table)
        paper.body.addWidget(self.paper)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(12))
        layout.addWidget(listed, 2)
        layout.addWidget(paper, 3)

    def show_documents(self, rows: Sequence[DocumentRow]) -> None:
        """Show these; the one on top is opened."""
        self.model.show(rows)
        if not rows:
            self._shown = None
            self.paper.clear()

    def _show(self, row: DocumentRow | None) -> None:
        if row is None or row.document_id == self._shown:
            return
        self._shown = row.document_id
        documents, pictures, name = self._station.documents, self._station.pictures, row.sha256

        def pages(width: int) -> Sequence[bytes]:
            data = documents.get(name)
            count = min(MOST_PAGES, pictures.pages(data))
            return [pictures.preview(data, at, width) for at in range(count)]

        self.paper.show_paper(pages)
