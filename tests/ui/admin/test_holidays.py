"""Holidays on the screen: national days, a file with lines refused, the week."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.queries.settings import ShowCalendar
from app.rows.settings import CalendarView
from tests.services.branch import House
from tests.ui.places import unnamed
from ui.admin.holiday_dialogs import ImportDialog
from ui.admin.holidays import HolidaysPart
from ui.admin.screen import SettingsScreen
from ui.kit.screen_context import Station


def kept(house: House) -> CalendarView:
    return house.ask(house.manager, ShowCalendar())


def test_national_days_a_file_and_the_week_are_kept_at_once(
    qtbot: QtBot, manager: Station, branch: House, tmp_path: Path
) -> None:
    screen = SettingsScreen(manager)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    with qtbot.waitActive(screen):
        screen.show()
    screen.choose("holidays")
    part = screen.part("holidays")
    assert isinstance(part, HolidaysPart)
    qtbot.waitUntil(lambda: part.view is not None)
    assert unnamed(screen) == []
    part.action_set.run("national")
    qtbot.waitUntil(lambda: part.model.count == 6)
    file = tmp_path / "days.csv"
    file.write_text("14-03-2026,Holi,UP\nnever,Holi,UP\n", "utf-8")
    part.read_file(file)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in screen.findChildren(QDialog)))
    dialog = next(d for d in screen.findChildren(QDialog) if d.isVisible())
    assert isinstance(dialog, ImportDialog)
    assert (dialog.found.count, dialog.refused.count) == (1, 1)
    dialog.decide()
    qtbot.waitUntil(lambda: part.model.count == 7)
    part.off[7].set_value(True)
    part.off[7].edited.emit()
    qtbot.waitUntil(lambda: kept(branch).off_days == (7,))
    assert len(kept(branch).holidays) == 7
