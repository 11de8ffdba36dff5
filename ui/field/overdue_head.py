"""What stands above the late loans: buckets, the bar of ages, and the two rates by name."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.rows.field import OverdueSummary
from app.texts import _, ngettext
from app.texts.figures import amount, percent
from app.texts.labels import named
from ui.field.marks import AGES, ALL, TODAY, late_tone
from ui.kit.bars import AgeingBar
from ui.kit.card import row
from ui.kit.chips import BucketChip
from ui.kit.figures import Figure
from ui.kit.theme import theme

BASIS = 10_000
GAP = 8
LARGE = 150  # % from which the page has no height for second lines


class Buckets(QWidget):
    """The chips, folded into two or more lines where they do not fit side by side."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme().space(GAP))
        self._chips: dict[str, BucketChip] = {}
        self._across = 0
        for bucket in (TODAY, ALL, *AGES):
            tone = "due" if bucket == TODAY else late_tone(bucket) if bucket else ""
            chip = BucketChip(bucket_words(bucket), "", "", tone, self)
            chip.clicked.connect(lambda _on=False, bucket=bucket: self.chosen.emit(bucket))
            self._chips[bucket] = chip
        self._chips[ALL].setChecked(True)
        self._fold(len(self._chips))

    def mark(self, bucket: str) -> None:
        """Show which bucket the list is of."""
        self._chips[bucket].setChecked(True)

    def chip(self, bucket: str) -> BucketChip:
        """A chip by its bucket."""
        return self._chips[bucket]

    def show_figures(self, figures: Mapping[str, tuple[int, int]], currency: str) -> None:
        """Show loans and minor units by bucket."""
        for bucket, (loans, minor) in figures.items():
            money = amount(minor, currency, symbol=True, trim=True)
            said = ngettext("{number} loan", "{number} loans", loans).format(number=loans)
            chip = self._chips[bucket]
            chip.show_figures(bucket_words(bucket), money, str(loans))
            chip.setToolTip(said)
            chip.setAccessibleName(f"{bucket_words(bucket)}, {money}, {said}")
        self._refold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refold()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._refold()

    def _refold(self) -> None:
        if not self.isVisible():
            return  # its width is not known yet, and the window must not grow for a guess
        gap = self._grid.horizontalSpacing()
        widest = max(chip.minimumSizeHint().width() for chip in self._chips.values())
        fits = max(2, (self.width() + gap) // (widest + gap))
        every = len(self._chips)
        lines = -(-every // min(fits, every))
        self._fold(-(-every // lines))

    def _fold(self, across: int) -> None:
        if across == self._across:
            return
        self._across = across
        for at, chip in enumerate(self._chips.values()):
            self._grid.addWidget(chip, at // across, at % across)
        for column in range(len(self._chips)):
            self._grid.setColumnStretch(column, int(column < across))


class OverdueHead(QWidget):
    """Chips and bar; `rates` holds arrears rate and PAR-30, to stand beside the title."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.buckets = Buckets()
        self.buckets.chosen.connect(self.chosen)
        self.bar = AgeingBar()
        if theme().scale >= LARGE:
            self.bar.hide()
        self.rate = Figure(_("Arrears rate"), size="lead")
        self.par30 = Figure(_("PAR-30"), size="lead")
        self.outstanding = Figure(_("Outstanding"), size="lead")
        self.rates = row(self.outstanding, self.rate, self.par30, gap=28)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme().space(GAP))
        column.addWidget(self.buckets)
        column.addWidget(self.bar)

    def show_summary(self, found: OverdueSummary) -> None:
        """Show the figures of the branch or of one officer."""
        by_name = {one.bucket: one for one in found.buckets}
        figures = {
            age: (by_name[age].loans, by_name[age].arrears_minor) for age in AGES if age in by_name
        }
        late = (sum(f[0] for f in figures.values()), sum(f[1] for f in figures.values()))
        today = (found.due_today_loans, found.due_today_minor)
        self.buckets.show_figures({TODAY: today, ALL: late, **figures}, found.currency)
        ages = [(late_tone(age), minor) for age, (_loans, minor) in figures.items()]
        self.bar.setVisible(theme().scale < LARGE)
        self.bar.show_ages(ages, self._spoken(figures, found.currency))
        whole = amount(found.outstanding_minor, found.currency, symbol=True, trim=True)
        self._say(self.outstanding, whole, _("principal not repaid"))
        self._say(self.rate, rate_words(found.arrears_rate_bp), _("principal overdue alone"))
        self._say(self.par30, rate_words(found.par30_bp), _("whole loans over 30 days late"))

    def _say(self, figure: Figure, value: str, meaning: str) -> None:
        """The meaning stands under the figure, or in its hint where letters are large."""
        figure.show_figure(value, meaning if theme().scale < LARGE else "")
        figure.setToolTip(meaning)
        figure.setAccessibleDescription(meaning)

    def _spoken(self, figures: Mapping[str, tuple[int, int]], currency: str) -> str:
        parts = [
            f"{bucket_words(age)}: {amount(minor, currency, symbol=True, trim=True)}"
            for age, (_loans, minor) in figures.items()
        ]
        return _("Overdue by age") + ": " + ", ".join(parts)


def bucket_words(bucket: str) -> str:
    """The name on a chip."""
    if bucket == TODAY:
        return _("Due today")
    return named("bucket", bucket) if bucket else _("All late")


def rate_words(basis_points: int) -> str:
    """Hundredths of a percent as per cent."""
    return percent(Fraction(basis_points, BASIS))
