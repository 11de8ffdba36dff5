"""Take-overs that wait for a second person: a line each, and the dialog that decides."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.takeover import TakeOverAsked
from app.texts import _
from app.texts.figures import amount
from ui.kit.banner import Banner
from ui.kit.screen_context import Station
from ui.kit.theme import theme
from ui.servicing.act_decide import Asked, DecideDialog
from ui.servicing.takeover_panel import TakeOverPanel

LOOK = "Alt+L"


class TakeOverAskedDialog(DecideDialog):
    """The loan as it would stand now, and the answer."""

    def __init__(self, parent: QWidget, station: Station, row: TakeOverAsked) -> None:
        self.panel = TakeOverPanel(row.taken.currency)
        asked = Asked(row.check_id, row.version, row.maker_id, _("Take-over"), row.reason)
        known = _("known here") if row.known_party else _("new here")
        under = f"{row.borrower} · {row.taken.old_number} · {known}"
        super().__init__(parent, station, asked, (asked_words(row), under), self.panel)
        self.panel.show_preview(row.preview, asking=False)


class AskedStrip(QWidget):
    """A line for each; nothing while none waits."""

    def __init__(self, look: Callable[[TakeOverAsked], object]) -> None:
        super().__init__()
        self._look = look
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme().space(6))
        self.asked: tuple[TakeOverAsked, ...] = ()
        self.lines: list[Banner] = []
        self.hide()

    def show_asked(self, rows: Sequence[TakeOverAsked]) -> None:
        """Show these, the oldest first."""
        if tuple(rows) == self.asked:
            return
        self.asked = tuple(rows)
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = [self._line(at, row) for at, row in enumerate(rows)]
        for line in self.lines:
            self._rows.addWidget(line)
        self.setVisible(bool(self.lines))

    def _line(self, at: int, row: TakeOverAsked) -> Banner:
        line, keys = Banner(), "" if at else LOOK
        line.say(asked_words(row), "due", _("Look"), lambda: self._look(row), keeps=True, keys=keys)
        return line


def asked_words(row: TakeOverAsked) -> str:
    """Who asks for what, and how much."""
    preview = row.preview
    sum_ = amount(preview.outstanding_minor, preview.currency, symbol=True, trim=True)
    said = _("{maker} asks to take over {number} of {borrower}, {sum} outstanding")
    return said.format(
        maker=row.maker, number=row.taken.old_number, borrower=row.borrower, sum=sum_
    )
