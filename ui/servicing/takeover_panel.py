"""A loan as it will stand once it is taken over: position, unpaid lines, what it will post."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from app.domain.roles import UNLIMITED
from app.rows.facts import TakenLine
from app.rows.takeover import TakeOverPreview
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.figures import Figure, FigureRow
from ui.kit.panel import scrolled
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, Text
from ui.kit.theme import theme
from ui.parts.entries import EntriesTable

SEEN = 8  # unpaid lines in sight at least


class TakeOverPanel(QWidget):
    """Until there is a preview, what is missing."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency = currency
        self.preview: TakeOverPreview | None = None
        self.outstanding = Figure(_("Outstanding principal"), DASH, size="title")
        self.late = Figure(_("Late"), DASH, size="title")
        self.coming = Figure(_("Next due"), DASH, size="title")
        self.lines: Table[TakenLine] = Table(
            RowsModel(_columns(currency), identity=lambda line: line.number),
            _("Unpaid lines"),
            row_height="row_dense",
        )
        self.lines.keep_rows(SEEN)
        self.entries = EntriesTable(currency)
        self.limit = Text("", "small", tone="text2", wrap=True)
        self.empty = Empty(_("Nothing to show yet"), icon_name="arrow-square-in")
        self._lay_out()
        self.say(
            _("Fill in what was agreed, and either all that was received or the unpaid lines.")
        )

    def say(self, sentence: str, title: str = "") -> None:
        """There is nothing to show: say why."""
        self.preview = None
        self.empty.say(title or _("Nothing to show yet"), sentence)
        self._stack.setCurrentIndex(0)

    def show_preview(self, preview: TakeOverPreview, *, asking: bool = True) -> None:
        """Show the loan as it will stand; `asking` says how it stands to the own limit."""
        self.preview = preview
        currency = self._currency
        held = amount(preview.excess_minor, currency, trim=True)
        self.outstanding.show_figure(
            amount(preview.outstanding_minor, currency, symbol=True),
            _("{sum} held in excess").format(sum=held) if preview.excess_minor else "",
            "text",
        )
        self._show_late(preview)
        due = day(preview.next_due_on) if preview.next_due_on else DASH
        asked = amount(preview.next_due_minor, currency, symbol=True, trim=True)
        self.coming.show_figure(due, asked if preview.next_due_on else "", "text")
        self.lines.model.show(preview.lines)
        self.entries.show_entries(preview.entries)
        self.limit.setText(self._limit_words(preview) if asking else "")
        self.limit.set_tone("late2" if preview.needs_check else "text2")
        self._stack.setCurrentIndex(1)

    def _show_late(self, preview: TakeOverPreview) -> None:
        late = preview.arrears.total_minor
        words = named("asset-class", preview.asset_class) if preview.asset_class else ""
        since = preview.oldest_due_on
        under = _("since {day} · {kind}").format(day=day(since), kind=words) if since else words
        self.late.show_figure(
            amount(late, self._currency, symbol=True),
            under if late else "",
            "late2" if late else "text",
        )

    def _limit_words(self, preview: TakeOverPreview) -> str:
        if preview.limit_minor >= UNLIMITED:
            return ""
        own = amount(preview.limit_minor, self._currency, symbol=True, trim=True)
        if preview.needs_check:
            said = _("This is above your limit of {limit}: a second person has to agree.")
            return said.format(limit=own)
        return _("Your limit: {limit}").format(limit=own)

    def _lay_out(self) -> None:
        inside = QWidget()
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme().space(12))
        rows.addWidget(FigureRow(self.outstanding, self.late, self.coming))
        for title, table, share in (
            (_("Unpaid lines"), self.lines, 1),
            (_("What it will post"), self.entries, 0),
        ):
            card = Card(title, flush=True)
            card.body.addWidget(table)
            rows.addWidget(card, share)
        rows.addWidget(self.limit)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scrolled(inside))


def _columns(currency: str) -> Sequence[Column[TakenLine]]:
    def head(title: str, name: str, leaves: int = 0) -> Column[TakenLine]:
        return Column(
            title=title,
            text=lambda line: amount(getattr(line, name), currency),
            numeric=True,
            leaves=leaves,
        )

    return (
        Column(title=_("No."), text=lambda line: Cell(str(line.number), tone="text2")),
        Column(title=_("Due"), text=lambda line: day(line.due_on), stretch=1),
        head(_("Principal"), "principal_minor"),
        head(_("Interest"), "interest_minor"),
        head(_("Charge"), "charge_minor", 2),
        head(_("Penal charge"), "penalty_minor", 1),
    )
