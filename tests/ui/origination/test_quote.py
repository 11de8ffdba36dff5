"""The quote of an application: live, collected and disclosed, on paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.services.applying import RUPEES, decided
from tests.services.branch import House
from tests.ui.origination.application_acts import dialog_of, opened, press
from ui.kit.paper import PaperView
from ui.kit.paper_dialog import PaperDialog
from ui.kit.screen_context import Station
from ui.origination.application import ApplicationScreen


def quoted(qtbot: QtBot, branch: House, where: Station) -> ApplicationScreen:
    """A decided application on its request, once it is quoted."""
    screen = opened(qtbot, where, decided(branch).application_id)
    screen.choose("request")
    qtbot.waitUntil(lambda: screen.quote.quote is not None)
    return screen


def test_the_rate_of_cost_stands_with_its_method(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    screen = quoted(qtbot, branch, officer)
    assert screen.quote.quote is not None
    shown = screen.quote.cost.values["apr"].text()
    assert shown == f"{screen.quote.quote.apr_percent}%"
    assert "nominal" in screen.quote.said


def test_the_disclosed_schedule_is_a_choice_away(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    screen = quoted(qtbot, branch, officer)
    quote = screen.quote.quote
    assert quote is not None
    assert screen.request.table.model.rows() == quote.lines
    screen.request.run.next()
    assert screen.request.table.model.rows() == quote.disclosed_lines
    shown = screen.quote.cost.values["apr"].text()
    assert shown == f"{quote.disclosed_apr_percent}%"


def test_figures_are_grey_while_another_amount_is_quoted(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    screen = quoted(qtbot, branch, officer)
    with qtbot.waitSignal(screen.quote.quoted):
        screen.request.form.set_value("amount_minor", 20_000 * RUPEES)
        screen.request.form.edited.emit("amount_minor")
        assert screen.request.table.is_stale
    assert not screen.request.table.is_stale


def test_the_schedule_of_the_quote_is_shown_as_it_is_printed(
    qtbot: QtBot, branch: House, officer: Station
) -> None:
    screen = quoted(qtbot, branch, officer)
    press(qtbot, screen, Qt.Key.Key_L, Qt.KeyboardModifier.AltModifier)
    dialog = dialog_of(qtbot, screen)
    assert isinstance(dialog, PaperDialog)
    view = dialog.findChild(PaperView)
    assert view is not None
    qtbot.waitUntil(lambda: view.page_count > 0, timeout=15_000)
    dialog.reject()
