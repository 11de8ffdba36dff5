"""Another day of the same centre: the members paid before the money was handed over."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from app.texts import _
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind


class OtherDayDialog(Dialog):
    """Asks on which day the members paid."""

    def __init__(self, parent: QWidget, today: date, take: Callable[[date], None]) -> None:
        field = Field(
            name="on",
            label=_("The members paid on"),
            kind=Kind.DATE,
            today=today,
            value=today,
            span=2,
        )
        said = _("The receipts say this day; they are booked today.")
        super().__init__(parent, _("Day of the meeting"), said, act=_("Open"), fields=[field])
        self._take = take
        self.decided.connect(self._open)

    def _open(self, values: dict[str, Any]) -> None:
        self.finish()
        self._take(values["on"])
