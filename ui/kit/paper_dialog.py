"""A paper on the screen before it is printed or saved: page by page, as it will come out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from app.rows.papers import Paper
from app.texts import _
from ui.kit.actions import Action, ActionSet
from ui.kit.card import row
from ui.kit.dialog import Dialog
from ui.kit.messages import spoken
from ui.kit.paper import PaperView
from ui.kit.printing import Bench, PaperKind, print_pdf, save_pdf, size_of
from ui.kit.tasks import Report, Stop
from ui.kit.theme import theme

MOST_PAGES = 20  # shown; all are printed
LEAST, AROUND = 380, 180  # px at 100 % of a paper, and of what stands around it


class PaperDialog(Dialog):
    """Shows the paper; Alt+P prints it, Alt+S saves it as a PDF."""

    def __init__(
        self,
        parent: QWidget,
        bench: Bench,
        title: str,
        paper: Paper,
        kind: PaperKind,
        name: str = "",
    ) -> None:
        super().__init__(parent, title, act=_("Print"), keep=_("Close"), width=640)
        self._bench, self._paper, self._kind, self._name = bench, paper, kind, name or kind.name
        self._pdf, self._size = b"", ""
        self._view = PaperView(bench.desk, title)
        room = parent.window().height() - theme().px(AROUND)
        self._view.setMinimumHeight(max(0, min(theme().px(LEAST), room)))
        self._view.loaded.connect(lambda _count: self._ready())
        self.content.addWidget(self._view, 1)
        more = ActionSet(self)
        more.show(self._more())
        if not kind.secret:
            line = row(more.button("save"))
            line.addStretch(1)
            self.content.addLayout(line)
        self.decided.connect(lambda _values: self._print())
        self.set_act_enabled(False)
        self._drawn = False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._drawn:
            self._drawn = True  # as wide as the place has become, once it is laid out
            QTimer.singleShot(0, self, self._draw)

    def _draw(self) -> None:
        self._view.show_paper(self._pages)

    def _more(self) -> list[Action]:
        prints = Action(name="print", text=_("Print"), keys="Alt+P", run=self.decide)
        saves = Action(name="save", text=_("Save as PDF"), keys="Alt+S", run=self._ask_where)
        return [prints] if self._kind.secret else [prints, saves]

    def _pages(self, width: int) -> Sequence[bytes]:
        """On the worker: the PDF, once, and its pages as pictures."""
        bench = self._bench
        self._size = size_of(bench.settings, self._kind, self._paper)
        self._pdf = self._pdf or bench.papers.pdf(self._paper, self._size)
        count = min(MOST_PAGES, bench.pictures.pages(self._pdf))
        return [bench.pictures.preview(self._pdf, at, width) for at in range(count)]

    def _ready(self) -> None:
        self.set_act_enabled(bool(self._pdf))

    def _print(self) -> None:
        bench, pdf, kind, name = self._bench, self._pdf, self._kind, self._name
        size = self._size

        def job(_stop: Stop, _report: Report) -> str:
            return print_pdf(bench.settings, bench.pictures, pdf, kind, name, size=size)

        bench.desk.work(self, job, self._printed, self._failed)

    def _printed(self, where: str) -> None:
        self._ready()
        self.banner.say(_("Sent to {printer}").format(printer=where), "ok")

    def _ask_where(self) -> None:
        usual = QStandardPaths.StandardLocation.DocumentsLocation
        start = QStandardPaths.writableLocation(usual)
        folder = QFileDialog.getExistingDirectory(self, _("Save into"), start)
        if folder:
            self.save_into(Path(folder))

    def save_into(self, folder: Path) -> None:
        """Save the paper as a PDF in the folder."""
        bench, name = self._bench, self._name
        pdf = self._pdf

        def job(_stop: Stop, _report: Report) -> str:
            return str(save_pdf(folder, pdf, name))

        def saved(where: str) -> None:
            self.banner.say(_("Saved as {file}").format(file=where), "ok")

        bench.desk.work(self, job, saved, self._failed)

    def _failed(self, error: Exception) -> None:
        self._ready()
        self.banner.say(spoken(error), "bad")
