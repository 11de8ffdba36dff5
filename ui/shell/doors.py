"""The first run: a demonstration to look around in, a branch of one's own, or an office's."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.texts import SCREEN, _
from ui.kit.banner import Banner
from ui.kit.buttons import Button
from ui.kit.card import row
from ui.kit.icons import draw_icon, icon
from ui.kit.inputs import Choice
from ui.kit.keys import KeyBar
from ui.kit.look import LANGUAGES
from ui.kit.paint import box
from ui.kit.panel import scrolled
from ui.kit.progress import ProgressCard
from ui.kit.text import Text, note
from ui.kit.theme import theme
from ui.shell.brand import Brand, FallingBars

WIDTH = 1040
LARGE = 150  # per cent of the usual text size


class DoorsPage(QWidget):
    """Three doors of the same size, the middle of the screen; a backup may be brought in below."""

    demonstration = Signal()
    new_branch = Signal()
    join = Signal()
    restore = Signal()
    language = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self.banner, self.progress = Banner(), ProgressCard()
        self.languages = Choice(LANGUAGES)
        self.languages.setAccessibleName(_("Language"))
        self.languages.set_value(SCREEN.code)
        self.languages.edited.connect(lambda: self.language.emit(self.languages.value()))
        self.look = _door_look(self.demonstration.emit)
        self.found = _door_found(self.new_branch.emit)
        self.shared = _door_shared(self.join.emit)
        self._back = Button(
            _("Restore from a backup"), self.restore.emit, kind="ghost", keys="Alt+R"
        )
        self._bar = KeyBar()
        self._lay_out()

    def set_busy(self, busy: bool) -> None:
        """While the demonstration is made, nothing else can be begun."""
        for part in (self.look, self.found, self.shared, self._back, self.languages):
            part.setEnabled(not busy)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, alt = Qt.Key(event.key()), Qt.KeyboardModifier.AltModifier
        if not self.found.isEnabled():
            if key == Qt.Key.Key_Escape:
                self.progress.stop()
            return
        chosen = self._by_key(key, alt=bool(event.modifiers() & alt))
        if chosen is not None:
            chosen()
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.focusNextPrevChild(key == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def _by_key(self, key: Qt.Key, *, alt: bool) -> Callable[[], object] | None:
        if alt:
            return self.restore.emit if key == Qt.Key.Key_R else None
        return {
            Qt.Key.Key_1: self.demonstration.emit,
            Qt.Key.Key_2: self.new_branch.emit,
            Qt.Key.Key_Return: self.new_branch.emit,
            Qt.Key.Key_Enter: self.new_branch.emit,
            Qt.Key.Key_3: self.join.emit,
        }.get(key)

    def _lay_out(self) -> None:
        look = theme()
        room = scrolled(self._middle())
        room.setMaximumWidth(look.px(WIDTH))
        line = row(gap=0)
        line.addStretch(1)
        line.addWidget(room, 12)
        line.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(line, 1)
        outer.addWidget(self._bar)
        self._bar.show_keys(
            [("Enter", _("Start a branch")), ("1", _("Look around")), ("3", _("Join"))]
        )
        self._bar.show_state(_("Data is encrypted on this PC"), "lock-simple", "text2")

    def _middle(self) -> QWidget:
        look = theme()
        middle = QWidget()
        middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        column = QVBoxLayout(middle)
        column.setContentsMargins(look.space(16), look.space(24), look.space(16), 0)
        column.setSpacing(look.space(10))
        self._add_head(column)
        column.addSpacing(look.space(8))
        for part in (self.banner, self.progress):
            column.addWidget(part)
        doors = row(gap=20)
        for door in (self.look, self.found, self.shared):
            doors.addWidget(door, 1)
        below = row(self._back)
        below.addStretch(1)
        bars = FallingBars(84)
        bars.setMaximumHeight(look.px(84))
        column.addLayout(doors)
        column.addLayout(below)
        column.addStretch(1)
        column.addWidget(bars, 2)
        return middle

    def _add_head(self, column: QVBoxLayout) -> None:
        """Mark, language and question; in a large text every line counts, and the mark goes."""
        look = theme()
        self.languages.setMaximumWidth(look.px(140))
        asked = Text(_("How would you like to begin?"), "figure", strong=True)
        large = look.scale >= LARGE
        top = row(asked if large else Brand(40))
        top.addStretch(1)
        top.addWidget(note(_("Language")))
        top.addWidget(self.languages)
        column.addLayout(top)
        if not large:
            column.addSpacing(look.space(16))
            column.addWidget(asked)
        said = _(
            "No account, no server, no internet. Everything stays on this PC until you choose "
            "otherwise."
        )
        column.addWidget(Text(said, "lead", tone="text2", wrap=True))


class Door(QFrame):
    """Icon, name, a sentence, what one gets, and the button."""

    def __init__(
        self, icon_name: str, name: str, sentence: str, points: Sequence[str], button: Button
    ) -> None:
        super().__init__()
        self._preferred = button.kind == "primary"
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        look = theme()
        column = QVBoxLayout(self)
        pad = look.space(20)
        column.setContentsMargins(pad, pad, pad, pad)
        column.setSpacing(look.space(10))
        head = row(_Tile(icon_name), gap=12)
        head.addWidget(Text(name, "title", strong=True, wrap=True), 1)
        column.addLayout(head)
        column.addWidget(Text(sentence, tone="text2", wrap=True))
        for point in points:
            sign = Text()
            sign.setPixmap(icon("check", "ok_text").pixmap(look.px(14), look.px(14)))
            sign.setAlignment(Qt.AlignmentFlag.AlignTop)
            line = row(sign, gap=8)
            line.addWidget(Text(point, wrap=True), 1)
            column.addLayout(line)
        column.addStretch(1)
        column.addSpacing(look.space(16))
        foot = row(button)
        foot.addStretch(1)
        column.addLayout(foot)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        edge = look.colour("accent" if self._preferred else "border")
        ground, width = look.colour("surface"), 2 if self._preferred else 1
        rect = QRectF(self.rect())
        box(painter, rect, look.radius("card"), fill=ground, border=edge, width=width)
        painter.end()


class _Tile(QWidget):
    """The icon of a door on its tint."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(44), theme().px(44))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        box(painter, rect, look.radius("card"), fill=look.colour("info_soft"))
        side = look.px(20)
        centre = rect.center()
        spot = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
        draw_icon(painter, spot, self._name, look.colour("info_text"))
        painter.end()


def _door_look(run: Callable[[], object]) -> Door:
    return Door(
        "eye",
        _("Look around"),
        _("A branch that is already running, to try everything on."),
        (
            _("Nine months of loans, visits and books"),
            _("Marked as a demonstration on every page"),
            _("Kept apart from your own branch"),
        ),
        Button(_("Open the demonstration"), run, keys="1", large=True),
    )


def _door_found(run: Callable[[], object]) -> Door:
    return Door(
        "storefront",
        _("New branch"),
        _("Your own branch, ready for the first loan in ten minutes."),
        (
            _("Name, state, currency, first user"),
            _("Products and rules to start from"),
            _("Encrypted, with a recovery code that you print and keep"),
        ),
        Button(_("Start a branch"), run, kind="primary", keys="Enter", large=True),
    )


def _door_shared(run: Callable[[], object]) -> Door:
    return Door(
        "hard-drives",
        _("Join a shared database"),
        _("Your office keeps one database for several PCs."),
        (
            _("The address from your office"),
            _("A manager signs in once on this PC"),
            _("A cut line is waited out, and nothing is booked twice"),
        ),
        Button(_("Join"), run, keys="3", large=True),
    )
