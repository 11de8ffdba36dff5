"""Counting what a meeting brought: receipts, paper sheet and notes side by side, then one act."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import ValueRefused
from app.texts import _, ngettext
from app.texts.figures import amount, count
from ui.kit.card import column, row
from ui.kit.dialog import Dialog
from ui.kit.figures import Figure
from ui.kit.panel import scrolled
from ui.kit.text import Elided, Text, heading, note
from ui.kit.theme import theme
from ui.parts.notes import NotesCount
from ui.servicing.meeting_lines import Keyed

WIDTH = 760  # px at 100 %
SIDE = 300
MOST_SHOWN = 60
Notes = tuple[tuple[int, int], ...]


class CountDialog(Dialog):
    """Books only what was counted. `book` gets the notes; its refusal comes back by `failed`."""

    def __init__(self, parent: QWidget, keyed: Keyed, book: Callable[[Notes], None]) -> None:
        receipts = len(keyed.paying)
        text = ngettext("Book {n} receipt", "Book {n} receipts", receipts)
        super().__init__(
            parent,
            _("Count the cash"),
            _("{centre}: {cash} in cash must lie here.").format(
                centre=keyed.view.centre, cash=_money(keyed, keyed.cash_minor)
            ),
            act=text.format(n=count(receipts)),
            keep=_("Back to the rows"),
            width=WIDTH,
        )
        self._keyed, self._book = keyed, book
        self.notes = NotesCount(keyed.view.currency)
        self._counted = Figure(_("Counted"), size="lead")
        self._rest = Figure(_("Differs"), size="lead")
        self._lay_out()
        self.notes.changed.connect(self._say)
        self.notes.submitted.connect(self.decide)
        self.decided.connect(lambda _values: self._send())
        self._say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.notes.start()

    def _send(self) -> None:
        try:
            notes = self.notes.notes()
        except ValueRefused as wrong:
            self.failed(wrong)
            self.notes.start()
            return
        cash = self._keyed.cash_minor
        counted = sum(value * many for value, many in notes)
        if counted != cash:
            self.failed(
                ValueRefused(
                    why="notes-differ",
                    cash_minor=cash,
                    counted_minor=counted,
                    difference_minor=abs(cash - counted),
                    currency=self._keyed.view.currency,
                )
            )
            self.notes.start()
            return
        self._book(notes)

    def _say(self) -> None:
        keyed, total = self._keyed, self.notes.total()
        counted = 0 if total is None else total
        over = counted - keyed.cash_minor
        self._counted.show_figure(_money(keyed, counted))
        if not over:
            self._rest.show_figure(_("nothing"), tone="ok")
            return
        words = _("too much") if over > 0 else _("still missing")
        self._rest.show_figure(_money(keyed, abs(over)), words, tone="late2")

    def _lay_out(self) -> None:
        figures = row(gap=28)
        for figure in (*self._sums(), self._counted, self._rest):
            figures.addWidget(figure, 0, Qt.AlignmentFlag.AlignTop)
        figures.addStretch(1)
        self.content.addLayout(figures)
        both = row(gap=24)
        both.addWidget(self.notes, 1)
        side = self._side()
        if side is not None:
            both.addWidget(side)
        self.content.addLayout(both)

    def _sums(self) -> list[Figure]:
        """What the sheet asks, the receipts, and what of them is cash."""
        keyed = self._keyed
        told = [(_("Receipts"), keyed.total_minor), (_("In cash"), keyed.cash_minor)]
        if keyed.other_minor:
            told.insert(1, (_("Not cash"), keyed.other_minor))
        if keyed.view.sheet is not None:
            told.insert(0, (_("On the sheet"), keyed.view.sheet.asked_minor))
        return [Figure(word, _money(keyed, minor), size="lead") for word, minor in told]

    def _side(self) -> QWidget | None:
        """Where the paper sheet and what is keyed differ, row by row."""
        differences = list(self._keyed.differences())
        if not differences:
            return None
        lines = QWidget()
        rows = column(gap=4)
        for one in differences[:MOST_SHOWN]:
            line = row(gap=8)
            member = one.line.member
            line.addWidget(Elided(f"{member.place} {member.borrower}"), 1)
            over = one.keyed_minor - one.sheet_minor
            words = _("{amount} more") if over > 0 else _("{amount} less")
            tone = "info" if over > 0 else "late2"
            text = words.format(amount=amount(abs(over), self._keyed.view.currency, trim=True))
            figure = Text(text, tone=tone)
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
            line.addWidget(figure)
            rows.addLayout(line)
        rows.addStretch(1)
        lines.setLayout(rows)
        side = QWidget()
        whole = column(heading(_("Other than on the sheet")), gap=6)
        whole.addWidget(note(_("keyed, against the paper")))
        area = scrolled(lines)
        whole.addWidget(area, 1)
        side.setLayout(whole)
        side.setFixedWidth(theme().px(SIDE))
        return side


def _money(keyed: Keyed, minor: int) -> str:
    return amount(minor, keyed.view.currency, symbol=True, trim=True)
