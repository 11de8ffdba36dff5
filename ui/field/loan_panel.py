"""Beside the list: who is late, how the schedule stands, what was promised and what happened."""

from __future__ import annotations

from app.queries.field import ShowLoanStory
from app.rows.field import LoanStory
from app.texts import _, ngettext
from app.texts.figures import amount
from app.texts.labels import named
from ui.field.marks import late_tone, promise_line, schedule_cells, schedule_words, story_line
from ui.kit.bars import ScheduleBar
from ui.kit.card import Rule
from ui.kit.figures import Figure
from ui.kit.panel import SidePanel, small_figures
from ui.kit.screen_context import Station
from ui.kit.story import Story
from ui.kit.text import heading, note

LINES = 12
WIDTH = 292


class LoanPanel(SidePanel):
    """The story of one loan, read anew whenever another row is marked."""

    def __init__(self, station: Station) -> None:
        super().__init__(_("The loan"), WIDTH)
        self._station = station
        self._bar = ScheduleBar()
        self._bar_words = note("", wrap=True)
        self._late = Figure(_("Late"), size="lead")
        self._outstanding = Figure(_("Outstanding"), size="lead")
        self._class = Figure(_("Class"), size="lead")
        self._promises_head, self._promises = heading(_("Promises")), Story()
        self._story = Story()
        self.content.addWidget(self._bar)
        self.content.addWidget(self._bar_words)
        self.content.addLayout(small_figures([self._late, self._outstanding, self._class]))
        self.content.addWidget(Rule())
        self.content.addWidget(self._promises_head)
        self.content.addWidget(self._promises)
        self.content.addWidget(heading(_("What happened")))
        self.content.addWidget(self._story)
        self.content.addStretch(1)

    def show_loan(self, loan_id: int | None, bucket: str = "") -> None:
        """Read the story of a loan; without one the panel goes away."""
        self.setVisible(loan_id is not None)
        if loan_id is None:
            return
        self._station.desk.read(
            self,
            ShowLoanStory(loan_id=loan_id),
            lambda found: self._show(found, bucket),
            slot="story",
        )

    def _show(self, found: LoanStory, bucket: str) -> None:
        under = " · ".join(part for part in (found.local_name, found.phone) if part)
        chip = ngettext("{days} day", "{days} days", found.dpd).format(days=found.dpd)
        self.show_who(
            found.borrower, under or found.number, chip if found.dpd else "", late_tone(bucket)
        )
        words = schedule_words(found.cells)
        self._bar.show_cells(schedule_cells(found.cells), words)
        self._bar_words.setText(f"{found.number} · {words}")
        self._late.show_figure(amount(found.arrears_minor, found.currency, symbol=True, trim=True))
        money = amount(found.outstanding_minor, found.currency, symbol=True, trim=True)
        self._outstanding.show_figure(money)
        self._class.show_figure(named("asset-class", found.asset_class))
        self._promises.show_lines([promise_line(row) for row in found.promises[:3]])
        self._promises_head.setVisible(bool(found.promises))
        self._story.show_lines([story_line(row) for row in found.story[:LINES]])
