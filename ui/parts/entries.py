"""What something will post: account, debit, credit."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from app.rows.acts import ActEntry
from app.texts import _
from app.texts.figures import amount
from ui.kit.cells import Cell
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table


class EntriesTable(Table[ActEntry]):
    """Legs of entries, all of them in sight; read only: no mark, no stop of Tab."""

    def __init__(self, currency: str, name: str = "") -> None:
        super().__init__(
            entries_model(currency), name or _("What it will post"), row_height="row_dense"
        )
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_entries(self, entries: Sequence[ActEntry]) -> None:
        """Show these, as high as they are."""
        self.model.show(entries)
        self.keep_rows(len(entries))
        self.setMaximumHeight(self.view.minimumHeight() + 2)
        self.setVisible(bool(entries))


def entries_model(currency: str) -> RowsModel[ActEntry]:
    """The legs of what will be posted."""

    def leg(minor: int) -> str:
        return amount(minor, currency) if minor else ""

    return RowsModel(
        (
            Column(
                title=_("Account"),
                text=lambda e: Cell(e.account_title or e.account),
                stretch=1,
            ),
            Column(title=_("No."), text=lambda e: Cell(e.account, tone="text2"), leaves=1),
            Column(title=_("Debit"), text=lambda e: leg(e.debit_minor), numeric=True),
            Column(title=_("Credit"), text=lambda e: leg(e.credit_minor), numeric=True),
        ),
        identity=lambda entry: entry.account,
    )
