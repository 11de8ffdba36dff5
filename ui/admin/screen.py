"""Settings: people, products, printers, the backup and how the program looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.commands.base import Topic
from app.domain.roles import Permission
from app.texts import _
from ui.admin.accounts import AccountsPart
from ui.admin.audit import AuditPart
from ui.admin.backup import BackupPart
from ui.admin.branch import BranchPart
from ui.admin.holidays import HolidaysPart
from ui.admin.late import LatePart
from ui.admin.look import LookPart
from ui.admin.papers_part import PapersPart
from ui.admin.part import Part
from ui.admin.printers import PrintersPart
from ui.admin.products import ProductsPart
from ui.admin.roles import RolesPart
from ui.admin.rule_tables import RuleTablesPart
from ui.admin.users import UsersPart
from ui.kit.actions import Action
from ui.kit.paint import box, draw_text, text_width
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station, StationScreen
from ui.kit.theme import theme


class SettingsScreen(StationScreen):
    """The parts at the left, the chosen one at the right."""

    topics = frozenset({Topic.USER, Topic.PRODUCT, Topic.DAY, Topic.BRANCH})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self._makers: dict[str, Callable[[Station], Part]] = {}
        self._parts: dict[str, Part] = {}  # those that were shown already
        self._read = False
        self._stack = QStackedWidget()
        self.install_actions()
        self.set_title(_("Settings"))
        self._list = PartList()
        self._list.chosen.connect(self.choose)
        for name, text, needs, make in parts_of_settings():
            if station.may(needs):
                self._makers[name] = make
                self._list.add(name, text)
        self._lay_out()
        self.make_parts(self._first(), ahead=self.router.ahead)

    def _first(self) -> Iterator[None]:
        """The part that is shown first."""
        yield
        part = self.part(next(iter(self._makers)))
        while part.make_part():
            yield

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        return [
            Action(name="next", text=_("Next part"), keys="Ctrl+PgDown", run=lambda: self._step(1)),
            Action(
                name="before", text=_("Part before"), keys="Ctrl+PgUp", run=lambda: self._step(-1)
            ),
        ]

    def arrive(self, **params: object) -> None:
        """`part` opens the part of that name."""
        part = params.get("part")
        if isinstance(part, str) and part in self._makers:
            self.choose(part)
            self.part(part).arrive(**params)

    def showEvent(self, event: QShowEvent) -> None:
        if not self.current:
            self.choose(next(iter(self._makers)))
        super().showEvent(event)

    def reload(self) -> None:
        self._read = True
        for part in self._parts.values():
            part.reload()

    def can_leave(self) -> bool:
        return all(part.can_leave() for part in self._parts.values())

    def choose(self, name: str) -> None:
        """Show a part."""
        shown = self._stack.currentWidget()
        if isinstance(shown, Part) and not shown.can_leave():
            self._list.mark(self.current)
            return
        part = self.part(name)
        part.finish()
        self._stack.setCurrentWidget(part)
        self._list.mark(name)
        self.action_set.take_in(part.action_set)
        part.begin()

    @property
    def current(self) -> str:
        """The name of the part shown."""
        shown = self._stack.currentWidget()
        return next((name for name, part in self._parts.items() if part is shown), "")

    def part(self, name: str) -> Part:
        """A part by name; it is made when it is wanted first."""
        if name not in self._parts:
            made = self._makers[name](self.station)
            self._parts[name] = made
            self._stack.addWidget(made)
            made.stated.connect(self.set_state)
            if self._read:
                made.reload()
        return self._parts[name]

    def names(self) -> Sequence[str]:
        """The parts that this person may open, in their order."""
        return tuple(self._makers)

    def _step(self, by: int) -> None:
        names = list(self._makers)
        self.choose(names[(names.index(self.current) + by) % len(names)])

    def _lay_out(self) -> None:
        margins = self.page.contentsMargins()
        self.page.setContentsMargins(0, 0, 0, 0)
        line = QHBoxLayout()
        line.setSpacing(0)
        line.addWidget(self._list)
        right = QVBoxLayout()
        right.setContentsMargins(margins)
        right.addWidget(self._stack, 1)
        line.addLayout(right, 1)
        self.page.addLayout(line, 1)


class PartList(QFrame):
    """The parts by name."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Parts of the settings"))
        self._items: dict[str, PartItem] = {}
        look = theme()
        holder = QWidget()
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(look.space(12), look.space(16), look.space(12), 0)
        self._column.setSpacing(look.space(2))
        self._column.addStretch(1)
        self._area = scrolled(holder)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)

    def add(self, name: str, text: str) -> None:
        """Add a part at the end."""
        item = PartItem(text)
        item.clicked.connect(lambda: self.chosen.emit(name))
        self._items[name] = item
        self._column.insertWidget(self._column.count() - 1, item)

    def mark(self, name: str) -> None:
        """Show which part is open."""
        for known, item in self._items.items():
            item.setChecked(known == name)
        chosen = self._items.get(name)
        if chosen is not None:  # once the list has its place on the screen
            QTimer.singleShot(0, self, lambda: self._area.ensureWidgetVisible(chosen))

    def sizeHint(self) -> QSize:
        wide = max((item.sizeHint().width() for item in self._items.values()), default=0)
        return QSize(wide + 2 * theme().space(12) + theme().px(2), theme().px(200))


class PartItem(QAbstractButton):
    """One part of the list."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        width = text_width(self._text, theme().font(strong=True)) + theme().px(24)
        return QSize(max(round(width), theme().px(120)), theme().height("control"))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def nextCheckState(self) -> None:
        """The list says which one is chosen, not the click."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Down: True, Qt.Key.Key_Up: False}
        key = Qt.Key(event.key())
        if key in steps:
            self.focusNextPrevChild(steps[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        on = self.isChecked()
        if on or self.underMouse():
            fill = look.colour("selected" if on else "hover")
            box(painter, rect, look.radius("button"), fill=fill)
        if self.hasFocus():
            box(painter, rect, look.radius("button"), border=look.colour("focus"), width=2)
        ink = look.colour("on_selected" if on else "text2")
        room = rect.adjusted(look.px(10), 0, -look.px(6), 0)
        draw_text(painter, room, self._text, look.font(strong=on), ink)
        painter.end()


def parts_of_settings() -> Sequence[tuple[str, str, Permission, Callable[[Station], Part]]]:
    """Name, words, what it needs and how it is made, for every part in order."""
    return (
        ("branch", _("Branch and stations"), Permission.BRANCH_MANAGE, BranchPart),
        ("users", _("People and roles"), Permission.USER_MANAGE, UsersPart),
        ("roles", _("What roles may do"), Permission.USER_MANAGE, RolesPart),
        ("products", _("Products"), Permission.PRODUCT_MANAGE, ProductsPart),
        ("rules", _("Decision rules"), Permission.VIEW_SETTINGS, RuleTablesPart),
        ("holidays", _("Holidays"), Permission.BRANCH_MANAGE, HolidaysPart),
        ("accounts", _("Accounts and charges"), Permission.BRANCH_MANAGE, AccountsPart),
        ("late", _("Late loans and messages"), Permission.BRANCH_MANAGE, LatePart),
        ("papers", _("Papers"), Permission.PAPER_MANAGE, PapersPart),
        ("printers", _("Printers"), Permission.VIEW_SETTINGS, PrintersPart),
        ("backup", _("Backup"), Permission.BACKUP_MAKE, BackupPart),
        ("look", _("Text and colours"), Permission.VIEW_SETTINGS, LookPart),
        ("audit", _("Audit log"), Permission.VIEW_AUDIT, AuditPart),
    )
