"""Overdue: what is due today is not late; ticked rows become visits."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.queries.field import ShowVisitDay
from tests.services.branch import OPENED, House
from tests.services.planted import Planted
from tests.services.portfolio import worked
from tests.ui.places import clipped, station, unnamed
from ui.field.acts import AMOUNT, DAY, GiveVisit, PromiseDialog
from ui.field.marks import ALL, TODAY
from ui.field.overdue import OverdueScreen
from ui.kit.screen_context import Station

LATE = {f"{name} Devi" for name in ("Bela", "Chanda", "Deepa", "Esha", "Farida")}


@pytest.fixture
def loans(branch: House) -> dict[str, Planted]:
    """Seven loans, five of them late, one with a due today."""
    return worked(branch)


@pytest.fixture
def manager(qtbot: QtBot, branch: House, loans: dict[str, Planted], tmp_path: Path) -> Station:
    """The manager's station."""
    return station(qtbot, branch, "manager", tmp_path)


def opened(qtbot: QtBot, at: Station, bucket: str = ALL) -> OverdueScreen:
    """The screen, with its list read."""
    screen = OverdueScreen(at)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    screen.arrive(bucket=bucket)
    screen.show()
    screen.reload()
    qtbot.waitUntil(lambda: bool(screen.count.text()) and screen.model.count > 0)
    return screen


def test_what_falls_due_today_stands_apart_from_what_is_late(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    assert {row.borrower for row in screen.model.rows()} == LATE
    screen.choose(TODAY)
    qtbot.waitUntil(lambda: [r.borrower for r in screen.model.rows()] == ["Gita Devi"])
    assert screen.model.rows()[0].arrears_minor == 1000_00
    assert screen.model.rows()[0].dpd == 0


def test_the_chips_say_how_many_and_how_much(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    chips = screen.head.buckets
    qtbot.waitUntil(lambda: "loan" in chips.chip(TODAY).accessibleName())
    assert chips.chip(TODAY).accessibleName() == "Due today, ₹1,000, 1 loan"
    assert chips.chip(ALL).accessibleName().endswith("5 loans")
    assert chips.chip("31-60").accessibleName().endswith("1 loan")


def test_a_bucket_shows_only_its_own(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager, "31-60")
    assert [row.borrower for row in screen.model.rows()] == ["Chanda Devi"]


def test_ticked_rows_become_visits_of_the_officer(
    qtbot: QtBot, branch: House, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    qtbot.waitUntil(lambda: bool(screen.officers))
    rows = list(screen.model.rows())[:2]
    screen.model.choose(rows)
    screen.give_visit()
    dialog = screen.findChild(GiveVisit)
    assert dialog is not None
    assert dialog.form is not None
    dialog.form.set_values({"officer_id": branch.officer.user_id, "on": OPENED})
    dialog.decide()
    qtbot.waitUntil(lambda: screen.model.chosen() == [])
    day = branch.ask(branch.manager, ShowVisitDay(officer_id=branch.officer.user_id, on=OPENED))
    assert [stop.loan_id for stop in day.visits] == [row.loan_id for row in rows]
    assert {stop.why for stop in day.visits} == {"overdue"}


def test_a_promise_for_yesterday_is_refused_at_its_day(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    screen.promise()
    dialog = screen.findChild(PromiseDialog)
    assert dialog is not None
    assert dialog.form is not None
    form = dialog.form
    form.set_values({AMOUNT: 500_00, DAY: OPENED.replace(day=4)})
    dialog.decide()
    qtbot.waitUntil(lambda: bool(form.box(DAY).error))
    assert form.box(AMOUNT).error == ""
    dialog.reject()


def test_everything_has_a_name_and_room(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    assert unnamed(screen) == []
    assert clipped(screen) == []
    QAbstractItemModelTester(
        screen.model, QAbstractItemModelTester.FailureReportingMode.Fatal, screen
    )
    screen.choose("1-30")
    qtbot.waitUntil(lambda: screen.model.count == 1)


def test_keys_choose_the_age_and_words_find_a_borrower(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    qtbot.waitActive(screen)
    screen.table.view.setFocus()
    QTest.keyClick(screen.table.view, Qt.Key.Key_3)
    qtbot.waitUntil(lambda: [r.bucket for r in screen.model.rows()] == ["61-90"])
    QTest.keyClick(screen.table.view, Qt.Key.Key_0)
    qtbot.waitUntil(lambda: screen.model.count == len(LATE))
    QTest.keyClick(screen.table.view, Qt.Key.Key_Slash)
    QTest.keyClicks(screen.search, "farida")
    qtbot.waitUntil(lambda: [r.borrower for r in screen.model.rows()] == ["Farida Devi"])


def test_nobody_found_is_said_with_what_to_do(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    QTest.keyClicks(screen.search, "nobody of this name")
    qtbot.waitUntil(lambda: screen.model.count == 0)
    assert screen.table.empty.isVisible()
    assert screen.table.current() is None
    assert not screen.action_set.run("visit")


def test_the_meaning_of_both_rates_is_beside_them(
    qtbot: QtBot, manager: Station, loans: dict[str, Planted]
) -> None:
    screen = opened(qtbot, manager)
    qtbot.waitUntil(lambda: bool(screen.head.rate.toolTip()))
    assert screen.head.rate.toolTip() == "principal overdue alone"
    assert screen.head.par30.toolTip() == "whole loans over 30 days late"
