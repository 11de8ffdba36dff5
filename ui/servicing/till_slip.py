"""The slip of a count or movement, shown as it is printed."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.queries.tills import TillSlipForPaper
from app.rows.papers import Paper
from app.texts import _
from ui.kit.messages import spoken
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import SLIP
from ui.kit.screen_context import Station


def show_slip(owner: QWidget, station: Station, move_id: int, number: str) -> None:
    """Read the slip and show it over `owner`."""

    def show(paper: Paper) -> None:
        PaperDialog(owner, station, _("Slip of the till"), paper, SLIP, f"till-{number}").open()

    def tell(error: Exception) -> None:
        station.say(spoken(error))

    station.desk.read(owner, TillSlipForPaper(move_id=move_id), show, tell, slot="paper")
