"""A field with its meaning at its right, as in a paper: what is chosen, and what that means."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout

from ui.kit.card import column
from ui.kit.field import FieldBox, set_kind
from ui.kit.text import note
from ui.kit.theme import theme

NARROW = 380  # px at 100 %: under it the meaning goes below the input
SHARES = (10, 11)


class BesideBox(FieldBox):
    """Label and input at the left, what it means at the right; a refusal stands below the input.

    A refusal does not take the meaning away: that tells which choice was refused.
    """

    _beside: bool | None = None

    @property
    def meaning(self) -> str:
        """What the hint says now."""
        return self._hint

    def show_hint(self, hint: str) -> None:
        self._hint = hint
        self._meaning.setText(hint)
        if not self.error:
            self.editor.setAccessibleDescription(hint)

    def show_error(self, sentence: str) -> None:
        if sentence:
            super().show_error(sentence)
            return
        self._say("", "text2", sign=False)
        set_kind(self.editor, self._mark)
        self.editor.setAccessibleDescription(self._hint)

    def mark(self, kind: str, hint: str) -> None:
        super().mark(kind, hint)
        self.show_error("")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn(event.size().width())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._beside = None
            self._turn(self.width())

    def _place(self, top: QHBoxLayout, below: QHBoxLayout) -> None:
        self._meaning = note(self._hint, wrap=True)
        self._meaning.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._line.hide()
        self._sign.hide()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(16))
        self._grid.setVerticalSpacing(theme().space(4))
        left = column(gap=4)
        left.addLayout(top)
        left.addWidget(self.editor)
        left.addLayout(below)
        left.addStretch(1)
        self._grid.addLayout(left, 0, 0)
        self._turn(theme().px(NARROW))

    def _turn(self, width: int) -> None:
        """Put the meaning beside the input, or below it where there is no room."""
        beside = width >= theme().px(NARROW)
        if beside == self._beside:
            return
        self._beside = beside
        drop = theme().height("control") // 2 + theme().space(6) if beside else 0
        self._meaning.setContentsMargins(0, drop if self._label.text() else 0, 0, 0)
        self._grid.removeWidget(self._meaning)
        self._grid.addWidget(self._meaning, 0 if beside else 1, 1 if beside else 0)
        self._grid.setColumnStretch(0, SHARES[0])
        self._grid.setColumnStretch(1, SHARES[1] if beside else 0)
