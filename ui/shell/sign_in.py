"""Signing in: people as cards, a password, and how long to wait after too many wrong ones."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.domain.errors import KistError
from app.rows.admin import BranchView, SignInCard
from app.texts import _
from app.texts.figures import day
from app.texts.labels import named
from ui.kit.banner import Banner
from ui.kit.buttons import Button
from ui.kit.card import row
from ui.kit.field import FieldBox
from ui.kit.icons import draw_icon
from ui.kit.inputs import PasswordEdit
from ui.kit.messages import spoken
from ui.kit.paint import box, draw_text
from ui.kit.panel import scrolled
from ui.kit.text import Text, note
from ui.kit.theme import theme
from ui.shell.brand import Brand, FallingBars

CARDS_IN_SIGHT = 4
WIDTH = 506


class SignInPage(QWidget):
    """Who is working? The cursor is in the password; arrows choose the person."""

    wanted = Signal(str, str)  # login, password
    forgotten = Signal(str)  # login
    other = Signal()  # when locked: somebody else wants to sign in

    def __init__(self, *, locked: bool = False) -> None:
        super().__init__()
        self.setProperty("kind", "canvas")
        self._locked, self._left = locked, 0
        self._cards: list[PersonCard] = []
        self._title = Text(_("Who is working?"), "title", strong=True)
        self.banner = Banner()
        self.password = PasswordEdit()
        self.password.setMinimumHeight(theme().height("control_large"))
        self.field = FieldBox(_("Password"), self.password)
        self.enter = Button(_("Sign in"), self._send, kind="primary", keys="Enter", large=True)
        self.away = Button(_("Forgotten"), self._on_away, kind="ghost", keys="F3", large=True)
        if locked:
            self._title.setText(_("Locked"))
            self.enter.set_text(_("Go on"))
            self.away.set_text(_("Somebody else"))
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._on_tick)
        self._place = Text("", "title", strong=True, wrap=True)
        self._under = note("", wrap=True)
        self._foot = note("")
        self._list = QVBoxLayout()
        self._lay_out()
        self.password.installEventFilter(self)

    def show_people(self, people: Sequence[SignInCard], branch: BranchView) -> None:
        """Show who may sign in, and where."""
        for card in self._cards:
            card.hide()
            card.deleteLater()
        self._cards = [PersonCard(person, branch.counter) for person in people]
        for card in self._cards:
            card.clicked.connect(self._on_card)
            self._list.addWidget(card)
        self._area.setVisible(bool(people))
        height = theme().px(62) * min(CARDS_IN_SIGHT, max(1, len(people)))
        self._area.setFixedHeight(height)
        self._place.setText(branch.name)
        on = day(branch.business_on)
        when = _("business date {on}").format(on=on) if branch.business_on else _("no day open")
        self._under.setText(f"{branch.lender}  ·  {when}")
        self._foot.setText(_("This PC · counter {counter}").format(counter=branch.counter))
        if people:
            self.choose(people[0].login)

    def choose(self, login: str) -> None:
        """Choose a person and put the cursor into the password."""
        for card in self._cards:
            card.setChecked(card.person.login == login)
        chosen = self.chosen()
        if chosen is not None:
            text = _("Password of {name}").format(name=chosen.full_name)
            self.field.set_label(text)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def chosen(self) -> SignInCard | None:
        """Who is chosen."""
        return next((card.person for card in self._cards if card.isChecked()), None)

    def fill(self, password: str) -> None:
        """Put the password of the demonstration in; nobody has to know it."""
        self.password.setText(password)
        self.field.show_hint(
            _("In the demonstration everybody has the password {password}").format(
                password=password
            )
        )

    def failed(self, error: Exception) -> None:
        """Say why it was refused, and count down where one has to wait."""
        self.enter.setEnabled(True)
        self.password.selectAll()
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)
        self._left = 0
        if isinstance(error, KistError) and error.field == "password":
            wait = error.params.get("wait_seconds")
            self._left = wait if isinstance(wait, int) else 0
            self.field.show_error(spoken(error))
        else:
            self.banner.say(spoken(error), "bad")
        if self._left > 0:
            self.enter.setEnabled(False)
            self._say_wait()
            self._tick.start()

    def clear(self) -> None:
        """Forget what was typed."""
        self._tick.stop()
        self.password.clear()
        self.field.show_error("")
        self.banner.clear()
        self.enter.setEnabled(True)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and self._cards:
            at = next((n for n, card in enumerate(self._cards) if card.isChecked()), 0)
            self.choose(self._cards[(at + steps[key]) % len(self._cards)].person.login)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._send()
        else:
            return False
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F3:
            self._on_away()
            return
        super().keyPressEvent(event)

    def _on_card(self) -> None:
        card = self.sender()
        if isinstance(card, PersonCard):
            self.choose(card.person.login)

    def _on_away(self) -> None:
        chosen = self.chosen()
        if self._locked:
            self.other.emit()
        else:
            self.forgotten.emit(chosen.login if chosen else "")

    def _send(self) -> None:
        chosen = self.chosen()
        if chosen is None or not self.enter.isEnabled():
            return
        if not self.password.text():
            self.field.show_error(_("Type the password."))
            return
        self.field.show_error("")
        self.enter.setEnabled(False)
        self.wanted.emit(chosen.login, self.password.text())

    def _on_tick(self) -> None:
        self._left -= 1
        if self._left > 0:
            self._say_wait()
            return
        self._tick.stop()
        self.enter.setEnabled(True)
        self.field.show_error("")

    def _say_wait(self) -> None:
        text = _("Too many wrong passwords. Try again in {seconds} s.")
        self.field.show_error(text.format(seconds=self._left))

    def _lay_out(self) -> None:
        look = theme()
        holder = QWidget()
        self._list = QVBoxLayout(holder)
        self._list.setContentsMargins(1, 1, 1, 1)
        self._list.setSpacing(look.space(10))
        self._list.addStretch(0)
        self._area = scrolled(holder)
        right = QWidget()
        right.setMaximumWidth(look.px(WIDTH))
        column = QVBoxLayout(right)
        column.setSpacing(look.space(12))
        column.addStretch(2)
        for part in (self._title, self.banner, self._area, self.field):
            column.addWidget(part)
        buttons = row(self.enter)
        buttons.addStretch(1)
        buttons.addWidget(self.away)
        column.addLayout(buttons)
        column.addStretch(3)
        column.addWidget(self._foot)
        line = row(gap=0)
        line.addWidget(self._side(), 41)
        line.addStretch(11)
        line.addWidget(right, 37)
        line.addStretch(11)
        line.setContentsMargins(0, 0, 0, look.space(16))
        self.setLayout(line)

    def _side(self) -> QWidget:
        look = theme()
        side = QFrame()
        side.setProperty("kind", "rail")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        bars = FallingBars(212)
        bars.setMaximumHeight(look.px(212))
        column = QVBoxLayout(side)
        pad = look.space(48)
        column.setContentsMargins(pad, pad, pad, pad)
        column.addWidget(Brand())
        column.addStretch(2)
        column.addWidget(bars, 5)
        column.addSpacing(look.space(24))
        column.addWidget(self._place)
        column.addWidget(self._under)
        column.addStretch(3)
        return side


class PersonCard(QAbstractButton):
    """One person: initials, name, role, and a mark when chosen."""

    def __init__(self, person: SignInCard, counter: str) -> None:
        super().__init__()
        self.person = person
        roles = ", ".join(dict.fromkeys(named("role", role) for role in person.roles))
        at = _("{roles} · counter {counter}").format(roles=roles, counter=counter)
        self._roles = at if "cashier" in person.roles else roles
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{person.full_name}, {self._roles}")

    def sizeHint(self) -> QSize:
        return QSize(theme().px(280), theme().px(52))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        on = self.isChecked()
        edge = look.colour("accent" if on or self.hasFocus() else "border")
        ground = look.colour("selected" if on else "hover" if self.underMouse() else "surface")
        width = 2 if on or self.hasFocus() else 1
        box(painter, rect, look.radius("card"), fill=ground, border=edge, width=width)
        side = look.px(34)
        spot = QRectF(look.px(15), rect.center().y() - side / 2, side, side)
        tone = "due" if "cashier" in self.person.roles else "info"
        box(painter, spot, side / 2, fill=look.colour(f"{tone}_soft"))
        initials = "".join(part[:1] for part in self.person.full_name.split()[:2]).upper()
        ink = look.colour(f"{tone}_text")
        draw_text(painter, spot, initials, look.font("small", True), ink, centre=True)
        room = rect.adjusted(look.px(62), look.px(6), -look.px(44), -look.px(6))
        upper = QRectF(room.left(), room.top(), room.width(), room.height() / 2)
        lower = QRectF(room.left(), upper.bottom(), room.width(), room.height() / 2)
        text, under = look.colour("on_selected" if on else "text"), look.colour("text2")
        under = text if on and look.mode == "high_contrast" else under
        draw_text(painter, upper, self.person.full_name, look.font(strong=True), text)
        draw_text(painter, lower, self._roles, look.font("small"), under)
        mark = look.px(16)
        place = QRectF(rect.right() - look.px(33), rect.center().y() - mark / 2, mark, mark)
        name, colour = ("check-circle", "accent") if on else ("circle", "field_border")
        draw_icon(painter, place, name, look.colour(colour), fill=on)
        painter.end()
