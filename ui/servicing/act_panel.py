"""What an act would make of a loan: before and after side by side, and what it will post."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGraphicsOpacityEffect,
    QGridLayout,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from app.rows.acts import ActLineSide, ActPreview, ActSide
from app.rows.amounts import HeadAmounts
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.card import Card, column
from ui.kit.empty import Empty
from ui.kit.panel import scrolled
from ui.kit.text import DASH, Text, note
from ui.kit.theme import theme
from ui.parts.compared import Compared, ComparedLines, ComparedTable
from ui.parts.curve import BalanceCurve
from ui.parts.entries import EntriesTable

STALE = 0.45  # of full ink, while what is shown belongs to an earlier question
FOLDS_AT = 140  # text size in percent from which everything stands one under another
SEEN = 5  # lines of the schedule that are in sight at least


class ActPanel(QWidget):
    """Figures, schedule, balance and entries of a preview; until there is one, what is missing."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.setAccessibleName(_("Before and after"))
        self._currency = currency
        self.preview: ActPreview | None = None
        self.figures = ComparedTable(_("Figures before and after"))
        self.entries = EntriesTable(currency)
        # Read only: no mark, no stop of Tab.
        self.figures.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.figures.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.lines = ComparedLines(currency, _("Schedule before and after"))
        self.lines.keep_rows(SEEN)
        self.curve = BalanceCurve(currency, 112)
        self.no_entries = note(_("No balance moves today."), wrap=True)
        self.warning = Text("", "small", tone="late2", wrap=True)
        self.empty = Empty(_("Nothing to compare yet"), icon_name="scales")
        self._effect = QGraphicsOpacityEffect(self)
        self._lay_out()
        self.say(_("Fill in the fields at the left to see what it will make of the loan."))

    @property
    def is_stale(self) -> bool:
        """Whether what is shown belongs to an earlier question."""
        return self._effect.opacity() < 1

    def show_preview(self, preview: ActPreview, today: date) -> None:
        """Show both sides, in full ink."""
        self.preview = preview
        self.figures.show_rows(compared(preview))
        self.lines.show_lines(preview.lines)
        first = next((at for at, line in enumerate(preview.lines) if line.changed), 0)
        self.lines.set_current(first)
        above = self.lines.model.index(max(0, first - 1), 0)
        self.lines.view.scrollTo(above, QAbstractItemView.ScrollHint.PositionAtTop)
        before = [_point(line.before) for line in preview.lines if line.before]
        after = [_point(line.after) for line in preview.lines if line.after]
        self.curve.show_balance(after, before, today)
        self.entries.show_entries(preview.entries)
        self.no_entries.setVisible(not preview.entries)
        self.warning.setText("\n".join(preview.warnings))
        self.warning.setVisible(bool(preview.warnings))
        self._stack.setCurrentIndex(1)
        self.set_stale(False)

    def set_stale(self, stale: bool) -> None:
        """Grey while what is shown belongs to an earlier question."""
        self._effect.setOpacity(STALE if stale else 1.0)
        self._effect.setEnabled(stale)

    def say(self, sentence: str, title: str = "") -> None:
        """There is nothing to compare: say why, or what to fill in."""
        self.preview = None
        self.empty.say(title or _("Nothing to compare yet"), sentence)
        self._stack.setCurrentIndex(0)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setGraphicsEffect(self._effect)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, theme().space(4), 0)
        rows.setSpacing(theme().space(10))
        rows.addWidget(self.warning)
        rows.addLayout(self._upper())
        lines = Card(_("Schedule"), flush=True)
        lines.body.addWidget(self.lines)
        rows.addWidget(lines, 1)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(scrolled(inside))

    def _upper(self) -> QGridLayout:
        figures, drawn = Card(flush=True), Card(_("Balance"))
        figures.body.addWidget(self.figures)
        figures.body.addStretch(1)
        drawn.body.addWidget(self.curve)
        drawn.body.addWidget(note(_("line: after; dashes: now"), wrap=True))
        posted = Card(_("What it will post"), flush=True)
        posted.body.addWidget(self.entries)
        held = column(self.no_entries)
        pad = theme().space(16)
        held.setContentsMargins(pad, 0, pad, theme().space(10))
        posted.body.addLayout(held)
        posted.body.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(theme().space(10))
        if theme().scale >= FOLDS_AT:
            for at, card in enumerate((figures, posted, drawn)):
                grid.addWidget(card, at, 0)
            return grid
        grid.addWidget(figures, 0, 0, 2, 1)
        grid.addWidget(drawn, 0, 1)
        grid.addWidget(posted, 1, 1)
        grid.setRowStretch(1, 1)
        grid.setColumnStretch(0, 13)
        grid.setColumnStretch(1, 10)
        return grid


def compared(preview: ActPreview) -> Sequence[Compared]:
    """The figures that change, and a few that are looked for, in words."""
    currency = preview.currency
    before, after = _words(preview.before, currency), _words(preview.after, currency)
    kept = {_("Outstanding principal"), _("Standing"), _("Usual instalment"), _("To close today")}
    return [
        Compared(label, before[label], after[label])
        for label in before
        if label in kept or before[label] != after[label]
    ]


def _words(side: ActSide, currency: str) -> dict[str, str]:
    def money(minor: int) -> str:
        return amount(minor, currency)

    return {
        _("Standing"): _standing(side),
        _("Interest a year"): f"{side.annual_rate}%",
        _("APR of the whole loan"): f"{side.apr_percent}%" if side.apr_percent else DASH,
        _("Outstanding principal"): money(side.outstanding_minor),
        **_due_words(side.arrears, currency),
        _("Held in excess"): _figure(side.excess_minor, currency),
        _("Days past due"): str(side.dpd) if side.dpd else DASH,
        _("Next due"): day(side.next_due_on) if side.next_due_on else DASH,
        _("Next to pay"): _figure(side.next_due_minor, currency),
        _("Instalments to come"): str(side.lines_to_come) if side.lines_to_come else DASH,
        _("Usual instalment"): _figure(side.level_minor, currency),
        _("Last due"): day(side.last_due_on) if side.last_due_on else DASH,
        _("Interest to come"): _figure(side.interest_to_come_minor, currency),
        _("To close today"): _figure(side.payoff_minor, currency),
    }


def _due_words(arrears: HeadAmounts, currency: str) -> dict[str, str]:
    return {
        _("Unpaid principal"): _figure(arrears.principal_minor, currency),
        _("Unpaid interest"): _figure(arrears.interest_minor, currency),
        _("Unpaid charges"): _figure(arrears.charge_minor, currency),
        _("Unpaid penal charges"): _figure(arrears.penalty_minor, currency),
    }


def _figure(minor: int, currency: str) -> str:
    return amount(minor, currency) if minor else DASH


def _standing(side: ActSide) -> str:
    if side.status != "active":
        return named("loan-state", side.status)
    return named("asset-class", side.asset_class) if side.asset_class else _("active")


def _point(side: ActLineSide | None) -> tuple[date, int]:
    if side is None:
        raise ValueError  # asked only of sides that are there
    return side.due_on, side.balance_minor
