"""Terms that were keyed wrongly are put right from the beginning of the loan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.takeover import RestateLoan
from app.rows.servicing import LoanView
from app.texts import _
from ui.kit.dialog import reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.servicing.act_dialog import ActDialog, date_field
from ui.servicing.act_plan import LONGEST, rate_text

OFTEN = ("annual_rate", "instalments", "first_due_on")  # what is keyed wrongly most


class RestateDialog(ActDialog):
    """The usual mistakes have fields of their own; the whole document stands below them."""

    kind = "restate"
    says_amount = False

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        self._doc: dict[str, Any] = json.loads(view.terms)
        super().__init__(parent, station, view, _("Correction of the terms"), _("Correct"))
        if self.form is not None:
            self.form.edited.connect(self._carry_over)

    def fields(self) -> Sequence[Field]:
        doc, first = self._doc, self._doc.get("first_due_on")
        said = _("As if it had been keyed so at first; what changes by it is posted today.")
        return [
            Field(
                name="annual_rate",
                label=_("Rate, % a year"),
                kind=Kind.RATE,
                value=Fraction(str(doc["annual_rate"])) / 100 if "annual_rate" in doc else None,
                optional=True,
            ),
            Field(
                name="instalments",
                label=_("Instalments"),
                kind=Kind.INT,
                least=1,
                most=LONGEST,
                value=doc.get("instalments"),
                optional=True,
            ),
            date_field(
                "first_due_on",
                _("First due"),
                self.station,
                said,
                value=date.fromisoformat(first) if first else None,
                optional=True,
            ),
            Field(
                name="terms",
                label=_("The whole document"),
                kind=Kind.LINES,
                value=_pretty(doc),
                rows=8,
                length=60_000,
                span=2,
                parse=_read,
            ),
            reason_field(),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return RestateLoan(
            loan_id=self.view.loan_id, terms=values["terms"], reason=values["reason"]
        )

    def _carry_over(self, name: str) -> None:
        """What was typed into one of the fields goes into the document."""
        form = self.form
        document = form.value("terms") if form is not None and name in OFTEN else None
        if form is None or document is None or (value := form.value(name)) is None:
            return
        doc = json.loads(document)
        doc[name] = _written(value)
        form.set_value("terms", _pretty(doc))


def _written(value: Any) -> Any:
    if isinstance(value, Fraction):
        return rate_text(value)
    return value.isoformat() if isinstance(value, date) else value


def _pretty(doc: dict[str, Any]) -> str:
    return json.dumps(doc, ensure_ascii=False, indent=1)


def _read(text: str) -> str:
    """The document on one line. Raises ValueError(sentence) where it cannot be read."""
    try:
        doc = json.loads(text)
    except ValueError as error:
        raise ValueError(_("This is no document of terms: a mark is missing.")) from error
    if not isinstance(doc, dict):
        said = _("This is no document of terms.")
        raise ValueError(said)  # noqa: TRY004 - a sentence for the field
    return json.dumps(doc, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
