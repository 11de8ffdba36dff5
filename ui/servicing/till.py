"""The till of this counter: opened and closed by note, cash in and out, handed over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QShowEvent

from app.commands.base import Topic
from app.commands.tills import CountProposed
from app.domain.roles import Permission
from app.domain.till import Filling, TillState
from app.queries.tills import ShowTillRoom
from app.rows.tills import TillFigures, TillRoom
from app.texts import _
from app.texts.figures import amount
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.chips import Chip
from ui.kit.dialog import Dialog
from ui.kit.figures import Figure, FigureRow
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import DASH, title
from ui.kit.theme import theme
from ui.servicing.till_dialogs import (
    close_dialog,
    field_dialog,
    give_dialog,
    move_dialog,
    open_dialog,
    return_dialog,
    take_dialog,
)
from ui.servicing.till_lists import ICONS, STATES, moves_table, rows_of, sessions_table
from ui.servicing.till_slip import show_slip

LARGE = 140  # text size in percent from which only the count has a button


class TillScreen(StationScreen):
    """Cash of this counter in figures, what moved today, and the sessions before."""

    topics = frozenset({Topic.CASH, Topic.DAY, Topic.CHECK})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Till"))
        self.room: TillRoom | None = None
        self._chip = Chip()
        self._name = title(_("Till"))
        self._figures = tuple(Figure(word, size="title") for word in _words())
        self.moves = moves_table(station)
        self.sessions = sessions_table(station)
        self.install_actions()
        self.moves.current_changed.connect(lambda _one: self.action_set.refresh())
        self.sessions.current_changed.connect(lambda _one: self.action_set.refresh())
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        opened = self._is_open
        return (
            self._act("count", _("Count"), "Alt+T", self.count, self._may_count),
            self._act("in", _("Cash in"), "Alt+I", self.cash_in, opened),
            self._act("out", _("Cash out"), "Alt+U", self.cash_out, opened),
            self._act("give", _("Hand over"), "Alt+H", self.give, self._may_give),
            self._act("take", _("Take hand-over"), "Alt+J", self.take, self._may_take),
            self._act("back", _("Send back"), "Alt+Z", self.send_back, self._may_return),
            self._act("field", _("Field cash"), "Alt+F", self.field, self._may_field),
            self._act("slip", _("Slip"), "Alt+P", self.slip, self._has_slip),
            Action(
                name="all",
                text=_("All tills"),
                keys="F8",
                run=lambda: self.router.go("tills"),
                enabled=lambda: self.router.has("tills"),
            ),
        )

    def reload(self) -> None:
        self.desk.read(self, ShowTillRoom(), self._take, self.failed, slot="till")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.moves.view.setFocus()

    def count(self) -> None:
        """Open the till with a count, or close it with one."""
        if self.room is None:
            return
        till = self.room.figures
        make = close_dialog if till.state is TillState.OPEN else open_dialog
        make(self, self.station, till, self._counted).open()

    def cash_in(self) -> None:
        """Cash from the bank or another account."""
        if self.room is not None:
            self._ask(move_dialog(self, self.station, self.room, self._moved, into_till=True))

    def cash_out(self) -> None:
        """Cash to the bank, or an expense."""
        if self.room is not None:
            self._ask(move_dialog(self, self.station, self.room, self._moved, into_till=False))

    def give(self) -> None:
        """Hand cash to another counter."""
        if self.room is not None:
            self._ask(give_dialog(self, self.station, self.room.counters, self._moved))

    def take(self) -> None:
        """Take what is on its way here, the oldest first."""
        if self.room is not None and self.room.arriving:
            self._ask(take_dialog(self, self.station, self.room.arriving[0], self._moved))

    def send_back(self) -> None:
        """Send back what is on its way here, or call back what left."""
        if self.room is not None and (waiting := (*self.room.arriving, *self.room.leaving)):
            self._ask(return_dialog(self, self.station, waiting[0], self._moved))

    def field(self) -> None:
        """Count what an officer hands in."""
        if self.room is None or not self.room.officers:
            return
        if len(self.room.officers) == 1:
            self._ask(field_dialog(self, self.station, self.room.officers[0], self._moved))
        else:
            self.router.go("tills", field=True)

    def slip(self) -> None:
        """Show the slip of the marked line as it is printed."""
        move_id, number = self._marked()
        if move_id is not None:
            show_slip(self, self.station, move_id, number)

    def _marked(self) -> tuple[int | None, str]:
        """The slip of the marked movement, else of the marked session."""
        session = self.sessions.current()
        if session is not None and self.sessions.view.hasFocus():
            return session.close_id or session.open_id, str(session.session)
        move = self.moves.current()
        return (None, "") if move is None else (move.move_id, move.number)

    def _take(self, room: TillRoom) -> None:
        self.room = room
        till = room.figures
        self._name.setText(_("Till of counter {counter}").format(counter=till.counter))
        self._show_state(till)
        self._show_figures(till)
        opens = till.state is TillState.CLOSED
        self._count.set_text(_("Count and open") if opens else _("Count and close"))
        self.moves.model.show(room.moves)
        self.sessions.model.show(room.sessions)
        self.action_set.refresh()
        self._tell(room)

    def _show_state(self, till: TillFigures) -> None:
        if not till.used:
            self._chip.show_state(_("not used yet"), "neutral")
            return
        words = named("till-state", till.state.value)
        if till.since is not None:
            words = _("open since {time}").format(time=f"{self.station.local(till.since):%H:%M}")
        self._chip.show_state(words, STATES[till.state], ICONS[till.state])

    def _show_figures(self, till: TillFigures) -> None:
        def money(minor: int | None) -> str:
            return DASH if minor is None else amount(minor, till.currency, trim=True)

        tones = {Filling.FINE: "text", Filling.NEAR: "late1", Filling.OVER: "bad"}
        under = {
            Filling.FINE: "",
            Filling.NEAR: _("near the limit"),
            Filling.OVER: _("over the limit: bring some to the bank"),
        }
        opening, received, paid, held, limit = self._figures
        opening.show_figure(money(till.opening_minor))
        received.show_figure(money(till.received_minor))
        paid.show_figure(money(till.paid_minor))
        held.show_figure(money(till.expected_minor), under[till.filling], tones[till.filling])
        limit.show_figure(money(till.cash_limit_minor))

    def _tell(self, room: TillRoom) -> None:
        """Say above the lists what waits to be done."""
        if room.arriving:
            said = _("Cash on its way to this counter: {amounts}.")
            self.banner.say(
                said.format(amounts=rows_of(room.arriving)),
                "due",
                _("Take it"),
                self.take,
                keeps=True,
                keys="Alt+J",
            )
        elif room.figures.state is TillState.COUNTED:
            said = _("The count waits for a second person; until then no cash moves here.")
            self.banner.say(said, "due", keeps=True)
        elif not room.figures.used:
            said = _("From its first opening on, this till takes cash only while it is open.")
            self.banner.say(said, "info", keeps=True)
        else:
            self.banner.clear()

    def _counted(self, answer: Any) -> None:
        if isinstance(answer, CountProposed):
            self.station.say(_("The count waits for a second person"))
            return
        self._moved(answer)

    def _moved(self, answer: Any) -> None:
        said = _("{number} is booked").format(number=answer.number)
        move_id, number = answer.move_id, answer.number
        self.station.say(
            said, _("Slip"), "", lambda: show_slip(self, self.station, move_id, number)
        )

    def _ask(self, dialog: Dialog) -> None:
        dialog.open()

    def _is_open(self) -> bool:
        room = self.room
        day = self.station.day_is_open and self.station.may(Permission.TILL)
        return day and room is not None and room.figures.state is TillState.OPEN

    def _may_count(self) -> bool:
        room = self.room
        day = self.station.day_is_open and self.station.may(Permission.TILL)
        return day and room is not None and room.figures.state is not TillState.COUNTED

    def _may_give(self) -> bool:
        return self._is_open() and self.room is not None and bool(self.room.counters)

    def _may_take(self) -> bool:
        return self._is_open() and self.room is not None and bool(self.room.arriving)

    def _may_return(self) -> bool:
        room = self.room
        return self._is_open() and room is not None and bool(room.arriving or room.leaving)

    def _may_field(self) -> bool:
        return self._is_open() and self.room is not None and bool(self.room.officers)

    def _has_slip(self) -> bool:
        return self._marked()[0] is not None

    def _act(
        self,
        name: str,
        text: str,
        keys: str,
        run: Callable[[], object],
        enabled: Callable[[], bool],
    ) -> Action:
        why = _("The till must be open, and there must be something to do")
        return Action(name=name, text=text, keys=keys, run=run, enabled=enabled, why=why)

    def _lay_out(self) -> None:
        head = row(self._name, self._chip, gap=12)
        head.addStretch(1)
        for name in ("give", "out", "in") if theme().scale < LARGE else ():
            head.addWidget(self.action_set.button(name, "secondary"))
        self._count = self.action_set.button("count", "primary")
        head.addWidget(self._count)
        today = Card(_("Today"), flush=True)
        today.body.addWidget(self.moves, 1)
        before = Card(_("Sessions"), flush=True)
        before.body.addWidget(self.sessions, 1)
        both = row(gap=14)
        both.addWidget(today, 1)
        both.addWidget(before, 1)
        self.page.addLayout(head)
        self.page.addWidget(FigureRow(*self._figures))
        self.page.addLayout(both, 1)


def _words() -> Sequence[str]:
    return (_("Opening"), _("+ received"), _("\u2212 paid"), _("= in the drawer"), _("Cash limit"))
