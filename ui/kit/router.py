"""Screens and the way between them: opened by name, with history, reloaded on changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.form import Form
from ui.kit.making import InParts
from ui.kit.messages import show
from ui.kit.tasks import Desk
from ui.kit.theme import theme

HISTORY = 50
NARROW_AT = 150  # text size in percent from which the margins give way


def page_margin() -> int:
    """The margin at the left and right of a page: it gives way where letters are large."""
    look = theme()
    return look.space(24) if look.scale < NARROW_AT else look.space(13)


class Screen(InParts, QWidget):
    """One place of the window. Subclasses fill `page`, answer `actions()` and `reload()`.

    A visible screen reloads when one of its `topics` changed; a hidden one does so when shown.
    """

    topics: ClassVar[frozenset[str]] = frozenset()
    titled = Signal(str)
    stated = Signal(str, str, str)  # sentence, icon, tone: the right end of the key bar

    def __init__(self, desk: Desk, router: Router, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk, self.router = desk, router
        self.banner = Banner()
        self.action_set = ActionSet(self)
        self._stale = True
        self._params: dict[str, Any] | None = None
        self._title = ""
        self._state = ("", "check-circle", "ok")
        self.setProperty("kind", "canvas")
        self.page = QVBoxLayout(self)
        look, margin = theme(), page_margin()
        self.page.setContentsMargins(margin, look.space(16), margin, look.space(16))
        self.page.setSpacing(look.space(12))
        self.page.addWidget(self.banner)
        desk.changed.connect(self._on_changed)

    @property
    def title(self) -> str:
        """What the screen is called, for the window's title and the history."""
        return self._title

    @property
    def about(self) -> dict[str, Any]:
        """What it was opened with."""
        return dict(self._params or {})

    def set_title(self, title: str) -> None:
        self._title = title
        self.setAccessibleName(title)
        self.titled.emit(title)

    @property
    def state(self) -> tuple[str, str, str]:
        """Sentence, icon and tone for the right end of the key bar."""
        return self._state

    def set_state(self, sentence: str, icon: str = "check-circle", tone: str = "ok") -> None:
        """Say in one sentence how things stand."""
        self._state = (sentence, icon, tone)
        self.stated.emit(sentence, icon, tone)

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        """What can be done here. Called once; `enabled` of each is asked again later."""
        return ()

    def install_actions(self) -> None:
        """Put the actions in force. Call it at the top of `__init__`, before making buttons."""
        self.action_set.show(self.actions())

    def arrive(self, **params: Any) -> None:
        """Somebody opened the screen with these parameters, before it is shown.

        `reload()` follows when they are others than before, or when something changed meanwhile.
        """

    def come(self, params: dict[str, Any]) -> None:
        """For the router: arrive, and read again when it is about something else now."""
        self.arrive(**params)
        if params != self._params:
            self._params = params
            self.stale()

    def reload(self) -> None:
        """Read again what is shown."""

    def can_leave(self) -> bool:
        """Whether the screen may be left now; if not, it says why itself."""
        return True

    def failed(self, error: Exception, form: Form | None = None) -> None:
        """Show a refusal at its field of `form`, else in the banner; can be passed as `fail`."""
        show(error, self.banner, form)

    def stale(self) -> None:
        """Read again, at once when visible, else when shown next."""
        self._stale = True
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self.action_set.all():
            self.install_actions()
        self.action_set.refresh()
        if self._stale:
            self._refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.action_set.press(event):
            super().keyPressEvent(event)

    def _on_changed(self, topics: frozenset[str]) -> None:
        if topics & self.topics:
            self.stale()

    def _refresh(self) -> None:
        self._stale = False
        self.reload()


@dataclass(frozen=True, slots=True)
class _Visit:
    """One step of the history."""

    name: str
    params: dict[str, Any]


class Router(QObject):
    """Opens screens by name in one stack. Each is made at its first visit and kept."""

    shown = Signal(object)  # the Screen on top
    missed = Signal(str)  # a name that is not there (not for this role)

    def __init__(self, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._stack = stack
        self._makers: dict[str, Callable[[], Screen]] = {}
        self._screens: dict[str, Screen] = {}
        self._coming: dict[str, Screen] = {}  # made ahead, in part or wholly
        self.ahead = False  # whether a screen is being made that nobody waits for
        self._history: list[_Visit] = []
        self._at = -1

    def register(self, name: str, make: Callable[[], Screen]) -> None:
        """Say how the screen `name` is made."""
        self._makers[name] = make

    def has(self, name: str) -> bool:
        """Whether this role may open it."""
        return name in self._makers

    @property
    def name(self) -> str:
        """The name of the screen on top, or nothing."""
        return self._history[self._at].name if self._at >= 0 else ""

    @property
    def current(self) -> Screen | None:
        """The screen on top."""
        return self._screens.get(self.name)

    def go(self, name: str, **params: Any) -> bool:
        """Open a screen. False when it is not there or the one on top may not be left."""
        if name not in self._makers:
            self.missed.emit(name)
            return False
        if not self._may_leave():
            return False
        visit = _Visit(name, params)
        if self._at < 0 or self._history[self._at] != visit:
            self._history = [*self._history[: self._at + 1], visit][-HISTORY:]
            self._at = len(self._history) - 1
        self._open(visit)
        return True

    def back(self) -> bool:
        """Go to where one was before (Alt+Left)."""
        return self._step(-1)

    def forward(self) -> bool:
        """Undo `back` (Alt+Right)."""
        return self._step(1)

    def can_go_back(self) -> bool:
        return self._at > 0

    def clear(self) -> None:
        """Forget every screen and the history, as after signing out."""
        for screen in (*self._screens.values(), *self._coming.values()):
            self._stack.removeWidget(screen)
            screen.deleteLater()
        self._screens.clear()
        self._coming.clear()
        self._history.clear()
        self._at = -1

    def make_ahead(self, name: str) -> bool:
        """Make a part of a screen before anybody opens it; False once it is whole."""
        if name in self._screens or name not in self._makers:
            return False
        self.ahead = True
        try:
            if name not in self._coming:
                self._coming[name] = self._makers[name]()
            elif not self._coming[name].make_part():
                self._keep(name, self._coming.pop(name))
        finally:
            self.ahead = False
        return True

    def _step(self, by: int) -> bool:
        if not 0 <= self._at + by < len(self._history) or not self._may_leave():
            return False
        self._at += by
        self._open(self._history[self._at])
        return True

    def _may_leave(self) -> bool:
        return self.current is None or self.current.can_leave()

    def _open(self, visit: _Visit) -> None:
        screen = self._screens.get(visit.name) or self._made(visit.name)
        screen.come(visit.params)  # before it is in the stack: the first one is shown at once
        if visit.name not in self._screens:
            self._keep(visit.name, screen)
        self._stack.setCurrentWidget(screen)
        self.shown.emit(screen)

    def _made(self, name: str) -> Screen:
        screen = self._coming.pop(name, None) or self._makers[name]()
        screen.finish()
        return screen

    def _keep(self, name: str, screen: Screen) -> None:
        self._screens[name] = screen
        self._stack.addWidget(screen)
