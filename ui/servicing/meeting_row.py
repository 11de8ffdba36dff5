"""What else is to be said of a row: how she paid, the leaf she was given, a note."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.domain.errors import ValueRefused
from app.domain.meetings import leaf_of
from app.rows.facts import Mode
from app.texts import _
from app.texts.labels import named
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.servicing.meeting_lines import Line

LONGEST_NOTE, LONGEST_REFERENCE, LONGEST_LEAF = 200, 80, 20
Take = Callable[[Mode, str, str, str], None]


class RowDialog(Dialog):
    """Asks it of one member; `take` gets mode, reference, note and leaf."""

    def __init__(self, parent: QWidget, line: Line, take: Take, mode: Mode | None = None) -> None:
        """`mode` is what it begins with, where that is another than the row's."""
        super().__init__(
            parent,
            line.member.borrower,
            line.member.loan_number,
            act=_("Keep"),
            fields=_of(line, mode or line.mode),
            width=560,
        )
        self._take, self._mode = take, mode
        self.decided.connect(self._keep)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.form is not None and self._mode is not None:
            self.form.focus("reference")

    def _keep(self, values: dict[str, Any]) -> None:
        mode, reference = values["mode"], values["reference"] or ""
        if mode is not Mode.CASH and not reference:
            self.failed(ValueRefused(field="reference", why="reference-missing"))
            return
        self._take(mode, reference, values["note"] or "", values["leaf"] or "")
        self.finish()


def _leaf(text: str) -> str:
    if text and leaf_of(text) is None:
        raise ValueRefused(field="leaf", why="leaf-unknown", leaf=text)
    return text


def _of(line: Line, mode: Mode) -> list[Field]:
    modes = [(one, named("mode", one.value)) for one in Mode]
    return [
        Field(
            name="note",
            label=_("Note"),
            value=line.note,
            optional=True,
            span=2,
            length=LONGEST_NOTE,
        ),
        Field(
            name="mode",
            label=_("Paid by"),
            kind=Kind.ONE_OF,
            value=mode,
            choices=modes,
            span=2,
        ),
        Field(
            name="reference",
            label=_("Reference"),
            value=line.reference,
            optional=True,
            length=LONGEST_REFERENCE,
            aside=_("not for cash"),
        ),
        Field(
            name="leaf",
            label=_("Leaf of the receipt book"),
            value=line.leaf,
            optional=True,
            length=LONGEST_LEAF,
            parse=_leaf,
            placeholder=_("A 113"),
        ),
    ]
