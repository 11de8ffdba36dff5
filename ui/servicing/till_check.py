"""The second person at a count that differs by much: what was counted, and yes or no."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.base import Command
from app.commands.checks import AcceptCheck, DeclineCheck
from app.rows.tills import TillFigures, WaitingCount
from app.texts import _
from app.texts.figures import amount
from ui.kit.dialog import Dialog, reason_field
from ui.kit.screen_context import Station
from ui.servicing.till_count import difference_words


def accept_dialog(
    parent: QWidget, station: Station, till: TillFigures, waiting: WaitingCount
) -> Dialog:
    """Ask before the count is let happen."""
    what = _("Open the till of counter {counter} with this count?")
    if not waiting.opening:
        what = _("Close the till of counter {counter} with this count?")
    dialog = Dialog(
        parent,
        what.format(counter=till.counter),
        _told(till, waiting),
        act=_("Let it happen"),
        consequences=_consequences(till, waiting),
    )

    def make(_values: dict[str, Any]) -> AcceptCheck:
        return AcceptCheck(check_id=waiting.check_id, version=waiting.version)

    _sends(dialog, station, make)
    return dialog


def decline_dialog(
    parent: QWidget, station: Station, till: TillFigures, waiting: WaitingCount
) -> Dialog:
    """Ask why the count is sent back."""
    dialog = Dialog(
        parent,
        _("Decline the count of counter {counter}?").format(counter=till.counter),
        _told(till, waiting),
        act=_("Decline"),
        fields=[reason_field()],
        danger=True,
    )

    def make(values: dict[str, Any]) -> DeclineCheck:
        return DeclineCheck(
            check_id=waiting.check_id, version=waiting.version, reason=values["reason"]
        )

    _sends(dialog, station, make)
    return dialog


def _told(till: TillFigures, waiting: WaitingCount) -> str:
    said = _("{name} counted {counted}; expected is {expected}. Reason: {reason}")
    return said.format(
        name=waiting.maker,
        counted=amount(waiting.counted_minor, till.currency, trim=True),
        expected=amount(till.expected_minor, till.currency, trim=True),
        reason=waiting.reason,
    )


def _consequences(till: TillFigures, waiting: WaitingCount) -> list[str]:
    difference = waiting.counted_minor - till.expected_minor
    words, _tone = difference_words(difference, till.currency)
    return [
        _("{difference} is booked: you sign for it as the second person.").format(difference=words)
    ]


def _sends(
    dialog: Dialog, station: Station, make: Callable[[dict[str, Any]], Command[Any]]
) -> None:
    key = station.desk.key()

    def send(values: dict[str, Any]) -> None:
        station.desk.ask(dialog, make(values), key, lambda _done: dialog.finish(), dialog.failed)

    dialog.decided.connect(send)
