"""The officer's day: planned from proposals, put in order, told, and judged by the facts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.commands.field import PlannedStop, PlanVisits
from app.domain.visit import Outcome
from app.queries.field import ListPromises, ShowVisitDay
from app.rows.field import VisitRow
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, today
from tests.ui.places import clipped, station, unnamed
from ui.field.outcome_dialog import OutcomeDialog
from ui.field.visits import VisitsScreen


@pytest.fixture
def late(branch: House) -> list[int]:
    """Two loans whose first instalment is two days late."""
    made = [lent(branch, 10_000_00, 12), lent(branch, 20_000_00, 12)]
    for _ in range(9):
        next_day(branch)
    return made


@pytest.fixture
def screen(qtbot: QtBot, branch: House, late: list[int]) -> VisitsScreen:
    made = VisitsScreen(station(qtbot, branch, "officer"))
    qtbot.addWidget(made)
    made.resize(1178, 684)
    made.arrive(officer_id=branch.officer.user_id, on=today(branch))
    with qtbot.waitActive(made):
        made.show()
    qtbot.waitUntil(lambda: made.proposals.current() is not None)
    assert len(made._proposed.rows()) == len(late)
    return made


def stops(branch: House) -> tuple[VisitRow, ...]:
    query = ShowVisitDay(officer_id=branch.officer.user_id, on=today(branch))
    return branch.ask(branch.officer, query).visits


def plan(branch: House, loans: list[int]) -> None:
    chosen = tuple(PlannedStop(loan, "overdue") for loan in loans)
    branch.run(
        branch.officer,
        PlanVisits(officer_id=branch.officer.user_id, on=today(branch), stops=chosen),
    )


def test_ticked_proposals_become_stops(qtbot: QtBot, branch: House, screen: VisitsScreen) -> None:
    QAbstractItemModelTester(screen._stops, QAbstractItemModelTester.FailureReportingMode.Fatal)
    screen._proposed.choose(screen._proposed.rows())
    screen.action_set.run("add")
    qtbot.waitUntil(lambda: screen._stops.count == 2)
    assert len(stops(branch)) == 2
    qtbot.waitUntil(lambda: not screen._proposed.rows())


def test_a_stop_moves_earlier(qtbot: QtBot, branch: House, screen: VisitsScreen) -> None:
    plan(branch, [row.loan_id for row in screen._proposed.rows()])
    screen.reload()
    qtbot.waitUntil(lambda: screen._stops.count == 2)
    second = screen._stops.rows()[1].loan_id
    screen.stops.set_current(1)
    screen.action_set.run("up")
    qtbot.waitUntil(lambda: screen._stops.rows()[0].loan_id == second)
    assert stops(branch)[0].loan_id == second


def opened(qtbot: QtBot, screen: VisitsScreen) -> OutcomeDialog:
    screen.stops.set_current(0)
    screen.action_set.run("outcome")
    found: list[OutcomeDialog] = []

    def there() -> bool:
        found[:] = [
            one
            for one in QApplication.topLevelWidgets()
            if isinstance(one, OutcomeDialog) and one.isVisible()
        ]
        return bool(found)

    qtbot.waitUntil(there)
    return found[0]


def test_a_promise_made_on_a_visit_is_kept_by_a_receipt(
    qtbot: QtBot, branch: House, screen: VisitsScreen, late: list[int]
) -> None:
    plan(branch, late[:1])
    screen.reload()
    qtbot.waitUntil(lambda: screen._stops.count == 1)
    dialog = opened(qtbot, screen)
    assert dialog.form is not None
    dialog.form.set_value("outcome", Outcome.PTP)
    dialog._follow("outcome")
    dialog.form.set_value("promise.amount_minor", 500_00)
    dialog.form.set_value("promise.promised_on", today(branch) + timedelta(1))
    dialog.decide()
    qtbot.waitUntil(lambda: screen._stops.rows()[0].state == "done")
    assert screen._stops.rows()[0].promise_state == "open"
    next_day(branch)
    receive(branch, late[0], 500_00)
    (promise,) = branch.ask(branch.officer, ListPromises(loan_id=late[0]))
    assert promise.state == "kept"


def test_an_outcome_that_lacks_its_promise_is_told_at_the_field(
    qtbot: QtBot, branch: House, screen: VisitsScreen, late: list[int]
) -> None:
    plan(branch, late[:1])
    screen.reload()
    qtbot.waitUntil(lambda: screen._stops.count == 1)
    dialog = opened(qtbot, screen)
    assert dialog.form is not None
    dialog.form.set_value("outcome", Outcome.PTP)
    dialog._follow("outcome")
    dialog.decide()
    box = dialog.form.box("promise.amount_minor")
    qtbot.waitUntil(lambda: bool(box.error))
    assert stops(branch)[0].state == "planned"
    dialog.reject()


def test_every_control_has_a_name_and_room(screen: VisitsScreen) -> None:
    assert unnamed(screen) == []
    assert clipped(screen) == []


def test_a_day_without_stops_offers_no_sheet(qtbot: QtBot, screen: VisitsScreen) -> None:
    qtbot.waitUntil(lambda: not screen._stops.count)
    (sheet,) = (one for one in screen.actions() if one.name == "sheet")
    assert not sheet.enabled()
