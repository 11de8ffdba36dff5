"""A till or an officer's cash counted by note, beside what it should come to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.domain.counting import Counted
from app.domain.errors import LimitExceeded, ValueRefused
from app.texts import _
from app.texts.figures import amount
from ui.kit.card import row
from ui.kit.chips import Chip
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field
from ui.kit.screen_context import Station
from ui.kit.text import note
from ui.parts.notes import NotesCount

Make = Callable[[tuple[Counted, ...], dict[str, Any]], Command[Any]]
Then = Callable[[Any], None]


class CountDialog(Dialog):
    """Counts by note and sends one command. `expected` None: nothing to compare with.

    `above` makes the command for a second person, where the difference is too large for one.
    """

    def __init__(  # noqa: PLR0913 - what is counted, against what, and what becomes of it
        self,
        parent: QWidget,
        station: Station,
        title: str,
        sub: str,
        *,
        act: str,
        make: Make,
        then: Then,
        expected: int | None = None,
        fields: Sequence[Field] = (),
        above: Make | None = None,
    ) -> None:
        reason = reason_field(_("Reason of the difference"), optional=True)
        shown = [*fields, *([reason] if expected is not None else [])]
        super().__init__(parent, title, sub, act=act, fields=shown, width=560)
        self._station, self._make, self._then = station, make, then
        self._expected, self._above = expected, above
        self._asks_two = False
        self._key = station.desk.key()
        self.count = NotesCount(station.currency)
        self.count.changed.connect(self._say)
        self.count.submitted.connect(self._on)
        self._must, self._differs = note(), Chip()
        self.content.addWidget(self.count)
        if expected is not None:
            line = row(self._must, gap=8)
            line.addStretch(1)
            line.addWidget(self._differs)
            self.content.addLayout(line)
            words = _("Expected {amount}").format(amount=self._written(expected))
            self._must.setText(words)
        self.decided.connect(self._send)
        self._say()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.count.start()

    def _on(self) -> None:
        """Enter after the last piece: to the reason where one is needed, else it is done."""
        if self.form is not None and (self._difference() or self._expected is None):
            self.form.focus("reason" if self._expected is not None else "")
        else:
            self.decide()

    def _send(self, values: dict[str, Any]) -> None:
        make = self._above if self._asks_two and self._above is not None else self._make
        if self.count.is_empty():
            self._wrong(ValueRefused(field="counted", why="count-empty"))
            return
        try:
            command = make(self.count.counted(), values)
        except ValueRefused as error:
            self._wrong(error)
            return

        def done(answer: Any) -> None:
            self.finish()
            self._then(answer)

        self._station.desk.ask(self, command, self._key, done, self._refused)

    def _wrong(self, error: Exception) -> None:
        self.failed(error)
        self.count.start()

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        if isinstance(error, LimitExceeded) and self._above is not None:
            self._asks_two = True
            self.set_act_text(_("Hand to a second person"))
        self.failed(error)

    def _difference(self) -> int:
        total = self.count.total()
        return 0 if total is None or self._expected is None else total - self._expected

    def _say(self) -> None:
        """Show how far the count is from what should be there."""
        self._differs.setVisible(not self.count.is_empty() and self._expected is not None)
        difference = self._difference()
        text, tone = difference_words(difference, self._station.currency)
        self._differs.show_state(text, tone)
        if self._asks_two:
            self._asks_two = False
            self.set_act_text(self.windowTitle())

    def _written(self, minor: int) -> str:
        return amount(minor, self._station.currency, trim=True)


def difference_words(difference: int, currency: str) -> tuple[str, str]:
    """A difference in words, and its tone."""
    figure = amount(abs(difference), currency, trim=True)
    if not difference:
        return _("It fits"), "ok"
    if difference > 0:
        return _("{amount} over").format(amount=figure), "late1"
    return _("{amount} short").format(amount=figure), "bad"
