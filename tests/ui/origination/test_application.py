"""An application on the screen, from the desk to the money."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.commands.origination import IdentityNumber, Mode, PartyFacts, RejectApplication
from app.commands.users import GrantFacts, SaveUser
from app.domain.errors import ValueRefused
from app.domain.roles import Role
from app.queries.admin import ListUsers
from app.queries.origination import ListApplications
from tests.services.applying import AADHAAR, RUPEES, SUNITA, attach, decided, enter, sanction, show
from tests.services.branch import House
from tests.ui.origination.application_acts import (
    CTRL,
    dialog_of,
    disclosed,
    made_active,
    opened,
    press,
    primary,
    stage_is,
    typed,
    up_to_the_decision,
)
from tests.ui.places import clipped, station, unnamed
from ui.kit.screen_context import Station
from ui.kit.theme import theme
from ui.kit.tokens import Mode as Look
from ui.origination.application import NEW_DRAFT
from ui.origination.applications import ApplicationsScreen
from ui.origination.facts import number_of, safe_to_keep
from ui.origination.steps import STEPS

Key = Qt.Key


def test_a_new_application_goes_from_the_desk_to_the_money(
    qtbot: QtBot, branch: House, officer: Station, tmp_path: Path
) -> None:
    screen = opened(qtbot, officer)
    number = up_to_the_decision(qtbot, screen, branch.products["JLG-W"], tmp_path)
    screen.hide()
    boss = opened(qtbot, station(qtbot, branch, "manager", tmp_path), number)
    primary(qtbot, boss)
    primary(qtbot, dialog_of(qtbot, boss))
    stage_is(qtbot, boss, "sanctioned")
    disclosed(qtbot, boss, boss)
    paid: list[int] = []
    boss.acts.disbursed.connect(paid.append)
    press(qtbot, boss, Key.Key_F5)
    dialog = dialog_of(qtbot, boss)
    assert "29,646" in dialog.actions_.all()[1].text
    assert dialog.form is not None
    dialog.form.set_value("mode", Mode.CASH)
    primary(qtbot, dialog)
    mode = dialog.form.box("mode")
    qtbot.waitUntil(lambda: bool(mode.error))  # so much may not be paid out in cash
    dialog.form.set_value("mode", Mode.BANK)
    typed(dialog.form.editor("reference"), "N123")
    primary(qtbot, dialog)
    stage_is(qtbot, boss, "disbursed")
    qtbot.waitUntil(lambda: bool(paid))
    assert show(branch, number).loan_id == paid[0]


@pytest.mark.parametrize(
    ("name", "words"),
    [("aadhaar", "2341 2341 2345"), ("pan", "ABCDE"), ("voter", "AB1"), ("phone", "98391 2274")],
)
def test_a_number_that_is_none_is_refused_at_its_field(
    qtbot: QtBot, officer: Station, name: str, words: str
) -> None:
    screen = opened(qtbot, officer)
    typed(screen.borrower.form.editor(name), words)
    assert screen.borrower.form.box(name).error


def test_an_aadhaar_is_masked_as_soon_as_its_field_is_left(qtbot: QtBot, officer: Station) -> None:
    screen = opened(qtbot, officer)
    typed(screen.borrower.form.editor("aadhaar"), AADHAAR)
    assert screen.borrower.form.value("aadhaar") == "XXXX XXXX 2346"
    assert AADHAAR not in str(screen.joint.draft())


def test_half_an_aadhaar_is_not_kept_in_a_draft() -> None:
    assert safe_to_keep("aadhaar", "234123") == ""
    assert safe_to_keep("aadhaar", AADHAAR) == "XXXX XXXX 2346"
    assert safe_to_keep("pan", "ACU") == "ACU"


def test_a_masked_number_of_a_known_person_passes_and_another_mask_does_not() -> None:
    known = PartyFacts("Sunita", identities=(IdentityNumber("pan", "AXXXX"),))
    assert number_of("pan", lambda: known)("AXXXX") == "AXXXX"
    with pytest.raises(ValueRefused):
        number_of("pan", lambda: None)("AXXXX")


def test_what_was_typed_into_a_new_application_is_there_again(
    qtbot: QtBot, officer: Station
) -> None:
    screen = opened(qtbot, officer)
    typed(screen.borrower.form.editor("full_name"), "Rekha Devi")
    member = screen.household.members.add({"name": "Mohan"})
    typed(member.editor("age"), "41")
    assert screen.can_leave()
    qtbot.waitUntil(lambda: officer.drafts.find(NEW_DRAFT) is not None)

    again = opened(qtbot, officer)
    qtbot.waitUntil(lambda: again.borrower.form.value("full_name") == "Rekha Devi")
    assert again.household.members.typed("age")[-1] == 41
    again.undo()
    assert again.borrower.form.draft()["full_name"] == ""
    qtbot.waitUntil(lambda: officer.drafts.find(NEW_DRAFT) is None)


def test_a_known_person_is_offered_and_taken(qtbot: QtBot, branch: House, officer: Station) -> None:
    enter(branch)
    screen = opened(qtbot, officer)
    typed(screen.borrower.form.editor("phone"), SUNITA.phone)
    qtbot.waitUntil(lambda: bool(screen.borrower.matches.buttons))
    screen.borrower.matches.buttons[0].click()
    qtbot.waitUntil(lambda: screen.joint.party_id is not None)
    assert screen.borrower.form.value("full_name") == "Sunita Devi"
    assert screen.household.members.typed("name") == ["Sunita Devi", "Ram Lal"]
    typed(screen.borrower.form.editor("house"), "7")
    assert screen.can_leave()
    qtbot.waitUntil(lambda: officer.drafts.find(NEW_DRAFT) is not None)
    again = opened(qtbot, officer)
    qtbot.waitUntil(lambda: not again.borrower.matching)
    assert again.joint.party_id == screen.joint.party_id
    party = again.borrower.party()
    assert party is not None  # the masked numbers are known to be this person's
    assert len(party.identities) == len(SUNITA.identities)


def test_a_change_made_elsewhere_meanwhile_is_told_and_nothing_typed_is_lost(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    number = enter(branch).application_id
    screen = opened(qtbot, officer, number)
    screen.choose("request")
    purpose = screen.request.form.editor("purpose")
    typed(purpose, " and thread")
    attach(branch, number)
    primary(qtbot, screen)
    qtbot.waitUntil(lambda: screen.banner.isVisible())
    assert "thread" in screen.request.form.value("purpose")
    assert not screen.can_leave()
    screen.undo()
    stage_is(qtbot, screen, "documents")
    assert not screen.joint.is_dirty()


def test_a_paper_that_comes_while_somebody_types_takes_nothing_away(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    number = enter(branch).application_id
    screen = opened(qtbot, officer, number)
    typed(screen.request.form.editor("purpose"), " and thread")
    attach(branch, number)
    screen.reload()
    stage_is(qtbot, screen, "documents")
    primary(qtbot, screen)
    qtbot.waitUntil(lambda: "thread" in show(branch, number).request.purpose)
    qtbot.waitUntil(lambda: not screen.joint.is_dirty())


@pytest.mark.parametrize("step", STEPS)
def test_at_the_largest_text_no_word_is_cut(
    qtbot: QtBot, branch: House, officer: Station, qapp: QApplication, step: str
) -> None:
    theme().apply(qapp, Look.LIGHT, 150)
    screen = opened(qtbot, officer, decided(branch).application_id)
    screen.choose(step)
    QApplication.processEvents()
    assert clipped(screen) == []


def test_a_sanction_above_the_limit_waits_for_another_person(
    qtbot: QtBot, branch: House, officer: Station, manager: Station
) -> None:
    view = decided(branch)
    limited(branch)
    branch.run(branch.cashier, sanction(view))
    maker = opened(qtbot, station(qtbot, branch, "cashier"), view.application_id)
    qtbot.waitUntil(lambda: maker.banner.isVisible())
    assert not maker.next_act().allowed
    boss = opened(qtbot, manager, view.application_id)
    assert boss.next_act().act == "accept"
    primary(qtbot, boss)
    stage_is(qtbot, boss, "sanctioned")
    assert show(branch, view.application_id).sanction is not None


def test_a_rejection_needs_a_reason(qtbot: QtBot, branch: House, manager: Station) -> None:
    view = decided(branch)
    screen = opened(qtbot, manager, view.application_id)
    screen.action_set.run("reject")
    dialog = dialog_of(qtbot, screen)
    primary(qtbot, dialog)
    assert dialog.form is not None
    assert dialog.form.box("reason").error
    typed(dialog.form.editor("reason"), "Lives too far away")
    primary(qtbot, dialog)
    stage_is(qtbot, screen, "rejected")


def test_every_control_of_every_step_has_a_name(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    screen = opened(qtbot, officer, decided(branch).application_id)
    for step in STEPS:
        screen.choose(step)
        assert unnamed(screen) == []


def test_ctrl_and_the_arrows_go_from_step_to_step(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    screen = opened(qtbot, officer, decided(branch).application_id)
    press(qtbot, screen, Key.Key_Down, CTRL)
    assert screen.step == "household"
    press(qtbot, screen, Key.Key_Up, CTRL)
    assert screen.step == "borrower"


def queue(
    qtbot: QtBot, where: Station, wait: Callable[[ApplicationsScreen], bool]
) -> ApplicationsScreen:
    """The queue, on the screen and read."""
    screen = ApplicationsScreen(where)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    screen.show()
    made_active(qtbot, screen)
    qtbot.waitUntil(lambda: wait(screen))
    return screen


def test_the_queue_counts_stages_and_opens_one_with_enter(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    view = decided(branch)
    went: list[dict[str, object]] = []
    screen = queue(qtbot, officer, lambda s: s.model.rowCount() == 1)
    qtbot.waitUntil(lambda: "1" in screen.chips["decided"].accessibleName())
    screen.table.opened.connect(lambda line: went.append({"id": line.application_id}))
    screen.table.view.setFocus()
    screen.table.set_current(0)
    QTest.keyClick(screen.table.view, Key.Key_Return)
    assert went == [{"id": view.application_id}]
    screen.choose("entered")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 0)
    assert unnamed(screen) == []


def test_the_queue_finds_by_name(qtbot: QtBot, branch: House, officer: Station) -> None:
    enter(branch)
    screen = queue(qtbot, officer, lambda s: s.model.rowCount() == 1)
    QTest.keyClicks(screen.find_edit, "Nobody")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 0)
    screen.find_edit.clear()
    QTest.keyClicks(screen.find_edit, "Sunita")
    qtbot.waitUntil(lambda: screen.model.rowCount() == 1)


def test_a_rejected_application_leaves_the_open_queue(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    number = enter(branch).application_id
    screen = queue(qtbot, officer, lambda s: s.model.rowCount() == 1)
    command = RejectApplication(
        application_id=number, version=show(branch, number).version, reason="Not here"
    )
    branch.run(branch.manager, command)
    screen.reload()
    qtbot.waitUntil(lambda: screen.model.rowCount() == 0)
    assert branch.ask(branch.manager, ListApplications(stage="all")).count == 1
    assert screen.chips["all"].accessibleName().startswith("Everything, 1")


def limited(house: House) -> None:
    """Let the cashier sanction too, but only up to ten thousand."""
    rows = house.ask(house.manager, ListUsers())
    row = next(row for row in rows if row.user_id == house.cashier.user_id)
    grant = GrantFacts(role=Role.MANAGER, sanction_minor=10_000 * RUPEES)
    command = SaveUser(
        user_id=row.user_id,
        version=row.version,
        full_name=row.full_name,
        login=row.login,
        grants=(grant,),
        password_hash="",
    )
    house.run(house.manager, command)
