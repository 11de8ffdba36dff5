"""The plan of a loan changes: another rate, other instalments."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import ChangeRate, RescheduleLoan
from app.commands.base import Command
from app.domain.allocation import Head
from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import day
from ui.kit.dialog import reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.servicing.act_dialog import ActDialog, date_field, may_rate

LONGEST = 600  # instalments


class RateDialog(ActDialog):
    """From a day on the loan bears another rate."""

    kind = "rate"
    says_amount = False

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        super().__init__(parent, station, view, _("Change of rate"), _("Change the rate"))

    def fields(self) -> Sequence[Field]:
        now = _("Now {rate} % a year.").format(rate=self.view.annual_rate)
        more = _("The instalments to come are found again.")
        return [
            Field(
                name="annual_rate",
                label=_("New rate, % a year"),
                kind=Kind.RATE,
                hint=f"{now} {more}",
                span=2,
            ),
            date_field(
                "on",
                _("From"),
                self.station,
                _("Interest is at the old rate before this day, at the new one from it on."),
                value=self.station.today,
            ),
            reason_field(),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        rate = rate_text(values["annual_rate"])
        return ChangeRate(
            loan_id=self.view.loan_id,
            on=values["on"],
            annual_rate=rate,
            reason=values["reason"],
        )


class RescheduleDialog(ActDialog):
    """The lines that are not due yet give way to new ones."""

    kind = "reschedule"
    says_amount = False

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        super().__init__(parent, station, view, _("Rescheduling"), _("Reschedule"))

    def fields(self) -> Sequence[Field]:
        return [
            date_field(
                "on",
                _("As from"),
                self.station,
                _("What is not due by the end of this day is planned anew."),
                value=self.station.today,
            ),
            Field(
                name="instalments",
                label=_("Instalments to come"),
                kind=Kind.INT,
                optional=True,
                least=1,
                most=LONGEST,
                hint=_("Empty keeps their number."),
                span=2,
            ),
            date_field("first_due_on", _("Next due"), self.station, self._next(), optional=True),
            *self._capitalised(),
            *self._rate(),
            reason_field(),
        ]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        rate = values.get("annual_rate")
        heads = (("interest", Head.INTEREST), ("charge", Head.CHARGE))
        return RescheduleLoan(
            loan_id=self.view.loan_id,
            on=values["on"],
            instalments=values["instalments"],
            first_due_on=values["first_due_on"],
            capitalise=tuple(head for name, head in heads if values.get(name)),
            annual_rate=rate_text(rate) if rate is not None else "",
            reason=values["reason"],
        )

    def _next(self) -> str:
        coming = self.view.next_due_on
        keeps = _("Empty keeps {day}.").format(day=day(coming)) if coming else ""
        return f"{keeps} {_('A later day gives the borrower a pause.')}".strip()

    def _capitalised(self) -> Sequence[Field]:
        due = self.view.due_today
        offered = (
            ("interest", due.interest_minor, _("{sum} of interest into principal")),
            ("charge", due.charge_minor, _("{sum} of charges into principal")),
        )
        return [
            Field(
                name=name,
                label=words.format(sum=self.written(minor)),
                kind=Kind.CHECK,
                optional=True,
                span=2,
            )
            for name, minor, words in offered
            if minor
        ]

    def _rate(self) -> Sequence[Field]:
        if not may_rate(self.station):
            return ()
        return (
            Field(
                name="annual_rate",
                label=_("New rate, % a year"),
                kind=Kind.RATE,
                optional=True,
                hint=_("Empty keeps {rate} %.").format(rate=self.view.annual_rate),
                span=2,
            ),
        )


def rate_text(share: Fraction) -> str:
    """A rate as its command wants it: Fraction(9, 40) is 22.5. At most six decimals are typed."""
    whole, part = divmod(share * 100 * 10**6, 10**6)
    return f"{int(whole)}.{int(part):06d}".rstrip("0").rstrip(".")
