"""Paying out: what becomes of the money is shown before it goes, by what will pay it out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.commands.origination import TranchePlan
from app.texts.figures import amount
from tests.services.applying import attach, decide, enter, sanction, show, verify
from tests.services.branch import House
from tests.services.lending import disclose, lent, next_day, receive, shown, today
from tests.ui.origination.application_acts import dialog_of, opened, primary, stage_is
from tests.ui.places import clipped, station
from ui.kit.buttons import Button
from ui.origination.disburse import DisburseDialog
from ui.origination.later_parts import parts_of, text_of


def topping_up(house: House) -> tuple[int, int]:
    """An old loan, and the disclosed application of its borrower that pays a part out later."""
    old = lent(house, 10_000_00)
    next_day(house, 8)
    receive(house, old, 859_00)
    application = enter(house, party_id=shown(house, old).party_id).application_id
    attach(house, application)
    verify(house, application)
    decided = decide(house, application)
    house.run(house.manager, sanction(decided, override_reason="Known for years"))
    later = TranchePlan(today(house) + timedelta(days=28), 10_000_00)
    disclose(house, application, tranches=(later,))
    return old, application


def test_an_old_loan_is_closed_out_of_the_first_part(
    qtbot: QtBot, branch: House, tmp_path: Path
) -> None:
    old, application = topping_up(branch)
    screen = opened(qtbot, station(qtbot, branch, "manager", tmp_path), application)
    view = screen.view
    assert view is not None
    screen.acts.disburse(view)
    dialog = dialog_of(qtbot, screen)
    assert isinstance(dialog, DisburseDialog)
    assert dialog.form is not None
    assert dialog.preview.now_minor == 20_000_00
    dialog.form.set_value("closes_loan_id", old)
    dialog.form.edited.emit("closes_loan_id")
    assert dialog.panel.is_stale
    qtbot.waitUntil(lambda: dialog.preview.closing is not None)
    closing = dialog.preview.closing
    assert closing is not None
    in_hand = 20_000_00 - 300_00 - 54_00 - closing.total_minor
    words = amount(in_hand, "INR", symbol=True, trim=True)
    assert any(words in button.text() for button in dialog.findChildren(Button))
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    dialog.form.set_value("reference", "N5")
    primary(qtbot, dialog)
    stage_is(qtbot, screen, "disbursed")
    loan_id = show(branch, application).loan_id
    assert loan_id is not None
    assert shown(branch, loan_id).outstanding_minor == 20_000_00
    assert shown(branch, old).status == "closed"


def test_later_parts_are_typed_a_line_each(branch: House) -> None:
    on = today(branch)
    parts = parts_of("+28 10,000\n2026-05-01  2.5 lakh\n", "INR", on)
    assert [part.amount_minor for part in parts] == [10_000_00, 2_50_000_00]
    assert parts[0].on == on + timedelta(days=28)
    assert parts_of(text_of(parts, "INR"), "INR", on) == parts
    with pytest.raises(ValueError, match="Line 2"):
        parts_of("+28 10,000\n+30", "INR", on)
