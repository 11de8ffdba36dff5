"""The form of a product: every term a field, in sections that read like a paper."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from app.texts import _
from ui.admin.charges_edit import ChargesEdit
from ui.admin.choices import choices
from ui.admin.editors import EveryEdit, WeekdaysEdit
from ui.admin.key_fact_fields import key_fact_fields
from ui.admin.order_edit import OrderEdit
from ui.kit.field import Field, Kind, Section

MOST_LINES = 1000


def sections(currency: str, rule_sets: tuple[str, ...], today: date) -> list[Section]:
    """The sections of the form, in the order of a paper."""

    def charges() -> QWidget:
        return ChargesEdit(currency, today)

    return [
        Section(title=_("Product"), fields=_names(rule_sets), columns=3),
        Section(title=_("What may be sanctioned"), fields=_bounds(currency)),
        _terms(_("Repayment"), _repayment()),
        _terms(_("Interest"), _interest()),
        _terms(_("Rounding"), _rounding(currency)),
        _terms(_("Grace"), _grace()),
        _terms(_("Days"), _days()),
        Section(
            title=_("Charges"),
            fields=[Field(name="charges", label="", kind=Kind.OWN, make=charges)],
            columns=1,
        ),
        _terms(_("Late"), _late(currency)),
        _terms(_("Early closure"), _early()),
        _terms(_("Where money goes"), _money()),
        Section(title=_("Key fact statement"), fields=key_fact_fields()),
    ]


def _terms(title: str, fields: list[Field]) -> Section:
    return Section(title=title, fields=fields, columns=1, beside=True)


def _names(rule_sets: tuple[str, ...]) -> list[Field]:
    rules = tuple((name, name) for name in rule_sets)
    return [
        Field(name="title", label=_("Name"), length=120, span=2),
        Field(name="code", label=_("Code"), length=24),
        Field(name="rule_set", label=_("Decided by"), kind=Kind.CHOICE, choices=rules, span=2),
        Field(name="active", label=_("Offered"), kind=Kind.CHECK),
    ]


def _bounds(currency: str) -> list[Field]:
    def money(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.MONEY, currency=currency)

    def whole(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.INT, least=1, most=MOST_LINES)

    return [
        money("min_minor", _("Amount from")),
        money("max_minor", _("Amount to")),
        whole("min_instalments", _("Instalments from")),
        whole("max_instalments", _("Instalments to")),
        Field(name="min_rate", label=_("Rate from, %"), kind=Kind.RATE),
        Field(name="max_rate", label=_("Rate to, %"), kind=Kind.RATE),
    ]


def _choice(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=Kind.CHOICE, choices=choices(name))


def _one_of(name: str, label: str) -> Field:
    return Field(name=name, label=label, kind=Kind.ONE_OF, choices=choices(name))


def _share(name: str, label: str, *, optional: bool = True) -> Field:
    return Field(name=name, label=label, kind=Kind.RATE, optional=optional)


def _repayment() -> list[Field]:
    return [
        _choice("repayment", _("How it is repaid")),
        Field(name="every", label=_("An instalment every"), kind=Kind.OWN, make=EveryEdit),
        _choice("month_end", _("A day that a month lacks")),
        _share("down_payment", _("Down payment, % of the loan")),
    ]


def _interest() -> list[Field]:
    return [
        _one_of("interest", _("How it is charged")),
        _share("annual_rate", _("Usual rate, % a year"), optional=False),
        _choice("day_count", _("Days counted as")),
        _choice("level_by", _("Instalment found by")),
        _choice("broken_period", _("Days before the first period")),
        _choice("recalculate", _("Follows the balance")),
    ]


def _rounding(currency: str) -> list[Field]:
    def step(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.MONEY, currency=currency)

    return [
        _choice("mode", _("A fraction goes")),
        step("interest_to", _("Interest to")),
        step("instalment_to", _("Instalment to")),
        _choice("instalment_mode", _("Its fraction goes")),
        _choice("residue", _("The rest of rounding")),
    ]


def _grace() -> list[Field]:
    def lines(name: str, label: str) -> Field:
        return Field(name=name, label=label, kind=Kind.INT, least=0, most=MOST_LINES)

    return [
        lines("grace_principal", _("Lines without principal")),
        lines("grace_interest", _("Lines that defer interest")),
        lines("grace_free", _("Lines free of interest")),
    ]


def _days() -> list[Field]:
    return [
        Field(name="working_days", label=_("Days worked"), kind=Kind.OWN, make=WeekdaysEdit),
        _choice("shift", _("Due on a day not worked")),
    ]


def _late(currency: str) -> list[Field]:
    return [
        _choice("penalty", _("Penal charge")),
        _share("penalty_percent", _("Rate, % a year"), optional=False),
        Field(name="penalty_amount", label=_("Amount"), kind=Kind.MONEY, currency=currency),
        _choice("penalty_of", _("Taken on")),
        Field(name="penalty_days", label=_("Days let pass"), kind=Kind.INT, least=0, most=3660),
        _share("penalty_cap", _("At most, % of the line")),
        _share("penalty_tax", _("GST on it, %")),
    ]


def _early() -> list[Field]:
    return [
        _choice("closing_interest", _("Interest asked")),
        _share("closing_charge", _("Charge, % of what is outstanding")),
        _share("closing_tax", _("GST on it, %")),
    ]


def _money() -> list[Field]:
    return [
        Field(name="order", label=_("What is settled first"), kind=Kind.OWN, make=OrderEdit),
        _choice("across", _("Across the lines")),
        _choice("advance_to", _("Money ahead of its day")),
        _one_of("advance_own", _("Its order")),
        Field(
            name="advance_order", label=_("Of money ahead, first"), kind=Kind.OWN, make=OrderEdit
        ),
    ]
