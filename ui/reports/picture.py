"""The chart of a report: bars, parts on one another, or curves by month."""

from __future__ import annotations

from fractions import Fraction

from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from app.reports import Form, Kind, Picture
from app.texts import _
from app.texts.figures import amount, count, percent
from ui.kit.card import row
from ui.kit.charts import BarOf, Bars, Curve
from ui.kit.charts import Line as CurveOf
from ui.kit.legend import Legend
from ui.kit.stacks import Stack, Stacks
from ui.kit.text import Text

HEIGHT = 150  # px at 100 %
_FEW = 3
_PARTS = ("chart_now", "late1_fill", "late2_fill", "late3_fill", "npa_fill")
_CURVES = ("chart_now", "npa_fill")


class ReportPicture(QWidget):
    """Hidden while there is nothing to draw."""

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._currency, self._kind = currency, Kind.MONEY
        self.title = Text("", "small", strong=True)
        self._legend = Legend()
        self._bars = Bars(_("Chart"), self._written, height=HEIGHT)
        self._stacks = Stacks(_("Chart"), self._written, height=HEIGHT)
        self._curve = Curve(_("Chart"), self._written, height=HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        for chart in (self._bars, self._stacks, self._curve):
            self._stack.addWidget(chart)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        head = row(self.title, gap=16)
        head.addWidget(self._legend, 1)
        column.addLayout(head)
        column.addWidget(holder)

    def show_picture(self, picture: Picture) -> None:
        """Draw another picture."""
        self._kind = picture.kind
        self.title.setText(picture.title)
        many = len(picture.series) > 1
        inks = _CURVES if picture.form is Form.LINES else _inks(len(picture.series))
        names = [name for name, _values in picture.series]
        self._legend.show_parts(list(zip(names, inks, strict=False)) if many else [])
        if picture.form is Form.LINES:
            self._show_curves(picture)
        elif picture.form is Form.STACKED:
            self._show_stacks(picture, inks)
        else:
            ((_name, values),) = picture.series
            pairs = zip(picture.labels, values, strict=True)
            self._bars.show_bars([BarOf(label, value) for label, value in pairs])
            self._stack.setCurrentWidget(self._bars)

    def _show_stacks(self, picture: Picture, inks: tuple[str, ...]) -> None:
        columns = [values for _name, values in picture.series]
        stacks = [
            Stack(label, list(zip(parts, inks, strict=True)))
            for label, parts in zip(picture.labels, zip(*columns, strict=True), strict=True)
        ]
        self._stacks.show_stacks(stacks)
        self._stack.setCurrentWidget(self._stacks)

    def _show_curves(self, picture: Picture) -> None:
        curves = [
            CurveOf(
                list(enumerate(values)),
                colour=ink,
                filled=True,
                end_label=self._written(values[-1]),
                end_under=name,
            )
            for (name, values), ink in zip(picture.series, _CURVES, strict=False)
        ]
        self._curve.show_lines(curves, list(enumerate(picture.labels)))
        self._stack.setCurrentWidget(self._curve)

    def _written(self, value: float) -> str:
        """The figures at the axis, which come as minor units or hundredths of a percent."""
        if self._kind is Kind.MONEY:
            return amount(round(value), self._currency, trim=True)
        if self._kind is Kind.PERCENT:
            return percent(Fraction(round(value), 10_000))
        return count(round(value), self._currency)


def _inks(parts: int) -> tuple[str, ...]:
    """Colours for parts; of two or three the mildest, one between and the worst."""
    return (_PARTS[0], _PARTS[1], _PARTS[3])[:parts] if parts <= _FEW else _PARTS[:parts]
