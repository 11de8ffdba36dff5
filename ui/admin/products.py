"""Products: what may be lent and how it is repaid, with a trial loan beside the form."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from app.commands.products import ProductFacts, ProductSaved, SaveProduct
from app.queries.admin import ListProducts
from app.rows.admin import ProductRow
from app.texts import _, ngettext
from app.texts.figures import day
from ui.admin.charges_edit import ADD, REMOVE
from ui.admin.part import Part
from ui.admin.product_form import ProductForm
from ui.admin.refused_terms import field_of, said_of
from ui.admin.terms_form import blank, facts_of, shown
from ui.admin.trial import MORE, Trial
from ui.admin.versions import VersionsDialog, from_day_dialog
from ui.kit.actions import Action
from ui.kit.card import Card, Rule, row
from ui.kit.inputs import Choice
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.theme import theme

RULE_SETS = ("in-microfinance",)
NARROW = 820  # px at 100 %: under it the form or the trial loan is shown, not both


class ProductsPart(Part):
    """Form and trial loan. A change makes a new version; loans keep the terms they have."""

    def __init__(self, station: Station) -> None:
        super().__init__(station, _("Products"), "")
        self._row: ProductRow | None = None
        self._facts = blank(station.currency, RULE_SETS[0])
        self._key, self._wanted = station.desk.key(), ""
        self._trying = False
        self.rows: tuple[ProductRow, ...] = ()
        self.choice = Choice()
        self.choice.edited.connect(self._on_chosen)
        self.form = ProductForm(station, RULE_SETS)
        self.form.edited.connect(lambda _name: self._on_edited())
        self.form.submitted.connect(self.save)
        self.trial = Trial(station)
        self.trial.refused.connect(self.form.show_refused)
        self.action_set.show(self._actions())
        for name, kind in (("undo", "secondary"), ("save", "primary")):
            self.head.addWidget(self.action_set.button(name, kind))
        self._lay_out()

    def begin(self) -> None:
        super().begin()
        self.choice.setFocus()

    def reload(self) -> None:
        self.desk.read(self, ListProducts(active=False), self._take, self.failed, slot="products")

    def arrive(self, **params: object) -> None:
        """`product` opens one by its code, once the products are read."""
        code = str(params.get("product") or "")
        found = [row.product_id for row in self.rows if row.product.code == code]
        if found:
            self.choice.set_value(found[0])
            self._on_chosen()
        elif not self.rows:
            self._wanted = code

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
        """Save what the form says; it holds from today on."""
        command = self._command(None)
        if command is not None:
            self.desk.ask(self, command, self._key, self._saved, self._refused)

    def save_from(self) -> None:
        """Save what the form says as a version that holds from a day."""
        if self._command(None) is None:
            return
        dialog = from_day_dialog(self, self.station, self.title.text())

        def refused(error: Exception) -> None:
            self._key = self.desk.key()
            if field_of(error) in self.form.draft():
                dialog.finish()
                self._refused(error)
            else:
                dialog.failed(error)

        def saved(answer: ProductSaved) -> None:
            dialog.finish()
            self._saved(answer)

        def decided(values: dict[str, Any]) -> None:
            command = self._command(values["effective_from"])
            if command is not None:
                self.desk.ask(dialog, command, self._key, saved, refused)

        dialog.decided.connect(decided)
        dialog.open()

    def versions(self) -> None:
        """Show the versions of the product; one of them may be taken into the form."""
        if self._row is None:
            return
        dialog = VersionsDialog(self, self.station, self._row)

        def decided(_values: dict[str, Any]) -> None:
            chosen = dialog.chosen()
            dialog.finish()
            if chosen is not None and self.can_leave():
                self.form.set_values(shown(chosen.product))
                self._on_edited()

        dialog.decided.connect(decided)
        dialog.open()

    def _command(self, effective_from: date | None) -> SaveProduct | None:
        """What saves the form; None once what is wrong in it is shown."""
        values = self.form.checked()
        if values is None:
            return None
        return SaveProduct(
            product_id=None if self._row is None else self._row.product_id,
            version=0 if self._row is None else self._row.version,
            product=facts_of(values, self._facts),
            effective_from=effective_from,
        )

    def _actions(self) -> list[Action]:
        def dirty() -> bool:
            return self.form.is_dirty()

        return [
            Action(name="add", text=_("New product"), keys="Alt+N", icon="plus", run=self.add),
            Action(name="undo", text=_("Undo"), keys="Alt+U", run=self.undo, enabled=dirty),
            Action(name="save", text=_("Save"), keys="Ctrl+A", run=self.save, enabled=dirty),
            Action(
                name="save-from",
                text=_("Save from a day"),
                keys="Alt+F",
                run=self.save_from,
                enabled=dirty,
            ),
            Action(
                name="versions",
                text=_("Versions"),
                keys="Alt+V",
                icon="clock-counter-clockwise",
                run=self.versions,
                enabled=lambda: self._row is not None,
            ),
            *self._ways(),
        ]

    def _ways(self) -> list[Action]:
        """Ways about the part: sections, charges, the trial loan."""
        form = self.form
        return [
            Action(
                name="next", text=_("Next section"), keys="Ctrl+↓", run=lambda: form.section_by(1)
            ),
            Action(
                name="before",
                text=_("Section before"),
                keys="Ctrl+↑",
                run=lambda: form.section_by(-1),
            ),
            Action(
                name="charge", text=_("Add a charge"), keys=ADD, run=form.charges.add, bar=False
            ),
            Action(
                name="less",
                text=_("Remove the charge"),
                keys=REMOVE,
                run=form.charges.remove,
                enabled=lambda: bool(form.charges.charges),
                bar=False,
            ),
            Action(name="try", text=_("Trial loan"), keys="Alt+T", run=self.try_it),
            Action(
                name="run",
                text=_("Collected or disclosed"),
                keys="Alt+D",
                run=lambda: self.trial.switch(),
            ),
            Action(
                name="more",
                text=_("Days and parts"),
                keys=MORE,
                run=lambda: self.trial.show_more(),
                bar=False,
            ),
        ]

    def _take(self, rows: tuple[ProductRow, ...]) -> None:
        if self.form.is_dirty():
            return  # what is being typed is worth more than a fresh list
        self.rows = rows
        self.choice.set_choices([(row.product_id, _named(row)) for row in rows])
        shown = self._wanted or ("" if self._row is None else self._row.product.code)
        fitting = [row for row in rows if row.product.code == shown] or list(rows[:1])
        self._wanted = ""
        if fitting and fitting[0] != self._row:
            self._open(fitting[0])

    def _on_chosen(self) -> None:
        wanted = self.choice.value()
        found = next((row for row in self.rows if row.product_id == wanted), None)
        if found is None or found == self._row:
            return
        if self.can_leave():
            self._open(found)
        else:
            self.choice.set_value(None if self._row is None else self._row.product_id)

    def _open(self, found: ProductRow | None) -> None:
        self._row = found
        self.choice.set_value(None if found is None else found.product_id)
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
        values = self.form.readable()
        return None if values is None else facts_of(values, self._facts)

    def _say_title(self) -> None:
        found = self._row
        self.title.setText(_("New product") if found is None else found.product.title)
        if found is None:
            self.sentence.setText(_("Offered once it is saved."))
            return
        count = ngettext(
            "{count} loan keeps the terms it was made with.",
            "{count} loans keep the terms they were made with.",
            found.loans,
        )
        loans = count if found.loans else _("No loan was made with it yet.")
        said = [_since(found.effective_from), loans.format(count=found.loans)]
        if found.next_from is not None:
            said.append(_("Other terms hold from {day}.").format(day=day(found.next_from)))
        self._say_version(" ".join(part for part in said if part))

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
        if not self.form.show_error(field_of(error), said_of(error)):
            self.failed(error, self.form)

    def try_it(self) -> None:
        """Go to the trial loan, and back to the form."""
        within = self.trial.isAncestorOf(self.focusWidget() or self)
        self._trying = not within
        self._fit()
        (self.form if within else self.trial.form).focus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _fit(self) -> None:
        """Form and trial loan side by side, or the one that is worked in where it is narrow."""
        narrow = self.width() < theme().px(NARROW)
        self.formed.setVisible(not narrow or not self._trying)
        self.trial.setVisible(not narrow or self._trying)

    def _lay_out(self) -> None:
        self.formed = Card()
        self.choice.setAccessibleName(_("Product"))
        top = row(self.choice)
        top.addWidget(self.action_set.button("add", "ghost"))
        top.addWidget(self.action_set.button("versions", "ghost"))
        top.setStretch(0, 1)
        self.formed.body.addLayout(top)
        self.formed.body.addWidget(Rule())
        area = scrolled(self.form)
        self.form.scroll_in(area)
        self.formed.body.addWidget(area, 1)
        self.formed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        line = row(gap=16)
        line.addWidget(self.formed, 1)
        line.addWidget(self.trial, 1)
        self.page.addLayout(line, 1)


def _since(on: date | None) -> str:
    return "" if on is None else _("In force since {day}.").format(day=day(on))


def _named(found: ProductRow) -> str:
    if found.product.active:
        return f"{found.product.title} · {found.product.code}"
    return _("{title} · {code} · not offered").format(
        title=found.product.title, code=found.product.code
    )
