"""From the list of late loans to a message that left, a letter, a call and a promise taken back."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.commands.messages import SaveLateSettings
from app.domain.letters import CallOutcome
from app.queries.field import ListPromises
from app.queries.late import ListCalls, ListLetters, ShowContact
from app.rows.messages import MailFacts
from tests.gateways import gateway
from tests.services.branch import OPENED, House
from tests.services.planted import Planted
from tests.services.portfolio import worked
from tests.ui.field.test_overdue import opened
from tests.ui.places import clipped, station, unnamed
from ui.field.acts import AMOUNT, DAY
from ui.field.call_dialog import OUTCOME, CallDialog
from ui.field.contact_dialog import STOPPED, ContactDialog
from ui.field.messages import MessagesScreen
from ui.kit.dialog import Dialog
from ui.kit.paper_dialog import PaperDialog
from ui.kit.screen_context import Station, StationScreen


@pytest.fixture
def loans(branch: House) -> dict[str, Planted]:
    """Seven loans, five of them late."""
    return worked(branch)


@pytest.fixture
def manager(qtbot: QtBot, branch: House, loans: dict[str, Planted], tmp_path: Path) -> Station:
    """The manager's station."""
    return station(qtbot, branch, "manager", tmp_path)


def dialog_of(screen: StationScreen) -> Dialog:
    """The dialog that is open, with its form."""
    found = [one for one in screen.findChildren(Dialog) if one.isVisible()]
    assert found
    assert found[-1].form is not None
    return found[-1]


def decide(screen: StationScreen, **values: object) -> Dialog:
    """Fill the open dialog in and accept it."""
    dialog = dialog_of(screen)
    assert dialog.form is not None
    dialog.form.set_values(values)
    dialog.decide()
    return dialog


def test_ticked_loans_get_a_message_each_and_the_list_says_that_it_left(
    qtbot: QtBot, branch: House, manager: Station, loans: dict[str, Planted]
) -> None:
    with gateway() as server:
        settings = SaveLateSettings(
            version=0, provision_norm="", mail=MailFacts(), gateway=server.facts
        )
        branch.run(branch.manager, settings)
        manager.program.outbox.keep_secret("sms", "s3")
        screen = opened(qtbot, manager)
        screen.model.choose(list(screen.model.rows()))
        screen.late.message()
        decide(screen)
        qtbot.waitUntil(lambda: screen.model.chosen() == [])
        messages = MessagesScreen(manager)
        qtbot.addWidget(messages)
        messages.resize(1178, 684)
        messages.show()
        messages.reload()
        qtbot.waitUntil(lambda: messages.model.count == 5)
        assert {row.state for row in messages.model.rows()} == {"queued"}
        messages.send()
        qtbot.waitUntil(lambda: {row.state for row in messages.model.rows()} == {"sent"})
        assert sorted(server.taken.values()) == [1] * 5
        assert clipped(messages) == []
        assert unnamed(messages) == []


def test_letters_are_written_and_shown_as_one_paper(
    qtbot: QtBot, branch: House, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    screen.model.choose(list(screen.model.rows())[:2])
    screen.late.letter()
    decide(screen, stage="demand")
    qtbot.waitUntil(lambda: bool(screen.findChildren(PaperDialog)))
    for row in list(screen.model.rows())[:2]:
        (letter,) = branch.ask(branch.manager, ListLetters(loan_id=row.loan_id))
        assert letter.stage == "demand"
    for paper in screen.findChildren(PaperDialog):
        paper.reject()
    qtbot.waitUntil(lambda: manager.desk.idle)


def test_a_promise_made_on_the_phone_is_taken_back_with_a_reason(
    qtbot: QtBot, branch: House, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    row = screen.model.rows()[0]
    screen.late.called()
    decide(screen, **{OUTCOME: CallOutcome.PROMISE.value})
    dialog = dialog_of(screen)
    assert isinstance(dialog, CallDialog)
    assert dialog.form is not None
    assert dialog.form.box(AMOUNT).error
    decide(screen, **{AMOUNT: 500_00, DAY: OPENED.replace(day=7)})
    qtbot.waitUntil(lambda: screen.model.rows()[0].promise_state == "open")
    (call,) = branch.ask(branch.manager, ListCalls(loan_id=row.loan_id))
    assert call.outcome == "promise"
    screen.late.unpromise()
    qtbot.waitUntil(lambda: any(one.isVisible() for one in screen.findChildren(Dialog)))
    decide(screen, reason="she was mistaken")
    qtbot.waitUntil(lambda: screen.model.rows()[0].promise_state == "")
    (promise,) = branch.ask(branch.manager, ListPromises(loan_id=row.loan_id))
    assert promise.state == "cancelled"


def test_contact_is_stopped_with_a_reason_and_shows_again(
    qtbot: QtBot, branch: House, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    row = screen.model.rows()[0]
    screen.late.contact()
    qtbot.waitUntil(lambda: bool(screen.findChildren(ContactDialog)))
    dialog = decide(screen, contact=STOPPED, address="asha@example.in")
    assert dialog.form is not None
    assert dialog.form.box("reason").error
    decide(screen, reason="in mourning")
    question = ShowContact(loan_id=row.loan_id)
    qtbot.waitUntil(lambda: branch.ask(branch.manager, question).stop_id is not None)
    found = branch.ask(branch.manager, question)
    assert (found.email, found.reason) == ("asha@example.in", "in mourning")
