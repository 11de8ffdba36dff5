"""The versions of a product: from which day each holds, and what it changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from app.queries.admin import ListProductVersions
from app.rows.admin import ProductRow, ProductVersionRow
from app.texts import _
from app.texts.figures import day
from ui.admin.differences import differences
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, heading
from ui.kit.theme import theme
from ui.parts.compared import ComparedTable

TONES = {"in-force": "ok", "coming": "info", "past": "neutral", "replaced": "neutral"}


class VersionsDialog(Dialog):
    """Versions above, the latest first; below, what the marked one changed."""

    def __init__(self, parent: QWidget, station: Station, product: ProductRow) -> None:
        super().__init__(
            parent,
            _("Versions"),
            product.product.title,
            act=_("Edit this one"),
            keep=_("Close"),
            width=760,
        )
        self.model: RowsModel[ProductVersionRow] = RowsModel(
            _columns(), identity=lambda row: row.number
        )
        self.table = Table(self.model, _("Versions"), row_height="row_dense")
        self.changed = ComparedTable(_("What it changed"), _("Before"), _("In this version"))
        self.changed.empty.say(
            _("Nothing before it"), _("What a version changes stands here, term by term.")
        )
        self.table.keep_rows(4)
        self.changed.setMinimumHeight(theme().px(180))
        self.content.addWidget(self.table)
        self.content.addWidget(heading(_("What it changed")))
        self.content.addWidget(self.changed, 1)
        self.table.current_changed.connect(self._compare)
        self.table.opened.connect(lambda _row: self.decide())
        query = ListProductVersions(product_id=product.product_id)
        station.desk.read(self, query, self._take, self.failed, slot="versions")

    def chosen(self) -> ProductVersionRow | None:
        """The version that is marked."""
        return self.table.current()

    def _take(self, rows: tuple[ProductVersionRow, ...]) -> None:
        self.model.show(rows)
        self.table.view.setFocus()

    def _compare(self, found: ProductVersionRow | None) -> None:
        """Show what the marked version changed against the one that held before it."""
        if found is None:
            return
        earlier = _before(found, self.model.rows())
        rows = [] if earlier is None else differences(earlier.product, found.product)
        if earlier is not None and not rows:
            self.changed.empty.say(_("Nothing changed"), _("Its terms are those before it."))
        self.changed.show_rows(rows)
        self.changed.setMinimumHeight(theme().px(180))


def from_day_dialog(parent: QWidget, station: Station, title: str) -> Dialog:
    """Asks from which day the terms in the form hold. Its value is `effective_from`."""
    said = _("Loans sanctioned before that day keep the terms that hold until then.")
    return Dialog(
        parent,
        _("From which day?"),
        f"{title}. {said}",
        act=_("Save from that day"),
        fields=[
            Field(
                name="effective_from",
                label=_("Holds from"),
                kind=Kind.DATE,
                today=station.today,
                value=station.today,
            )
        ],
        columns=1,
    )


def state_name(state: str) -> str:
    """The state of a version in words."""
    words = {
        "coming": _("to come"),
        "in-force": _("in force"),
        "past": _("past"),
        "replaced": _("replaced"),
    }
    return words.get(state, state)


def _columns() -> tuple[Column[ProductVersionRow], ...]:
    return (
        Column(title=_("Version"), text=lambda row: Cell(str(row.number), strong=True)),
        Column(title=_("Holds from"), text=_from, stretch=1),
        Column(
            title=_("State"),
            text=lambda row: Cell(
                state_name(row.state), chip=TONES[row.state], icon=CHIP_ICONS[TONES[row.state]]
            ),
        ),
        Column(title=_("Entered by"), text=lambda row: row.entered_by or DASH, stretch=1),
        Column(
            title=_("Entered on"),
            text=lambda row: day(row.entered_at.date()) if row.entered_at else DASH,
            leaves=1,
        ),
    )


def _from(row: ProductVersionRow) -> str:
    return _("the beginning") if row.effective_from is None else day(row.effective_from)


def _before(
    found: ProductVersionRow, rows: Sequence[ProductVersionRow]
) -> ProductVersionRow | None:
    """The version that holds before this one does: of those of earlier days the latest."""
    on = found.effective_from or date.min
    earlier = [
        row for row in rows if row.state != "replaced" and (row.effective_from or date.min) < on
    ]
    return max(earlier, key=lambda row: row.effective_from or date.min, default=None)
