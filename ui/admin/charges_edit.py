"""The charges of a product, each a few fields with a sentence of what it comes to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.texts import _
from ui.admin.charge_fields import charge_fields, charge_of, charge_sentence, charge_values
from ui.kit.buttons import Button
from ui.kit.card import Rule, row
from ui.kit.form import Form
from ui.kit.text import Text, note
from ui.kit.theme import theme

ADD, REMOVE = "Alt+C", "Alt+R"


class ChargesEdit(QWidget):
    """Charges one under another. Its value is a tuple of charges as the terms write them."""

    edited = Signal()

    def __init__(self, currency: str, today: date) -> None:
        super().__init__()
        self._currency, self._today = currency, today
        self.charges: list[ChargeEdit] = []
        self._name = ""
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme().space(12))
        self._none = note(_("No charges: the borrower pays interest alone."), wrap=True)
        self.add_button = Button(_("Add a charge"), self.add, keys=ADD, icon="plus")
        line = row(self.add_button)
        line.addStretch(1)
        self._rows.addWidget(self._none)
        self._rows.addLayout(line)
        self.setFocusProxy(self.add_button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def add(self) -> None:
        """Add a charge at the end and begin to fill it."""
        made = self._put({})
        self.edited.emit()
        made.form.focus("name")

    def remove(self) -> None:
        """Take away the charge that the cursor is in, else the last."""
        holding = [one for one in self.charges if one.isAncestorOf(self.focusWidget() or self)]
        for gone in (holding or self.charges)[-1:]:
            self._drop(gone)
            self.edited.emit()
        (self.charges[-1].form.focus("name") if self.charges else self.add_button.setFocus())

    def value(self) -> tuple[dict[str, Any], ...]:
        """The charges. Raises ValueError where one cannot be read yet."""
        made = []
        for at, one in enumerate(self.charges, start=1):
            charge = one.charge()
            if charge is None:
                raise ValueError(_("Charge {number} is not complete yet.").format(number=at))
            made.append(charge)
        return tuple(made)

    def set_value(self, value: Any) -> None:
        for gone in list(self.charges):
            self._drop(gone)
        for charge in value or ():
            self._put(charge)

    def check(self) -> bool:
        """Show what is wrong in each charge; True where nothing is."""
        wrong = [one for one in self.charges if one.form.values() is None]
        return not wrong

    def raw(self) -> str:
        """What is in it, for a draft."""
        return json.dumps([one.form.draft() for one in self.charges])

    def restore(self, raw: str) -> None:
        """Put a draft back."""
        self.set_value(())
        for draft in json.loads(raw):
            self._put({}).form.restore(draft)

    def is_empty(self) -> bool:
        return False

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._name = name

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(120), super().minimumSizeHint().height())

    def _put(self, charge: Mapping[str, Any]) -> ChargeEdit:
        made = ChargeEdit(charge, self._currency, self._today)
        made.edited.connect(self.edited)
        made.removed.connect(lambda: self._take_away(made))
        self._rows.insertWidget(self._rows.count() - 2, made)
        self.charges.append(made)
        self._number()
        return made

    def _take_away(self, gone: ChargeEdit) -> None:
        self._drop(gone)
        self.edited.emit()
        self.add_button.setFocus()

    def _drop(self, gone: ChargeEdit) -> None:
        self.charges.remove(gone)
        self._rows.removeWidget(gone)
        gone.setParent(None)
        gone.deleteLater()
        self._number()

    def _number(self) -> None:
        self._none.setVisible(not self.charges)
        for at, one in enumerate(self.charges, start=1):
            one.show_number(at)


class ChargeEdit(QWidget):
    """One charge: its fields, and below them what it means."""

    edited = Signal()
    removed = Signal()

    def __init__(self, charge: Mapping[str, Any], currency: str, today: date) -> None:
        super().__init__()
        self._currency, self._before = currency, dict(charge)
        self.form = Form(charge_fields(currency, today), columns=3)
        self.form.set_values(charge_values(charge, currency))
        self._head = Text("", "body", strong=True)
        self._says = note("", wrap=True)
        self.remove = Button(_("Remove"), self.removed.emit, kind="ghost", keys=REMOVE)
        head = row(self._head)
        head.addStretch(1)
        head.addWidget(self.remove)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(4))
        layout.addWidget(Rule())
        layout.addLayout(head)
        layout.addWidget(self.form)
        layout.addWidget(self._says)
        self.form.edited.connect(lambda _name: self._on_edited())
        self._follow()

    def show_number(self, number: int) -> None:
        """Say which charge it is."""
        self._head.setText(_("Charge {number}").format(number=number))

    def charge(self) -> dict[str, Any] | None:
        """The charge as the terms write it, None while something is missing or wrong."""
        values: dict[str, Any] = {}
        for name in self._asked():
            values[name] = self.form.value(name)
        return charge_of(values, self._before, self._currency)

    def _asked(self) -> Sequence[str]:
        return tuple(self.form.draft())

    def _on_edited(self) -> None:
        self._follow()
        self.edited.emit()

    def _follow(self) -> None:
        """Show the fields that the choices ask for, and say what they mean."""
        form = self.form
        by_share, on = form.value("how") == "percent", form.value("on")
        form.set_shown("percent", by_share)
        form.set_shown("of", by_share)
        form.set_shown("amount", not by_share)
        form.set_shown("on_day", on == "date")
        form.set_shown("deduct", on == "disbursement")
        charge = self.charge()
        self._says.setText("" if charge is None else charge_sentence(charge, self._currency))
