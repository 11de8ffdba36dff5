"""What somebody asked a second person for: looked at as it would be now, accepted or declined."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.checks import AcceptCheck, DeclineCheck
from app.domain.roles import Permission
from app.queries.servicing import PreviewCheck
from app.rows.acts import ActPreview, LoanCheckRow
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount, moment
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.dialog import Dialog, reason_field
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.kit.text import Text
from ui.servicing.act_dialog import WIDE
from ui.servicing.act_panel import ActPanel


class CheckDialog(Dialog):
    """The checker sees what it would make of the loan now, and decides; the maker may withdraw."""

    def __init__(
        self, parent: QWidget, station: Station, view: LoanView, check: LoanCheckRow
    ) -> None:
        self.station, self.view, self.check = station, view, check
        self.mine = check.maker_id == station.me.user_id
        self.panel = ActPanel(view.currency)
        super().__init__(
            parent,
            asked_words(check),
            f"{view.borrower} · {view.number} · {moment(station.local(check.made_at))}",
            act=_("Take it back") if self.mine else _("Accept"),
            fields=[reason_field(_("Reason, to decline"), hint=self._hint(), optional=True)],
            keep=_("Leave"),
            width=WIDE,
            beside=self.panel,
        )
        self._key, self._no_key = station.desk.key(), station.desk.key()
        self.given = Text(_given(check), wrap=True)
        self.content.insertWidget(0, self.given)
        if self.may_decide and not self.mine:
            self._offer_declining()
        self.set_act_enabled(self.mine or self.may_decide)
        self.decided.connect(self._decide)
        query = PreviewCheck(check_id=check.check_id)
        station.desk.read(self, query, self._shown, self._not_shown, slot="preview")

    @property
    def may_decide(self) -> bool:
        """Whether this person may let it happen or decline it."""
        return self.station.may(Permission.CHECK) and self.station.day_is_open

    def decline(self) -> None:
        """Say no, with the reason."""
        reason = self.form.value("reason") if self.form is not None else ""
        if not reason and self.form is not None:
            self.form.show_error("reason", _("Say why, for who asked."))
            return
        self._ask(self._no(reason), self._no_key)

    def _offer_declining(self) -> None:
        no = Action(name="decline", text=_("Decline"), keys="Alt+D", run=self.decline)
        self.actions_.show([*self.actions_.all(), no])
        self.content.addWidget(self.actions_.button("decline", "danger"))

    def _hint(self) -> str:
        if self.mine:
            return _("You asked for this. Somebody else has to agree, or you take it back.")
        if not self.may_decide:
            return _("Somebody who may check has to agree, while the day is open.")
        return _("It happens as it is shown at the right, over this counter.")

    def _decide(self, values: dict[str, Any]) -> None:
        if self.mine:
            self.set_act_enabled(True)
            self.decline()
            return
        check, _reason = self.check, values
        self._ask(AcceptCheck(check_id=check.check_id, version=check.version), self._key)

    def _no(self, reason: str) -> Command[Any]:
        check = self.check
        return DeclineCheck(check_id=check.check_id, version=check.version, reason=reason)

    def _ask(self, command: Command[Any], key: str) -> None:
        self.set_act_enabled(False)
        self.station.desk.ask(self, command, key, self._done, self.failed)

    def _done(self, answer: Any) -> None:
        what = named("act", self.check.act.command)
        said = _("{what} accepted") if answer.state == "accepted" else _("{what} declined")
        self.station.say(said.format(what=what))
        self.finish()

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


def _given(check: LoanCheckRow) -> str:
    reason = str(json.loads(check.act.payload).get("reason", ""))
    return _("Reason given: {reason}").format(reason=reason) if reason else ""
