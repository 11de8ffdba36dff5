"""The schedule of a quote as a list, grey while a newer one is being worked out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.rows.origination import QuoteLine
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH

Tone = Callable[[str], str]  # the tone that a cell gets, by the one it would have


class ScheduleTable(Table[QuoteLine]):
    """Lines of a quoted schedule with a total line."""

    def __init__(self, currency: str, name: str, empty: Empty | None = None) -> None:
        self._currency, self._stale = currency, False
        self.lines: RowsModel[QuoteLine] = RowsModel(
            schedule_columns(currency, self._tone), identity=lambda line: line.number
        )
        super().__init__(self.lines, name, row_height="row_dense", empty=empty)

    def show_lines(self, lines: Sequence[QuoteLine]) -> None:
        """Show these, in full ink."""
        self._stale = False
        self.lines.show(lines)
        self.show_total(_totals(lines, self._currency) if len(lines) > 1 else None)

    def set_stale(self, stale: bool) -> None:
        """Grey while what is shown belongs to an earlier question."""
        if stale != self._stale:
            self._stale = stale
            self.view.viewport().update()

    @property
    def is_stale(self) -> bool:
        """Whether what is shown belongs to an earlier question."""
        return self._stale

    def _tone(self, tone: str) -> str:
        return "text_off" if self._stale else tone


def schedule_columns(currency: str, toned: Tone = str) -> Sequence[Column[QuoteLine]]:
    """The columns of a quoted schedule; `toned` may change the tone of every cell."""

    def cell(text: str, tone: str = "text", *, strong: bool = False) -> Cell:
        return Cell(text, tone=toned(tone), strong=strong)

    def money(minor: int) -> str:
        return amount(minor, currency)

    number: Column[QuoteLine] = Column(
        title=_("No."), text=lambda line: cell(str(line.number), "text2")
    )
    due: Column[QuoteLine] = Column(
        title=_("Due"), text=lambda line: cell(day(line.due_on)), stretch=1
    )
    whole: Column[QuoteLine] = Column(
        title=_("Instalment"),
        text=lambda line: cell(money(line.amount_minor), strong=True),
        numeric=True,
    )
    parts = (
        _part(_("Principal"), lambda line: cell(money(line.principal_minor), "text2"), 2),
        _part(_("Interest"), lambda line: cell(money(line.interest_minor), "text2"), 1),
        _part(_("Charges"), lambda line: cell(_some(line.charge_minor, currency), "text2"), 3),
    )
    balance: Column[QuoteLine] = Column(
        title=_("Balance"), text=lambda line: cell(money(line.balance_minor)), numeric=True
    )
    return (number, due, whole, *parts, balance)


def _part(title: str, text: Callable[[QuoteLine], Cell], leaves: int) -> Column[QuoteLine]:
    return Column(title=title, text=text, numeric=True, leaves=leaves)


def _some(minor: int, currency: str) -> str:
    return amount(minor, currency) if minor else DASH


def _totals(lines: Sequence[QuoteLine], currency: str) -> dict[int, str]:
    def summed(figure: Callable[[QuoteLine], int]) -> str:
        return amount(sum(map(figure, lines)), currency)

    return {
        1: _("In all"),
        2: summed(lambda line: line.amount_minor),
        3: summed(lambda line: line.principal_minor),
        4: summed(lambda line: line.interest_minor),
        5: summed(lambda line: line.charge_minor),
    }
