"""The business day: what opening and closing it will do, in words, and the key to do it (F2)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.branch import DayOpened, OpenDay
from app.domain.roles import Permission
from app.rows.admin import BranchView
from app.texts import _, ngettext
from app.texts.figures import day, weekday
from ui.kit.dialog import Consequences, Dialog
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.shell.day_end import DayEndDialog


def day_dialog(parent: QWidget, station: Station) -> Dialog:
    """The dialog that fits: close the day that is open, or open the next one."""
    if station.branch.business_on is None:
        return _opening(parent, station)
    return DayEndDialog(parent, station)


def _opening(parent: QWidget, station: Station) -> Dialog:
    branch = station.branch
    field = Field(
        name="on",
        label=_("Business date"),
        kind=Kind.DATE,
        today=branch.today,
        value=branch.today,
        span=2,
        hint=_("{weekday}, {day}").format(weekday=weekday(branch.today), day=day(branch.today)),
    )
    dialog = Dialog(
        parent,
        _("Open the business day"),
        _last(branch),
        act=_("Open the day"),
        fields=[field],
    )
    dialog.content.addWidget(Consequences(_on_opening(branch), "info"))
    if not station.may(Permission.DAY_OPEN):
        return _only_shown(dialog)
    key = station.desk.key()

    def decided(values: dict[str, Any]) -> None:
        station.desk.ask(dialog, OpenDay(on=values["on"]), key, opened, dialog.failed)

    def opened(answer: DayOpened) -> None:
        dialog.finish()
        station.say(_("The day of {on} is open").format(on=day(answer.business_on)))

    dialog.decided.connect(decided)
    return dialog


def _only_shown(dialog: Dialog) -> Dialog:
    """Somebody who may not do it sees how things stand, and whom to ask."""
    dialog.set_act_enabled(False)
    dialog.banner.say(_("Only a manager may do this. Ask one to sign in."), "info", keeps=True)
    return dialog


def _last(branch: BranchView) -> str:
    if branch.last_closed_on is None:
        return _("No business day was closed here yet.")
    return _("The last day that was closed is {on}.").format(on=day(branch.last_closed_on))


def _on_opening(branch: BranchView) -> Sequence[str]:
    said = [_("Receipts and disbursements are booked under this date.")]
    between = 0
    if branch.last_closed_on is not None:
        between = (branch.today - branch.last_closed_on).days - 1
    if between > 0:
        text = ngettext(
            "{count} day since then is caught up under its own date: its interest is accrued.",
            "{count} days since then are caught up under their own dates: their interest is "
            "accrued.",
            between,
        )
        said.append(text.format(count=between))
    return said
