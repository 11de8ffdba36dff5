"""The bar at the top: find box, business date, branch and counter, connection, person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.texts import _
from app.texts.figures import day, weekday
from app.texts.labels import named
from ui.kit.card import Rule
from ui.kit.icons import draw_icon
from ui.kit.inputs import FindEdit
from ui.kit.line import LineState
from ui.kit.paint import box, caps_size, draw_caps, draw_text, text_width
from ui.kit.screen_context import Station
from ui.kit.theme import theme
from ui.shell.connection import words

FIND_WIDTH = 400
WEEKDAY_LETTERS = 3


class TopBar(QFrame):
    """Says where we are and on which business day; every part of it can be pressed."""

    day_wanted = Signal()
    person_wanted = Signal(QPoint)

    def __init__(self, station: Station, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._station = station
        self.find_box = FindBox()
        self.checks = TopItem("check-square", _("To check"), keys="", strong=True)
        self.checks.hide()
        self.date = TopItem("calendar-blank", _("Business date"), keys="F2", strong=True)
        self.place = TopItem("storefront", _("Branch and counter"))
        self.line = TopItem("desktop", _("Connection"))
        self.person = PersonButton(station.me.full_name, _roles(station.me.roles))
        self._rules = [Rule(standing=True) for _at in range(3)]
        self.date.clicked.connect(self.day_wanted)
        self.person.clicked.connect(self._open_person)
        self._lay_out()
        self.show_branch()
        self.show_line(LineState())

    def show_branch(self) -> None:
        """Show the branch and the business day as they are now."""
        branch = self._station.branch
        on = branch.business_on
        if on is None:
            self.date.show_text(_("No day open"), "late1")
        else:
            self.date.show_text(short_day(on), "" if on == branch.today else "late1")
        text = _("{branch} · Counter {counter}")
        self.place.show_text(text.format(branch=branch.name, counter=branch.counter))

    def show_line(self, state: LineState) -> None:
        """Show how the line to the database is."""
        icon, text, tone = words(state)
        self.line.show_icon(icon)
        self.line.show_text(text, tone)

    def fold(self, *, narrow: bool) -> None:
        """Leave out what can be spared, and take the heights of the text size."""
        self.setFixedHeight(theme().height("topbar"))
        self.find_box.fold()
        self.place.setVisible(not narrow)
        self._rules[0].setVisible(not narrow)
        self.person.fold(narrow=narrow)

    def sizeHint(self) -> QSize:
        return QSize(600, theme().height("topbar"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(theme().colour("border"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _lay_out(self) -> None:
        look = theme()
        line = QHBoxLayout(self)
        line.setContentsMargins(look.space(24), 0, look.space(16), 0)
        line.setSpacing(look.space(8))
        line.addWidget(self.find_box, 4)
        line.addStretch(1)
        line.addWidget(self.checks)
        for part, rule in zip((self.date, self.place, self.line), self._rules, strict=True):
            rule.setFixedHeight(look.px(20))
            line.addWidget(part)
            line.addWidget(rule)
        line.addWidget(self.person)

    def _open_person(self) -> None:
        corner = QPoint(self.person.width(), self.person.height() + theme().px(2))
        self.person_wanted.emit(self.person.mapToGlobal(corner))


class FindBox(FindEdit):
    """The grey field that is also the palette; it shows its own key."""

    def __init__(self) -> None:
        super().__init__(_("Loan, name, phone, centre or action"), kind="find")
        self.fold()

    def fold(self) -> None:
        """Take the lengths of the text size."""
        self.setMaximumWidth(theme().px(FIND_WIDTH))
        room = round(caps_size("Ctrl+K").width()) + theme().px(10)
        self.setTextMargins(theme().px(24), 0, room, 0)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(FIND_WIDTH), theme().height("find"))

    def minimumSizeHint(self) -> QSize:
        return QSize(theme().px(160), theme().height("find"))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter, keys = QPainter(self), "Esc" if self.hasFocus() else "Ctrl+K"
        left = self.width() - caps_size(keys).width() - theme().px(9)
        draw_caps(painter, left, self.height() / 2, keys)
        painter.end()


class TopItem(QAbstractButton):
    """Icon, words, keys; on a tint when it wants to be seen."""

    def __init__(self, icon: str, name: str, *, keys: str = "", strong: bool = False) -> None:
        super().__init__()
        self._icon, self._name, self._keys, self._strong = icon, name, keys, strong
        self._text = self._tone = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if keys else Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_text(self, text: str, tone: str = "") -> None:
        """Show other words; `tone` puts them on a tint."""
        self._text, self._tone = text, tone
        self.setAccessibleName(f"{self._name}: {text}")
        self.updateGeometry()
        self.update()

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def text(self) -> str:
        return self._text

    def sizeHint(self) -> QSize:
        look = theme()
        width = text_width(self._text, look.font(strong=self._strong)) + look.px(40)
        width += caps_size(self._keys).width() + look.px(8) if self._keys else 0
        return QSize(round(width), look.height("control"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        if self._tone:
            soft = look.colour(f"{self._tone}_soft")
            box(painter, rect.adjusted(0, 2, 0, -2), look.radius("chip"), fill=soft)
        elif self.underMouse() and self._keys:
            box(painter, rect, look.radius("button"), fill=look.colour("hover"))
        if self.hasFocus():
            box(painter, rect, look.radius("button"), border=look.colour("focus"), width=2)
        ink = look.colour(f"{self._tone}_text" if self._tone else "text")
        side = look.icon_size()
        spot = QRectF(look.px(8), rect.center().y() - side / 2, side, side)
        soft_ink = ink if self._tone else look.colour("text2")
        draw_icon(painter, spot, self._icon, soft_ink)
        font = look.font(strong=self._strong)
        room = rect.adjusted(look.px(31), 0, 0, 0)
        words = ink if self._strong else soft_ink
        used = draw_text(painter, room, self._text, font, words)
        if self._keys:
            draw_caps(painter, room.left() + used + look.px(8), rect.center().y(), self._keys)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press(self, event, super().keyPressEvent)


class PersonButton(QAbstractButton):
    """Who works here: initials, name, role. It opens the menu of the person."""

    def __init__(self, name: str, role: str) -> None:
        super().__init__()
        self._name, self._role, self._narrow = name, role, False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("{name}, {role}").format(name=name, role=role))

    def fold(self, *, narrow: bool) -> None:
        """Show the initials alone."""
        self._narrow = narrow
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        look = theme()
        if self._narrow:
            return QSize(look.px(42), look.px(40))
        words = text_width(self._name, look.font("small", True))
        words = max(words, text_width(self._role, look.font("key")))
        return QSize(round(words) + look.px(56), look.px(40))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        if self.underMouse():
            box(painter, rect, look.radius("button"), fill=look.colour("hover"))
        if self.hasFocus():
            box(painter, rect, look.radius("button"), border=look.colour("focus"), width=2)
        side = look.px(28)
        spot = QRectF(look.px(6), rect.center().y() - side / 2, side, side)
        box(painter, spot, side / 2, fill=look.colour("info_soft"))
        initials = "".join(part[:1] for part in self._name.split()[:2]).upper()
        ink = look.colour("info_text")
        draw_text(painter, spot, initials, look.font("key", True), ink, centre=True)
        if not self._narrow:
            room = rect.adjusted(look.px(42), look.px(3), -look.px(6), -look.px(3))
            upper = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
            lower = QRectF(room.left(), upper.bottom(), room.width(), room.height() / 2)
            text, text2 = look.colour("text"), look.colour("text2")
            draw_text(painter, upper, self._name, look.font("small", True), text)
            draw_text(painter, lower, self._role, look.font("key"), text2)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        press(self, event, super().keyPressEvent)


def press(
    button: QAbstractButton, event: QKeyEvent, otherwise: Callable[[QKeyEvent], None]
) -> None:
    """Enter presses a button as Space does."""
    if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
        button.click()
        return
    otherwise(event)


def short_day(on: date) -> str:
    """A day with its weekday: Mon 23 Nov 2026."""
    short = weekday(on)[:WEEKDAY_LETTERS] if weekday(on).isascii() else weekday(on)
    return _("{weekday} {day}").format(weekday=short, day=day(on))


def _roles(roles: tuple[str, ...]) -> str:
    return ", ".join(dict.fromkeys(named("role", role) for role in roles))
