"""What a person does at the screen of an application."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.services.applying import AADHAAR
from ui.kit.dialog import Dialog
from ui.kit.paper_dialog import PaperDialog
from ui.kit.screen_context import Station
from ui.origination.application import ApplicationScreen

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def opened(qtbot: QtBot, where: Station, application_id: int | None = None) -> ApplicationScreen:
    """The screen of an application, read and on the screen."""
    screen = ApplicationScreen(where)
    qtbot.addWidget(screen)
    screen.resize(1178, 684)
    if application_id is None:
        screen.arrive()
    else:
        screen.arrive(application_id=application_id)
    screen.show()
    made_active(qtbot, screen)
    if application_id is None:
        qtbot.waitUntil(lambda: len(screen.request.products) > 0)
    else:
        qtbot.waitUntil(lambda: screen.view is not None)
    return screen


def stage_is(qtbot: QtBot, screen: ApplicationScreen, stage: str) -> None:
    """Wait until the screen shows the stage."""

    def there() -> None:
        assert screen.view is not None
        assert screen.view.stage == stage

    qtbot.waitUntil(there, timeout=10_000)


def made_active(qtbot: QtBot, window: QWidget) -> None:
    """Make the window the active one: without a window manager that is left to us."""

    def is_active() -> bool:
        window.activateWindow()
        return window.isActiveWindow()

    QApplication.processEvents()  # a window that opened before may still be taking its turn
    qtbot.waitUntil(is_active)


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key in a window once it is the active one."""
    made_active(qtbot, window)
    QTest.keyClick(window, key, held)


def primary(qtbot: QtBot, window: QWidget) -> None:
    """Press Ctrl+A in a window."""
    press(qtbot, window, Key.Key_A, CTRL)


def disclosed(qtbot: QtBot, screen: ApplicationScreen, host: QWidget) -> None:
    """Issue the key fact statement, look at the paper, and record that it is signed."""
    for act in ("issue", "acknowledge"):
        qtbot.waitUntil(partial(_next_is, screen, act), timeout=10_000)
        primary(qtbot, screen)
        primary(qtbot, dialog_of(qtbot, host))
        if act == "issue":
            qtbot.waitUntil(lambda: bool(_papers(host)), timeout=20_000)
            _papers(host)[0].reject()
            qtbot.waitUntil(lambda: screen.key_facts.row is not None, timeout=10_000)
    qtbot.waitUntil(partial(_next_is, screen, "disburse"), timeout=10_000)


def _next_is(screen: ApplicationScreen, act: str) -> bool:
    return screen.next_act().act == act


def _papers(host: QWidget) -> list[PaperDialog]:
    return [one for one in host.findChildren(PaperDialog) if one.isVisible()]


def dialog_of(qtbot: QtBot, screen: QWidget) -> Dialog:
    """The dialog that opened."""

    def found() -> list[QDialog]:
        return [d for d in screen.findChildren(QDialog) if d.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    dialog = found()[-1]
    assert isinstance(dialog, Dialog)
    return dialog


def typed(screen: QWidget, words: str) -> None:
    """Type into an input as a person does, and leave it."""
    screen.setFocus()
    QTest.keyClicks(screen, words)
    QTest.keyClick(screen, Key.Key_Tab)


def fill_new(qtbot: QtBot, screen: ApplicationScreen, product_id: int) -> None:
    """Type a whole new application, step by step with Ctrl+A, up to the request."""
    person = screen.borrower.form
    for name, words in (
        ("full_name", "Sunita Devi"),
        ("born_on", "14-03-1990"),
        ("phone", "98765 43210"),
        ("aadhaar", AADHAAR),
        ("village", "Mishrikh"),
        ("pin", "261401"),
    ):
        typed(person.editor(name), words)
    primary(qtbot, screen)
    assert screen.step == "household"
    member = screen.household.members.forms[0]
    for name, words in (("name", "Sunita Devi"), ("age", "35"), ("income_minor", "20000")):
        typed(member.editor(name), words)
    primary(qtbot, screen)
    assert screen.step == "request"
    asked = screen.request.form
    asked.set_value("product_id", product_id)
    typed(asked.editor("amount_minor"), "30000")
    typed(asked.editor("instalments"), "52")
    typed(asked.editor("purpose"), "Sewing machine")
    qtbot.waitUntil(lambda: screen.quote.quote is not None)


def up_to_the_decision(qtbot: QtBot, screen: ApplicationScreen, product_id: int, at: Path) -> int:
    """An officer's way from an empty form to the decision; returns the application's id."""
    fill_new(qtbot, screen, product_id)
    primary(qtbot, screen)
    stage_is(qtbot, screen, "entered")
    paper = at / "card.png"
    picture = QImage(400, 240, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    picture.save(str(paper))
    screen.documents.take_files([paper])
    stage_is(qtbot, screen, "documents")
    qtbot.waitUntil(lambda: screen.documents.paper.page_count == 1, timeout=10_000)
    primary(qtbot, screen)
    stage_is(qtbot, screen, "verified")
    primary(qtbot, screen)
    stage_is(qtbot, screen, "decided")
    assert not screen.next_act().allowed  # an officer does not sanction
    assert screen.application_id is not None
    return screen.application_id
