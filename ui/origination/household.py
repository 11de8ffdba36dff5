"""The step of an application about the household's month: who earns, what goes out, who lends."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.origination import HouseholdFacts
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.kit.buttons import Button
from ui.kit.card import column, row
from ui.kit.field import Field, Kind
from ui.kit.form import Form
from ui.kit.screen_context import Station
from ui.kit.text import heading, note
from ui.kit.theme import theme
from ui.origination.facts import household_of

RELATIONS = ("self", "spouse", "child", "parent", "other")


class Lines(QWidget):
    """Rows of one small form, to be added and removed."""

    edited = Signal()

    def __init__(
        self, fields: Callable[[], Sequence[Field]], columns: int, add: str, remove: str
    ) -> None:
        super().__init__()
        self._fields, self._columns, self._remove = fields, columns, remove
        self.forms: list[Form] = []
        self._rows = column(gap=8)
        self.add_button = Button(add, self._add_by_hand, icon="plus")
        foot = row(self.add_button)
        foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addLayout(self._rows)
        layout.addLayout(foot)

    def add(self, values: dict[str, Any] | None = None) -> Form:
        """Add a row at the end."""
        form = Form(self._fields(), columns=self._columns)
        form.set_values(values or {})
        form.edited.connect(lambda _name: self.edited.emit())
        form.submitted.connect(lambda: self._after(form))
        holder = QWidget()
        button = Button("", lambda: self._take_away(form, holder), kind="ghost", icon="trash")
        button.setAccessibleName(self._remove)
        button.setToolTip(self._remove)
        line = row(gap=6)
        line.addWidget(form, 1)
        beside = column(button, gap=0)
        beside.setContentsMargins(0, theme().px(21), 0, 0)
        beside.addStretch(1)
        line.addLayout(beside)
        holder.setLayout(line)
        self.forms.append(form)
        self._rows.addWidget(holder, 0, Qt.AlignmentFlag.AlignTop)
        return form

    def show_rows(self, rows: Sequence[dict[str, Any]]) -> None:
        """Show these rows instead."""
        self.forms = []
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for values in rows:
            self.add(values)

    def values(self) -> list[dict[str, Any]] | None:
        """The values of every row; None once what is wrong is shown."""
        found = [form.values() for form in self.forms]
        whole = [values for values in found if values is not None]
        return whole if len(whole) == len(found) else None

    def typed(self, name: str) -> list[Any]:
        """One field of every row as it stands."""
        return [form.value(name) for form in self.forms]

    def draft(self) -> list[dict[str, str]]:
        """What was typed, row by row."""
        return [form.draft() for form in self.forms]

    def restore(self, drafts: Sequence[dict[str, str]]) -> None:
        """Put rows back as they were typed."""
        self.show_rows([{} for _draft in drafts])
        for form, draft in zip(self.forms, drafts, strict=True):
            form.restore(draft)

    def _after(self, form: Form) -> None:
        """Enter in the last field of a row goes to the next row, or to the button for one more."""
        place = self.forms.index(form) + 1
        if place < len(self.forms):
            self.forms[place].focus()
        else:
            self.add_button.setFocus()

    def _add_by_hand(self) -> None:
        self.add().focus()
        self.edited.emit()

    def _take_away(self, form: Form, holder: QWidget) -> None:
        self.forms.remove(form)
        self._rows.removeWidget(holder)
        holder.hide()
        holder.deleteLater()
        self.add_button.setFocus()
        self.edited.emit()


class HouseholdStep(QWidget):
    """Members with their income, the month's expenses, loans from others."""

    edited = Signal()

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._currency = station.currency
        self.members = Lines(self._of_member, 5, _("Add a member"), _("Remove this member"))
        self.loans = Lines(self._of_loan, 3, _("Add a loan"), _("Remove this loan"))
        spent = Field(
            name="expenses_minor",
            label=_("Expenses in a month"),
            kind=Kind.MONEY,
            currency=self._currency,
            optional=True,
        )
        self.form = Form([spent], columns=4)
        self._sum = note()
        for signal in (self.members.edited, self.loans.edited):
            signal.connect(self._on_edited)
        self.form.edited.connect(lambda _name: self._on_edited())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(10))
        head = row(heading(_("Members and what comes in a month")))
        head.addStretch(1)
        head.addWidget(self._sum)
        layout.addLayout(head)
        layout.addWidget(self.members)
        layout.addWidget(self.form)
        layout.addWidget(heading(_("Loans from others")))
        layout.addWidget(self.loans)
        layout.addStretch(1)

    def show_household(self, facts: HouseholdFacts) -> None:
        """Show a household; an empty one begins with a row for the borrower."""
        rows = [{name: getattr(member, name) for name in MEMBER} for member in facts.members] or [
            {"relation": "self"}
        ]
        self.members.show_rows(rows)
        self.form.set_value("expenses_minor", facts.expenses_minor or None)
        self.loans.show_rows([{name: getattr(loan, name) for name in LOAN} for loan in facts.loans])
        self._say_sum()

    def household(self) -> HouseholdFacts | None:
        """The household as typed; None once what is wrong is shown."""
        members, own, loans = self.members.values(), self.form.values(), self.loans.values()
        if members is None or own is None or loans is None:
            return None
        return household_of(members, own["expenses_minor"], loans)

    def income_minor(self) -> int:
        """What comes in a month, as far as it can be read."""
        return sum(value or 0 for value in self.members.typed("income_minor"))

    def draft(self) -> str:
        """What was typed, to be kept."""
        parts = (self.members.draft(), self.form.draft(), self.loans.draft())
        return json.dumps(parts, ensure_ascii=False)

    def restore(self, raw: str) -> None:
        """Put a draft back."""
        members, own, loans = json.loads(raw)
        self.members.restore(members)
        self.form.restore(own)
        self.loans.restore(loans)
        self._say_sum()

    def _on_edited(self) -> None:
        self._say_sum()
        self.edited.emit()

    def _say_sum(self) -> None:
        sum_ = amount(self.income_minor(), self._currency, symbol=True, trim=True)
        self._sum.setText(_("{amount} a month").format(amount=sum_))

    def _of_member(self) -> list[Field]:
        relations = [(code, named("relation", code)) for code in RELATIONS]
        return [
            Field(name="name", label=_("Name"), length=120),
            Field(name="relation", label=_("Relation"), kind=Kind.CHOICE, choices=relations),
            Field(name="age", label=_("Age"), kind=Kind.INT, least=0, most=120),
            self._money("income_minor", _("Income in a month")),
            Field(name="source", label=_("Work"), optional=True, length=120),
        ]

    def _of_loan(self) -> list[Field]:
        return [
            Field(name="lender", label=_("Lender"), length=120),
            self._money("outstanding_minor", _("Outstanding")),
            self._money("monthly_minor", _("Paid in a month")),
            Field(
                name="overdue_days",
                label=_("Days overdue"),
                kind=Kind.INT,
                optional=True,
                least=0,
                most=9999,
            ),
            self._money("overdue_minor", _("Overdue")),
            Field(name="microfinance", label=_("Microfinance loan"), kind=Kind.CHECK, value=True),
        ]

    def _money(self, name: str, label: str) -> Field:
        return Field(
            name=name, label=label, kind=Kind.MONEY, currency=self._currency, optional=True
        )


MEMBER = ("name", "relation", "age", "income_minor", "source")
LOAN = (
    "lender",
    "outstanding_minor",
    "monthly_minor",
    "overdue_days",
    "overdue_minor",
    "microfinance",
)
