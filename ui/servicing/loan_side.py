"""The side of one loan: the balance as paid and as planned, and what happened last."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.servicing import LoanView
from app.texts import _
from app.texts.currencies import writing
from app.texts.figures import amount, count, month_year
from ui.kit.card import Card
from ui.kit.charts import Curve, Line
from ui.kit.panel import scrolled
from ui.kit.story import Story
from ui.kit.text import note
from ui.kit.theme import theme
from ui.servicing.loan_words import happened

LATEST = 4


class LoanSide(QWidget):
    """Balance and latest."""

    def __init__(self) -> None:
        super().__init__()
        self._currency = "INR"
        self.curve = Curve(_("Balance"), self._written, 190)
        self.latest = Story()
        balance, last = Card(_("Balance")), Card(_("Latest"))
        balance.body.addWidget(self.curve)
        balance.body.addWidget(note(_("line: as paid; dashes: as planned")))
        last.body.addWidget(scrolled(self.latest), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(12))
        layout.addWidget(balance)
        layout.addWidget(last, 1)

    def show_loan(self, view: LoanView, today: date) -> None:
        """Show the loan as it stands today."""
        self._currency = view.currency
        paid, planned = real_points(view, today), planned_points(view)
        above = view.outstanding_minor - planned_now(view, today)
        lines = [
            Line(planned, colour="chart_plan", dashed=True),
            Line(
                paid,
                steps=True,
                filled=True,
                end_label=amount(view.outstanding_minor, view.currency, trim=True),
                end_under=self._beside(above),
                end_tone="late2" if above > 0 else "text",
            ),
        ]
        days = sorted({x for x, _y in planned})
        marks = (days[0], days[len(days) // 2], days[-1])
        labels = [(x, month_year(date.fromordinal(int(x)))) for x in marks]
        self.curve.show_lines(lines, labels, float(today.toordinal()))
        self.latest.show_lines([happened(row, today) for row in view.story[:LATEST]])

    def _beside(self, above: int) -> str:
        if not above:
            return _("as planned")
        sum_ = amount(abs(above), self._currency, trim=True)
        said = _("{sum} above plan") if above > 0 else _("{sum} below plan")
        return said.format(sum=sum_)

    def _written(self, value: float) -> str:
        return count(round(value), self._currency)


def planned_points(view: LoanView) -> list[tuple[float, float]]:
    """The balance as planned, in whole units of the currency by day."""
    first = (view.disbursed_on, view.disbursed_minor)
    rest = [(line.due_on, line.balance_minor) for line in view.instalments]
    return [_point(on, minor, view.currency) for on, minor in (first, *rest)]


def planned_now(view: LoanView, today: date) -> int:
    """What the plan leaves outstanding today, in minor units."""
    passed = [line.balance_minor for line in view.instalments if line.due_on <= today]
    return passed[-1] if passed else view.disbursed_minor


def real_points(view: LoanView, today: date) -> list[tuple[float, float]]:
    """The balance as it was after every fact that still stands, up to today."""
    told = [
        (line.on, line.outstanding_minor)
        for line in view.ledger
        if line.on <= today and not line.reversed
    ]
    return [
        _point(on, minor, view.currency) for on, minor in (*told, (today, view.outstanding_minor))
    ]


def _point(on: date, minor: int, currency: str) -> tuple[float, float]:
    return float(on.toordinal()), minor / 10 ** writing(currency).digits
