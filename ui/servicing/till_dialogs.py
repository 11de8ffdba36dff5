"""What is asked at the till: a count, cash in or out, a hand-over, field cash, limits."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.tills import (
    CloseTill,
    CountFieldCash,
    GiveCash,
    MoveCash,
    OpenTill,
    ProposeCount,
    ReturnCash,
    SetTillLimits,
    TakeCash,
)
from app.domain.counting import Counted
from app.rows.tills import OfficerCash, TillFigures, TillMoveRow, TillRoom
from app.texts import _
from app.texts.figures import amount
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.servicing.centre_dialog import SendDialog
from ui.servicing.till_count import CountDialog, Then

Count = tuple[Counted, ...]


def open_dialog(parent: QWidget, station: Station, till: TillFigures, then: Then) -> Dialog:
    """Count what is there and open the till."""
    currency = till.currency

    def make(counted: Count, values: dict[str, Any]) -> OpenTill:
        reason = values.get("reason") or ""
        return OpenTill(currency=currency, counted=counted, reason=reason, counter=till.counter)

    return CountDialog(
        parent,
        station,
        _("Open the till of counter {counter}").format(counter=till.counter),
        _("Count what is in the drawer. Enter goes to the next note."),
        act=_("Open the till"),
        make=make,
        then=then,
        expected=till.expected_minor,
        above=_above(till, opening=True),
    )


def close_dialog(parent: QWidget, station: Station, till: TillFigures, then: Then) -> Dialog:
    """Count what is there and close the till."""
    currency, counter = till.currency, till.counter

    def make(counted: Count, values: dict[str, Any]) -> CloseTill:
        reason = values.get("reason") or ""
        return CloseTill(counter=counter, currency=currency, counted=counted, reason=reason)

    return CountDialog(
        parent,
        station,
        _("Close the till of counter {counter}").format(counter=counter),
        _("Count what is in the drawer. Enter goes to the next note."),
        act=_("Close the till"),
        make=make,
        then=then,
        expected=till.expected_minor,
        above=_above(till, opening=False),
    )


def move_dialog(
    parent: QWidget, station: Station, room: TillRoom, then: Then, *, into_till: bool
) -> Dialog:
    """Cash from the bank or another account, or to it."""
    title = _("Cash into the till") if into_till else _("Cash out of the till")
    fields = [
        Field(name="amount", label=_("Amount"), kind=Kind.MONEY, currency=station.currency),
        Field(
            name="account",
            label=_("From") if into_till else _("To"),
            kind=Kind.SEARCH,
            choices=[(code, f"{name} \u00b7 {code}") for code, name in room.accounts],
            value=room.accounts[0][0],
        ),
        Field(name="payee", label=_("Who"), optional=True, aside=_("if somebody")),
        Field(name="reference", label=_("Reference"), optional=True, length=80),
        Field(name="reason", label=_("What for"), span=2),
    ]

    def make(values: dict[str, Any]) -> MoveCash:
        return MoveCash(
            into_till=into_till,
            account=values["account"],
            amount_minor=values["amount"],
            currency=station.currency,
            reason=values["reason"],
            payee=values["payee"] or "",
            reference=values["reference"] or "",
        )

    sub = _("A voucher is made, to be signed.")
    return TillForm(parent, station, title, sub, fields=fields, make=make, then=then)


def give_dialog(
    parent: QWidget,
    station: Station,
    counters: tuple[str, ...],
    then: Then,
    from_counter: str = "",
) -> Dialog:
    """Count what goes to another counter; `from_counter` "" is the own till."""
    to = Field(
        name="to_counter",
        label=_("To counter"),
        kind=Kind.CHOICE,
        choices=[(code, code) for code in counters],
        value=counters[0] if len(counters) == 1 else None,
    )
    why = Field(name="why", label=_("What for"), optional=True)

    def make(counted: Count, values: dict[str, Any]) -> GiveCash:
        return GiveCash(
            to_counter=values["to_counter"],
            currency=station.currency,
            counted=counted,
            reason=values["why"] or "",
            from_counter=from_counter,
        )

    return CountDialog(
        parent,
        station,
        _("Hand over cash"),
        _("It is on its way until the other counter counts the same and takes it."),
        act=_("Hand over"),
        make=make,
        then=then,
        fields=[to, why],
    )


def take_dialog(parent: QWidget, station: Station, given: TillMoveRow, then: Then) -> Dialog:
    """Count what another counter gave."""

    def make(counted: Count, _values: dict[str, Any]) -> TakeCash:
        return TakeCash(move_id=given.move_id, counted=counted)

    sum_ = amount(given.amount_minor, given.currency, trim=True)
    said = _("{amount} from counter {counter}, given by {name}. Count it before taking it.")
    return CountDialog(
        parent,
        station,
        _("Take cash"),
        said.format(amount=sum_, counter=given.counter, name=given.by),
        act=_("Take {amount}").format(amount=sum_),
        make=make,
        then=then,
    )


def return_dialog(parent: QWidget, station: Station, given: TillMoveRow, then: Then) -> Dialog:
    """Send cash back into the till that it left."""

    def make(values: dict[str, Any]) -> ReturnCash:
        return ReturnCash(move_id=given.move_id, reason=values["reason"])

    sum_ = amount(given.amount_minor, given.currency, trim=True)
    title = _("Send {amount} back").format(amount=sum_)
    sub = _("It goes back into the till of counter {counter}.").format(counter=given.counter)
    return TillForm(parent, station, title, sub, fields=[reason_field()], make=make, then=then)


def field_dialog(parent: QWidget, station: Station, officer: OfficerCash, then: Then) -> Dialog:
    """Count what an officer hands in."""

    def make(counted: Count, values: dict[str, Any]) -> CountFieldCash:
        return CountFieldCash(
            officer_id=officer.officer_id,
            currency=officer.currency,
            counted=counted,
            reason=values.get("reason") or "",
        )

    return CountDialog(
        parent,
        station,
        _("Field cash of {name}").format(name=officer.name),
        _("What is missing stays a claim on the officer."),
        act=_("Take it into the till"),
        make=make,
        then=then,
        expected=officer.amount_minor,
    )


def limits_dialog(parent: QWidget, station: Station, till: TillFigures, then: Then) -> Dialog:
    """How much a till should hold, and which difference needs two."""
    fields = [
        Field(
            name="cash",
            label=_("Cash at most"),
            kind=Kind.MONEY,
            currency=till.currency,
            value=till.own_limit_minor,
            optional=True,
            hint=_("Empty: as the rules say"),
        ),
        Field(
            name="difference",
            label=_("Difference signed by one"),
            kind=Kind.MONEY,
            currency=till.currency,
            value=till.own_difference_minor,
            optional=True,
            hint=_("Empty: as the rules say"),
        ),
    ]

    def make(values: dict[str, Any]) -> SetTillLimits:
        return SetTillLimits(
            counter=till.counter,
            version=till.version,
            cash_limit_minor=values["cash"],
            difference_limit_minor=values["difference"],
        )

    title = _("Limits of counter {counter}").format(counter=till.counter)
    sub = _("It is warned of from four fifths of the limit on.")
    return TillForm(parent, station, title, sub, fields=fields, make=make, then=then)


class TillForm(SendDialog):
    """A form that makes one command; `then` gets its answer."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        title: str,
        sub: str,
        *,
        fields: list[Field],
        make: Callable[[dict[str, Any]], Any],
        then: Then,
    ) -> None:
        super().__init__(parent, station, title, sub, fields=fields, make=make, then=_nothing)
        self._answered = then

    def _send(self, values: dict[str, Any]) -> None:
        command = self._make(values)

        def done(answer: Any) -> None:
            self.finish()
            self._answered(answer)

        self._station.desk.ask(self, command, self._key, done, self._refused)


def _above(till: TillFigures, *, opening: bool) -> Callable[[Count, dict[str, Any]], ProposeCount]:
    def make(counted: Count, values: dict[str, Any]) -> ProposeCount:
        return ProposeCount(
            opening=opening,
            counter=till.counter,
            currency=till.currency,
            counted=counted,
            reason=values.get("reason") or "",
        )

    return make


def _nothing(_name: str) -> None:
    return None
