"""The code of a receipt, scanned or pasted: genuine, altered or unknown, and reversed or not."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QWidget

from app.queries.papers import CheckReceipt
from app.rows.receipt_checks import ReceiptChecked, Verdict
from app.rows.receipt_words import facts_of, meaning_of, replaced_of, reversal_of, verdict_of
from app.texts import _
from ui.kit.card import column, row
from ui.kit.chips import Chip
from ui.kit.dialog import Dialog
from ui.kit.field import Field
from ui.kit.screen_context import Station
from ui.kit.text import Text, note

LONGEST = 600  # characters; a code has about 200
WORD_WIDTH = 110
_TONES = {
    Verdict.GENUINE: ("ok", "seal-check"),
    Verdict.ALTERED: ("bad", "x-circle"),
    Verdict.UNKNOWN_KEY: ("late1", "question"),
    Verdict.NOT_IN_BOOKS: ("late2", "question"),
    Verdict.BOOKS_DIFFER: ("bad", "x-circle"),
}


class CheckReceiptDialog(Dialog):
    """One box that a scanner types into; Enter checks, and the next scan takes its place."""

    def __init__(self, parent: QWidget, station: Station) -> None:
        super().__init__(
            parent,
            _("Check a receipt"),
            _("Scan the code on the receipt, or paste what it says."),
            act=_("Check"),
            fields=[Field(name="text", label=_("Code"), length=LONGEST, span=2)],
            keep=_("Close"),
            width=520,
        )
        self._station = station
        self.found: ReceiptChecked | None = None
        self.chip = Chip()
        self._result = QWidget()
        self._facts = column(gap=6)
        self._words = Text("", wrap=True)
        self._fate = Text("", strong=True, wrap=True)
        self._result.setLayout(self._facts)
        self._result.setVisible(False)
        self.content.addWidget(self._result)
        self._values: dict[int, Text] = {}
        self._build_result()
        self.decided.connect(self._check)

    def said(self) -> str:
        """All that is shown of the receipt that was checked last."""
        values = [value.text() for value in self._values.values()]
        return " ".join([self.chip.text(), *values, self._fate.text(), self._words.text()])

    def _build_result(self) -> None:
        head = row(self.chip)
        head.addStretch(1)
        self._facts.addLayout(head)
        for place in range(5):
            label, value = note(""), Text("")
            label.setFixedWidth(WORD_WIDTH)
            line = row(label, value, gap=8)
            line.addStretch(1)
            self._facts.addLayout(line)
            self._values[place] = value
            value.setProperty("word", label)
        self._facts.addWidget(self._fate)
        self._facts.addWidget(self._words)

    def _check(self, values: dict[str, Any]) -> None:
        self.banner.clear()
        query = CheckReceipt(text=values["text"])
        self._station.desk.read(self, query, self._show, self._refused, slot="check")

    def _refused(self, error: Exception) -> None:
        self.found = None
        self._result.setVisible(False)
        self.failed(error)

    def _show(self, found: ReceiptChecked) -> None:
        self.found = found
        tone, icon = _TONES[found.verdict]
        if found.reversed_on is not None:
            tone, icon = "late2", "arrow-u-up-left"
        self.chip.show_state(verdict_of(found), tone, icon)
        for place, (label, value) in enumerate(facts_of(found)):
            shown = self._values[place]
            shown.setText(value)
            shown.property("word").setText(label)
            shown.setAccessibleName(f"{label} {value}")
        self._fate.setText(
            " ".join(part for part in (reversal_of(found), replaced_of(found)) if part)
        )
        self._fate.setVisible(bool(self._fate.text()))
        self._words.setText(meaning_of(found))
        self._result.setVisible(True)
        self.set_act_enabled(True)
        self._ready_for_next()

    def _ready_for_next(self) -> None:
        """The next scan takes the place of what stands in the box."""
        if self.form is not None:
            self.form.set_value("text", "")
            self.form.focus("text")
        self.adjustSize()
