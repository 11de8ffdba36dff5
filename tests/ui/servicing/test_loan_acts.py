"""Acts on a loan: seen before they are done, asked of a second person, undone."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from app.commands.acts import ProposeAct, RescheduleLoan, wanted
from app.commands.origination import Mode
from app.domain.allocation import Head
from app.rows.facts import TranchePlan
from app.rows.servicing import LoanView
from tests.services.acting import another, write_off
from tests.services.branch import House
from tests.services.lending import disburse, disclose, next_day, sanctioned, today
from tests.ui.places import clipped, unnamed
from tests.ui.servicing.loan_acts import Seen, seen
from tests.ui.servicing.test_loan import give_limit
from ui.servicing.act_check import CheckDialog
from ui.servicing.act_close import CloseDialog
from ui.servicing.act_dialog import ActDialog


@pytest.fixture
def one(qtbot: QtBot, branch: House, tmp_path: Path) -> Seen:
    """A late loan, as the manager sees it."""
    return seen(qtbot, branch, tmp_path)


def act_dialog(one: Seen, name: str) -> ActDialog:
    """The dialog of an act, just opened."""
    one.screen.action_set.run(name)
    dialog = one.dialog()
    assert isinstance(dialog, ActDialog)
    return dialog


def fill(dialog: ActDialog, **values: object) -> None:
    """Type into the fields, as a person."""
    assert dialog.form is not None
    for name, value in values.items():
        dialog.form.set_value(name, value)
        dialog.form.edited.emit(name)


def undone(view: LoanView, what: str) -> bool:
    """Whether the only line of this kind in the statement is reversed."""
    return [line.reversed for line in view.ledger if line.what == what] == [True]


def test_a_rate_is_seen_before_and_after_and_then_agreed(qtbot: QtBot, one: Seen) -> None:
    dialog = act_dialog(one, "rate")
    fill(dialog, annual_rate=Fraction(18, 100), reason="good payer")
    qtbot.waitUntil(lambda: dialog.panel.preview is not None and not dialog.panel.is_stale)
    preview = dialog.panel.preview
    assert preview is not None
    assert (preview.before.annual_rate, preview.after.annual_rate) == ("24", "18")
    qtbot.waitUntil(lambda: clipped(dialog) == [])
    assert unnamed(dialog) == []
    dialog.decide()
    one.wait_closed()
    one.wait_fresh()
    assert one.truth().annual_rate == "18"
    assert one.truth().next_due_minor == preview.after.next_due_minor


def test_what_is_shown_is_grey_while_something_else_is_typed(qtbot: QtBot, one: Seen) -> None:
    dialog = act_dialog(one, "charge")
    fill(dialog, title="Visit", amount_minor=61_00)
    qtbot.waitUntil(lambda: dialog.panel.preview is not None and not dialog.panel.is_stale)
    fill(dialog, amount_minor=90_00)
    assert dialog.panel.is_stale
    qtbot.waitUntil(lambda: not dialog.panel.is_stale)
    preview = dialog.panel.preview
    assert preview is not None
    assert preview.amount_minor == 90_00


def test_a_refusal_stands_at_its_field_before_anything_is_done(qtbot: QtBot, one: Seen) -> None:
    dialog = act_dialog(one, "reschedule")
    assert dialog.form is not None
    box = dialog.form.box("first_due_on")
    fill(dialog, first_due_on=today(one.house) - timedelta(3))
    qtbot.waitUntil(lambda: box.error != "")
    fill(dialog, first_due_on=today(one.house) + timedelta(28))
    qtbot.waitUntil(lambda: box.error == "" and not dialog.panel.is_stale)


def test_what_was_typed_is_back_after_leaving(qtbot: QtBot, one: Seen) -> None:
    dialog = act_dialog(one, "charge")
    fill(dialog, title="Visit", amount_minor=61_00)
    dialog.reject()
    one.wait_closed()
    drafts, name = one.screen.station.drafts, f"act-charge-{one.loan_id}"
    qtbot.waitUntil(lambda: drafts.find(name) is not None)
    again = act_dialog(one, "charge")
    form = again.form
    assert form is not None
    qtbot.waitUntil(lambda: form.value("title") == "Visit")
    assert form.value("amount_minor") == 61_00


def test_above_the_own_limit_a_second_person_is_asked(qtbot: QtBot, one: Seen) -> None:
    give_limit(one.house, 1_00)
    due = one.truth().due_today
    dialog = act_dialog(one, "waive")
    fill(dialog, head=Head.PRINCIPAL, amount_minor=2_00, reason="flood")
    qtbot.waitUntil(lambda: "second person" in dialog.limit.text())
    dialog.decide()
    one.wait_closed()
    one.wait_fresh()
    view = one.truth()
    assert view.due_today == due
    assert [check.amount_minor for check in view.checks] == [2_00]
    assert len(one.screen.strip.lines) == 1


def test_the_maker_takes_back_what_was_asked(qtbot: QtBot, one: Seen) -> None:
    test_above_the_own_limit_a_second_person_is_asked(qtbot, one)
    one.screen.action_set.run("look")
    dialog = one.dialog()
    assert isinstance(dialog, CheckDialog)
    assert dialog.mine
    one.decide(reason="typed wrongly")
    one.wait_closed()
    one.wait_fresh()
    assert one.truth().checks == ()


def asked(one: Seen) -> None:
    """Somebody else asks for a reschedule."""
    maker = another(one.house, "asha")
    command = RescheduleLoan(
        loan_id=one.loan_id, on=today(one.house), instalments=20, reason="flood"
    )
    one.house.run(maker, ProposeAct(loan_id=one.loan_id, act=wanted(command)))
    one.screen.stale()
    one.wait_fresh()


def test_the_checker_sees_what_it_would_make_and_accepts(qtbot: QtBot, one: Seen) -> None:
    asked(one)
    one.screen.action_set.run("look")
    dialog = one.dialog()
    assert isinstance(dialog, CheckDialog)
    qtbot.waitUntil(lambda: dialog.panel.preview is not None)
    assert "flood" in dialog.given.text()
    dialog.decide()
    one.wait_closed()
    one.wait_fresh()
    view = one.truth()
    assert view.checks == ()
    assert len(view.instalments) > 12


def test_declining_wants_a_reason(qtbot: QtBot, one: Seen) -> None:
    asked(one)
    one.screen.action_set.run("look")
    dialog = one.dialog()
    assert isinstance(dialog, CheckDialog)
    assert dialog.form is not None
    dialog.decline()
    assert dialog.form.box("reason").error
    dialog.form.set_value("reason", "not now")
    dialog.decline()
    one.wait_closed()
    one.wait_fresh()
    assert one.truth().checks == ()
    assert len(one.truth().instalments) == 12


def test_a_written_off_loan_tells_what_was_struck_and_takes_recoveries(
    qtbot: QtBot, one: Seen
) -> None:
    write_off(one.house, one.loan_id)
    one.screen.stale()
    one.wait_fresh()
    assert "Written off" in one.screen.strip.lines[0].text()
    one.screen.action_set.run("receipt")
    one.decide(amount_minor=500_00, mode=Mode.CASH)
    one.wait_closed()
    one.wait_fresh()
    assert one.truth().recovered_minor == 500_00
    qtbot.waitUntil(lambda: any("printed" in said for said in one.said), timeout=20_000)


def test_a_line_of_the_statement_is_reversed_and_stays_struck(qtbot: QtBot, one: Seen) -> None:
    one.screen.action_set.run("charge")
    one.decide(title="Visit", head=Head.CHARGE, amount_minor=61_00, reason="visit")
    one.wait_closed()
    one.wait_fresh()
    one.screen.tabs.choose("statement")
    rows = one.truth().ledger
    one.screen.tabs.statement.set_current([line.what for line in rows].index("charge"))
    one.screen.action_set.run("reverse")
    one.decide(reason="mistake")
    one.wait_closed()
    one.wait_fresh()
    assert undone(one.truth(), "charge")


def test_the_disbursement_cannot_be_reversed_and_says_so(one: Seen) -> None:
    one.screen.tabs.choose("statement")
    one.screen.tabs.statement.set_current(0)
    one.screen.action_set.run("reverse")
    assert "cannot be reversed" in one.screen.banner.text()


def test_a_quote_for_a_later_day_is_kept_and_paid_on_that_day(qtbot: QtBot, one: Seen) -> None:
    dialog = act_dialog(one, "close")
    assert isinstance(dialog, CloseDialog)
    day = today(one.house) + timedelta(7)
    fill(dialog, on=day)
    qtbot.waitUntil(lambda: getattr(dialog.quote, "on", None) == day)
    dialog.decide()
    one.leave_paper("Quote to close a loan early")
    one.wait_closed()
    one.wait_fresh()
    (quote,) = one.truth().quotes
    assert (quote.closes_on, quote.state) == (day, "coming")
    next_day(one.house, 7)
    one.screen.station.branch_changed.emit()
    one.wait_fresh()
    (quote,) = one.truth().quotes
    assert quote.state == "open"
    one.screen.acts.close_early(one.truth(), quote)
    one.decide(mode=Mode.CASH)
    one.wait_closed()
    one.wait_fresh()
    assert one.truth().status != "active"
    assert quote.total_minor in [line.credit_minor for line in one.truth().ledger]


def test_the_next_part_is_handed_out_on_its_day_with_a_voucher(qtbot: QtBot, one: Seen) -> None:
    house = one.house
    application_id = sanctioned(house, 12_000_00, product="IND-M")
    later = (TranchePlan(today(house), 5_000_00),)
    disclose(house, application_id, tranches=later)
    loan_id = disburse(house, application_id)
    one.loan_id = loan_id
    one.screen.arrive(loan_id=loan_id)
    one.screen.stale()
    one.wait_fresh()
    assert [part.paid_on is None for part in one.truth().tranches] == [False, True]
    one.screen.action_set.run("tranche")
    one.decide(mode=Mode.BANK, reference="NEFT 2")
    one.leave_paper("Voucher")
    one.wait_closed()
    one.wait_fresh()
    assert one.truth().outstanding_minor == 12_000_00
    assert any("voucher" in said for said in one.said)


def test_every_paper_of_a_loan_stands_in_one_menu(one: Seen) -> None:
    names = one.screen.papers.names
    can = {a.name: a.enabled() for a in one.screen.action_set.all() if a.name in names}
    assert can == {
        "schedule": True,
        "card": True,
        "account": True,
        "sanction": True,
        "demand": True,
        "no-dues": True,
        "proof": True,
        "paper-quote": False,
        "paper-out": True,
        "paper-line": False,
    }
    one.screen.action_set.run("paper-out")
    one.leave_paper("Voucher")
    one.wait_closed()
