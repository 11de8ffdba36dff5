"""Take-overs that wait for a second person: who asks for what, and the dialog that decides."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.rows.takeover import TakeOverAsked
from app.texts import _
from app.texts.figures import amount
from ui.kit.screen_context import Station
from ui.servicing.act_decide import Asked, DecideDialog
from ui.servicing.takeover_panel import TakeOverPanel


class TakeOverAskedDialog(DecideDialog):
    """The loan as it would stand now, and the answer."""

    def __init__(self, parent: QWidget, station: Station, row: TakeOverAsked) -> None:
        self.panel = TakeOverPanel(row.taken.currency)
        asked = Asked(row.check_id, row.version, row.maker_id, _("Take-over"), row.reason)
        known = _("known here") if row.known_party else _("new here")
        under = f"{row.borrower} · {row.taken.old_number} · {known}"
        super().__init__(parent, station, asked, (asked_words(row), under), self.panel)
        self.panel.show_preview(row.preview, asking=False)


def asked_words(row: TakeOverAsked) -> str:
    """Who asks for what, and how much."""
    preview = row.preview
    sum_ = amount(preview.outstanding_minor, preview.currency, symbol=True, trim=True)
    said = _("{maker} asks to take over {number} of {borrower}, {sum} outstanding")
    return said.format(
        maker=row.maker, number=row.taken.old_number, borrower=row.borrower, sum=sum_
    )
