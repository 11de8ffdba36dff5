"""What can be done on a screen: one declaration feeds keys, buttons, key bar and palette."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget

from ui.kit.buttons import Button


def always() -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One thing that can be done, with its key as it is printed: `F6`, `Alt+P`, `Ctrl+A`, `Del`.

    Keys without Ctrl, Alt or F work only while no input needs them (a list has the focus, say).
    """

    name: str
    text: str
    run: Callable[[], object]
    keys: str = ""
    enabled: Callable[[], bool] = always
    why: str = ""  # said beside it when it is not enabled
    icon: str = ""
    bar: bool = True  # shown in the key bar; left out by itself once it has a button
    palette: bool = True  # found by Ctrl+K


class ActionSet(QObject):
    """The actions of one screen, dialog or window. Its keys work while `owner` is on screen."""

    changed = Signal()

    def __init__(self, owner: QWidget) -> None:
        super().__init__(owner)
        self._owner = owner
        self._actions: dict[str, Action] = {}
        self._shortcuts: dict[str, QShortcut] = {}
        self._buttons: dict[str, list[Button]] = {}
        self._inner: ActionSet | None = None

    def take_in(self, inner: ActionSet | None) -> None:
        """Show the keys of a part of the screen, and offer its acts, along with its own."""
        if self._inner is not None:
            self._inner.changed.disconnect(self.changed)
        self._inner = inner
        if inner is not None:
            inner.changed.connect(self.changed)
        self.changed.emit()

    def show(self, actions: Iterable[Action]) -> None:
        """Take these actions instead of the ones before."""
        for shortcut in self._shortcuts.values():
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._shortcuts.clear()
        self._actions = {action.name: action for action in actions}
        for action in self._actions.values():
            if action.keys and not _is_plain(action.keys):
                self._shortcuts[action.name] = self._shortcut(action)
        self.refresh()

    def refresh(self) -> None:
        """Ask every action again whether it can be done now."""
        for name, buttons in self._buttons.items():
            action = self._actions.get(name)
            for button in buttons:
                on = action is not None and action.enabled()
                button.setEnabled(on)
                button.setToolTip("" if on or action is None else action.why)
        self.changed.emit()

    def button(self, name: str, kind: str = "secondary", *, large: bool = False) -> Button:
        """A button for the action; it shows the key and follows `enabled` from the next refresh."""
        action = self._actions[name]
        button = Button(
            action.text,
            lambda: self.run(name),
            kind=kind,
            keys=action.keys,
            icon=action.icon,
            large=large,
        )
        self._buttons.setdefault(name, []).append(button)
        button.destroyed.connect(lambda: self._drop(name, button))
        return button

    def menu(self, anchor: QWidget, names: Sequence[str]) -> QMenu:
        """Open a menu of these actions under `anchor`, each with its key."""
        menu = QMenu(anchor)
        for name in names:
            action = self._actions[name]
            entry = menu.addAction(action.text.replace("&", "&&") + "\t" + action.keys)
            entry.setEnabled(action.enabled())
            entry.triggered.connect(lambda _on=False, name=name: self.run(name))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(anchor.mapToGlobal(QPoint(0, anchor.height() + 2)))
        return menu

    def run(self, name: str) -> bool:
        """Do it, if it can be done now."""
        action = self._actions.get(name)
        if action is None or not action.enabled():
            return False
        action.run()
        return True

    def press(self, event: QKeyEvent) -> bool:
        """Do what a plain key means here; False when it means nothing."""
        if event.isAutoRepeat():
            return False
        for action in self._actions.values():
            if _is_plain(action.keys) and _matches(action.keys, event) and action.enabled():
                action.run()
                return True
        return False

    def all(self) -> Sequence[Action]:
        """Every action, in the order given."""
        return tuple(self._actions.values())

    def every(self) -> Sequence[Action]:
        """Every action, those of the part that was taken in first."""
        own = self.all()
        return own if self._inner is None else (*self._inner.every(), *own)

    def bar(self) -> list[tuple[str, str]]:
        """(keys, word) of what has keys but no button, for the key bar."""
        own = [
            (action.keys, action.text)
            for action in self._actions.values()
            if action.keys and action.bar and not self._buttons.get(action.name)
        ]
        return own if self._inner is None else [*self._inner.bar(), *own]

    def palette(self) -> list[Action]:
        """What the palette may offer now."""
        own = [a for a in self._actions.values() if a.palette and a.enabled()]
        return own if self._inner is None else [*self._inner.palette(), *own]

    def keys(self) -> frozenset[str]:
        """All keys in use."""
        return frozenset(action.keys for action in self._actions.values() if action.keys)

    def give_way(self, keys: frozenset[str]) -> None:
        """Let go of these keys: the screen on top means something else by them."""
        for name, shortcut in self._shortcuts.items():
            shortcut.setEnabled(self._actions[name].keys not in keys)

    def _shortcut(self, action: Action) -> QShortcut:
        shortcut = QShortcut(QKeySequence(_for_qt(action.keys)), self._owner)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.setAutoRepeat(False)
        shortcut.activated.connect(lambda: self.run(action.name))
        return shortcut

    def _drop(self, name: str, button: Button) -> None:
        self._buttons[name] = [kept for kept in self._buttons.get(name, []) if kept is not button]


class AcceptKeys(QObject):
    """Lets Ctrl+A accept from a one-line field, where Qt would take it as `select all`.

    Where no action answers to Ctrl+A the field still selects all.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and isinstance(watched, QLineEdit)
            and event.matches(QKeySequence.StandardKey.SelectAll)
        ):
            event.ignore()
            return True
        return False


_QT_NAMES = {"Enter": "Return", "←": "Left", "→": "Right", "↑": "Up", "↓": "Down", "Esc": "Esc"}
_NAMED_PLAIN = {
    "Enter": (Qt.Key.Key_Return, Qt.Key.Key_Enter),
    "Esc": (Qt.Key.Key_Escape,),
    "Space": (Qt.Key.Key_Space,),
    "Del": (Qt.Key.Key_Delete,),
}


def _is_plain(keys: str) -> bool:
    """Keys that a field may need for itself: letters, digits, Enter, Esc, Space, Del."""
    return keys in _NAMED_PLAIN or len(keys) == 1


def _matches(keys: str, event: QKeyEvent) -> bool:
    held = event.modifiers() & (
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    )
    if held:
        return False
    if keys in _NAMED_PLAIN:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        return not shift and Qt.Key(event.key()) in _NAMED_PLAIN[keys]
    return event.text().casefold() == keys.casefold()


def _for_qt(keys: str) -> str:
    parts = keys.split("+")
    return "+".join(_QT_NAMES.get(part, part) for part in parts)
