"""Cash counted by note and coin, by keys alone: pieces are typed, amounts and the total follow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.domain.counting import MOST_PIECES, Counted, Piece, by_value, counted_total
from app.domain.errors import ValueRefused
from app.texts import _
from app.texts.denominations import piece_name, pieces
from app.texts.figures import amount, sign_of
from ui.kit.card import Rule
from ui.kit.inputs import IntEdit
from ui.kit.text import DASH, Text, note
from ui.kit.theme import restyle, theme

_ON = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down)
_LAST = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_SPAN = 5  # columns of the grid that one side takes: name, sign, pieces, amount, gap


class NotesCount(QWidget):
    """Rows of note × pieces = amount, and their total. Notes at the left, coins at the right.

    Enter and Down go to the next piece, Up to the one before; Enter in the last one fires
    `submitted`. `beside=False` puts coins under the notes, for a narrow place.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(self, currency: str, *, beside: bool = True) -> None:
        super().__init__()
        self._currency = currency
        self._rows: list[_Row] = []
        self._total = Text(strong=True)
        self._total.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(_("Cash by note"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().space(8))
        self._grid.setVerticalSpacing(theme().space(4))
        self._lay_out(beside=beside)
        self._say()

    def counted(self) -> tuple[Counted, ...]:
        """What was counted; notes of which there are none are left out. Raises ValueRefused."""
        told = [Counted(row.piece.minor, row.piece.coin, row.pieces()) for row in self._rows]
        return tuple(one for one in told if one.pieces)

    def notes(self) -> tuple[tuple[int, int], ...]:
        """(value, how many), notes and coins of one value together. Raises ValueRefused."""
        return by_value(self.counted())

    def total(self) -> int | None:
        """What it comes to in minor units, None while a figure cannot be read."""
        try:
            return counted_total(self.counted())
        except ValueRefused:
            return None

    def show_counted(self, counted: Sequence[Counted]) -> None:
        """Put a count in, as the program."""
        found = {(one.minor, one.coin): one.pieces for one in counted}
        for row in self._rows:
            row.edit.set_value(found.get((row.piece.minor, row.piece.coin)) or None)
        self._say()

    def clear(self) -> None:
        """Nothing counted yet."""
        self.show_counted(())

    def is_empty(self) -> bool:
        """Whether nothing was typed; a drawer without cash is told by a 0."""
        return all(row.edit.is_empty() for row in self._rows)

    def start(self) -> None:
        """Put the cursor to the first note, or to the first figure that cannot be read."""
        wrong = next((row for row in self._rows if not row.readable()), self._rows[0])
        wrong.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        wrong.edit.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = next((n for n, row in enumerate(self._rows) if row.edit is watched), -1)
            if at >= 0 and self._moves(at, Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _moves(self, at: int, key: Qt.Key) -> bool:
        if key in _LAST and at == len(self._rows) - 1:
            self.submitted.emit()
            return True
        step = 1 if key in _ON else -1 if key == Qt.Key.Key_Up else 0
        if step and 0 <= at + step < len(self._rows):
            edit = self._rows[at + step].edit
            edit.setFocus(Qt.FocusReason.TabFocusReason)
            edit.selectAll()
        return bool(step)

    def _lay_out(self, *, beside: bool) -> None:
        notes = [piece for piece in pieces(self._currency) if not piece.coin]
        coins = [piece for piece in pieces(self._currency) if piece.coin]
        for at, piece in enumerate(notes):
            self._add(piece, at, 0)
        for at, piece in enumerate(coins):
            self._add(piece, at if beside else len(notes) + at, _SPAN if beside else 0)
        last, width = self._grid.rowCount(), 2 * _SPAN - 1 if beside else _SPAN - 1
        if beside:
            self._grid.setColumnMinimumWidth(_SPAN - 1, theme().space(16))
        self._grid.addWidget(Rule(strong=True), last, 0, 1, width)
        words = _("Counted, {sign}").format(sign=sign_of(self._currency))
        self._grid.addWidget(Text(words, strong=True), last + 1, 0, 1, width - 1)
        self._grid.addWidget(self._total, last + 1, width - 1)

    def _add(self, piece: Piece, line: int, left: int) -> None:
        row = _Row(piece, self._currency)
        row.edit.installEventFilter(self)
        row.edit.textChanged.connect(lambda _text: self._say())
        row.edit.edited.connect(self.changed.emit)
        self._rows.append(row)
        for at, widget in enumerate((row.name, note("×"), row.edit, row.amount)):
            self._grid.addWidget(widget, line, left + at)
        self._grid.setColumnMinimumWidth(left + 3, theme().px(76))
        self._grid.setColumnStretch(left + 3, 1)

    def _say(self) -> None:
        for row in self._rows:
            row.say()
        total = self.total()
        words = DASH if total is None else amount(total, self._currency, trim=True)
        self._total.setText(words)
        self._total.setAccessibleName(_("Counted {amount}").format(amount=words))


class _Row:
    """One note: its name, the pieces and what they come to."""

    def __init__(self, piece: Piece, currency: str) -> None:
        self.piece, self._currency = piece, currency
        name = piece_name(piece.minor, currency, coin=piece.coin)
        self.name = Text(name)
        self.name.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.edit = PiecesEdit(name)
        self.amount = Text(tone="text2")
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def pieces(self) -> int:
        """How many there are. Raises ValueRefused."""
        return self.edit.value() or 0

    def readable(self) -> bool:
        """Whether the figure can be read."""
        try:
            return self.pieces() >= 0
        except ValueRefused:
            return False

    def say(self) -> None:
        """Show what the pieces come to."""
        wrong = not self.readable()
        self.edit.mark_wrong(wrong=wrong)
        if wrong or not self.pieces():
            self.amount.setText(DASH)
        else:
            worth = self.piece.minor * self.pieces()
            self.amount.setText(amount(worth, self._currency, trim=True))


class PiecesEdit(IntEdit):
    """How many there are of one note."""

    def __init__(self, name: str) -> None:
        super().__init__(0, MOST_PIECES)
        self.setAccessibleName(_("Pieces of {name}").format(name=name))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def mark_wrong(self, *, wrong: bool) -> None:
        """Show that the figure cannot be read."""
        kind = "error" if wrong else ""
        if self.property("kind") != kind:
            self.setProperty("kind", kind)
            restyle(self)

    def sizeHint(self) -> QSize:
        return QSize(theme().px(72), theme().height("control"))
