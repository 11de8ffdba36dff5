"""The form of a product: it shows the fields that the choices ask for, and says what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.admin.charges_edit import ChargesEdit
from ui.admin.choices import AMOUNT, NO, SHARE
from ui.admin.meanings import meanings
from ui.admin.terms_fields import sections
from ui.kit.form import Form
from ui.kit.screen_context import Station
from ui.kit.theme import theme

# The first field of each section, for going from one to the next.
STARTS = (
    "title",
    "min_minor",
    "repayment",
    "interest",
    "mode",
    "grace_principal",
    "working_days",
    "charges",
    "penalty",
    "closing_interest",
    "order",
    "kfs_required",
)


class ProductForm(Form):
    """Every term a field with its meaning beside it."""

    def __init__(self, station: Station, rule_sets: tuple[str, ...]) -> None:
        super().__init__(sections(station.currency, rule_sets, station.today))
        self._currency = station.currency
        self._area: QScrollArea | None = None
        self.edited.connect(lambda _name: self.follow())

    def scroll_in(self, area: QScrollArea) -> None:
        """Keep the field that has the focus in sight of this area."""
        self._area = area
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus)

    @property
    def charges(self) -> ChargesEdit:
        """The charges of the product."""
        editor = self.editor("charges")
        assert isinstance(editor, ChargesEdit)
        return editor

    def set_values(self, values: dict[str, Any]) -> None:
        super().set_values(values)
        self.follow()

    def readable(self) -> dict[str, Any] | None:
        """Every value as it stands, None while a field that is shown cannot be read."""
        values = {name: self.value(name) for name in self._fields}
        for name in self._shown():
            if values[name] is None and not self._fields[name].optional:
                return None
        return values

    def checked(self) -> dict[str, Any] | None:
        """Every value, or None once what is wrong is shown and in focus."""
        values = self.values()
        if values is None:
            self.charges.check()
            return None
        return {name: self.value(name) for name in self._fields} | values

    def show_refused(self, field: str, said: str) -> None:
        """Say at a field what the engine refuses; the cursor stays where it is."""
        self.clear_errors()
        if said and field in self._boxes:
            self.box(field).show_error(said)

    def follow(self) -> None:
        """Show what the choices ask for, and say what every value means."""
        values = {name: self.value(name) for name in self._fields}
        for name, shown in _asked(values).items():
            self.set_shown(name, shown)
        for name, said in meanings(values, self._currency).items():
            if name in self._boxes:
                self.set_hint(name, said)

    def section_by(self, step: int) -> None:
        """Go to the beginning of the next section, or of the one before."""
        at = self._section()
        self.focus(STARTS[min(max(0, at + step), len(STARTS) - 1)])

    def _section(self) -> int:
        """The section that the focus is in."""
        focus = QApplication.focusWidget()
        names = list(self._boxes)
        here = next(
            (n for n, box in self._boxes.items() if focus and box.isAncestorOf(focus)), names[0]
        )
        starts = [names.index(start) for start in STARTS]
        return max(at for at, start in enumerate(starts) if start <= names.index(here))

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._area is None or now is None or not self.isAncestorOf(now):
            return
        box = next((b for b in self._boxes.values() if b.isAncestorOf(now)), now)
        seen = now if isinstance(box, QWidget) and box.height() > self._area.height() else box
        self._area.ensureWidgetVisible(seen, 0, theme().space(24))


def _asked(values: Mapping[str, Any]) -> dict[str, bool]:
    """Which fields the choices of others ask for."""
    flat, late = values["interest"] == "flat", values["penalty"]
    level = values["repayment"] == "equal-instalments" and not flat
    return {
        "level_by": level,
        "recalculate": not flat,
        "penalty_percent": late == SHARE,
        "penalty_amount": late == AMOUNT,
        "penalty_of": late == SHARE,
        "penalty_days": late != NO,
        "penalty_cap": late != NO,
        "penalty_tax": late != NO,
        "closing_tax": bool(values["closing_charge"]),
        "advance_order": values["advance_own"] == "own",
        "month_end": bool(values["every"]) and values["every"][1] == "month",
    }
