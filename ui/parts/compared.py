"""Before and after, side by side: figures of a loan, and its lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.rows.acts import ActLine, ActLineSide
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH


@dataclass(frozen=True, slots=True)
class Compared:
    """One figure before and after, as it is shown; `tone` colours the later one."""

    label: str
    before: str
    after: str
    tone: str = "text"

    @property
    def changed(self) -> bool:
        """Whether it is another one now."""
        return self.before != self.after


class ComparedTable(Table[Compared]):
    """Figures by name: what was, and what would be. What changes is strong, with a sign."""

    def __init__(self, name: str, before: str = "", after: str = "") -> None:
        columns: tuple[Column[Compared], ...] = (
            Column(title="", text=lambda one: Cell(one.label, tone="text2"), stretch=1),
            Column(
                title=before or _("Now"),
                text=lambda one: Cell(one.before, tone="text2" if one.changed else "text"),
                numeric=True,
            ),
            Column(title=after or _("After"), text=_after, numeric=True),
        )
        model: RowsModel[Compared] = RowsModel(columns, identity=lambda one: one.label)
        super().__init__(model, name, row_height="row_dense")
        self._shown = model

    def show_rows(self, rows: Sequence[Compared]) -> None:
        """Show these figures, all of them in sight."""
        self._shown.show(rows)
        self.keep_rows(len(rows))


class ComparedLines(Table[ActLine]):
    """The lines of the schedule before and after, aligned by their number."""

    def __init__(self, currency: str, name: str, empty: Empty | None = None) -> None:
        model: RowsModel[ActLine] = RowsModel(
            compared_columns(currency), identity=lambda line: line.number
        )
        super().__init__(model, name, row_height="row_dense", empty=empty)
        self._shown = model

    def show_lines(self, lines: Sequence[ActLine]) -> None:
        """Show these lines."""
        self._shown.show(lines)


def compared_columns(currency: str) -> Sequence[Column[ActLine]]:
    """Number, then day, instalment and balance on both sides."""

    def was(title: str, name: str, leaves: int = 0) -> Column[ActLine]:
        def text(line: ActLine) -> Cell:
            return Cell(_money(line.before, name, currency), tone=_quiet(line))

        return Column(title=title, text=text, numeric=True, leaves=leaves)

    def will(title: str, name: str, leaves: int = 0) -> Column[ActLine]:
        def text(line: ActLine) -> Cell:
            return Cell(_money(line.after, name, currency), strong=line.changed)

        return Column(title=title, text=text, numeric=True, leaves=leaves)

    return (
        Column(title=_("No."), text=lambda line: Cell(str(line.number))),
        Column(
            title=_("Due now"),
            text=lambda line: Cell(_on(line.before), tone=_quiet(line)),
            stretch=1,
        ),
        was(_("Instalment now"), "amount_minor"),
        was(_("Balance now"), "balance_minor", 2),
        Column(
            title=_("Due after"),
            text=lambda line: Cell(_on(line.after), strong=_moved(line)),
            stretch=1,
        ),
        will(_("Instalment after"), "amount_minor"),
        will(_("Interest after"), "interest_minor", 3),
        will(_("Balance after"), "balance_minor", 1),
    )


def _money(side: ActLineSide | None, name: str, currency: str) -> str:
    return DASH if side is None else amount(getattr(side, name), currency)


def _on(side: ActLineSide | None) -> str:
    return DASH if side is None else day(side.due_on)


def _after(one: Compared) -> Cell:
    return Cell(one.after, tone=one.tone, strong=one.changed)


def _quiet(line: ActLine) -> str:
    return "text2" if line.changed else "text"


def _moved(line: ActLine) -> bool:
    before, after = line.before, line.after
    return after is not None and (before is None or before.due_on != after.due_on)
