"""A centre's meeting: one grid for all members, one count of the cash, all receipts at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.commands.base import Topic
from app.domain.errors import KistError, ValueRefused
from app.domain.roles import Permission
from app.queries.meetings import ListCentres, ListMeetings, ShowMeeting
from app.rows.facts import Mode
from app.rows.meetings import MeetingView
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.actions import Action
from ui.kit.card import Card, Rule, column, row
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import Elided, Text, note, title
from ui.kit.theme import theme
from ui.servicing.meeting_book import MeetingBooking
from ui.servicing.meeting_choose import ChoosePanel
from ui.servicing.meeting_day import OtherDayDialog
from ui.servicing.meeting_draft import MeetingDraft
from ui.servicing.meeting_evening import EveningSheets
from ui.servicing.meeting_head import MeetingHead
from ui.servicing.meeting_lines import Keyed
from ui.servicing.meeting_row import RowDialog
from ui.servicing.meeting_sheet import SheetPapers
from ui.servicing.meeting_table import MeetingTable

NARROW_AT = 150  # text size in percent from which the figures give way to what must be said
_NOTHING: tuple[str, date | None, str] = ("", None, "")  # centre, day, sheet


class MeetingScreen(StationScreen):
    """Without a centre it asks which; then everything is keyed without leaving the amounts."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.DAY, Topic.PARTY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Centre meeting"))
        self.keyed: Keyed | None = None
        self._asked: tuple[str, date | None, str] = _NOTHING
        self.install_actions()
        self.choose = ChoosePanel(station.currency)
        self.choose.chosen.connect(lambda centre: self.router.go("meeting", centre=centre))
        self.choose.sheet.connect(lambda number: self.router.go("meeting", sheet=number))
        self.head = MeetingHead()
        self.grid = MeetingTable(station.currency)
        self.grid.typed.connect(self._on_typed)
        self.grid.finished.connect(self.count)
        self.draft = MeetingDraft(station, self, self._draft_text)
        self.draft.kept.connect(self._say_kept)
        self.papers, self.evening = SheetPapers(self), EveningSheets(self)
        self.booking = MeetingBooking(station, self)
        self.booking.booked.connect(self._booked)
        self.booking.refused.connect(self._refused)
        self.booking.dropped.connect(self.grid.focus)
        self._sums = Elided("", tone="text2")
        self._sheet = Elided("", "small", tone="text2")
        self._taken = Text("", "lead", strong=True)
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        keys, may = self._keys, self.station.may(Permission.RECEIPT_POST)
        return (
            Action(
                name="count",
                text=_("Count and book"),
                keys="Ctrl+A",
                icon="coins",
                run=self.count,
                enabled=lambda: may and keys() and self.station.day_is_open,
                why=_("Somebody must pay, and the day must be open"),
            ),
            Action(
                name="everybody", text=_("Everyone paid"), keys="F9", run=self._all, enabled=keys
            ),
            Action(
                name="sheet",
                text=_("Paper sheet"),
                keys="Alt+P",
                icon="printer",
                run=self.print_sheet,
                enabled=keys,
            ),
            Action(name="day", text=_("Other day"), keys="Alt+D", run=self._other_day),
            Action(
                name="came", text=_("Came or not"), keys="Space", run=self._toggle, enabled=keys
            ),
            Action(name="all", text=_("All of it"), keys="+", run=self._pay_all, enabled=keys),
            Action(name="mode", text=_("Cash or UPI"), keys="*", run=self._mode, enabled=keys),
            Action(name="say", text=_("Note"), keys="Alt+N", run=self._say_more, enabled=keys),
            Action(
                name="loan", text=_("Open the loan"), keys="Alt+O", run=self._loan, enabled=keys
            ),
            Action(name="back", text=_("Other centre"), keys="Esc", run=self._leave),
            *self._ways(),
        )

    def _ways(self) -> Sequence[Action]:
        """Where else one goes from here."""
        found = (
            ("one", "counter", _("One loan"), "F8", "user"),
            ("centres", "centres", _("Centres"), "Alt+C", "users-three"),
        )
        return [
            Action(name=name, text=text, keys=keys, icon=icon, run=partial(self.router.go, place))
            for name, place, text, keys, icon in found
            if self.router.has(place)
        ]

    def arrive(
        self, centre: str = "", on: date | None = None, sheet: str = "", **_more: Any
    ) -> None:
        """Open the meeting of a centre (on the business date unless told), or that of a sheet."""
        asked = (centre, on, sheet)
        if asked != self._asked:
            self.draft.flush()
            self._asked, self.keyed = asked, None
            self.stale()

    def reload(self) -> None:
        centre, on, sheet = self._asked
        self.action_set.refresh()
        if centre or sheet:
            asked, query = self._asked, ShowMeeting(centre=centre, on=on, sheet=sheet)
            take = partial(self._take_asked, asked)
            self.desk.read(self, query, take, self._no_meeting, slot="meeting")
            return
        self._show_grid(shown=False)
        self.desk.read(self, ListMeetings(), self.choose.show_today, self.failed, slot="today")
        self.desk.read(self, ListCentres(), self.choose.show_centres, self.failed, slot="centres")

    def can_leave(self) -> bool:
        """Not while the meeting is being booked: the answer belongs here."""
        if self.booking.busy:
            self.station.say(_("The meeting is being booked"))
        return not self.booking.busy

    def count(self) -> None:
        """Ask for the notes, unless an amount cannot be read or nobody paid."""
        keyed = self.keyed
        if keyed is None or self.booking.busy or not self.station.day_is_open:
            return
        unread = keyed.unread
        if unread is not None:
            self.failed(ValueRefused(why="not-an-amount", given=self.grid.edit.text()))
            self.grid.go(unread)
        elif not keyed.paying:
            self.banner.say(_("Nobody has paid anything yet"), "info")
        else:
            self.booking.count(self, keyed)

    def print_sheet(self) -> None:
        """Show the sheet that is out for the meeting, else draw up a new one."""
        keyed = self.keyed
        if keyed is not None:
            self.papers.show(keyed.view.centre, keyed.view.on, keyed.view.sheet)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._begin()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.draft.flush()

    # -- what keys do --------------------------------------------------------------------------
    def _keys(self) -> bool:
        return self.keyed is not None and not self.booking.busy

    def _on_typed(self, place: int, minor: int | None) -> None:
        if self.keyed is not None:
            self.keyed.pay(place, minor)
            self._changed()

    def _toggle(self) -> None:
        self._at_row(lambda keyed, at: keyed.toggle(at))

    def _pay_all(self) -> None:
        self._at_row(lambda keyed, at: keyed.pay_all(at))

    def _all(self) -> None:
        self._at_row(lambda keyed, _at: keyed.everybody())

    def _mode(self) -> None:
        """Cash and back; another way of paying needs its reference at once."""
        keyed, at = self.keyed, self.grid.place()
        if keyed is None or at < 0:
            return
        line = keyed.lines[at]
        if line.mode is Mode.CASH:
            self._ask_more(Mode.UPI)
        else:
            keyed.say(at, mode=Mode.CASH, reference="", note=line.note, leaf=line.leaf)
            self._changed()

    def _say_more(self) -> None:
        self._ask_more(None)

    def _ask_more(self, mode: Mode | None) -> None:
        keyed, at = self.keyed, self.grid.place()
        if keyed is None or not 0 <= at < len(keyed.lines) or keyed.lines[at].taken:
            return

        def take(way: Mode, reference: str, said: str, leaf: str) -> None:
            keyed.say(at, mode=way, reference=reference, note=said, leaf=leaf)
            self._changed()
            self.grid.focus()

        RowDialog(self, keyed.lines[at], take, mode).open()

    def _at_row(self, do: Any) -> None:
        at = self.grid.place()
        if self.keyed is not None and at >= 0:
            do(self.keyed, at)
            self.grid.fill()
            self._changed()
            self.grid.fill()

    def _loan(self) -> None:
        line = self.grid.table.current()
        if line is not None:
            self.router.go("loan", loan_id=line.member.loan_id)

    def _other_day(self) -> None:
        """The same centre on another day: money that was collected before it was handed over."""
        centre = self.keyed.view.centre if self.keyed is not None else ""

        def take(on: date) -> None:
            self.router.go("meeting", centre=centre, on=on)

        if centre:
            OtherDayDialog(self, self.station.today, take).open()

    def _leave(self) -> None:
        if self.keyed is None:
            self.choose.clear()
            self.router.back()
        elif self.can_leave():
            self.draft.flush()
            self.router.go("meeting")

    # -- showing -------------------------------------------------------------------------------
    def _take_asked(self, asked: tuple[str, date | None, str], view: MeetingView) -> None:
        """Show what was asked for, unless it was booked or left since."""
        if asked == self._asked:
            self._take(view)

    def _take(self, view: MeetingView) -> None:
        if self.booking.busy:
            return
        if self.keyed is not None:
            self.keyed.renew(view)
            self._changed(keep=False)
            self.grid.fill()
            return
        self.keyed = Keyed(view)
        self._show_grid(shown=True)
        self._show_day()
        self.grid.show_lines(self.keyed.lines, anew=True)
        self._changed(keep=False)
        self._begin()
        name = f"meeting {view.centre.lower()} {view.on.isoformat()}"
        self.draft.open(name, self._restore)

    def _restore(self, text: str) -> None:
        if self.keyed is not None and self.keyed.restore(text):
            self._changed(keep=False)
            self.grid.fill()
            self.set_state(_("What was keyed before is here again"), "note-pencil", "info")

    def _no_meeting(self, error: Exception) -> None:
        self._asked, self.keyed = _NOTHING, None
        self._show_grid(shown=False)
        self.failed(error)
        self._begin()

    def _changed(self, *, keep: bool = True) -> None:
        """Show the rows and sums as they are now."""
        keyed = self.keyed
        if keyed is None:
            return
        self.grid.show_lines(keyed.lines, anew=False)
        self.head.show_keyed(keyed)
        self._sheet.setText(_sheet_words(keyed.view))
        currency = keyed.view.currency
        parts = [_("cash {amount}").format(amount=amount(keyed.cash_minor, currency, trim=True))]
        if keyed.other_minor:
            other = amount(keyed.other_minor, currency, trim=True)
            parts.append(_("other ways {amount}").format(amount=other))
        self._sums.setText(" · ".join(parts))
        self._taken.setText(amount(keyed.total_minor, currency, symbol=True, trim=True))
        self.action_set.refresh()
        if keep:
            self.draft.changed()

    def _show_day(self) -> None:
        """Say it where the meeting is not of the business date, or its sheet is out."""
        keyed = self.keyed
        self.banner.clear()
        if keyed is None:
            return
        view, said = keyed.view, []
        if view.on < self.station.today:
            late = _("The members paid on {day}; it is booked on {booked}.")
            said.append(late.format(day=day(view.on), booked=day(self.station.today)))
        if not self.station.day_is_open:
            said.append(_("The day is closed. Open it with F2 to book the meeting."))
        if said:
            self.banner.say(" ".join(said), "info", keeps=True)
        self.head.setVisible(not said or theme().scale < NARROW_AT)

    def _say_kept(self) -> None:
        now = self.station.local(self.station.clock.now())
        self.set_state(_("Draft kept {time}").format(time=f"{now:%H:%M}"))

    def _draft_text(self) -> str:
        return "[]" if self.keyed is None else self.keyed.draft()

    def _begin(self) -> None:
        if self.keyed is None:
            self.choose.box.setFocus()
        else:
            self.grid.focus()

    # -- booking -------------------------------------------------------------------------------
    def _booked(self) -> None:
        self.draft.drop()
        self.keyed = None
        self.choose.clear()
        self.router.go("meeting")

    def _refused(self, error: Exception) -> None:
        """Say why, and lead to the row of the member that it is about."""
        self.failed(error)
        number = error.params.get("number") if isinstance(error, KistError) else None
        if self.keyed is not None and number:
            places = [line.member.loan_number for line in self.keyed.lines]
            if number in places:
                self.grid.go(places.index(number))
        self.stale()

    # -- building ------------------------------------------------------------------------------
    def _show_grid(self, *, shown: bool) -> None:
        """The rows with their keys, or the choice of a centre."""
        acts = self.actions() if shown else (self.evening.action(), *self._ways())
        self.action_set.show(acts)
        self._places.setCurrentIndex(int(shown))
        self._sheet.setVisible(shown)
        for button in self._tops.values():
            button.setVisible(shown)

    def _lay_out(self) -> None:
        head = row(title(self.title), gap=12)
        head.addWidget(self._sheet, 100)
        head.addStretch(1)
        for way in self._ways() if theme().scale < NARROW_AT else ():
            head.addWidget(self.action_set.button(way.name, "ghost"))
        self._tops = {name: self.action_set.button(name) for name in ("sheet", "everybody")}
        for button in self._tops.values():
            head.addWidget(button)
        card = Card(flush=True)
        card.body.addWidget(self.grid, 1)
        card.body.addWidget(Rule(strong=True))
        foot = row(Text(_("Total"), strong=True), gap=14)
        foot.addStretch(1)
        foot.addWidget(self._sums)
        foot.addWidget(note(_("taken")))
        foot.addWidget(self._taken)
        foot.addWidget(self.action_set.button("count", "primary", large=True))
        foot.setContentsMargins(theme().space(16), theme().space(4), theme().space(14), 0)
        card.body.addLayout(foot)
        keying = QWidget()
        lines = column(self.head, gap=12)
        lines.addWidget(card, 1)
        keying.setLayout(lines)
        self._places = QStackedWidget()
        self._places.addWidget(self.choose)
        self._places.addWidget(keying)
        self.page.addLayout(head)
        self.page.addWidget(self._places, 1)


def _sheet_words(view: MeetingView) -> str:
    """By which sheet the rows stand, where one is out."""
    if view.sheet is None:
        return ""
    said = _("Rows stand as on sheet {number}, made by {name}")
    return said.format(number=view.sheet.number, name=view.sheet.made_by)
