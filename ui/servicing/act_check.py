"""What somebody asked a second person for on a loan: looked at as it would be now, decided on."""

from __future__ import annotations

import json

from PySide6.QtWidgets import QWidget

from app.queries.servicing import PreviewCheck
from app.rows.acts import ActPreview, LoanCheckRow
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount, moment
from app.texts.labels import named
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.servicing.act_decide import Asked, DecideDialog
from ui.servicing.act_panel import ActPanel


class CheckDialog(DecideDialog):
    """An act on the loan that is shown."""

    def __init__(
        self, parent: QWidget, station: Station, view: LoanView, check: LoanCheckRow
    ) -> None:
        self.panel = ActPanel(view.currency)
        reason = str(json.loads(check.act.payload).get("reason", ""))
        what = named("act", check.act.command)
        asked = Asked(check.check_id, check.version, check.maker_id, what, reason)
        under = f"{view.borrower} · {view.number} · {moment(station.local(check.made_at))}"
        super().__init__(parent, station, asked, (asked_words(check), under), self.panel)
        query = PreviewCheck(check_id=check.check_id)
        station.desk.read(self, query, self._shown, self._not_shown, slot="preview")

    def _shown(self, preview: ActPreview) -> None:
        self.panel.show_preview(preview, self.station.today)

    def _not_shown(self, error: Exception) -> None:
        self.panel.say(spoken(error), _("This cannot be done now"))


def asked_words(check: LoanCheckRow) -> str:
    """Who asks for what, and how much."""
    return _("{maker} asks: {what}, {sum}").format(
        maker=check.maker,
        what=named("act", check.act.command),
        sum=amount(check.amount_minor, check.currency, symbol=True, trim=True),
    )
