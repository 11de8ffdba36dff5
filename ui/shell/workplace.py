"""Where a signed-in person works: rail, top bar, the screen on top, key bar, palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.domain.roles import Permission
from app.ports.program import Program
from app.queries.admin import CountWaiting
from app.rows.admin import BranchView, Counts, Me
from app.texts import _, ngettext, translated
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.card import column
from ui.kit.keys import KeyBar
from ui.kit.line import LineState, LineWatch
from ui.kit.messages import spoken
from ui.kit.router import Router, Screen, page_margin
from ui.kit.screen_context import Station
from ui.kit.tasks import Desk
from ui.kit.theme import theme
from ui.shell.ahead import Ahead
from ui.shell.backups import BackupKeeper
from ui.shell.connection import connection_dialog, sentence
from ui.shell.day import day_dialog
from ui.shell.demonstration import DemonstrationMark
from ui.shell.hits import Hit
from ui.shell.key_sheet import KeySheet, key_lines
from ui.shell.outbox import OutboxKeeper
from ui.shell.palette import Palette
from ui.shell.rail import NARROW_SCALE, NARROW_WINDOW, Rail
from ui.shell.recents import Recents
from ui.shell.screens import Place, places
from ui.shell.topbar import TopBar

LoadScreen = Callable[[str, str], Callable[[Station], Screen]]
WITHIN = {
    "application": "applications",
    "loan": "loans",
    "checks": "today",
    "meeting": "counter",
    "centres": "counter",
    "centre": "counter",
    "receipt-books": "counter",
    "till": "counter",
    "tills": "counter",
    "take-over": "loans",
    "messages": "overdue",
}  # one of a list: its place in the rail
STARTS = ("today", "applications", "counter", "loans", "settings")


class Workplace(QWidget):
    """One person's screens, from sign-in to sign-out. A lock leaves all of it as it is."""

    person_wanted = Signal(QPoint)
    lock_wanted = Signal()
    recovery_wanted = Signal()
    retitled = Signal(str)

    def __init__(
        self,
        desk: Desk,
        program: Program,
        me: Me,
        branch: BranchView,
        load: LoadScreen,
        line: LineWatch | None = None,
    ) -> None:
        super().__init__()
        self._load = load
        self._stack = QStackedWidget()
        self.router = Router(self._stack)
        self.station = Station(desk, self.router, program, me, branch)
        self.station.setParent(self)
        self.backups = BackupKeeper(self.station, self)
        self.outbox = OutboxKeeper(self.station, self)
        self._places = places(me.permissions)
        self.rail = Rail([place for place in self._places if place.rail])
        self.top = TopBar(self.station)
        self.day_banner, self.recovery_banner, self.line_banner = Banner(), Banner(), Banner()
        self._mark = DemonstrationMark() if branch.demonstration else None
        self.key_bar = KeyBar()
        self.action_set = ActionSet(self)
        self._watched: Screen | None = None
        self._register()
        self.action_set.show(self._actions())
        self._recents = Recents(self.station)
        self.palette_list = Palette(
            self, self.top.find_box, self.station, self._hits, self._recents
        )
        self._lay_out()
        self._connect()
        self._fold()  # before it has a size: unfolded it would ask for a wider window
        self._on_branch()
        self._line = line
        if line is not None:
            line.changed.connect(self.show_line)
            self.show_line(line.state)
        self.count()

    def begin(self) -> None:
        """Open the screen that this person starts with."""
        mine = [name for name in self._order() if self.router.has(name)]
        if mine:
            self.router.go(mine[0])
        Ahead(self.router, [place.name for place in self._places]).begin()

    def count(self) -> None:
        """Ask how much waits in each place."""
        self.station.desk.read(self, CountWaiting(), self._on_counts, _nothing, slot="counts")

    def show_line(self, state: LineState) -> None:
        """Show how the line to the database is, in the top bar and above the screens."""
        self.top.show_line(state)
        said = sentence(state)
        if not said:
            self.line_banner.clear()
        elif said != self.line_banner.text():
            self.line_banner.say(said, "late1" if state.newer else "late2", keeps=True)
        self._make_room()

    def connection(self) -> None:
        """Show where the books are and how the line there is."""
        state = LineState() if self._line is None else self._line.state
        there = self.station.program.line
        address = None if there is None else there.address
        connection_dialog(self, state, address, self.station.program.folder).open()

    def trouble(self, error: Exception) -> None:
        """Say a refusal that no screen took."""
        screen = self.router.current
        if screen is not None:
            screen.banner.say(spoken(error), "bad")

    def day(self) -> None:
        """Show the business day and what can be done with it."""
        day_dialog(self, self.station).open()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _order(self) -> Sequence[str]:
        if self.station.may(Permission.RECEIPT_POST) and not self.station.may(
            Permission.APPLICATION_SANCTION
        ):
            return ("counter", *STARTS)
        return (*STARTS, *(place.name for place in self._places))

    def _register(self) -> None:
        for place in self._places:
            self.router.register(place.name, self._maker(place))

    def _maker(self, place: Place) -> Callable[[], Screen]:
        return lambda: self._load(place.module, place.screen)(self.station)

    def _lay_out(self) -> None:
        shown = (self.line_banner, self.day_banner, self.recovery_banner)
        banners = column(*shown, gap=8)
        content = QVBoxLayout()
        content.setSpacing(0)
        for part in (self.top, banners, self._stack, self.key_bar):
            if isinstance(part, QWidget):
                content.addWidget(part, 1 if part is self._stack else 0)
            else:
                content.addLayout(part)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self.rail)
        line.addLayout(content, 1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line, 1)
        self._outer, self._banners = outer, banners

    def _connect(self) -> None:
        self.rail.chosen.connect(self.router.go)
        self.top.day_wanted.connect(self.day)
        self.top.line.clicked.connect(self.connection)
        self.top.person_wanted.connect(self.person_wanted)
        self.top.checks.clicked.connect(lambda: self.router.go("checks"))
        self.router.shown.connect(self._on_shown)
        self.station.branch_changed.connect(self._on_branch)
        self.station.desk.changed.connect(self._on_changed)
        theme().changed.connect(self._fold)

    def _actions(self) -> list[Action]:
        go, router = self.router.go, self.router
        shown = [
            _window("palette", _("Find"), "Ctrl+K", self._find, palette=False),
            _window("goto", _("Go to"), "Alt+G", self._find, palette=False),
            _window("day", _("Business day"), "F2", self.day),
            _window("line", _("Connection"), "", self.connection),
            _window("lock", _("Lock"), "Ctrl+L", self.lock_wanted.emit),
            _window("back", _("Back"), "Alt+←", router.back, palette=False),
            _window("forward", _("Forward"), "Alt+→", router.forward, palette=False),
            Action(name="keys", text=_("Keys"), keys="F1", run=self._show_keys),
        ]
        if router.has("counter") and self.station.may(Permission.RECEIPT_POST):
            shown.append(_window("receipt", _("Receipt"), "F6", lambda: go("counter")))
        if router.has("applications") and self.station.may(Permission.LOAN_DISBURSE):
            ready = _("Disbursements that are ready")
            shown.append(_window("ready", ready, "F5", lambda: go("applications", stage="ready")))
        for at, name in enumerate(self.rail.names()[:9], start=1):
            word = self.rail.item(name).accessibleName()
            shown.append(_window(f"go {name}", word, f"Alt+{at}", self._goer(name), palette=False))
        return shown

    def _find(self) -> None:
        self.palette_list.open()

    def _goer(self, name: str) -> Callable[[], object]:
        return lambda: self.router.go(name)

    def _hits(self) -> Sequence[Hit]:
        """What the palette knows by itself: this screen's acts, the window's, the places."""
        screen = self.router.current
        hits = []
        for place in self._places:
            if place.rail or place.found:
                word = translated(place.title)
                hits.append(Hit(word, self._goer(place.name), _("screen"), icon=place.icon))
        acts = [*(screen.action_set.palette() if screen else ()), *self.action_set.palette()]
        hits += [
            Hit(act.text, act.run, _("action"), act.keys, act.icon or "lightning") for act in acts
        ]
        return hits

    def title_of(self, name: str) -> str:
        """What a place is called."""
        found = [translated(place.title) for place in self._places if place.name == name]
        return found[0] if found else ""

    def _show_keys(self) -> None:
        screen = self.router.current
        own = screen.action_set.every() if screen else ()
        title = self.title_of(self.router.name)
        lines = key_lines(title, own, self.action_set.all())
        KeySheet(self, self.station, lines).open()

    def _on_shown(self, screen: Screen) -> None:
        if screen is not self._watched:
            self._watched = screen
            screen.titled.connect(self._on_titled)
            screen.stated.connect(self._on_stated)
            screen.action_set.changed.connect(self._show_bar)
        self.rail.mark(WITHIN.get(self.router.name, self.router.name))
        self.action_set.give_way(screen.action_set.keys())
        self._show_bar()
        self.key_bar.show_state(*screen.state)
        self._retitle()
        if screen.focusWidget() is None:
            screen.setFocus()

    def _show_bar(self) -> None:
        screen = self.router.current
        if screen is not None:
            self.key_bar.show_keys([*screen.action_set.bar(), ("F1", _("Keys"))])

    def _on_stated(self, sentence: str, icon: str, tone: str) -> None:
        if self.sender() is self.router.current:
            self.key_bar.show_state(sentence, icon, tone)

    def _on_titled(self, title: str) -> None:
        screen = self.router.current
        if screen is not None:
            self._recents.note(self.router.name, screen.about, title)
        self._retitle()

    def _retitle(self) -> None:
        screen = self.router.current
        self.retitled.emit("" if screen is None else screen.title)

    def _on_counts(self, counts: Counts) -> None:
        for place in self._places:
            if place.badge:
                self.rail.show_count(place.name, getattr(counts, place.badge))
        mine = counts.checks if self.station.may(Permission.APPLICATION_SANCTION) else 0
        text = ngettext("{count} to check", "{count} to check", mine).format(count=mine)
        self.top.checks.show_text(text, "due")
        self.top.checks.setVisible(mine > 0 and self.router.has("checks"))

    def _on_branch(self) -> None:
        self.top.show_branch()
        branch = self.station.branch
        if branch.business_on is None:
            said = _("No business day is open: nothing can be booked.")
            act = _("Open the day")
            self.day_banner.say(said, "late1", act, self.day, keeps=True, keys="F2")
        else:
            self.day_banner.clear()
        if branch.recovery_confirmed or branch.demonstration:
            self.recovery_banner.clear()
        elif self.station.may(Permission.USER_MANAGE):
            said = _("Type the recovery code once before the first loan, so that it is known good.")
            act = _("Type the code")
            self.recovery_banner.say(said, "due", act, self.recovery_wanted.emit, keeps=True)
        self._make_room()

    def _make_room(self) -> None:
        all_shown = (self.line_banner, self.day_banner, self.recovery_banner)
        any_shown = not all(banner.isHidden() for banner in all_shown)
        side = page_margin()
        self._banners.setContentsMargins(side, theme().space(8) if any_shown else 0, side, 0)

    def _on_changed(self, _topics: object) -> None:
        self.count()

    def _fold(self) -> None:
        narrow = theme().scale >= NARROW_SCALE or self.width() < NARROW_WINDOW
        self.rail.fold(narrow=narrow)
        self.top.fold(narrow=narrow)
        self._put_mark(narrow=narrow)

    def _put_mark(self, *, narrow: bool) -> None:
        """Over the window, or below in the rail where height is dear."""
        mark = self._mark
        if mark is None or mark.parentWidget() is (self.rail if narrow else self):
            return
        mark.fold(narrow=narrow)
        if narrow:
            self.rail.put_below(mark)
        else:
            self._outer.insertWidget(0, mark)


def _window(
    name: str, text: str, keys: str, run: Callable[[], object], *, palette: bool = True
) -> Action:
    """An action of the window: its key is known by F1 and the palette, not by the key bar."""
    return Action(name=name, text=text, keys=keys, run=run, bar=False, palette=palette)


def _nothing(_error: Exception) -> None:
    """Badges that cannot be counted just now stay as they were."""
