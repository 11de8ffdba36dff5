"""Dialogs: a question with its consequences, or a small form. The safe way out is Esc."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from app.texts import _
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.card import column, row
from ui.kit.field import Field, Section
from ui.kit.form import Form
from ui.kit.icons import icon
from ui.kit.messages import show
from ui.kit.paint import box
from ui.kit.panel import scrolled
from ui.kit.text import Text
from ui.kit.theme import theme

SHADOW = 12  # px around the card that its shadow takes
AROUND_A_LIST = 330  # px at 100 % of a dialog that are not its list
LEFT, LARGE = 336, 140  # px at 100 % of a form with something beside it; text size it gives way at


class Dialog(QDialog):
    """Asks one thing. `decided` carries the form's values; the dialog stays until `finish()`.

    `consequences` are sentences with figures, shown in red. `danger` outlines the act in red.
    `beside` stands at the right of the form and takes the room of the window; `content` is then
    below the form.
    """

    decided = Signal(object)  # dict[str, Any]

    def __init__(  # noqa: PLR0913 - what is asked, and how; all but two by name
        self,
        parent: QWidget,
        title: str,
        sub: str = "",
        *,
        act: str,
        consequences: Sequence[str] = (),
        fields: Sequence[Field] | Sequence[Section] = (),
        danger: bool = False,
        keep: str = "",
        width: int = 440,
        columns: int = 2,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setModal(True)
        self._wide, self._over, self._beside = width, parent.window(), beside
        self._scrim = _Scrim(self._over)
        self._area: QScrollArea | None = None
        self._rows = QVBoxLayout(self)
        self._rows.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.form = Form(fields, columns=columns) if fields else None
        self.banner = Banner()
        self.content = QVBoxLayout()  # for what a screen puts between question and buttons
        self.content.setContentsMargins(0, 0, 0, 0)
        self.actions_ = ActionSet(self)
        self.actions_.show(self._acts(act, keep or (_("Keep it") if danger else _("Cancel"))))
        self._act = self.actions_.button("act", "danger" if danger else "primary")
        self._build(title, sub, consequences)
        if self.form is not None:
            self.form.submitted.connect(self._after_last_field)

    def decide(self) -> None:
        """Check the form and hand its values over. A second press does nothing meanwhile."""
        values = {} if self.form is None else self.form.values()
        if values is not None and self._act.isEnabled():
            self._act.setEnabled(False)
            self.decided.emit(values)

    def finish(self) -> None:
        """It is done: close."""
        self.done(QDialog.DialogCode.Accepted)

    def failed(self, error: Exception) -> None:
        """It was refused: say so at its field or above, and let it be tried again."""
        self._act.setEnabled(True)
        show(error, self.banner, self.form)

    def set_act_enabled(self, enabled: bool) -> None:
        """Say whether the act can be done now."""
        self._act.setEnabled(enabled)

    def set_act_text(self, text: str) -> None:
        """Put another verb (with the amount) on the button."""
        self._act.set_text(text)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._scrim.cover()
        self._fit()
        if self.form is not None:
            self.form.focus()

    def done(self, result: int) -> None:
        self._scrim.hide()
        self._scrim.deleteLater()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self.actions_.press(event):
            event.ignore()

    def sizeHint(self) -> QSize:
        look, window = theme(), self._over
        width = min(look.px(self._wide), window.width() - look.space(32)) + 2 * SHADOW
        if self._beside is not None:
            return QSize(width, window.height() - look.space(24))
        height = self._rows.totalHeightForWidth(width)
        if height <= 0:
            height = self._rows.totalSizeHint().height()
        return QSize(width, min(height, window.height() - look.space(24)))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest and self.isVisible():
            QTimer.singleShot(0, self._fit)
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        card = QRectF(self.rect()).adjusted(SHADOW, SHADOW, -SHADOW, -SHADOW)
        shade = look.colour("text")
        for step in range(SHADOW, 0, -2):
            shade.setAlphaF(0.025)
            ring = card.adjusted(-step, -step + 3, step, step)
            box(painter, ring, look.radius("dialog") + step, fill=shade)
        edge = look.colour("border_strong")
        box(painter, card, look.radius("dialog"), fill=look.colour("surface"), border=edge)
        painter.end()

    def _fit(self) -> None:
        """As high as the form needs just now, in the middle of the window."""
        if not isValid(self):
            return
        self._rows.invalidate()
        if self._area is not None and self._beside is None:
            self._fit_form(self._area)
        self.resize(self.sizeHint())
        self._rows.activate()
        self.move(self._over.frameGeometry().center() - self.rect().center())

    def _fit_form(self, area: QScrollArea) -> None:
        """Give the form the height it needs, or what the window leaves for it.

        Only another height is set: each setting asks for a new layout, and so for another fit.
        """
        if self.form is None:
            return
        width, given = self.sizeHint().width(), area.minimumHeight()
        around = self._rows.totalHeightForWidth(width) - given
        room = self._over.height() - theme().space(24) - around
        needed = self.form.height_for(width - 2 * (theme().space(24) + SHADOW))
        if needed != self.form.minimumHeight():  # the least of its own is that of a narrow column
            self.form.setMinimumHeight(needed)
        height = max(0, min(needed, room))
        if height != given:
            area.setFixedHeight(height)
            self._rows.invalidate()

    def _acts(self, act: str, keep: str) -> list[Action]:
        return [
            Action(name="keep", text=keep, keys="Esc", run=self.reject),
            Action(name="act", text=act, keys="Ctrl+A", run=self.decide),
        ]

    def _build(self, title: str, sub: str, consequences: Sequence[str]) -> None:
        look, layout = theme(), self._rows
        pad = look.space(24) + SHADOW
        layout.setContentsMargins(pad, look.space(20) + SHADOW, pad, look.space(18) + SHADOW)
        layout.setSpacing(look.space(10))
        upper = column(Text(title, "title", strong=True, wrap=True), gap=10)
        if sub:
            upper.addWidget(Text(sub, tone="text2", wrap=True))
        upper.addWidget(self.banner)
        if consequences:
            upper.addWidget(Consequences(consequences))
        layout.addLayout(upper)
        if self.form is not None:
            self.form.installEventFilter(self)
        if self.form is not None and self._beside is None:
            self._area = scrolled(self.form)
            self._area.setFixedHeight(0)
        if self._beside is not None:
            layout.addLayout(self._side_by_side(self._beside), 1)
        else:
            upper.addLayout(self.content)
            if self._area is not None:
                layout.addWidget(self._area, 1)
        buttons = row()
        buttons.setContentsMargins(0, look.space(4), 0, 0)
        buttons.addStretch(1)
        buttons.addWidget(self.actions_.button("keep"))
        buttons.addWidget(self._act)
        layout.addLayout(buttons)

    def _side_by_side(self, beside: QWidget) -> QHBoxLayout:
        """The form with what belongs to it at the left, `beside` at the right."""
        look, left = theme(), QWidget()
        rows = QVBoxLayout(left)
        rows.setContentsMargins(0, 0, look.space(10), 0)
        rows.setSpacing(look.space(10))
        if self.form is not None:
            rows.addWidget(self.form)
        rows.addLayout(self.content)
        rows.addStretch(1)
        self._area = scrolled(left)  # together: neither takes the height of the other
        self._area.setFixedWidth(_left_width() + look.space(10))
        both = row(self._area, gap=10)
        both.addWidget(beside, 1)
        return both

    def _after_last_field(self) -> None:
        """Enter in the last field does what can be undone; a dangerous act wants its own key."""
        if self._act.kind == "primary":
            self.decide()
        else:
            self._act.setFocus()


def _left_width() -> int:
    """How wide a form is that has something beside it."""
    look = theme()
    return look.px(LEFT) if look.scale < LARGE else look.space(LEFT)


class Consequences(QWidget):
    """What will happen, one sentence a line, in a red tint."""

    def __init__(self, sentences: Sequence[str], tone: str = "bad") -> None:
        super().__init__()
        self._tone = tone
        layout = QVBoxLayout(self)
        look = theme()
        pad = look.space(14)
        layout.setContentsMargins(pad, look.space(8), pad, look.space(8))
        layout.setSpacing(look.space(3))
        side = look.px(14)
        for sentence in sentences:
            sign = Text()
            sign.setPixmap(icon("arrow-right", f"{tone}_text").pixmap(side, side))
            sign.setAlignment(Qt.AlignmentFlag.AlignTop)
            line = row(sign, gap=8)
            line.addWidget(Text(sentence, wrap=True), 1)
            layout.addLayout(line)
        self.setAccessibleName(" ".join(sentences))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme()
        edge = look.colour(f"{self._tone}_text") if look.mode == "high_contrast" else None
        ground = look.colour(f"{self._tone}_soft")
        box(painter, QRectF(self.rect()), look.radius("field"), fill=ground, border=edge)
        painter.end()


class _Scrim(QWidget):
    """Dims the window behind a dialog."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._over = window
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        window.installEventFilter(self)
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self._over.rect())
        self.raise_()
        self.show()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._over.rect())
        return False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme().colour("scrim"))
        painter.end()


def rows_that_fit(parent: QWidget, most: int) -> int:
    """How many rows a list in a dialog may show, so that the dialog fits into its window."""
    look = theme()
    room = parent.window().height() - look.px(AROUND_A_LIST)
    return max(3, min(most, room // look.height("row")))


def reason_field(label: str = "", **more: Any) -> Field:
    """The field for a reason, as destructive things ask for; its value is called `reason`."""
    return Field(name="reason", label=label or _("Reason, shown in the history"), span=2, **more)
