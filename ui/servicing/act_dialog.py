"""One act on a loan: the few fields at the left, what it would make of the loan at the right."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import ActProposed, ProposeAct, wanted
from app.commands.base import Command
from app.domain.errors import KistError, LimitExceeded
from app.domain.roles import UNLIMITED, Permission
from app.queries.servicing import PreviewAct
from app.rows.acts import ActPreview
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount
from ui.kit.dialog import Dialog, reason_field
from ui.kit.drafts import DraftKeeper
from ui.kit.field import Field, Kind
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.kit.tasks import Report, Stop
from ui.kit.text import Text
from ui.parts.later import Later
from ui.servicing.act_panel import ActPanel

WIDE = 1240  # px at 100 %
REASON = "reason"


class ActDialog(Dialog):
    """Asks for an act, shows it before it is done, and does it once.

    A subclass says its `kind` (a word of its own for the draft), its `fields` and its `command`.
    Above the own limit the act is put before a second person instead.
    """

    kind = ""
    says_amount = True  # on the button; False where the amount is only what the limit is held to

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: LoanView,
        title: str,
        act: str,
        *,
        danger: bool = False,
    ) -> None:
        self.station, self.view, self._act_word = station, view, act
        self.panel = ActPanel(view.currency)
        self._fields = tuple(self.fields())
        super().__init__(
            parent,
            title,
            f"{view.borrower} · {view.number}",
            act=act,
            fields=self._fields,
            danger=danger,
            keep=_("Leave"),
            width=WIDE,
            beside=self.panel,
        )
        self._key, self._proposal_key = station.desk.key(), station.desk.key()
        self.limit = Text("", "small", tone="text2", wrap=True)
        self.content.addWidget(self.limit)
        self._asks, self._touched, self._wrong = False, False, ""
        self._later = Later(self, self.look)
        self._keeper: DraftKeeper | None = None
        self.decided.connect(self._decide)
        self._begin()

    def fields(self) -> Sequence[Field]:
        """What is asked."""
        return [reason_field()]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        """What the gate is asked, from the values of the fields."""
        raise NotImplementedError

    def after(self, _answer: Any) -> None:
        """Say what happened, once it did."""
        self.station.say(_("{what} noted").format(what=self.windowTitle()))

    def verb(self, preview: ActPreview) -> str:
        """The words on the button, with the amount where there is one."""
        if not self.says_amount or not preview.limit or not preview.amount_minor:
            return self._act_word
        return f"{self._act_word} {self.written(preview.amount_minor)}"

    def written(self, minor: int) -> str:
        """An amount in the currency of the loan."""
        return amount(minor, self.view.currency, symbol=True, trim=True)

    def tried(self) -> Command[Any] | None:
        """The act as it is filled in so far, None while something needed is missing."""
        if self.form is None:
            return self.command({})
        values = {field.name: self.form.value(field.name) for field in self.fields_shown()}
        values[REASON] = values.get(REASON) or ""
        needed = [f.name for f in self.fields_shown() if not f.optional and f.name != REASON]
        if any(values[name] is None or values[name] == "" for name in needed):
            return None
        return self.command(values)

    def fields_shown(self) -> Sequence[Field]:
        """The fields that are asked now."""
        form = self.form
        return [f for f in self._fields if form is not None and not form.box(f.name).isHidden()]

    def look(self) -> None:
        """Ask what the act would make of the loan."""
        command = self.tried()
        if command is None:
            self.panel.set_stale(True)
            return
        query = PreviewAct(loan_id=self.view.loan_id, act=wanted(command))
        self.station.desk.read(self, query, self._shown, self._not_shown, slot="preview")

    def done(self, result: int) -> None:
        if not result:
            self._keep_typed()
        super().done(result)

    def _keep_typed(self) -> None:
        """Leaving loses nothing: the draft is written even where this window is gone by then."""
        if self.form is None or not self.form.is_dirty():
            return
        drafts, name = self.station.drafts, self._draft
        text = json.dumps(self.form.draft(), ensure_ascii=False)

        def keep(_stop: Stop, _report: Report) -> None:
            drafts.keep(name, text)

        # A draft that cannot be kept must not stand in the way of leaving.
        self.station.desk.work(self.station, keep, lambda _none: None, lambda _error: None)

    @property
    def _draft(self) -> str:
        return f"act-{self.kind}-{self.view.loan_id}"

    def _begin(self) -> None:
        if self.form is not None:
            self.form.edited.connect(lambda _name: self._on_edited())
            self._keeper = DraftKeeper(self.station.desk, self.station.drafts, self.form)
            self._keeper.restored.connect(self._on_restored)
            self._keeper.open(self._draft)
        self.look()

    def _on_edited(self) -> None:
        self._touched = True
        self._clear_wrong()
        self.panel.set_stale(True)
        self._later.want()

    def _clear_wrong(self) -> None:
        if self._wrong and self.form is not None:
            self.form.box(self._wrong).show_error("")
            self._wrong = ""

    def _on_restored(self) -> None:
        said = _("What you typed before is back.")
        self.banner.say(said, "info", _("Begin anew"), self._begin_anew)
        self._on_edited()

    def _begin_anew(self) -> None:
        if self.form is not None:
            self.form.reset()
        if self._keeper is not None:
            self._keeper.drop()
        self.banner.clear()
        self._on_edited()

    def _shown(self, preview: ActPreview) -> None:
        self._clear_wrong()
        self.panel.show_preview(preview, self.station.today)
        self._asks = preview.needs_check
        self.set_act_text(_("Ask a second person") if self._asks else self.verb(preview))
        self.limit.setText(self._limit_words(preview))
        self.limit.set_tone("late2" if self._asks else "text2")

    def _limit_words(self, preview: ActPreview) -> str:
        if not preview.limit or preview.limit_minor >= UNLIMITED:
            return ""
        own, asked = self.written(preview.limit_minor), self.written(preview.amount_minor)
        if preview.needs_check:
            said = _("{amount} is above your limit of {limit}: a second person has to agree.")
            return said.format(amount=asked, limit=own)
        return _("{amount} is within your limit of {limit}.").format(amount=asked, limit=own)

    def _not_shown(self, error: Exception) -> None:
        """Say it at its field without taking the cursor away, else at the right."""
        field = error.field if isinstance(error, KistError) else ""
        form = self.form
        if form is not None and field and not self._touched:
            return  # nothing was filled in yet, so nothing is wrong yet
        if form is not None and field and any(f.name == field for f in self.fields_shown()):
            form.box(field).show_error(spoken(error))
            self._wrong = field
            self.panel.set_stale(True)
            if self.panel.preview is None:
                self.panel.say(_("One of the fields at the left has to be put right first."))
            return
        self.panel.say(spoken(error), _("This cannot be done"))

    def _decide(self, values: dict[str, Any]) -> None:
        command = self.command(values)
        desk = self.station.desk
        if not self._asks:
            # The key stays: a refusal does not use it up, and after a cut line it gives the
            # first answer instead of acting twice.
            desk.ask(self, command, self._key, self._done, self._refused)
            return
        proposal = ProposeAct(loan_id=self.view.loan_id, act=wanted(command))
        desk.ask(self, proposal, self._proposal_key, self._proposed, self._refused)

    def _done(self, answer: Any) -> None:
        self._put_away()
        self.after(answer)
        self.finish()

    def _proposed(self, _answer: ActProposed) -> None:
        self._put_away()
        said = _("{what} waits for a second person").format(what=self.windowTitle())
        self.station.say(said)
        self.finish()

    def _put_away(self) -> None:
        if self._keeper is not None:
            self._keeper.drop()

    def _refused(self, error: Exception) -> None:
        self.failed(error)
        if isinstance(error, LimitExceeded):
            self.look()


def money_field(view: LoanView, hint: str = "", **more: Any) -> Field:
    """The amount, in the currency of the loan."""
    made: dict[str, Any] = {"name": "amount_minor", "label": _("Amount"), "span": 2, **more}
    return Field(kind=Kind.MONEY, currency=view.currency, hint=hint, **made)


def date_field(name: str, label: str, station: Station, hint: str = "", **more: Any) -> Field:
    """A day; today counts from the day that is open."""
    made: dict[str, Any] = {"span": 2, **more}
    return Field(name=name, label=label, kind=Kind.DATE, today=station.today, hint=hint, **made)


def may_rate(station: Station) -> bool:
    """Whether the rate may be changed along with a reschedule."""
    return station.may(Permission.LOAN_RATE)
