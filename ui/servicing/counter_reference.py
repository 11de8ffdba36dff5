"""What stands on the cheque, the transfer or the UPI receipt."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent

from ui.kit.inputs import LineEdit

OTHER_WAY = "*"


class ReferenceEdit(LineEdit):
    """A star before anything is typed goes on to the next way of paying."""

    other_way = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == OTHER_WAY and not self.text():
            self.other_way.emit()
            return
        super().keyPressEvent(event)
