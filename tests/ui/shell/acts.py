"""What a person does at the window, by keys alone."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.places import PASSWORD
from ui.kit.dialog import Dialog
from ui.shell.shell import Shell
from ui.shell.sign_in import SignInPage
from ui.shell.workplace import Workplace

Page = TypeVar("Page", bound=QWidget)
NONE = Qt.KeyboardModifier.NoModifier
Key, Ctrl, Alt = Qt.Key, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def page_of(qtbot: QtBot, shell: Shell, kind: type[Page]) -> Page:
    """Wait until a page of this kind is on top."""

    def on_top() -> None:
        assert isinstance(shell.window.page, kind)

    qtbot.waitUntil(on_top, timeout=15_000)
    page = shell.window.page
    assert isinstance(page, kind)
    return page


def active(qtbot: QtBot, shell: Shell) -> None:
    """Make the window the active one: a screen without a window manager leaves that to us."""
    shell.window.activateWindow()
    qtbot.waitUntil(shell.window.isActiveWindow)


def focused() -> QWidget:
    """What has the focus."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def press(widget: QWidget, key: Qt.Key, held: Qt.KeyboardModifier = NONE) -> None:
    """Press a key."""
    QTest.keyClick(widget, key, held)


def type_words(*words: str) -> None:
    """Type words, with Enter after each."""
    for word in words:
        QTest.keyClicks(focused(), word)
        press(focused(), Key.Key_Return)


def dialog_of(qtbot: QtBot, shell: Shell) -> Dialog:
    """The dialog that is open."""

    def is_open() -> None:
        assert [d for d in shell.window.findChildren(QDialog) if d.isVisible()]

    qtbot.waitUntil(is_open)
    found = [d for d in shell.window.findChildren(QDialog) if d.isVisible()][-1]
    assert isinstance(found, Dialog)
    return found


def dialogs(shell: Shell) -> list[QDialog]:
    """The dialogs that can be seen."""
    return [d for d in shell.window.findChildren(QDialog) if d.isVisible()]


def sign_in(
    qtbot: QtBot, shell: Shell, login: str = "meena", password: str = PASSWORD
) -> Workplace:
    """Sign in by keys: down to the person, the password, Enter."""
    page = page_of(qtbot, shell, SignInPage)
    for _step in range(10):
        chosen = page.chosen()
        if chosen is not None and chosen.login == login:
            break
        press(focused(), Key.Key_Down)
    active(qtbot, shell)
    qtbot.waitUntil(page.password.hasFocus)
    type_words(password)
    return page_of(qtbot, shell, Workplace)
