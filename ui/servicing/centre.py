"""One centre: its members and how faithfully they come, the meetings to come and those held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent, QShowEvent

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.queries.meetings import ShowCentre, ShowMeeting
from app.queries.origination import ListGroups
from app.rows.admin import SignInCard
from app.rows.meetings import CentreView, MeetingView
from app.rows.origination import GroupRow
from app.texts import _, ngettext
from app.texts.figures import amount, count, day_short
from ui.kit.actions import Action
from ui.kit.card import Card, column, row
from ui.kit.figures import Figure, FigureRow
from ui.kit.screen_context import Station, StationScreen
from ui.kit.text import DASH, Elided, note, title
from ui.kit.theme import theme
from ui.servicing.centre_dialog import centre_dialog, group_dialog, move_dialog
from ui.servicing.centre_lists import coming_table, held_table, member_table
from ui.servicing.centres import meets_words
from ui.servicing.meeting_sheet import SheetPapers

NARROW = 980  # px at 100 % under which the meetings stand below the members


class CentreScreen(StationScreen):
    """What is known of a centre, and what is done for its next meeting."""

    topics = frozenset({Topic.PARTY, Topic.LOAN, Topic.CASH, Topic.DAY, Topic.BRANCH})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Centre"))
        self.view: CentreView | None = None
        self._centre, self._turned = "", False
        self._officers: tuple[SignInCard, ...] = ()
        self._groups: tuple[GroupRow, ...] = ()
        self.papers = SheetPapers(self)
        self.install_actions()
        self._name = title("")
        self._under = Elided("", tone="text2")
        self._figures = tuple(Figure(word, size="lead") for word in _words())
        self.members = member_table(station.currency)
        self.coming = coming_table()
        self.held = held_table(station.currency)
        self.members.opened.connect(lambda _one: self._move())
        self.members.current_changed.connect(lambda _one: self.action_set.refresh())
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        known = self._known
        made = [
            Action(
                name="meeting",
                text=_("Meeting"),
                keys="F8",
                icon="users-three",
                run=self._meet,
                enabled=known,
            ),
            Action(
                name="sheet",
                text=_("Collection sheet"),
                keys="Alt+P",
                icon="printer",
                run=self.print_sheet,
                enabled=lambda: known() and self.station.day_is_open,
                why=_("The day must be open"),
            ),
        ]
        if self.station.may(Permission.APPLICATION_ENTER):
            made += self._keeping()
        made.append(
            Action(name="turn", text=_("Members or meetings"), keys="Alt+L", run=self._turn)
        )
        made.append(
            Action(name="back", text=_("All centres"), keys="Esc", run=self._back, bar=False)
        )
        return made

    def _keeping(self) -> Sequence[Action]:
        def open_day() -> bool:
            return self._known() and self.station.day_is_open

        def marked() -> bool:
            return open_day() and self.members.current() is not None

        return (
            Action(name="change", text=_("Change"), keys="F4", run=self._change, enabled=open_day),
            Action(
                name="group",
                text=_("New group"),
                keys="Alt+G",
                run=self._group,
                enabled=self._known,
            ),
            Action(
                name="move", text=_("Other group"), keys="Alt+M", run=self._move, enabled=marked
            ),
        )

    def arrive(self, centre: str = "", **_more: Any) -> None:
        """Show this centre."""
        if centre and centre != self._centre:
            self._centre, self.view = centre, None
            self.stale()

    def reload(self) -> None:
        if not self._centre:
            self._name.setText(_("No centre"))
            return
        query = ShowCentre(title=self._centre)
        self.desk.read(self, query, self._take, self.failed, slot="centre")
        self.desk.read(self, ListOfficers(), self._know_officers, self.failed, slot="officers")
        if self.station.may(Permission.VIEW_APPLICATIONS):
            self.desk.read(self, ListGroups(), self._know_groups, self.failed, slot="groups")

    def print_sheet(self) -> None:
        """Show the sheet for the next meeting, drawing it up if none is out."""
        view = self.view
        if view is None:
            return
        on = view.coming[0].on if view.coming else self.station.today
        query = ShowMeeting(centre=view.row.title, on=on)
        self.desk.read(self, query, self._sheet_of, self.failed, slot="sheet")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.members.view.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _known(self) -> bool:
        return self.view is not None

    def _take(self, view: CentreView) -> None:
        self.view, self._centre = view, view.row.title
        row_ = view.row
        self._name.setText(row_.title)
        who = _("officer {name}").format(name=row_.officer) if row_.officer else ""
        lead = _("led by {name}").format(name=row_.leader) if row_.leader else _("no leader yet")
        self._under.setText(" · ".join(part for part in (row_.place, who, lead) if part))
        self._show_figures(view)
        self.members.model.show(view.members)
        self.coming.model.show(view.coming)
        self.held.model.show(view.held)
        self.action_set.refresh()

    def _show_figures(self, view: CentreView) -> None:
        meets, following, members, lent = self._figures
        when = view.row.at_time
        meets.show_figure(meets_words(view.row), when)
        first = view.coming[0] if view.coming else None
        moved = first is not None and first.on != first.meant_on
        under = (
            _("moved from {day}").format(day=day_short(first.meant_on)) if moved and first else ""
        )
        following.show_figure(DASH if first is None else day_short(first.on), under)
        many = ngettext("in {n} group", "in {n} groups", view.row.groups)
        members.show_figure(count(len(view.members)), many.format(n=count(view.row.groups)))
        total = sum(one.outstanding_minor for one in view.members)
        loans = sum(one.loans for one in view.members)
        text = ngettext("{n} loan", "{n} loans", loans).format(n=count(loans))
        lent.show_figure(amount(total, view.currency, symbol=True, trim=True), text)

    def _know_officers(self, officers: tuple[SignInCard, ...]) -> None:
        self._officers = officers

    def _know_groups(self, groups: tuple[GroupRow, ...]) -> None:
        self._groups = groups

    def _meet(self) -> None:
        if self.view is not None:
            self.router.go("meeting", centre=self.view.row.title)

    def _back(self) -> None:
        self.router.go("centres")

    def _change(self) -> None:
        if self.view is not None:
            dialog = centre_dialog(self, self.station, self._officers, self.view, self._renamed)
            dialog.open()

    def _renamed(self, name: str) -> None:
        self._centre = name or self._centre
        self.stale()

    def _group(self) -> None:
        if self.view is not None:
            group_dialog(self, self.station, self.view.row.title, lambda _name: None).open()

    def _move(self) -> None:
        member = self.members.current()
        if member is not None and self._groups:
            dialog = move_dialog(self, self.station, member, self._groups, lambda _name: None)
            dialog.open()

    def _sheet_of(self, meeting: MeetingView) -> None:
        self.papers.show(meeting.centre, meeting.on, meeting.sheet)

    def _fold(self) -> None:
        """Members and meetings side by side, or one of them where it is narrow."""
        wide = self.width() >= theme().px(NARROW)
        self._side.setVisible(wide or self._turned)
        self._members.setVisible(wide or not self._turned)

    def _turn(self) -> None:
        self._turned = not self._turned
        self._fold()

    def _lay_out(self) -> None:
        head = row(gap=8)
        head.addLayout(column(self._name, self._under, gap=0), 1)
        shown = {action.name for action in self.action_set.all()}
        buttons = (("change", "ghost"), ("group", "ghost"), ("sheet", "secondary"))
        for name, kind in (*buttons, ("meeting", "primary")):
            if name in shown:
                head.addWidget(self.action_set.button(name, kind))
        members = self._members = Card(_("Members"), flush=True)
        members.head.addWidget(note(_("came of the meetings of half a year")))
        members.body.addWidget(self.members, 1)
        coming = Card(_("Meetings to come"), flush=True)
        coming.body.addWidget(self.coming, 1)
        held = Card(_("Held"), flush=True)
        held.body.addWidget(self.held, 1)
        self._side = Card(flush=True)
        self._side.setProperty("kind", "bare")
        self._side.body.setContentsMargins(0, 0, 0, 0)
        self._side.body.setSpacing(theme().space(12))
        self._side.body.addWidget(coming, 1)
        self._side.body.addWidget(held, 1)
        both = row(gap=14)
        both.addWidget(members, 8)
        both.addWidget(self._side, 5)
        self.page.addLayout(head)
        self.page.addWidget(FigureRow(*self._figures))
        self.page.addLayout(both, 1)
        self._fold()


def _next_words(view: CentreView) -> tuple[str, str]:
    """The next meeting, and from where a day off moved it."""
    if not view.coming:
        return DASH, ""
    first = view.coming[0]
    if first.on == first.meant_on:
        return day_short(first.on), ""
    return day_short(first.on), _("moved from {day}").format(day=day_short(first.meant_on))


def _words() -> Sequence[str]:
    return (_("Meets"), _("Next meeting"), _("Members"), _("Outstanding"))
