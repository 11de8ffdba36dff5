"""What becomes of a disbursement: where the money goes, the old loan, entries, the schedule."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QGraphicsOpacityEffect, QGridLayout, QVBoxLayout, QWidget

from app.rows.origination import DisbursementPreview
from app.texts import _
from app.texts.figures import amount
from ui.kit.card import Card
from ui.kit.panel import scrolled
from ui.kit.theme import theme
from ui.origination.later_parts import part_words
from ui.parts.cost import CostFigures
from ui.parts.entries import EntriesTable
from ui.parts.schedule import ScheduleTable
from ui.parts.sums import SumLine, SumLines, closing_sums

STALE = 0.45  # of full ink, while what is shown belongs to an earlier question
FOLDS_AT = 140  # text size in percent from which everything stands one under another
SEEN = 6  # lines of the schedule that are in sight at least


class DisbursePanel(QWidget):
    """Everything by the engine that will pay it out."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self.setAccessibleName(_("What becomes of the money"))
        self._currency = currency
        self.out = SumLines(_("What becomes of the money"))
        self.closing = SumLines(_("What closing the old loan asks"))
        self.entries = EntriesTable(currency)
        self.closing_entries = EntriesTable(currency, _("What closing the old loan posts"))
        self.cost = CostFigures()
        self.schedule = ScheduleTable(currency, _("Schedule"))
        self.schedule.keep_rows(SEEN)
        self.old = Card(_("The old loan"))
        self.old_posts = Card(_("It will post"), flush=True)
        self._effect = QGraphicsOpacityEffect(self)
        self._lay_out()

    @property
    def is_stale(self) -> bool:
        """Whether what is shown belongs to an earlier question."""
        return self._effect.opacity() < 1

    def set_stale(self, stale: bool) -> None:
        """Grey while what is shown belongs to an earlier question."""
        self._effect.setOpacity(STALE if stale else 1.0)
        self._effect.setEnabled(stale)

    def show_preview(self, preview: DisbursementPreview) -> None:
        """Show it, in full ink."""
        self.out.show_lines(out_lines(preview))
        self.closing.show_lines(_closing_lines(preview))
        self.entries.show_entries(preview.entries)
        self.closing_entries.show_entries(preview.closing_entries)
        self.old.setVisible(preview.closing is not None)
        self.old_posts.setVisible(preview.closing is not None)
        # In hand is what goes out now, not all of the parts less the charges.
        self.cost.show_quote(replace(preview.quote, paid_out_minor=preview.paid_out_minor))
        self.schedule.show_lines(preview.quote.lines)
        self.set_stale(False)

    def _lay_out(self) -> None:
        inside = QWidget()
        inside.setGraphicsEffect(self._effect)
        rows = QVBoxLayout(inside)
        rows.setContentsMargins(0, 0, theme().space(4), 0)
        rows.setSpacing(theme().space(10))
        rows.addLayout(self._upper())
        cost, lines = Card(), Card(_("Schedule"), flush=True)
        cost.body.addWidget(self.cost)
        lines.body.addWidget(self.schedule)
        rows.addWidget(cost)
        rows.addWidget(lines, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scrolled(inside))

    def _upper(self) -> QGridLayout:
        money, posted = Card(_("What becomes of the money")), Card(_("It will post"), flush=True)
        money.body.addWidget(self.out)
        money.body.addStretch(1)
        posted.body.addWidget(self.entries)
        posted.body.addStretch(1)
        self.old.body.addWidget(self.closing)
        self.old.body.addStretch(1)
        self.old_posts.body.addWidget(self.closing_entries)
        self.old_posts.body.addStretch(1)
        grid = QGridLayout()
        grid.setSpacing(theme().space(10))
        cards = (money, posted, self.old, self.old_posts)
        across = 1 if theme().scale >= FOLDS_AT else 2
        for at, card in enumerate(cards):
            grid.addWidget(card, at // across, at % across)
        for column in range(across):
            grid.setColumnStretch(column, 1)
        return grid


def out_lines(preview: DisbursementPreview) -> list[SumLine]:
    """From what was sanctioned to what goes into the hand."""
    currency = preview.currency

    def money(minor: int) -> str:
        return amount(minor, currency)

    lines = [SumLine(_("Sanctioned"), money(preview.sanctioned_minor))]
    lines += [SumLine(part_words(part), money(-part.amount_minor)) for part in preview.later]
    if preview.later:
        lines.append(SumLine(_("Handed out now"), money(preview.now_minor), strong=True))
    if preview.fee_minor:
        lines.append(SumLine(_("Charges kept back"), money(-preview.fee_minor)))
    if preview.tax_minor:
        lines.append(SumLine(_("GST on them"), money(-preview.tax_minor)))
    if (old := preview.closing) is not None:
        said = _("Closes {number}").format(number=old.number)
        lines.append(SumLine(said, money(-old.total_minor)))
    net = amount(preview.paid_out_minor, currency, symbol=True)
    lines.append(SumLine(_("In hand"), net, strong=True))
    return lines


def _closing_lines(preview: DisbursementPreview) -> list[SumLine]:
    old, currency = preview.closing, preview.currency
    if old is None:
        return []
    lines = closing_sums(
        old.heads, old.closing_charge_minor, old.closing_tax_minor, old.excess_minor, currency
    )
    said = _("To close {number}").format(number=old.number)
    return [*lines, SumLine(said, amount(old.total_minor, currency, symbol=True), strong=True)]
