"""F1: every key of the present screen and of the program, from the acts themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.reports import About, Report, ReportColumn
from app.texts import N_, _
from app.texts.figures import day
from ui.kit.actions import Action
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.dialog import Dialog, rows_that_fit
from ui.kit.inputs import FindEdit
from ui.kit.known_keys import Pairs, field_keys, list_keys
from ui.kit.printing import REPORT, print_pdf
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tasks import Report as Tell
from ui.kit.tasks import Stop
from ui.kit.theme import theme

ROWS = 12
WIDTH = 640
SHEET = Report(
    "keys",
    N_("Keys"),
    N_("Every key of the screen and of the program. What has no key is found with Ctrl+K."),
    (
        ReportColumn("where", N_("Where"), width=18),
        ReportColumn("keys", N_("Keys"), width=14),
        ReportColumn("text", N_("What it does"), width=50),
    ),
)


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key: where it works, and what it does; `why` says why not just now."""

    where: str
    keys: str
    text: str
    why: str = ""


def key_lines(title: str, screen: Iterable[Action], program: Iterable[Action]) -> list[KeyLine]:
    """The screen's keys first, then the program's, then those of lists and fields."""
    own, others = list(screen), list(program)
    taken = {action.keys for action in own if action.keys}
    rest = [action for action in others if action.keys not in taken]
    return [
        *_of(title, own),
        *_of(_("the program"), rest),
        *_pairs(_("in lists"), list_keys()),
        *_pairs(_("in fields"), field_keys()),
    ]


class KeySheet(Dialog):
    """All keys, found by letters of what they do; printed on the printer of reports."""

    def __init__(self, parent: QWidget, station: Station, lines: Sequence[KeyLine]) -> None:
        said = _("What has no key is found with Ctrl+K.")
        super().__init__(parent, _("Keys"), said, act=_("Print"), keep=_("Close"), width=WIDTH)
        self._station, self.lines = station, tuple(lines)
        self.search = FindEdit(_("Find a key or what it does"))
        self.search.edited.connect(self._narrow)
        self.search.installEventFilter(self)
        self.model: RowsModel[KeyLine] = RowsModel(_columns())
        self.table: Table[KeyLine] = Table(self.model, _("Keys"), header=False)
        self.table.keep_rows(rows_that_fit(parent, ROWS))
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.content.setSpacing(theme().space(10))
        self.content.addWidget(self.search)
        self.content.addWidget(card)
        self.decided.connect(lambda _values: self._print())
        self._narrow()
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows walk through the list while the letters go to the search."""
        down, up = Qt.Key.Key_Down, Qt.Key.Key_Up
        key = event.key() if isinstance(event, QKeyEvent) else None
        if watched is self.search and event.type() == QEvent.Type.KeyPress and key in {down, up}:
            place = self.table.view.currentIndex().row() + (1 if key == down else -1)
            if 0 <= place < self.model.count:
                self.table.set_current(place)
            return True
        return super().eventFilter(watched, event)

    def _narrow(self) -> None:
        words = str(self.search.value()).casefold().split()
        self.model.show(line for line in self.lines if _has(line, words))

    def _print(self) -> None:
        station, lines = self._station, self.lines
        about = About(
            lender=station.branch.lender,
            branch=station.branch.name,
            period=day(station.today),
            currency=station.currency,
            made_at=station.local(station.clock.now()),
            made_by=station.me.full_name,
        )
        papers, settings, pictures = station.papers, station.settings, station.pictures

        def job(_stop: Stop, _tell: Tell) -> str:
            drawn = BytesIO()
            papers.report(SHEET, "pdf", lines, about, drawn)
            return print_pdf(settings, pictures, drawn.getvalue(), REPORT, "keys")

        def done(where: str) -> None:
            station.say(_("Keys printed: {where}").format(where=where))
            self.finish()

        station.desk.work(self, job, done, self.failed)


def _of(where: str, actions: Iterable[Action]) -> list[KeyLine]:
    """With keys first, as they are written; then what only the palette has."""
    lines = [
        KeyLine(where, action.keys, action.text, "" if action.enabled() else action.why)
        for action in actions
    ]
    return sorted(lines, key=lambda line: (not line.keys, len(line.keys), line.keys))


def _pairs(where: str, pairs: Pairs) -> list[KeyLine]:
    return [KeyLine(where, keys, text) for keys, text in pairs]


def _has(line: KeyLine, words: Sequence[str]) -> bool:
    text = f"{line.where} {line.keys} {line.text}".casefold()
    return all(word in text for word in words)


def _columns() -> Sequence[Column[KeyLine]]:
    return (
        Column(title=_("Keys"), text=_caps, width=130),
        Column(
            title=_("What it does"), text=lambda line: Cell(line.text, after=line.why), stretch=1
        ),
        Column(title=_("Where"), text=lambda line: Cell(line.where, tone="text2")),
    )


def _caps(line: KeyLine) -> Cell:
    return Cell(caps=line.keys) if line.keys else Cell("Ctrl+K", tone="text3")
