"""What the borrower promised, asked with what it leaves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.field import MakePromise
from app.rows.facts import PromiseFacts
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount
from ui.kit.dialog import Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.kit.text import Text


class LoanDialog(Dialog):
    """Asks one thing about a loan, says what it will change, and carries it out."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: LoanView,
        title: str,
        act: str,
        fields: Sequence[Field],
    ) -> None:
        super().__init__(parent, title, f"{view.borrower} · {view.number}", act=act, fields=fields)
        self.station, self.view, self._act_word = station, view, act
        self._key = station.desk.key()
        self.said = Text("", tone="text2", wrap=True)
        self.content.addWidget(self.said)
        self.decided.connect(lambda values: self._ask(self.command(values)))
        if self.form is not None:
            self.form.edited.connect(lambda _name: self._tell())
        self._tell()

    def command(self, values: dict[str, Any]) -> Command[Any]:
        """What is asked of the gate."""
        raise NotImplementedError

    def consequence(self, _minor: int, /) -> str:
        """What an amount of so much will change."""
        raise NotImplementedError

    def after(self, _answer: Any) -> None:
        """Say what happened, once it did."""
        self.station.say(_("{what} noted").format(what=self.windowTitle()))

    def written(self, minor: int) -> str:
        """An amount in the currency of the loan."""
        return amount(minor, self.view.currency, symbol=True, trim=True)

    def typed(self, name: str) -> Any:
        """What stands in a field just now, None where it cannot be read."""
        try:
            return self.form.value(name) if self.form is not None else None
        except ValueError:
            return None

    def _tell(self) -> None:
        minor = self.typed("amount_minor") or 0
        self.said.setText(self.consequence(minor))
        figure = amount(minor, self.view.currency, trim=True)
        self.set_act_text(f"{self._act_word} {figure}" if minor else self._act_word)

    def _ask(self, command: Command[Any]) -> None:
        self.station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, answer: Any) -> None:
        self.after(answer)
        self.finish()

    def _refused(self, error: Exception) -> None:
        # The key stays: a refusal does not use it up, and after a cut line it gives the first
        # answer instead of charging twice.
        self.failed(error)


class PromiseDialog(LoanDialog):
    """The borrower promised an amount for a day."""

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        fields = [
            _money(view, value=view.due_today.total_minor or None),
            Field(
                name="promised_on",
                label=_("For"),
                kind=Kind.DATE,
                today=station.today,
                value=station.today,
            ),
            Field(name="note", label=_("Note"), optional=True, span=2, length=200),
        ]
        super().__init__(parent, station, view, _("Promise"), _("Note promise of"), fields)

    def command(self, values: dict[str, Any]) -> Command[Any]:
        facts = PromiseFacts(values["amount_minor"], self.view.currency, values["promised_on"])
        return MakePromise(loan_id=self.view.loan_id, promise=facts, note=values["note"] or "")

    def consequence(self, minor: int, /) -> str:
        due = self.view.due_today.total_minor
        left = self.written(max(0, due - minor))
        return _("To pay today {due}; {left} is left after the promise").format(
            due=self.written(due), left=left
        )


def _money(view: LoanView, value: int | None = None) -> Field:
    return Field(
        name="amount_minor",
        label=_("Amount"),
        kind=Kind.MONEY,
        currency=view.currency,
        value=value,
    )
