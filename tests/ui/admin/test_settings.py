"""Settings: people, products with their trial loan, printers, the backup, the look."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ListProducts, ListUsers
from app.rows.admin import ProductRow, UserRow
from tests.services.branch import House
from tests.ui.places import clipped, unnamed
from ui.admin.accounts import AccountsPart, rule_said
from ui.admin.backup import BackupPart
from ui.admin.backup_schedule import TRIED
from ui.admin.branch import BranchPart
from ui.admin.charge_fields import percent_text
from ui.admin.look import LookPart
from ui.admin.part import Part
from ui.admin.printers import PrintersPart
from ui.admin.products import ProductsPart
from ui.admin.roles import RolesPart
from ui.admin.rule_tables import RuleTablesPart
from ui.admin.screen import SettingsScreen
from ui.admin.terms_form import facts_of, shown
from ui.admin.user_dialog import UserDialog
from ui.admin.users import UsersPart
from ui.kit.look import Look
from ui.kit.printing import FOLDER, RECEIPT, SCHEDULE
from ui.kit.screen_context import Station
from ui.kit.tokens import Mode
from ui.parts.backups import plan_of

P = TypeVar("P", bound=Part)


@pytest.fixture
def screen(qtbot: QtBot, manager: Station) -> SettingsScreen:
    """Settings, as the manager sees them."""
    made = SettingsScreen(manager)
    qtbot.addWidget(made)
    made.resize(1178, 684)
    with qtbot.waitActive(made):
        made.show()
    return made


def part(screen: SettingsScreen, name: str, kind: type[P]) -> P:
    screen.choose(name)
    found = screen.part(name)
    assert isinstance(found, kind)
    return found


def people(house: House) -> dict[str, UserRow]:
    return {row.login: row for row in house.ask(house.manager, ListUsers())}


def products(house: House, session: Session) -> dict[str, ProductRow]:
    rows = house.ask(session, ListProducts(active=False))
    return {row.product.code: row for row in rows}


def user_dialog(screen: SettingsScreen) -> UserDialog:
    found = [d for d in screen.findChildren(QDialog) if d.isVisible()][-1]
    assert isinstance(found, UserDialog)
    return found


def test_every_part_names_its_controls_and_clips_nothing(
    qtbot: QtBot, screen: SettingsScreen
) -> None:
    for name in screen.names():
        screen.choose(name)
        QApplication.processEvents()
        assert unnamed(screen) == [], name
        assert clipped(screen.part(name)) == [], name


def test_a_person_is_added_with_a_role_and_limits(
    qtbot: QtBot, screen: SettingsScreen, branch: House
) -> None:
    users = part(screen, "users", UsersPart)
    qtbot.waitUntil(lambda: users.model.count == 3)
    users.add()
    dialog = user_dialog(screen)
    assert dialog.form is not None
    values = {"full_name": "Anita Gautam", "login": "anita", "password": "long-enough"}
    dialog.form.set_values({**values, "is_officer": True, "sanction_minor": 50_000_00})
    dialog.decide()
    qtbot.waitUntil(lambda: "anita" in people(branch))
    added = people(branch)["anita"]
    assert added.grants[0].role is Role.OFFICER
    assert added.grants[0].sanction_minor == 50_000_00
    qtbot.waitUntil(lambda: users.model.count == 4)


def test_a_person_without_a_role_is_refused_at_the_roles(
    qtbot: QtBot, screen: SettingsScreen
) -> None:
    part(screen, "users", UsersPart).add()
    dialog = user_dialog(screen)
    assert dialog.form is not None
    dialog.form.set_values({"full_name": "A", "login": "anita", "password": "long-enough"})
    dialog.decide()
    box = dialog.form.box("is_cashier")
    qtbot.waitUntil(lambda: box.error != "")
    dialog.reject()


def test_the_last_manager_stays_and_is_told_so(qtbot: QtBot, screen: SettingsScreen) -> None:
    users = part(screen, "users", UsersPart)
    qtbot.waitUntil(lambda: users.model.count == 3)
    meena = next(row for row in users.model.rows() if row.login == "meena")
    users.change(meena)
    dialog = user_dialog(screen)
    assert dialog.form is not None
    dialog.form.set_values({"is_manager": False, "is_officer": True})
    dialog.decide()
    box = dialog.form.box("is_cashier")
    qtbot.waitUntil(lambda: "manager" in box.error)
    dialog.reject()


def test_switching_somebody_off_keeps_password_and_days_of_the_grant(
    qtbot: QtBot, screen: SettingsScreen, branch: House
) -> None:
    users = part(screen, "users", UsersPart)
    qtbot.waitUntil(lambda: users.model.count == 3)
    before = people(branch)["officer1"]
    users.change(before)
    dialog = user_dialog(screen)
    assert dialog.form is not None
    dialog.form.set_value("active", False)
    dialog.decide()
    qtbot.waitUntil(lambda: not people(branch)["officer1"].active)
    assert people(branch)["officer1"].grants == before.grants


def test_the_form_of_a_product_gives_the_same_product_back(branch: House) -> None:
    for row in products(branch, branch.manager).values():
        made = facts_of(shown(row.product), row.product)
        assert json.loads(made.terms) == json.loads(row.product.terms)
        assert replace(made, terms="") == replace(row.product, terms="")


def test_a_changed_rate_is_quoted_before_it_is_saved(
    qtbot: QtBot, screen: SettingsScreen, branch: House
) -> None:
    found = part(screen, "products", ProductsPart)
    qtbot.waitUntil(lambda: found.trial.table.model.count > 0)
    row = products(branch, branch.manager)["JLG-W"]
    found.choice.set_value(row.product_id)
    found.choice.edited.emit()
    with qtbot.waitSignal(found.trial.quoted) as first:
        found.trial.show_product(row.product, anew=True)
    found.form.set_value("annual_rate", Fraction(18, 100))
    with qtbot.waitSignal(found.trial.quoted) as second:
        found.form.edited.emit("annual_rate")
    assert second.args[0].interest_minor < first.args[0].interest_minor
    assert products(branch, branch.manager)["JLG-W"] == row


def test_a_product_that_cannot_be_lent_by_is_told_beside_the_trial(
    qtbot: QtBot, screen: SettingsScreen
) -> None:
    found = part(screen, "products", ProductsPart)
    qtbot.waitUntil(lambda: found.trial.table.model.count > 0)
    found.form.set_value("min_rate", Fraction(40, 100))
    found.form.edited.emit("min_rate")
    qtbot.waitUntil(lambda: found.trial.banner.text() != "")


def test_saving_a_product_makes_its_next_version(
    qtbot: QtBot, screen: SettingsScreen, branch: House
) -> None:
    found = part(screen, "products", ProductsPart)
    qtbot.waitUntil(lambda: len(found.rows) == 4)
    code = found.form.value("code")
    found.form.set_value("title", "Mahila Udyam")
    found.form.edited.emit("title")
    found.save()
    qtbot.waitUntil(lambda: products(branch, branch.manager)[code].version == 2)
    assert products(branch, branch.manager)[code].product.title == "Mahila Udyam"
    qtbot.waitUntil(lambda: found.form.value("title") == "Mahila Udyam")


def test_a_changed_product_is_not_left_without_a_word(qtbot: QtBot, screen: SettingsScreen) -> None:
    found = part(screen, "products", ProductsPart)
    qtbot.waitUntil(lambda: len(found.rows) == 4)
    found.form.set_value("title", "Changed")
    screen.choose("users")
    assert screen.current == "products"
    assert "not saved" in found.banner.text()
    found.undo()
    screen.choose("users")
    assert screen.current == "users"


def test_a_refused_product_says_it_at_the_field(qtbot: QtBot, screen: SettingsScreen) -> None:
    found = part(screen, "products", ProductsPart)
    qtbot.waitUntil(lambda: len(found.rows) == 4)
    found.form.set_value("max_minor", 1)
    found.save()
    qtbot.waitUntil(lambda: found.form.box("max_minor").error != "")


def test_rates_are_written_exactly() -> None:
    assert percent_text(Fraction(24, 100)) == "24"
    assert percent_text(Fraction(9, 400)) == "2.25"
    assert percent_text(Fraction(0)) == "0"


def test_a_printer_that_is_a_folder_is_kept_and_gets_the_test_page(
    qtbot: QtBot, screen: SettingsScreen, manager: Station, tmp_path: Path
) -> None:
    found = part(screen, "printers", PrintersPart)
    qtbot.waitUntil(lambda: found.printer["receipt"].count() > 0)
    found.keep(RECEIPT, FOLDER + str(tmp_path / "papers"), "80mm")
    qtbot.waitUntil(lambda: manager.settings.get("paper.receipt") == "80mm")
    found.test(RECEIPT)
    qtbot.waitUntil(lambda: "Sent to" in found.banner.text(), timeout=20_000)
    assert (tmp_path / "papers" / "test.pdf").read_bytes().startswith(b"%PDF")


def test_without_a_printer_the_test_page_says_so(qtbot: QtBot, screen: SettingsScreen) -> None:
    found = part(screen, "printers", PrintersPart)
    qtbot.waitUntil(lambda: found.printer["schedule"].count() > 0)
    found.test(SCHEDULE)
    qtbot.waitUntil(lambda: "printer" in found.banner.text(), timeout=20_000)


def test_a_backup_shows_what_was_verified_and_is_remembered(
    qtbot: QtBot, screen: SettingsScreen, manager: Station, tmp_path: Path
) -> None:
    found = part(screen, "backup", BackupPart)
    found.form.set_value("folder", str(tmp_path / "disk"))
    found.make()
    qtbot.waitUntil(lambda: manager.settings.get("backup.last") != "")
    assert found.last.isVisible()
    assert json.loads(manager.settings.get("backup.last"))["rows"] == 1234


def test_a_chosen_look_is_told_to_the_window(qtbot: QtBot, screen: SettingsScreen) -> None:
    found = part(screen, "look", LookPart)
    found.mode.set_value(Mode.DARK)
    with qtbot.waitSignal(screen.station.look_chosen) as told:
        found.mode.edited.emit()
    assert told.args == [replace(Look(), mode=Mode.DARK)]


def test_the_branch_is_renamed_and_every_permission_of_the_roles_has_words(
    qtbot: QtBot, screen: SettingsScreen, branch: House
) -> None:
    found = part(screen, "branch", BranchPart)
    qtbot.waitUntil(lambda: found.form.value("branch_name") == "Sitapur")
    assert not found.form.box("currency").editor.isEnabled()
    assert found.model.count == 1
    found.form.set_value("branch_name", "Sitapur Road")
    found.form.edited.emit("branch_name")
    found.save()
    qtbot.waitUntil(lambda: screen.station.branch.name == "Sitapur Road")
    roles = part(screen, "roles", RolesPart)
    words = [roles.model.cell(row, 0).text for row in roles.model.rows()]
    assert len(set(words)) == len(words) > 30
    assert unnamed(screen) == []


def test_accounts_rules_and_charges_are_listed_and_a_charge_leads_to_its_product(
    qtbot: QtBot, screen: SettingsScreen, branch: House
) -> None:
    found = part(screen, "accounts", AccountsPart)
    qtbot.waitUntil(lambda: found.chart.count > 20 and found.charges.count > 2)
    assert all("Debit" in rule_said(row).spoken() for row in found.rules.rows())
    charge = found.charges.rows()[-1]
    screen.arrive(part="products", product=charge.code)
    shown_product = part(screen, "products", ProductsPart)
    qtbot.waitUntil(lambda: shown_product.form.value("code") == charge.code)


def test_the_figures_of_the_rules_are_cited_and_every_case_holds(
    qtbot: QtBot, screen: SettingsScreen
) -> None:
    found = part(screen, "rules", RuleTablesPart)
    qtbot.waitUntil(lambda: found.figures.count > 20)
    assert all(row.citation for row in found.figures.rows())
    found.try_cases()
    qtbot.waitUntil(lambda: found.cases.count > 10, timeout=20_000)
    assert [case.name for case in found.cases.rows() if not case.held] == []
    assert any(case.expected for case in found.cases.rows())


def test_a_plan_of_backups_is_kept_at_once_and_a_backup_is_tried(
    qtbot: QtBot, screen: SettingsScreen, manager: Station, tmp_path: Path
) -> None:
    found = part(screen, "backup", BackupPart)
    qtbot.waitUntil(lambda: found.schedule.tried.text() != "")
    found.schedule.at_close.set_value(True)
    found.schedule.at_close.edited.emit()
    qtbot.waitUntil(lambda: plan_of(manager.settings).at_close)
    found.try_file(tmp_path / "any.kist-backup")
    qtbot.waitUntil(lambda: "whole" in manager.settings.get(TRIED))
    assert "7 loans, 12 receipts" in found.banner.text()
