"""All tills of the branch, cash on its way, and what officers did not hand in yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QShowEvent

from app.commands.base import Topic
from app.commands.tills import CountProposed
from app.domain.roles import Permission
from app.domain.till import TillState
from app.queries.tills import ListTills
from app.rows.tills import TillsView
from app.texts import _
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import title
from ui.kit.theme import theme
from ui.servicing.till_check import accept_dialog, decline_dialog
from ui.servicing.till_dialogs import (
    close_dialog,
    field_dialog,
    give_dialog,
    limits_dialog,
    open_dialog,
)
from ui.servicing.till_lists import officers_table, tills_table, way_table
from ui.servicing.till_slip import show_slip

LARGE = 140  # text size in percent from which the keys alone tell of the smaller acts


class TillsScreen(StationScreen):
    """Every counter in a line; the manager counts and closes any of them."""

    topics = frozenset({Topic.CASH, Topic.DAY, Topic.CHECK})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("All tills"))
        self.tills = tills_table(station)
        self.officers = officers_table()
        self.way = way_table()
        self._to_field = False
        self.install_actions()
        self.tills.current_changed.connect(lambda _one: self.action_set.refresh())
        self.officers.current_changed.connect(lambda _one: self.action_set.refresh())
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        made = [
            self._act("mine", _("This till"), "F8", self._mine, lambda: self.router.has("till")),
            self._act("field", _("Count field cash"), "Alt+F", self.field, self._may_field),
        ]
        if self.station.may(Permission.TILL_MANAGE):
            made.append(self._act("close", _("Count"), "Alt+T", self.count, self._may_count))
            made.append(self._act("give", _("Hand over"), "Alt+H", self.give, self._is_open))
            made.append(
                self._act("accept", _("Let it happen"), "Alt+Y", self.accept, self._may_decide)
            )
            made.append(self._act("decline", _("Decline"), "Alt+N", self.decline, self._may_decide))
            made.append(self._act("limits", _("Limits"), "Alt+M", self.limits, self._is_used))
        return made

    def arrive(self, *, field: bool = False, **_more: Any) -> None:
        """With `field` the officers are what is chosen from."""
        self._to_field = field

    def reload(self) -> None:
        self.desk.read(self, ListTills(), self._take, self.failed, slot="tills")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        (self.officers if self._to_field else self.tills).view.setFocus()

    def count(self) -> None:
        """Count the marked till, and close or open it with that."""
        till = self.tills.current()
        if till is not None:
            make = close_dialog if till.state is TillState.OPEN else open_dialog
            make(self, self.station, till, self._done).open()

    def give(self) -> None:
        """Hand cash of the marked till to another counter."""
        till = self.tills.current()
        if till is not None:
            others = tuple(
                one.counter for one in self.tills.model.rows() if one.counter != till.counter
            )
            give_dialog(self, self.station, others, self._done, till.counter).open()

    def accept(self) -> None:
        """Let the count of the marked till happen, after a look at it."""
        till = self.tills.current()
        if till is not None and till.waiting is not None:
            accept_dialog(self, self.station, till, till.waiting).open()

    def decline(self) -> None:
        """Send the count of the marked till back."""
        till = self.tills.current()
        if till is not None and till.waiting is not None:
            decline_dialog(self, self.station, till, till.waiting).open()

    def limits(self) -> None:
        """Change the limits of the marked till."""
        till = self.tills.current()
        if till is not None:
            limits_dialog(self, self.station, till, lambda _answer: None).open()

    def field(self) -> None:
        """Count what the marked officer hands in, into the till of this counter."""
        officer = self.officers.current()
        if officer is not None:
            field_dialog(self, self.station, officer, self._done).open()

    def _mine(self) -> None:
        self.router.go("till")

    def _take(self, view: TillsView) -> None:
        self.tills.model.show(view.tills)
        self.officers.model.show(view.officers)
        self.way.model.show(view.on_the_way)
        self.action_set.refresh()
        self._tell(view)

    def _tell(self, view: TillsView) -> None:
        """Say that a count waits for a second person."""
        waits = [till for till in view.tills if till.waiting is not None]
        if not waits or not self.station.may(Permission.TILL_MANAGE):
            self.banner.clear()
            return
        said = _("The count of counter {counter} waits: mark it, then Alt+Y or Alt+N.")
        self.banner.say(said.format(counter=waits[0].counter), "due", keeps=True)

    def _done(self, answer: Any) -> None:
        if isinstance(answer, CountProposed):
            self.station.say(_("The count waits for a second person"))
            return
        said = _("{number} is booked").format(number=answer.number)
        move_id, number = answer.move_id, answer.number
        self.station.say(
            said, _("Slip"), "", lambda: show_slip(self, self.station, move_id, number)
        )

    def _is_open(self) -> bool:
        till = self.tills.current()
        return self.station.day_is_open and till is not None and till.state is TillState.OPEN

    def _may_count(self) -> bool:
        till = self.tills.current()
        fit = till is not None and till.used and till.state is not TillState.COUNTED
        return self.station.day_is_open and fit

    def _may_decide(self) -> bool:
        till = self.tills.current()
        waiting = None if till is None else till.waiting
        other = waiting is not None and waiting.maker_id != self.station.me.user_id
        return other and self.station.day_is_open

    def _is_used(self) -> bool:
        till = self.tills.current()
        return till is not None and till.used

    def _may_field(self) -> bool:
        may = self.station.day_is_open and self.station.may(Permission.TILL)
        return may and self.officers.current() is not None

    def _act(
        self,
        name: str,
        text: str,
        keys: str,
        run: Callable[[], object],
        enabled: Callable[[], bool],
    ) -> Action:
        why = _("Choose a line that this can be done with")
        return Action(name=name, text=text, keys=keys, run=run, enabled=enabled, why=why)

    def _lay_out(self) -> None:
        head = row(title(_("All tills")), gap=12)
        head.addStretch(1)
        shown = {action.name for action in self.action_set.all()}
        for name in (
            ("mine", "limits", "field", "give", "close") if theme().scale < LARGE else ("close",)
        ):
            if name in shown:
                kind = "primary" if name == "close" else "secondary"
                head.addWidget(self.action_set.button(name, kind))
        tills = Card(_("Tills"), flush=True)
        tills.body.addWidget(self.tills, 1)
        officers = Card(_("Field cash"), flush=True)
        officers.body.addWidget(self.officers, 1)
        way = Card(_("On its way"), flush=True)
        way.body.addWidget(self.way, 1)
        both = row(gap=14)
        both.addWidget(officers, 1)
        both.addWidget(way, 1)
        self.page.addLayout(head)
        self.page.addWidget(tills, 1)
        self.page.addLayout(both, 1)
