"""One loan on the screen: its figures, its parts, and what can be done with it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.commands.origination import Mode
from app.commands.users import SaveUser
from app.domain.allocation import Head
from app.domain.roles import Role
from app.queries.admin import ListUsers
from app.queries.field import ListPromises
from app.queries.servicing import QuoteForeclosure
from app.texts.figures import amount
from tests.services.branch import House, user
from tests.services.lending import today
from tests.ui.places import clipped, unnamed
from tests.ui.servicing.loan_acts import Seen, seen
from ui.kit.figures import Figure
from ui.kit.text import Text
from ui.servicing.loan_side import planned_now, real_points


@pytest.fixture
def one(qtbot: QtBot, branch: House, tmp_path: Path) -> Seen:
    """A late loan, as the manager sees it."""
    return seen(qtbot, branch, tmp_path)


def words(figure: Figure) -> str:
    """All the words of a figure."""
    return " ".join(label.text() for label in figure.findChildren(Text))


def told(widget: QWidget) -> str:
    """All the words that stand on a widget."""
    return " ".join(label.text() for label in widget.findChildren(Text))


def give_limit(house: House, waive_minor: int) -> None:
    """Let the manager waive up to so much; another manager grants it."""
    second = house.run(house.manager, user(Role.MANAGER))
    rows = house.ask(house.manager, ListUsers())
    row = next(row for row in rows if row.user_id == house.manager.user_id)
    house.run(
        replace(house.manager, user_id=second.user_id),
        SaveUser(
            user_id=row.user_id,
            version=row.version,
            full_name=row.full_name,
            login=row.login,
            grants=tuple(replace(grant, waive_minor=waive_minor) for grant in row.grants),
            password_hash="",
        ),
    )


def money(minor: int) -> str:
    return amount(minor, "INR", symbol=True)


def test_the_figures_are_those_of_the_query(one: Seen) -> None:
    view, figures = one.truth(), one.screen.figures
    assert view.arrears.total_minor > 0
    assert money(view.outstanding_minor) in words(figures.outstanding)
    assert money(view.due_today.total_minor) in words(figures.to_pay)
    assert money(view.payoff_minor) in words(figures.to_close)


def test_what_falls_due_today_stands_apart_from_what_is_late(one: Seen) -> None:
    view = one.truth()
    late = view.arrears.total_minor
    due = view.due_today.total_minor - late
    assert due > 0
    said = words(one.screen.figures.to_pay)
    assert f"{amount(late, 'INR', trim=True)} late" in said
    assert f"{amount(due, 'INR', trim=True)} due today" in said


def test_every_tab_is_filled(one: Seen) -> None:
    view, tabs = one.truth(), one.screen.tabs
    assert tabs.schedule.model.rowCount() == len(view.instalments) == 12
    assert tabs.statement.model.rowCount() == len(view.ledger) > 1
    assert tabs.books.model.rowCount() == len(view.entries) > 2
    stories = [c for c in tabs.history.children() if isinstance(c, QWidget)]
    assert len(stories) >= len(view.story) > 0
    current = tabs.schedule.current()
    assert current is not None
    assert current.state == "late"


def test_the_books_shown_are_in_balance(one: Seen) -> None:
    entries = one.screen.tabs.books.model.rows()
    assert sum(e.debit_minor for e in entries) == sum(e.credit_minor for e in entries) > 0


def test_the_curve_ends_at_what_is_outstanding_and_knows_the_plan(one: Seen) -> None:
    view, day = one.truth(), today(one.house)
    assert real_points(view, day)[-1] == (day.toordinal(), view.outstanding_minor / 100)
    assert planned_now(view, day) == view.instalments[2].balance_minor


def test_the_lists_keep_the_rules_of_models(one: Seen) -> None:
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tabs = one.screen.tabs
    models: list[QAbstractItemModel] = [
        tabs.schedule.model,
        tabs.statement.model,
        tabs.books.model,
        tabs.promises.model,
    ]
    testers = [QAbstractItemModelTester(model, mode) for model in models]
    one.screen.stale()
    one.wait_fresh()
    assert len(testers) == 4


def test_every_control_has_a_name_and_no_word_is_cut(one: Seen) -> None:
    for name in ("schedule", "statement", "documents", "field", "books", "history"):
        one.screen.tabs.choose(name)
        assert unnamed(one.screen) == []
        assert clipped(one.screen) == []


def test_a_charge_raises_what_is_to_pay(one: Seen) -> None:
    before = one.truth().due_today
    one.screen.action_set.run("charge")
    one.decide(title="Visit", head=Head.PENALTY, amount_minor=61_00, reason="third visit")
    one.wait_closed()
    one.wait_fresh()
    after = one.truth().due_today
    assert after.penalty_minor == before.penalty_minor + 61_00
    assert money(after.total_minor) in words(one.screen.figures.to_pay)


def test_more_than_is_due_cannot_be_waived_and_says_so_at_the_amount(
    qtbot: QtBot, one: Seen
) -> None:
    give_limit(one.house, 10_000_00)
    due = one.truth().due_today
    one.screen.action_set.run("waive")
    dialog = one.decide(head=Head.INTEREST, amount_minor=due.interest_minor + 1, reason="flood")
    assert dialog.form is not None
    box = dialog.form.box("amount_minor")
    qtbot.waitUntil(lambda: box.error != "")
    assert one.truth().due_today == due
    one.decide(amount_minor=due.interest_minor)
    one.wait_closed()
    assert one.truth().due_today.interest_minor == 0


def test_a_waiver_above_the_own_limit_is_refused_with_the_limit(qtbot: QtBot, one: Seen) -> None:
    give_limit(one.house, 1_00)
    due = one.truth().due_today
    one.screen.action_set.run("waive")
    dialog = one.decide(head=Head.PRINCIPAL, amount_minor=2_00, reason="flood")
    assert dialog.form is not None
    box = dialog.form.box("amount_minor")
    qtbot.waitUntil(lambda: "₹1" in (box.error + dialog.banner.text()))
    assert one.truth().due_today == due


def test_closing_early_takes_the_quote_and_prints_the_receipt(qtbot: QtBot, one: Seen) -> None:
    quote = one.house.ask(one.house.manager, QuoteForeclosure(loan_id=one.loan_id))
    one.screen.action_set.run("close")
    dialog = one.dialog()
    qtbot.waitUntil(lambda: money(quote.total_minor) in told(dialog))
    said = told(dialog)
    assert amount(quote.interest_saved_minor, "INR", symbol=True, trim=True) in said
    one.decide(mode=Mode.CASH)
    one.wait_closed()
    qtbot.waitUntil(lambda: bool(list(one.folder.glob("*.pdf"))), timeout=20_000)
    qtbot.waitUntil(lambda: any("printed" in sentence for sentence in one.said), timeout=20_000)
    one.wait_fresh()
    view = one.truth()
    assert view.outstanding_minor == 0
    assert view.status != "active"
    assert quote.total_minor in [line.credit_minor for line in view.ledger]


def test_a_promise_stands_in_its_tab(qtbot: QtBot, one: Seen) -> None:
    one.screen.action_set.run("promise")
    one.decide(amount_minor=500_00, promised_on=today(one.house))
    one.wait_closed()
    rows = one.house.ask(one.house.manager, ListPromises(loan_id=one.loan_id))
    assert [row.amount_minor for row in rows] == [500_00]
    qtbot.waitUntil(lambda: one.screen.tabs.promises.model.rowCount() == 1)


def test_the_terms_are_copied_as_they_are_kept(one: Seen) -> None:
    one.screen.action_set.run("copy")
    assert QGuiApplication.clipboard().text() == one.truth().terms
    assert one.said


def test_a_cashier_neither_waives_nor_closes(qtbot: QtBot, branch: House, tmp_path: Path) -> None:
    screen = seen(qtbot, branch, tmp_path, "cashier").screen
    can = {action.name: action.enabled() for action in screen.action_set.all()}
    assert not {"waive", "charge", "promise", "rate", "reschedule", "write-off"} & can.keys()
    assert can["receipt"]
    assert can["close"]  # to keep a quote; the counter takes no closures
    assert can["print"]
