"""Products: what may be lent and how it is repaid, with a trial loan beside the form."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QSizePolicy

from app.commands.products import ProductFacts, ProductSaved, SaveProduct
from app.queries.admin import ListProducts
from app.rows.admin import ProductRow
from app.texts import _, ngettext
from ui.admin.part import Part
from ui.admin.terms_form import blank, facts_of, sections, shown
from ui.admin.trial import Trial
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.form import Form
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.theme import theme

LIST_WIDTH = 200
RULE_SETS = ("in-microfinance",)


class ProductsPart(Part):
    """List, form, trial loan. A change makes a new version; loans keep the terms they have."""

    def __init__(self, station: Station) -> None:
        super().__init__(station, _("Products"), "")
        self._row: ProductRow | None = None
        self._facts = blank(station.currency, RULE_SETS[0])
        self._key, self._wanted = station.desk.key(), ""
        self.action_set.show(self._actions())
        for name, kind in (("add", "secondary"), ("undo", "secondary"), ("save", "primary")):
            self.head.addWidget(self.action_set.button(name, kind))
        column: Column[ProductRow] = Column(title=_("Product"), text=_cell, stretch=1)
        self.model: RowsModel[ProductRow] = RowsModel(
            (column,), identity=lambda product: product.product_id
        )
        self.table = Table(self.model, _("Products"), row_height="row_two_lines")
        self.table.current_changed.connect(self._on_current)
        self.form = Form(sections(station.currency, RULE_SETS))
        self.form.edited.connect(lambda _name: self._on_edited())
        self.form.submitted.connect(self.save)
        self.trial = Trial(station)
        self._lay_out()

    def begin(self) -> None:
        super().begin()
        self.table.setFocus()

    def reload(self) -> None:
        self.desk.read(self, ListProducts(active=False), self._take, self.failed, slot="products")

    def can_leave(self) -> bool:
        if not self.form.is_dirty():
            return True
        said = _("This product has changes that are not saved. Save them or undo them first.")
        self.banner.say(said, "late1", _("Undo"), self.undo)
        return False

    def add(self) -> None:
        """Begin a new product."""
        if self.can_leave():
            self._open(None)
            self.form.focus("title")

    def undo(self) -> None:
        """Go back to what is saved."""
        self._open(self._row)

    def save(self) -> None:
        """Save what the form says."""
        values = self.form.values()
        if values is None:
            return
        command = SaveProduct(
            product_id=None if self._row is None else self._row.product_id,
            version=0 if self._row is None else self._row.version,
            product=facts_of(values, self._facts),
        )
        self.desk.ask(self, command, self._key, self._saved, self._refused)

    def _actions(self) -> list[Action]:
        def dirty() -> bool:
            return self.form.is_dirty()

        return [
            Action(name="add", text=_("New product"), keys="Alt+N", icon="plus", run=self.add),
            Action(name="undo", text=_("Undo"), keys="Alt+U", run=self.undo, enabled=dirty),
            Action(name="save", text=_("Save"), keys="Ctrl+A", run=self.save, enabled=dirty),
        ]

    def _take(self, rows: tuple[ProductRow, ...]) -> None:
        if self.form.is_dirty():
            return  # what is being typed is worth more than a fresh list
        self.model.show(rows)
        places = [at for at, found in enumerate(rows) if found.product.code == self._wanted]
        if places:
            self._wanted = ""
            self.table.set_current(places[0])

    def _on_current(self, found: ProductRow | None) -> None:
        if found is None or found == self._row:
            return
        if self._row is not None and not self.can_leave():
            # The list may not move on while it tells that it moves.
            QTimer.singleShot(0, self, self._mark_back)
            return
        self._open(found)

    def _mark_back(self) -> None:
        if self._row is not None:
            self.table.set_current(max(0, self.model.place_of(self._row)))

    def _open(self, found: ProductRow | None) -> None:
        self._row = found
        fresh = blank(self.station.currency, RULE_SETS[0])
        self._facts = fresh if found is None else found.product
        self._key = self.desk.key()
        self.form.clear_errors()
        self.banner.clear()
        self.form.set_values(shown(self._facts))
        self.form.settle()
        self.trial.show_product(self._facts, anew=True)
        self._say_title()
        self.action_set.refresh()

    def _on_edited(self) -> None:
        self._key = self.desk.key()
        self.trial.show_product(self._draft())
        self._say_title()
        self.action_set.refresh()

    def _draft(self) -> ProductFacts | None:
        """The product as it stands in the form, None while something in it cannot be read."""
        values: dict[str, Any] = {name: self.form.value(name) for name in shown(self._facts)}
        if any(value is None for value in values.values()):
            return None
        return facts_of(values, self._facts)

    def _say_title(self) -> None:
        found = self._row
        self.title.setText(_("New product") if found is None else found.product.title)
        if found is None:
            self.sentence.setText(_("Offered once it is saved."))
            return
        if not found.loans:
            said = _("Version {version}. No loan was made with it yet.")
            self._say_version(said.format(version=found.version))
            return
        text = ngettext(
            "Version {version}. {count} loan keeps the terms it was made with.",
            "Version {version}. {count} loans keep the terms they were made with.",
            found.loans,
        )
        self._say_version(text.format(version=found.version, count=found.loans))

    def _say_version(self, said: str) -> None:
        unsaved = _("Changes are not saved yet.") if self.form.is_dirty() else ""
        self.sentence.setText(f"{said} {unsaved}".strip())

    def _saved(self, _answer: ProductSaved) -> None:
        self._wanted = self.form.value("code")
        self.form.settle()
        self.station.say(_("The product is saved"))
        self._row = None
        self.reload()

    def _refused(self, error: Exception) -> None:
        self._key = self.desk.key()
        self.failed(error, self.form)

    def _lay_out(self) -> None:
        look = theme()
        listed, formed = Card(flush=True), Card()
        listed.body.addWidget(self.table)
        listed.setFixedWidth(look.px(LIST_WIDTH))
        formed.body.addWidget(scrolled(self.form))
        formed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        line = row(gap=16)
        line.addWidget(listed)
        line.addWidget(formed, 9)
        line.addWidget(self.trial, 11)
        self.page.addLayout(line, 1)


def _cell(found: ProductRow) -> Cell:
    off = "" if found.product.active else f" · {_('not offered')}"
    return Cell(found.product.title, under=f"{found.product.code}{off}")
