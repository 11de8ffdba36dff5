"""The audit log on the screen: pages, filters, a line's details, the check of the books."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.services.branch import House
from tests.ui.places import unnamed
from ui.admin.audit import AuditPart
from ui.admin.audit_line import AuditLineDialog
from ui.admin.screen import SettingsScreen
from ui.kit.screen_context import Station


def test_the_log_is_filtered_opened_and_the_books_are_checked(
    qtbot: QtBot, manager: Station, branch: House
) -> None:
    screen = SettingsScreen(manager)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    with qtbot.waitActive(screen):
        screen.show()
    screen.choose("audit")
    part = screen.part("audit")
    assert isinstance(part, AuditPart)
    qtbot.waitUntil(lambda: part.model.count > 3)
    assert unnamed(screen) == []
    part.command.set_value("branch.open")
    part.command.chosen.emit("branch.open")
    qtbot.waitUntil(lambda: part.model.count == 1)
    row = part.model.at(0)
    assert row is not None
    part.open_line(row)
    dialog = next(d for d in screen.findChildren(QDialog) if d.isVisible())
    assert isinstance(dialog, AuditLineDialog)
    qtbot.waitUntil(lambda: dialog.model.count > 5)
    masked = [field for field in dialog.model.rows() if field.masked]
    assert [field.value[:1] for field in masked] == ["M"]
    dialog.reject()
    part.action_set.run("check")
    qtbot.waitUntil(lambda: "whole" in part.check.banner.text())
    qtbot.waitUntil(lambda: "agrees" in part.seals.kept.text())
