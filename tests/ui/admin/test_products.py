"""The product editor: every term a field, the trial loan beside it, versions with their days."""

from __future__ import annotations

import json
from datetime import timedelta
from fractions import Fraction

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.commands.products import ProductFacts
from app.queries.admin import ListProducts, ListProductVersions
from app.rows.admin import ProductRow
from tests.services.branch import House
from tests.ui.places import clipped, unnamed
from ui.admin.charge_fields import charge_sentence
from ui.admin.choices import CHOICES
from ui.admin.differences import differences
from ui.admin.meanings import SAID, meanings
from ui.admin.order_edit import OrderEdit
from ui.admin.products import ProductsPart
from ui.admin.screen import SettingsScreen
from ui.admin.terms_form import facts_of, shown
from ui.admin.trial import DISCLOSED
from ui.admin.versions import VersionsDialog
from ui.kit.beside import BesideBox
from ui.kit.dialog import Dialog
from ui.kit.screen_context import Station
from ui.kit.theme import theme
from ui.kit.tokens import Mode

FULL = {
    "annual_rate": "21.5",
    "interest": "declining",
    "repayment": "equal-principal",
    "every": {"n": 2, "unit": "week"},
    "month_end": "last-day",
    "day_count": "actual/actual",
    "level_by": "day-factors",
    "rounding": {
        "mode": "down",
        "interest_to": "0.05",
        "instalment_to": "5",
        "instalment_mode": "up",
        "residue": "relevel",
    },
    "grace": {"principal": 1, "interest": 2, "interest_free": 3},
    "down_payment_percent": "10",
    "broken_period": "spread",
    "calendar": {"working_days": [1, 2, 3], "holidays": ["2026-08-15"], "shift": "next"},
    "charges": [
        {"name": "Fee", "head": "charge", "on": "instalment", "amount": "25.00"},
        {"name": "Cover", "on": "disbursement", "percent": "1.25", "deduct": True},
    ],
    "penalty": {
        "percent_a_year": "24",
        "of": "overdue-principal",
        "grace_days": 3,
        "cap_percent": "5",
        "tax_percent": "18",
    },
    "foreclosure": {"interest": "all", "charge_percent": "2", "tax_percent": "18"},
    "allocation": {
        "order": ["interest", "principal", "charge", "penalty"],
        "across": "head",
        "advance_order": ["principal", "interest", "charge", "penalty"],
        "advance_to": "last",
    },
    "recalculate": "daily",
}


@pytest.fixture
def screen(qtbot: QtBot, manager: Station) -> SettingsScreen:
    """Settings, opened on the products."""
    made = SettingsScreen(manager)
    qtbot.addWidget(made)
    made.resize(1178, 684)
    with qtbot.waitActive(made):
        made.show()
    made.choose("products")
    return made


@pytest.fixture
def products(qtbot: QtBot, screen: SettingsScreen) -> ProductsPart:
    """The editor once its first product is quoted."""
    part = screen.part("products")
    assert isinstance(part, ProductsPart)
    qtbot.waitUntil(lambda: part.trial.quote is not None)
    return part


def saved(house: House, code: str) -> ProductRow:
    rows = house.ask(house.manager, ListProducts(active=False))
    return next(row for row in rows if row.product.code == code)


def choose(part: ProductsPart, **values: object) -> None:
    """Put values in as a person does."""
    for name, value in values.items():
        part.form.set_value(name, value)
        part.form.edited.emit(name)


def dialog_of(screen: SettingsScreen) -> Dialog:
    found = [d for d in screen.findChildren(QDialog) if d.isVisible()][-1]
    assert isinstance(found, Dialog)
    return found


def with_terms(before: ProductFacts, terms: dict[str, object]) -> ProductFacts:
    values = {**shown(before)}
    made = facts_of(values, before)
    return ProductFacts(
        **{name: getattr(made, name) for name in ProductFacts.__slots__ if name != "terms"},
        terms=json.dumps(terms),
    )


def test_every_key_of_the_terms_comes_back_as_it_was(branch: House) -> None:
    full = with_terms(saved(branch, "IND-M").product, dict(FULL))
    assert json.loads(facts_of(shown(full), full).terms) == FULL


def test_every_choice_has_its_meaning() -> None:
    for name, table in SAID.items():
        assert {value for value, _words in CHOICES[name]} == set(table), name


def test_every_term_says_beside_it_what_is_chosen(products: ProductsPart) -> None:
    form = products.form
    said = meanings({name: form.value(name) for name in form.draft()}, "INR")
    for name in form.draft():
        box = form.box(name)
        if isinstance(box, BesideBox) and box.isVisible() and not name.startswith("penalty_"):
            assert box.meaning == said[name] != "", name


def test_the_meaning_follows_the_choice(products: ProductsPart) -> None:
    choose(products, grace_principal=3)
    box = products.form.box("grace_principal")
    assert isinstance(box, BesideBox)
    assert box.meaning == "The first 3 lines ask no principal; the others repay it."


def test_only_what_the_choices_ask_for_is_shown(products: ProductsPart) -> None:
    form = products.form
    assert form.box("penalty_percent").isHidden()
    choose(products, penalty="percent")
    assert not form.box("penalty_percent").isHidden()
    assert form.box("penalty_amount").isHidden()


def test_schedule_and_cost_are_grey_until_the_new_ones_are_there(
    qtbot: QtBot, products: ProductsPart
) -> None:
    before = products.trial.cost.value("interest")
    with qtbot.waitSignal(products.trial.quoted):
        choose(products, annual_rate=Fraction(14, 100))
        assert products.trial.table.is_stale
        assert products.trial.cost.value("interest") == before
    assert not products.trial.table.is_stale
    assert products.trial.cost.value("interest") != before


def test_a_refusal_of_the_engine_stands_at_its_field_and_goes_with_it(
    qtbot: QtBot, products: ProductsPart
) -> None:
    box = products.form.box("broken_period")
    choose(products, down_payment=Fraction(1, 10), broken_period="separate")
    qtbot.waitUntil(lambda: "down payment" in box.error)
    with qtbot.waitSignal(products.trial.quoted):
        choose(products, broken_period="spread")
    qtbot.waitUntil(lambda: box.error == "")


def test_a_loan_outside_the_bounds_is_refused_at_the_trial_loan(
    qtbot: QtBot, products: ProductsPart
) -> None:
    products.trial.form.set_value("count", 999)
    products.trial.form.edited.emit("count")
    qtbot.waitUntil(lambda: products.trial.form.box("count").error != "")


def test_the_disclosed_schedule_is_the_exact_run(qtbot: QtBot, products: ProductsPart) -> None:
    quote = products.trial.quote
    assert quote is not None
    collected = products.trial.table.model.rows()
    products.trial.switch()
    assert products.trial.run.value() == DISCLOSED
    assert products.trial.table.model.rows() == quote.disclosed_lines != collected
    assert products.trial.cost.value("apr") == f"{quote.disclosed_apr_percent}%"


def test_a_charge_is_added_by_keys_and_quoted(
    qtbot: QtBot, products: ProductsPart, screen: SettingsScreen
) -> None:
    before = products.trial.cost.value("charges")
    QTest.keyClick(screen, Qt.Key.Key_C, Qt.KeyboardModifier.AltModifier)
    made = products.form.charges.charges[-1]
    made.form.set_values({"name": "Visit", "how": "amount", "amount": 50_00})
    with qtbot.waitSignal(products.trial.quoted):
        made.form.edited.emit("how")
    assert products.trial.cost.value("charges") != before
    QTest.keyClick(screen, Qt.Key.Key_R, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: products.trial.cost.value("charges") == before)


def test_a_charge_says_what_it_comes_to() -> None:
    fee = {"name": "Fee", "on": "instalment", "percent": "2", "of": "interest"}
    assert charge_sentence(fee, "INR") == (
        "2% of the line's interest, asked with every instalment."
    )


def test_the_order_of_heads_is_moved_by_keys(qtbot: QtBot, products: ProductsPart) -> None:
    order = products.form.editor("order")
    assert isinstance(order, OrderEdit)
    order.setFocus()
    before = order.value()
    QTest.keyClick(order, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert order.value() == (before[1], before[0], *before[2:])
    assert products.form.is_dirty()


def test_what_the_statement_says_beside_the_terms_is_kept(
    qtbot: QtBot, products: ProductsPart, branch: House
) -> None:
    code = products.form.value("code")
    choose(products, grievance_name="Asha Verma", transferable="no", cooling_off_days=3)
    products.save()
    qtbot.waitUntil(lambda: saved(branch, code).version == 2)
    notes = saved(branch, code).product.key_facts
    assert notes is not None
    assert (notes.grievance_name, notes.transferable) == ("Asha Verma", False)
    assert notes.cooling_off_days == 3


def test_the_next_section_is_a_key_away(qtbot: QtBot, products: ProductsPart) -> None:
    products.form.focus("title")
    products.form.section_by(1)
    assert products.form.editor("min_minor").hasFocus()
    products.form.section_by(-1)
    assert products.form.editor("title").hasFocus()


def test_new_terms_hold_from_their_day_and_the_old_ones_until_then(
    qtbot: QtBot, products: ProductsPart, screen: SettingsScreen, branch: House, manager: Station
) -> None:
    code = products.form.value("code")
    rate = saved(branch, code).product.terms
    choose(products, annual_rate=Fraction(15, 100))
    products.save_from()
    dialog = dialog_of(screen)
    assert dialog.form is not None
    day = manager.today + timedelta(days=30)
    dialog.form.set_value("effective_from", day)
    dialog.decide()
    qtbot.waitUntil(lambda: saved(branch, code).next_from == day)
    assert saved(branch, code).product.terms == rate
    qtbot.waitUntil(lambda: "Other terms hold from" in products.sentence.text())


def test_versions_say_what_each_changed(
    qtbot: QtBot, products: ProductsPart, screen: SettingsScreen, branch: House
) -> None:
    code = products.form.value("code")
    choose(products, annual_rate=Fraction(15, 100))
    products.save_from()
    dialog = dialog_of(screen)
    assert dialog.form is not None
    dialog.form.set_value("effective_from", products.station.today + timedelta(days=1))
    dialog.decide()
    product_id = saved(branch, code).product_id

    def count() -> int:
        query = ListProductVersions(product_id=product_id)
        return len(branch.ask(branch.manager, query))

    qtbot.waitUntil(lambda: count() == 2)
    qtbot.waitUntil(lambda: "Other terms" in products.sentence.text())
    products.versions()
    versions = dialog_of(screen)
    assert isinstance(versions, VersionsDialog)
    qtbot.waitUntil(lambda: versions.model.count == 2)
    changed = versions.changed.model.rows()
    assert [(one.label, one.after) for one in changed] == [
        ("Interest: Usual rate, % a year", "15%")
    ]
    assert unnamed(versions) == []
    versions.reject()


def test_a_product_that_is_the_same_has_no_differences(branch: House) -> None:
    facts = saved(branch, "IND-M").product
    assert differences(facts, facts) == []


@pytest.mark.parametrize("scale", [100, 150])
def test_nothing_is_cut_and_nothing_scrolls_sideways(
    qtbot: QtBot, products: ProductsPart, screen: SettingsScreen, qapp: QApplication, scale: int
) -> None:
    theme().apply(qapp, Mode.DARK, scale)
    QApplication.processEvents()
    assert clipped(screen) == []
    products.try_it()
    QApplication.processEvents()
    assert clipped(screen) == []
