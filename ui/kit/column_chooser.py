"""Which columns a list shows and in which order: ticks, and keys that move them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.texts import _
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.columns import Column, shown_first
from ui.kit.dialog import Dialog, rows_that_fit
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.theme import theme

MOST_ROWS = 10

Titled = Column[Any]


class ColumnChooser(Dialog):
    """Space ticks, Alt+arrows move, the act shows the ticked columns in this order."""

    def __init__(
        self,
        parent: QWidget,
        declared: Sequence[Titled],
        shown: Sequence[Titled],
        then: Callable[[Sequence[str]], None],
    ) -> None:
        super().__init__(
            parent,
            _("Columns of this list"),
            _("Where the window is too narrow the least needed leave by themselves."),
            act=_("Show these"),
        )
        self._declared, self._then = declared, then
        name: Column[Titled] = Column(title=_("Column"), text=lambda one: one.title, stretch=1)
        self.model: RowsModel[Titled] = RowsModel([name], identity=_id, choosing=True)
        self.table: Table[Titled] = Table(self.model, self.windowTitle(), adds_up=False)
        self.table.opened.connect(self.model.toggle)
        self.table.keep_rows(rows_that_fit(parent, min(MOST_ROWS, len(declared))))
        self.model.chosen_changed.connect(self._on_ticks)
        self._lay_out()
        self._show([*shown, *(one for one in declared if one not in shown)], shown)
        self.decided.connect(lambda _values: self._hand_over())
        self.table.setFocus()

    def move_by(self, by: int) -> None:
        """Move the marked column up or down."""
        rows, one = list(self.model.rows()), self.table.current()
        place = -1 if one is None else self.model.place_of(one)
        if one is not None and 0 <= place + by < len(rows):
            rows.insert(place + by, rows.pop(place))
            self.model.show(rows)

    def as_it_was(self) -> None:
        """Tick and order them as the list was made."""
        usual = shown_first(self._declared)
        self._show(self._declared, [one for one in self._declared if one.id in usual])

    def _show(self, rows: Sequence[Titled], ticked: Sequence[Titled]) -> None:
        self.model.show(rows)
        self.model.choose(ticked)

    def _on_ticks(self) -> None:
        self.set_act_enabled(bool(self.model.chosen()))

    def _hand_over(self) -> None:
        ticked = {one.id for one in self.model.chosen()}
        self._then([one.id for one in self.model.rows() if one.id in ticked])
        self.finish()

    def _lay_out(self) -> None:
        self.actions_.show([*self.actions_.all(), *self._moves()])
        buttons = row(*(self.actions_.button(name, "ghost") for name in ("up", "down", "usual")))
        buttons.addStretch(1)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.content.setSpacing(theme().space(8))
        self.content.addWidget(card)
        self.content.addLayout(buttons)

    def _moves(self) -> list[Action]:
        return [
            Action(name="up", text=_("Up"), keys="Alt+↑", run=lambda: self.move_by(-1)),
            Action(name="down", text=_("Down"), keys="Alt+↓", run=lambda: self.move_by(1)),
            Action(name="usual", text=_("As it was"), keys="Alt+Z", run=self.as_it_was),
        ]


def _id(column: Titled) -> str:
    return column.id
