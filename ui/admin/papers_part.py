"""Papers: logo, head, foot, languages and sizes, with a paper beside that shows them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from app.commands.papers import PaperSettingsSaved
from app.domain.errors import PaperTrouble
from app.domain.roles import Permission
from app.queries.papers import ShowPaperSettings
from app.rows.paper_settings import PaperSettings
from app.texts import _
from ui.admin.papers_examples import LETTER, RECEIPT, example
from ui.admin.papers_fields import (
    command_of,
    language_of,
    look_of,
    sections,
    size_name,
    values_of,
)
from ui.admin.part import Part
from ui.kit import printing
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.dialog import Dialog, reason_field
from ui.kit.form import Form
from ui.kit.panel import scrolled
from ui.kit.paper import PaperView
from ui.kit.screen_context import Station
from ui.kit.segmented import Segmented
from ui.kit.tasks import Report, Stop
from ui.kit.text import note
from ui.kit.theme import theme

WIDTH = 440  # px at 100 % of the form
NARROW, LARGE = 348, 140  # px of the form from this text size on
LOGO_WIDTH = 600  # px that a logo is drawn anew with
LARGEST_FILE = 8 * 2**20  # bytes
SOON = 350  # ms after the last sign typed until the paper is drawn again
PDF = b"%PDF"


class PapersPart(Part):
    """What is typed shows on the paper beside; Ctrl+A keeps it."""

    def __init__(self, station: Station) -> None:
        said = _("What stands on every paper that leaves the branch.")
        super().__init__(station, _("Papers"), said)
        self.settings: PaperSettings | None = None
        self.logo = ""
        self._key = station.desk.key()
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON)
        self._soon.timeout.connect(self.draw)
        self.form = Form(sections())
        self.form.edited.connect(lambda _name: self._soon.start())
        self.form.submitted.connect(self.save)
        self.paper = PaperView(station.desk, _("Paper as it will come out"))
        self.kind = Segmented([(RECEIPT, _("Receipt")), (LETTER, _("Letter"))])
        self.kind.edited.connect(self.draw)
        self.logo_said = note("", wrap=True)
        self.signing = note("", wrap=True)
        self.action_set.show(self._actions())
        self._lay_out()

    def reload(self) -> None:
        """Read what was set; what is being typed stays."""
        if not self.form.is_dirty():
            self.desk.read(self, ShowPaperSettings(), self._take, self.failed, slot="papers")
        program = self.station.program
        self.desk.work(self, lambda _s, _r: program.unsigned_why(), self._say_signing)

    def can_leave(self) -> bool:
        if self.form.is_dirty():
            self.banner.say(_("Keep what was typed with Ctrl+A, or take it back."), "info")
        return not self.form.is_dirty()

    def save(self) -> None:
        """Set all of it."""
        values = self.form.values()
        if values is None or self.settings is None:
            return
        self.banner.clear()
        command = command_of(values, self.settings, self.logo)
        self.desk.ask(self, command, self._key, self._saved, lambda e: self.failed(e, self.form))

    def undo(self) -> None:
        """Take back what was typed."""
        if self.settings is not None:
            self._take(self.settings)

    def choose_logo(self) -> None:
        """Choose a picture for the head of the papers."""
        wanted = _("Logo, a PNG or JPEG file")
        name, _kind = QFileDialog.getOpenFileName(self, wanted, "", "*.png *.jpg *.jpeg")
        if name:
            self.take_logo(Path(name))

    def take_logo(self, path: Path) -> None:
        """Take the picture of this file: read, looked into by the helper, drawn anew, kept."""
        pictures, documents = self.station.pictures, self.station.documents

        def job(_stop: Stop, _report: Report) -> str:
            return documents.put(pictures.preview(_read(path), 0, LOGO_WIDTH))

        self.banner.clear()
        self.desk.work(self, job, self._set_logo, self.failed)

    def remove_logo(self) -> None:
        """Print without one."""
        self._set_logo("")

    def renew_key(self) -> None:
        """Ask why, then sign receipts by another key."""
        RenewKeyDialog(self, self.station, self.reload).open()

    def draw(self) -> None:
        """Draw the paper with what stands in the form."""
        if self.settings is None:
            return
        station, settings = self.station, self.settings
        values = self._shown()
        chosen = printing.RECEIPT if self.kind.value() == RECEIPT else printing.LETTER
        size = str(values.get(size_name(chosen)) or chosen.sizes[0])
        paper = example(
            str(self.kind.value()),
            look_of(values, settings, self.logo),
            station.currency,
            language_of(values, settings),
            station.local(station.clock.now()).replace(tzinfo=None),
            station.me.full_name,
        )

        def pages(width: int) -> Sequence[bytes]:
            pdf = station.papers.pdf(paper, size)
            return [station.pictures.preview(pdf, 0, width)]

        self.paper.show_paper(pages)

    def _shown(self) -> dict[str, Any]:
        """What stands in the form now; a field that is wrong counts as empty."""
        settings = self.settings
        names = [] if settings is None else list(values_of(settings))
        return {name: self.form.value(name) for name in names}

    def _actions(self) -> Sequence[Action]:
        may = self.station.may(Permission.PAPER_MANAGE)
        return (
            Action(name="save", text=_("Keep"), keys="Ctrl+A", run=self.save, enabled=lambda: may),
            Action(name="undo", text=_("Take back"), keys="Alt+Z", run=self.undo),
            Action(name="logo", text=_("Choose a logo"), keys="Alt+O", run=self.choose_logo),
            Action(name="no-logo", text=_("No logo"), keys="Alt+X", run=self.remove_logo),
            Action(
                name="key",
                text=_("New key for receipts"),
                keys="Alt+N",
                icon="key",
                run=self.renew_key,
                enabled=lambda: may,
            ),
        )

    def _take(self, settings: PaperSettings) -> None:
        self.settings, self.logo = settings, settings.logo
        self.form.set_values(values_of(settings))
        self.form.settle()
        self._say_logo()
        self.draw()

    def _saved(self, _done: PaperSettingsSaved) -> None:
        self._key = self.desk.key()
        self.form.settle()
        self.station.say(_("Kept for every paper of the branch"))
        self.reload()

    def _set_logo(self, name: str) -> None:
        self.logo = name
        self._say_logo()
        self.draw()
        if self.settings is not None and name != self.settings.logo:
            self.banner.say(_("Keep it with Ctrl+A."), "info")

    def _say_logo(self) -> None:
        self.logo_said.setText(_("A logo is set.") if self.logo else _("No logo yet."))

    def _say_signing(self, why: str) -> None:
        if why:
            said = _("Receipts of this PC are not signed: there is no safe place for the key.")
        else:
            said = _("Receipts of this PC are signed; their code can be checked at any counter.")
        self.signing.setText(said)

    def _lay_out(self) -> None:
        self.head.addWidget(self.action_set.button("undo", "ghost"))
        self.head.addWidget(self.action_set.button("save", "primary"))
        card = Card()
        logo = row(self.action_set.button("logo"), self.action_set.button("no-logo", "ghost"))
        logo.addStretch(1)
        card.body.addLayout(logo)
        card.body.addWidget(self.logo_said)
        card.body.addWidget(self.form)
        card.body.addWidget(self.signing)
        renew = row(self.action_set.button("key"))
        renew.addStretch(1)
        card.body.addLayout(renew)
        left = scrolled(card)
        left.setFixedWidth(theme().px(WIDTH if theme().scale < LARGE else NARROW))
        beside = Card()
        beside.body.addWidget(self.kind)
        beside.body.addWidget(self.paper, 1)
        self.page.addWidget(_side_by_side(left, beside), 1)


class RenewKeyDialog(Dialog):
    """Asks why another key is wanted."""

    def __init__(self, parent: PapersPart, station: Station, then: Any) -> None:
        super().__init__(
            parent,
            _("Sign receipts of this PC by a new key?"),
            _("Receipts that were printed stay provable by the old one."),
            act=_("Make a new key"),
            fields=[reason_field()],
            keep=_("Keep the key"),
        )
        self._station, self._then, self._key = station, then, station.desk.key()
        self.decided.connect(self._renew)

    def _renew(self, values: dict[str, Any]) -> None:
        program, session, key = self._station.program, self._station.desk.session, self._key

        def job(_stop: Stop, _report: Report) -> int:
            return program.renew_receipt_key(session, values["reason"], key)

        self._station.desk.work(self, job, self._done, self.failed)

    def _done(self, generation: int) -> None:
        said = _("Receipts are signed by key {number} from now on")
        self._station.say(said.format(number=generation))
        self._then()
        self.finish()


def _side_by_side(left: QWidget, right: QWidget) -> QWidget:
    holder = QWidget()
    line = QHBoxLayout(holder)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(theme().space(16))
    line.addWidget(left)
    line.addWidget(right, 1)
    return holder


def _read(path: Path) -> bytes:
    """The bytes of a picture. Raises PaperTrouble."""
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise PaperTrouble(field="logo", why="too-big", most=LARGEST_FILE)
        data = path.read_bytes()
    except OSError:
        raise PaperTrouble(field="logo", why="damaged") from None
    if data.startswith(PDF):
        raise PaperTrouble(field="logo", why="not-allowed")
    return data
