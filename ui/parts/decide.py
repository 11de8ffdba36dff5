"""Deciding on what somebody asked a second person for: accepted, declined, or taken back."""

from __future__ import annotations

from typing import Any, NamedTuple

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.checks import AcceptCheck, DeclineCheck
from app.domain.roles import Permission
from app.texts import _
from ui.kit.actions import Action
from ui.kit.dialog import Dialog, reason_field
from ui.kit.screen_context import Station
from ui.kit.text import Text

WIDE = 1240  # px at 100 %


class Asked(NamedTuple):
    """What is decided on: the check, who asked, what it is called, the reason given."""

    check_id: int
    version: int
    maker_id: int
    what: str
    reason: str


class DecideDialog(Dialog):
    """The checker sees what it would make of the loan now, and decides; the maker may withdraw."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        asked: Asked,
        words: tuple[str, str],
        beside: QWidget,
    ) -> None:
        """`words` are the question and the line under it."""
        self.station, self.asked = station, asked
        self.mine = asked.maker_id == station.me.user_id
        super().__init__(
            parent,
            *words,
            act=_("Take it back") if self.mine else _("Accept"),
            fields=[reason_field(_("Reason, to decline"), hint=self._hint(), optional=True)],
            keep=_("Leave"),
            width=WIDE,
            beside=beside,
        )
        self._key, self._no_key = station.desk.key(), station.desk.key()
        said = _("Reason given: {reason}").format(reason=asked.reason) if asked.reason else ""
        self.given = Text(said, wrap=True)
        self.content.insertWidget(0, self.given)
        if self.may_decide and not self.mine:
            self._offer_declining()
        self.set_act_enabled(self.mine or self.may_decide)
        self.decided.connect(self._decide)

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

    def _decide(self, _values: dict[str, Any]) -> None:
        if self.mine:
            self.set_act_enabled(True)
            self.decline()
            return
        asked = self.asked
        self._ask(AcceptCheck(check_id=asked.check_id, version=asked.version), self._key)

    def _no(self, reason: str) -> Command[Any]:
        asked = self.asked
        return DeclineCheck(check_id=asked.check_id, version=asked.version, reason=reason)

    def _ask(self, command: Command[Any], key: str) -> None:
        self.set_act_enabled(False)
        self.station.desk.ask(self, command, key, self._done, self.failed)

    def _done(self, answer: Any) -> None:
        said = _("{what} accepted") if answer.state == "accepted" else _("{what} declined")
        self.station.say(said.format(what=self.asked.what))
        self.finish()
