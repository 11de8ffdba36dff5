"""The steps of an application at the left, and the path of its stages at the top."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.domain.application import Stage
from app.rows.origination import ApplicationView
from app.texts import _
from app.texts.labels import name_of, named
from ui.kit.card import Card, row
from ui.kit.icons import draw_icon
from ui.kit.paint import box, draw_text, text_width
from ui.kit.text import Text, note
from ui.kit.theme import theme

STEPS = ("borrower", "household", "request", "documents", "decision", "history")
BELONGS = {  # which step a missing thing is filled in at
    "born-on": "borrower",
    "phone": "borrower",
    "address": "borrower",
    "identity-number": "borrower",
    "household-income": "household",
    "identity-document": "documents",
    "verification": "documents",
    "agreement": "documents",
    "decision": "decision",
    "sanction": "decision",
}
WAY = (
    Stage.ENTERED,
    Stage.DOCUMENTS,
    Stage.VERIFIED,
    Stage.DECIDED,
    Stage.SANCTIONED,
    Stage.READY,
    Stage.DISBURSED,
)
HEIGHT = 44
LINE = 19
FOLDS_AT = 140  # text size in percent


def folded() -> bool:
    """Whether letters are so large that the steps stand in a row over the form."""
    return theme().scale >= FOLDS_AT


def step_names() -> dict[str, str]:
    """The steps as people call them."""
    return {
        "borrower": _("Borrower"),
        "household": _("Household"),
        "request": _("Request"),
        "documents": _("Documents"),
        "decision": _("Decision"),
        "history": _("History"),
    }


class StepButton(QAbstractButton):
    """One step: a sign, its name, what is missing in it."""

    def __init__(self, text: str, *, flat: bool = False) -> None:
        """`flat` leaves out what is missing: its tooltip and its name for readers say it."""
        super().__init__()
        self.setText(text)
        self._flat, self._under, self._icon, self._tone = flat, "", "circle", "text2"
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_state("", "circle", "text2")

    def show_state(self, under: str, icon: str, tone: str) -> None:
        """Say how far the step is."""
        self._under, self._icon, self._tone = under, icon, tone
        self.setAccessibleName(f"{self.text()}, {under}" if under else self.text())
        self.setToolTip(under)
        self.update()

    def sizeHint(self) -> QSize:
        look = theme()
        height = look.height("control") if self._flat else look.px(HEIGHT)
        strong = look.font(strong=True)
        return QSize(round(text_width(self.text(), strong)) + look.px(48), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look, rect = QPainter(self), theme(), QRectF(self.rect())
        if self.isChecked():
            box(painter, rect, 4, fill=look.colour("accent_soft"))
        if self.hasFocus():
            edge = look.colour("focus")
            box(painter, rect.adjusted(1, 1, -1, -1), 4, border=edge, width=2)
        side = look.icon_size()
        spot = QRectF(look.px(10), (rect.height() - side) / 2, side, side)
        tone = self._tone if self._tone.startswith("text") else f"{self._tone}_text"
        done = self._icon == "check-circle"
        draw_icon(painter, spot, self._icon, look.colour(tone), fill=done)
        room = rect.adjusted(look.px(36), look.px(4), -look.px(6), -look.px(4))
        words = look.colour("text" if self.isEnabled() else "text3")
        if not self._under or self._flat:
            draw_text(painter, room, self.text(), look.font(strong=self.isChecked()), words)
        else:
            upper = QRectF(room.left(), room.top(), room.width(), look.px(LINE))
            lower = QRectF(room.left(), upper.bottom() - 1, room.width(), look.px(LINE - 2))
            draw_text(painter, upper, self.text(), look.font(strong=self.isChecked()), words)
            draw_text(painter, lower, self._under, look.font("small"), look.colour(tone))
        painter.end()


class StepsCard(Card):
    """The steps, one of them chosen."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(_("Steps"))
        self.body.setSpacing(0)
        flat = folded()
        margin = theme().space(4 if flat else 8)
        self.body.setContentsMargins(margin, margin, margin, margin)
        self.buttons: dict[str, StepButton] = {}
        line = row(gap=0)
        for name, text in step_names().items():
            button = StepButton(text, flat=flat)
            button.clicked.connect(lambda _on=False, name=name: self.chosen.emit(name))
            self.buttons[name] = button
            if flat:
                line.addWidget(button)
            else:
                self.body.addWidget(button)
        self.body.addLayout(line)

    def choose(self, name: str) -> None:
        """Mark the step as the one on the screen."""
        self.buttons[name].setChecked(True)

    def show_view(self, view: ApplicationView | None) -> None:
        """Say of every step whether something is missing."""
        for name in STEPS:
            button = self.buttons[name]
            button.setEnabled(view is not None or name in {"borrower", "household", "request"})
            button.show_state(*_state(view, name))


class StagePath(QWidget):
    """Where the application stands on its way."""

    def __init__(self) -> None:
        super().__init__()
        self._row = row(gap=8)
        self.setLayout(self._row)

    def show_stage(self, stage: str) -> None:
        """Mark the stage; an application that ended early shows how."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        way = WAY if stage in WAY else (Stage.ENTERED, Stage(stage))
        reached = way.index(Stage(stage))
        for place, here in enumerate(way):
            tone = "accent" if place == reached else "text" if place < reached else "text2"
            if place:
                self._row.addWidget(note("\u203a", "text3"))
            word = Text(name_of(here), "small", strong=place == reached, tone=tone)
            self._row.addWidget(word)
        self._row.addStretch(1)
        self.setAccessibleName(_("Stage: {stage}").format(stage=named("stage", stage)))


def _state(view: ApplicationView | None, name: str) -> tuple[str, str, str]:
    if view is None or name == "history":
        return "", "circle", "text2"
    missing = [code for code in view.missing if BELONGS.get(code) == name]
    if missing:
        said = ", ".join(named("missing", code) for code in missing)
        return _("needs {what}").format(what=said), "warning-circle", "late1"
    if name == "decision" and view.decision is None:
        return _("after documents"), "circle", "text2"
    if name == "decision" and view.check_id is not None:
        return _("waits for a checker"), "circle-half", "late1"
    return "", "check-circle", "ok"
