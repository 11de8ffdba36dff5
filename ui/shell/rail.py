"""The rail at the left: the places that this person may go to, with what waits there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.texts import _, translated
from ui.kit.card import row
from ui.kit.icons import draw_icon
from ui.kit.keys import KeyCap
from ui.kit.paint import box, draw_text, text_width
from ui.kit.text import Text, note
from ui.kit.theme import theme
from ui.kit.tokens import Mode
from ui.shell.brand import Mark
from ui.shell.screens import Place

WIDE, NARROW = 188, 104
TALL, LOW = 44, 36  # px at 100 % of an item with its word under the icon, and at least
NARROW_SCALE, NARROW_WINDOW = 150, 1100


class Rail(QFrame):
    """Icons and words; at large text or in a small window the words go under the icons."""

    chosen = Signal(str)

    def __init__(self, places: Sequence[Place], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(_("Screens"))
        self._narrow = False
        self._items: dict[str, RailItem] = {}
        self._name = Text(_("Kist"), "lead", strong=True)
        self._hint = note(_("+ number opens"), "text2")
        self._cap = KeyCap("Alt")
        self._head = QWidget()
        self._layout = QVBoxLayout(self)
        self._build(places)
        self.fold(narrow=False)

    def item(self, name: str) -> RailItem:
        """The item of a place."""
        return self._items[name]

    def names(self) -> tuple[str, ...]:
        """The places, from the top."""
        return tuple(self._items)

    def put_below(self, widget: QWidget) -> None:
        """Let a widget stand at the bottom."""
        self._layout.addWidget(widget)

    def mark(self, name: str) -> None:
        """Show which place is open; a screen without an item leaves the mark where it was."""
        if name in self._items:
            for known, item in self._items.items():
                item.setChecked(known == name)

    def show_count(self, name: str, count: int) -> None:
        """Show how many wait there; 0 shows nothing."""
        if name in self._items:
            self._items[name].show_count(count)

    def fold(self, *, narrow: bool) -> None:
        """Put the words under the icons, or beside them."""
        self._narrow = narrow
        self.setFixedWidth(self._width())
        self._head.setFixedHeight(theme().height("topbar"))
        self._name.setVisible(not narrow)
        self._hint.setVisible(not narrow)
        self._cap.setVisible(not narrow)
        for item in self._items.values():
            item.fold(narrow=narrow)

    def _width(self) -> int:
        if not self._narrow:
            return theme().px(WIDE)
        words = max((item.word_width() for item in self._items.values()), default=0)
        return max(NARROW, round(words) + theme().px(20))

    def _build(self, places: Sequence[Place]) -> None:
        look = theme()
        self._layout.setContentsMargins(look.space(8), 0, look.space(8), look.space(8))
        self._layout.setSpacing(look.space(2))
        top = row(Mark(22), self._name, gap=8)
        top.addStretch(1)
        top.setContentsMargins(look.space(8), 0, 0, 0)
        self._head.setLayout(top)
        self._layout.addWidget(self._head)
        for at, place in enumerate(places, start=1):
            item = RailItem(place, str(at) if at < 10 else "", self._opener(place.name))  # noqa: PLR2004
            self._items[place.name] = item
            self._layout.addWidget(item)
        self._layout.addStretch(1)
        foot = row(self._cap, self._hint, gap=6)
        foot.setContentsMargins(look.space(10), 0, 0, 0)
        foot.addStretch(1)
        self._layout.addLayout(foot)

    def _opener(self, name: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(name)


class RailItem(QAbstractButton):
    """One place: icon, word, how many wait, its digit."""

    def __init__(self, place: Place, digit: str, run: Callable[[], None]) -> None:
        super().__init__()
        self._place, self._digit, self._count, self._narrow = place, digit, 0, False
        self._word = translated(place.title)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.clicked.connect(run)
        self._say()

    def show_count(self, count: int) -> None:
        self._count = count
        self._say()
        self.update()

    @property
    def count(self) -> int:
        """How many wait, as shown."""
        return self._count

    def fold(self, *, narrow: bool) -> None:
        self._narrow = narrow
        self.updateGeometry()
        self.update()

    def word_width(self) -> float:
        """The room that the word under the icon takes."""
        return text_width(self._word, theme().font("key", True))

    def sizeHint(self) -> QSize:
        look = theme()
        height = look.px(TALL) if self._narrow else look.height("nav")
        return QSize(look.px(60), height)

    def minimumSizeHint(self) -> QSize:
        """Where there are many places in a low window, the air above and below gives way."""
        hint = self.sizeHint()
        return QSize(hint.width(), theme().px(LOW)) if self._narrow else hint

    def nextCheckState(self) -> None:
        """The rail says which one is chosen, not the click."""

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
        on, over = self.isChecked(), self.underMouse()
        if on or over:
            fill = look.colour("rail_on") if on else look.colour("border")
            edge = look.colour("border_strong") if on else None
            box(painter, rect, look.radius("card"), fill=fill, border=edge)
        if self.hasFocus():
            box(painter, rect, look.radius("card"), border=look.colour("focus"), width=2)
        ink = look.colour("on_selected" if on else "text2")
        if self._narrow:
            self._paint_narrow(painter, rect, ink)
        else:
            self._paint_wide(painter, rect, ink)
        painter.end()

    def _paint_wide(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        look, on = theme(), self.isChecked()
        side = look.icon_size("nav")
        spot = QRectF(look.px(11), rect.center().y() - side / 2, side, side)
        draw_icon(painter, spot, self._place.icon, self._icon_ink(ink), fill=on)
        small = look.font("key")
        right = rect.adjusted(0, 0, -look.px(7), 0)
        digit = ink if on else look.colour("text2")
        draw_text(painter, right, self._digit, small, digit, right=True)
        room = rect.adjusted(look.px(36), 0, -look.px(22), 0)
        if self._count:
            width = self._badge(painter, room.right() - look.px(3), rect.center().y())
            room.setRight(room.right() - width - look.px(6))
        draw_text(painter, room, self._word, look.font(strong=on), ink)

    def _paint_narrow(self, painter: QPainter, rect: QRectF, ink: QColor) -> None:
        look, on = theme(), self.isChecked()
        side, air = look.icon_size("inline"), look.px(3) + (rect.height() - look.px(LOW)) / 2
        spot = QRectF(rect.center().x() - side / 2, air, side, side)
        draw_icon(painter, spot, self._place.icon, self._icon_ink(ink), fill=on)
        low = rect.adjusted(0, air + look.px(16), 0, -look.px(2))
        draw_text(painter, low, self._word, look.font("key", on), ink, centre=True)
        if self._count:
            self._badge(painter, rect.right() - look.px(2), look.px(10))

    def _badge(self, painter: QPainter, right: float, middle: float) -> float:
        look, late = theme(), self._place.name == "overdue"
        text = str(self._count)
        font = look.font("key", True)
        height = look.px(18)
        width = max(look.px(22), text_width(text, font) + look.px(11))
        place = QRectF(right - width, middle - height / 2, width, height)
        ground = look.colour("late3_soft" if late else "border")
        ink = look.colour("late3_text" if late else "text2")
        box(painter, place, height / 2, fill=ground)
        draw_text(painter, place, text, font, ink, centre=True)
        return width

    def _icon_ink(self, ink: QColor) -> QColor:
        plain = theme().mode is Mode.HIGH_CONTRAST  # there the chosen one lies on the accent
        return theme().colour("accent") if self.isChecked() and not plain else ink

    def _say(self) -> None:
        self.setAccessibleName(self._word)
        waiting = _("{count} waiting").format(count=self._count) if self._count else ""
        keys = f"Alt+{self._digit}" if self._digit else ""
        self.setAccessibleDescription(", ".join(part for part in (waiting, keys) if part))
