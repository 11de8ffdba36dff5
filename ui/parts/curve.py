"""The balance of a loan as it falls, drawn; beside the plan before, where there is one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.texts import _
from app.texts.currencies import writing
from app.texts.figures import count, month_year
from ui.kit.charts import Curve, Line

Point = tuple[date, int]  # a day, and the balance from then on in minor units


class BalanceCurve(Curve):
    """One balance in ink, the one before it dashed in grey."""

    def __init__(self, currency: str, height: int = 150) -> None:
        self._currency = currency
        super().__init__(_("Balance"), self._figure, height)

    def show_balance(
        self, points: Sequence[Point], before: Sequence[Point] = (), now: date | None = None
    ) -> None:
        """Draw `points` as steps, over `before` if there is a before; `now` is a line."""
        lines = [
            Line(self._placed(before), colour="chart_plan", dashed=True, steps=True)
            for before in ([before] if before else [])
        ]
        if points:
            lines.append(Line(self._placed(points), steps=True, filled=True))
        days = sorted({on.toordinal() for on, _minor in (*points, *before)})
        marks = sorted({days[0], days[len(days) // 2], days[-1]}) if days else []
        labels = [(float(at), month_year(date.fromordinal(at))) for at in marks]
        self.show_lines(lines, labels, None if now is None else float(now.toordinal()))

    def _placed(self, points: Sequence[Point]) -> list[tuple[float, float]]:
        whole = 10 ** writing(self._currency).digits
        return [(float(on.toordinal()), minor / whole) for on, minor in points]

    def _figure(self, value: float) -> str:
        return count(round(value), self._currency)
