"""Actions, screens, the way between them, dialogs: all by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, ClassVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from app.commands.base import Topic
from app.domain.errors import AmountNotPositive
from tests.ui.kit.doors import SESSION, OpenAsks, OpenGate, Say
from ui.kit.actions import Action, ActionSet
from ui.kit.buttons import Button
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.paint import caps_of
from ui.kit.router import Router, Screen
from ui.kit.tasks import Desk
from ui.kit.toast import Toast

Ctrl, Alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


class Page(QWidget):
    """A window with a line, lines, and what was done."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.line, self.lines = QLineEdit(), QPlainTextEdit()
        layout = QVBoxLayout(self)
        layout.addWidget(self.line)
        layout.addWidget(self.lines)
        self.set = ActionSet(self)

    def act(self, name: str) -> Callable[[], None]:
        return lambda: self.done.append(name)

    def keyPressEvent(self, event: Any) -> None:
        self.set.press(event)


@pytest.fixture
def page(qtbot: QtBot) -> Page:
    page = Page()
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    return page


def actions(page: Page, **keys: str) -> list[Action]:
    return [Action(name=n, text=n, keys=k, run=page.act(n)) for n, k in keys.items()]


def test_ctrl_a_accepts_from_a_line_and_selects_in_lines(qtbot: QtBot, page: Page) -> None:
    page.set.show(actions(page, accept="Ctrl+A"))
    page.line.setFocus()
    page.line.setText("typed")
    QTest.keyClick(page.line, Qt.Key.Key_A, Ctrl)
    assert page.done == ["accept"]
    assert page.line.selectedText() == ""


def test_ctrl_a_selects_where_nothing_is_to_be_accepted(page: Page) -> None:
    page.set.show([])
    page.line.setFocus()
    page.line.setText("typed")
    QTest.keyClick(page.line, Qt.Key.Key_A, Ctrl)
    assert page.line.selectedText() == "typed"


def test_keys_with_alt_and_f_work_from_within_a_field(page: Page) -> None:
    page.set.show(actions(page, receipt="F6", print="Alt+P"))
    page.line.setFocus()
    QTest.keyClick(page.line, Qt.Key.Key_F6)
    QTest.keyClick(page.line, Qt.Key.Key_P, Alt)
    assert page.done == ["receipt", "print"]


def test_letters_belong_to_the_field_that_has_the_focus(page: Page) -> None:
    page.set.show(actions(page, visit="V", next="*", drop="Del"))
    page.line.setFocus()
    QTest.keyClicks(page.line, "v*")
    assert (page.line.text(), page.done) == ("v*", [])
    page.setFocus()
    QTest.keyClicks(page, "v*")
    QTest.keyClick(page, Qt.Key.Key_Delete)
    assert page.done == ["visit", "next", "drop"]


def test_enter_and_esc_reach_the_actions_when_no_input_needs_them(page: Page) -> None:
    page.set.show(actions(page, post="Enter", back="Esc"))
    page.line.setFocus()
    QTest.keyClick(page.line, Qt.Key.Key_Enter)
    QTest.keyClick(page.line, Qt.Key.Key_Escape)
    assert page.done == ["post", "back"]


def test_what_cannot_be_done_now_is_greyed_says_why_and_does_nothing(page: Page) -> None:
    may = [False]
    action = Action(
        name="waive",
        text="Waive",
        keys="Alt+W",
        run=page.act("waive"),
        enabled=lambda: may[0],
        why="Only a manager waives",
    )
    page.set.show([action])
    button = page.set.button("waive")
    page.set.refresh()
    assert not button.isEnabled()
    assert button.toolTip() == "Only a manager waives"
    QTest.keyClick(page, Qt.Key.Key_W, Alt)
    assert page.done == []
    assert page.set.palette() == []
    may[0] = True
    page.set.refresh()
    assert button.isEnabled()
    button.click()
    assert page.done == ["waive"]


def test_the_key_bar_shows_only_keys_without_a_button(page: Page) -> None:
    page.set.show(actions(page, receipt="F6", print="Alt+P"))
    page.set.button("receipt").setParent(page)
    assert page.set.bar() == [("Alt+P", "print")]


def test_newer_actions_take_the_keys_of_older_ones(page: Page) -> None:
    page.set.show(actions(page, one="F6"))
    page.set.show(actions(page, two="F6"))
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.done == ["two"]


def test_a_window_gives_way_to_the_screen_on_top(qtbot: QtBot, page: Page) -> None:
    page.set.show(actions(page, window="F6"))
    inner = ActionSet(page)
    inner.show(actions(page, screen="F6"))
    page.set.give_way(inner.keys())
    QTest.keyClick(page, Qt.Key.Key_F6)
    assert page.done == ["screen"]


@pytest.mark.parametrize(
    ("keys", "caps"),
    [
        ("Ctrl+A", ("Ctrl", "A")),
        ("F6", ("F6",)),
        ("+", ("+",)),
        ("Ctrl++", ("Ctrl", "+")),
        ("Alt+←", ("Alt", "←")),
    ],
)
def test_a_shortcut_has_a_cap_for_each_key(keys: str, caps: tuple[str, ...]) -> None:
    assert caps_of(keys) == caps


class Notice(Screen):
    """A screen that writes down what happens to it."""

    topics: ClassVar[frozenset[str]] = frozenset({Topic.LOAN})

    def __init__(self, desk: Desk, router: Router) -> None:
        super().__init__(desk, router)
        self.seen: list[Any] = []
        self.free = True

    def arrive(self, **params: Any) -> None:
        self.seen.append(params)

    def reload(self) -> None:
        self.seen.append("read")

    def can_leave(self) -> bool:
        return self.free

    def actions(self) -> Sequence[Action]:  # type: ignore[override]
        return (Action(name="say", text="Say", keys="F6", run=lambda: self.seen.append("F6")),)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk(OpenGate(), OpenAsks(), SESSION)
    yield desk
    desk.close()


@pytest.fixture
def router(qtbot: QtBot, desk: Desk) -> Router:
    stack = QStackedWidget()
    qtbot.addWidget(stack)
    router = Router(stack)
    for name in ("one", "two"):
        router.register(name, lambda: Notice(desk, router))
    with qtbot.waitActive(stack):
        stack.show()
    return router


def on_top(router: Router) -> Notice:
    screen = router.current
    assert isinstance(screen, Notice)
    return screen


def test_screens_open_by_name_and_go_back(router: Router) -> None:
    router.go("one", loan_id=7)
    first = on_top(router)
    router.go("two")
    assert on_top(router) is not first
    assert router.back()
    assert on_top(router) is first
    assert first.seen == [{"loan_id": 7}, "read", {"loan_id": 7}]
    router.go("one", loan_id=8)
    assert first.seen[-2:] == [{"loan_id": 8}, "read"]
    router.go("two")
    assert router.back()
    assert first.seen[-1] == {"loan_id": 8}
    assert router.forward()
    assert router.name == "two"
    assert not router.forward()


def test_a_place_that_is_not_for_this_role_is_told(qtbot: QtBot, router: Router) -> None:
    with qtbot.waitSignal(router.missed) as missed:
        assert not router.go("settings")
    assert missed.args == ["settings"]


def test_a_screen_may_hold_on(router: Router) -> None:
    router.go("one")
    on_top(router).free = False
    assert not router.go("two")
    assert not router.back()
    assert router.name == "one"


def test_a_visible_screen_reads_again_at_once_a_hidden_one_when_it_is_shown(
    qtbot: QtBot, router: Router, desk: Desk
) -> None:
    router.go("one")
    first = on_top(router)
    router.go("two")
    second = on_top(router)
    first.seen.clear()
    second.seen.clear()
    with qtbot.waitSignal(desk.changed):
        desk.ask(second, Say(word="x"), "k")
    assert (first.seen, second.seen) == ([], ["read"])
    router.back()
    assert first.seen == [{}, "read"]


def test_only_the_screen_on_top_hears_its_keys(router: Router) -> None:
    router.go("one")
    first = on_top(router)
    router.go("two")
    second = on_top(router)
    QTest.keyClick(second, Qt.Key.Key_F6)
    assert "F6" in second.seen
    assert "F6" not in first.seen


def test_a_refusal_without_a_field_stands_in_the_banner(router: Router) -> None:
    router.go("one")
    screen = on_top(router)
    screen.failed(AmountNotPositive())
    assert screen.banner.text()
    screen.banner.clear()
    assert screen.banner.text() == ""


@pytest.fixture
def dialog(qtbot: QtBot, page: Page) -> Dialog:
    dialog = Dialog(page, "Reverse?", act="Reverse 3,173", fields=[reason_field()], danger=True)
    with qtbot.waitActive(dialog):
        dialog.open()
    return dialog


def test_a_dialog_hands_over_its_reason_once(qtbot: QtBot, dialog: Dialog) -> None:
    decided: list[dict[str, Any]] = []
    dialog.decided.connect(decided.append)
    dialog.decide()
    assert decided == []
    assert dialog.form is not None
    line = dialog.form.editor("reason")
    QTest.keyClicks(line, "typed twice")
    QTest.keyClick(line, Qt.Key.Key_A, Ctrl)
    QTest.keyClick(line, Qt.Key.Key_A, Ctrl)
    assert decided == [{"reason": "typed twice"}]
    dialog.failed(AmountNotPositive(field="reason"))
    assert dialog.isVisible()
    assert dialog.form.box("reason").error
    QTest.keyClick(line, Qt.Key.Key_A, Ctrl)
    assert len(decided) == 2
    with qtbot.waitSignal(dialog.accepted):
        dialog.finish()


def test_esc_keeps_everything_as_it_is(qtbot: QtBot, dialog: Dialog) -> None:
    with qtbot.waitSignal(dialog.rejected):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_enter_never_does_what_is_dangerous_by_the_way(dialog: Dialog) -> None:
    decided: list[object] = []
    dialog.decided.connect(decided.append)
    assert dialog.form is not None
    line = dialog.form.editor("reason")
    QTest.keyClicks(line, "typed twice")
    QTest.keyClick(line, Qt.Key.Key_Return)
    assert decided == []


def test_enter_in_the_last_field_does_what_is_harmless(qtbot: QtBot, page: Page) -> None:
    dialog = Dialog(page, "Promise", act="Keep", fields=[Field(name="who", label="Who")])
    with qtbot.waitActive(dialog):
        dialog.open()
    assert dialog.form is not None
    QTest.keyClicks(dialog.form.editor("who"), "Rekha")
    with qtbot.waitSignal(dialog.decided) as decided:
        QTest.keyClick(dialog.form.editor("who"), Qt.Key.Key_Return)
    assert decided.args == [{"who": "Rekha"}]


def test_a_window_can_go_while_its_dialog_has_the_focus(qtbot: QtBot) -> None:
    """The ring of the focus once touched the field while it was being destroyed."""
    window = QWidget()
    with qtbot.waitActive(window):
        window.show()
    dialog = Dialog(window, "Reverse?", act="Reverse", fields=[reason_field()])
    with qtbot.waitActive(dialog):
        dialog.open()
    assert dialog.focusWidget() is not None
    delete(window)
    assert not isValid(dialog)


def test_a_toast_offers_one_way_back_and_goes(page: Page) -> None:
    toast = Toast(page)
    toast.say("Receipt printed", "Print again", "Alt+P", page.act("again"))
    assert toast.text() == "Receipt printed"
    QTest.keyClick(page, Qt.Key.Key_P, Alt)
    assert page.done == ["again"]
    assert toast.text() == ""
    QTest.keyClick(page, Qt.Key.Key_P, Alt)
    assert page.done == ["again"]


def test_qt_calls_ctrl_a_select_all_here(qtbot: QtBot) -> None:
    """If this changes, the filter for accepting needs another look."""
    assert QKeySequence("Ctrl+A") in QKeySequence.keyBindings(QKeySequence.StandardKey.SelectAll)


def test_a_form_in_a_dialog_stands_above_its_buttons_and_stays_there(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    fields = (Field(name="a", label="Outcome"), Field(name="b", label="Note", kind=Kind.LINES))
    dialog = Dialog(window, "Visit", "4,000 to pay", act="Record", fields=fields)
    with qtbot.waitExposed(dialog):
        dialog.open()
    form = dialog.form
    assert form is not None
    for _turn in range(20):  # each may ask for another layout
        QApplication.processEvents()
        ends_at = form.mapTo(dialog, form.rect().bottomLeft()).y()
        buttons = [one for one in dialog.findChildren(Button) if one.isVisible()]
        assert ends_at < min(one.mapTo(dialog, one.rect().topLeft()).y() for one in buttons)
    dialog.reject()
