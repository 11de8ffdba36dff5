"""An officer's day: stops in order, whom else to see and why, the day sheet, what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QHBoxLayout

from app.commands.base import Topic
from app.commands.field import OrderVisits, PlannedStop, PlanVisits
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.queries.field import DaySheetForPaper, ProposeVisits, ShowVisitDay
from app.rows.admin import SignInCard
from app.rows.field import Proposal, VisitDay, VisitRow
from app.rows.papers import DaySheetPaper
from app.texts import _, ngettext
from app.texts.figures import amount, day
from ui.field.outcome_dialog import OutcomeDialog
from ui.field.visit_table import DONE, asked_of, proposal_columns, stop_columns
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.dates import DateEdit
from ui.kit.empty import Empty
from ui.kit.field import FieldBox
from ui.kit.inputs import Choice
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import DAY_SHEET
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.text import Text, title
from ui.kit.theme import theme


class VisitsScreen(StationScreen):
    """The stops of one officer on one day, and the proposals beside them."""

    topics = frozenset({Topic.VISIT, Topic.PROMISE, Topic.LOAN})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Visits"))
        self.install_actions()
        self._day: VisitDay | None = None
        self._wanted: int | None = None  # the officer asked for before the officers are known
        self._busy = False  # a plan or an order is on its way
        self._officers = Choice()
        self._on = DateEdit(station.today)
        self._on.set_value(station.today)
        self._sum = Text("", tone="text2")
        self._stops: RowsModel[VisitRow] = RowsModel(
            stop_columns(), identity=lambda one: one.visit_id
        )
        self._proposed: RowsModel[Proposal] = RowsModel(
            proposal_columns(), identity=lambda one: one.loan_id, choosing=True
        )
        self.stops = Table(self._stops, _("Stops"), row_height="row_two_lines", empty=_no_stops())
        self.proposals = Table(
            self._proposed, _("Proposals"), row_height="row_two_lines", empty=_no_proposals()
        )
        self._build()
        self._connect()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        may_plan = self.station.may(Permission.VISIT_PLAN)
        return (
            Action(
                name="outcome",
                text=_("What came of it"),
                keys="Enter",
                icon="note-pencil",
                run=self._record,
                enabled=self._can_record,
                why=_("Choose a stop of today or before that is still to do."),
            ),
            Action(
                name="sheet",
                text=_("Day sheet"),
                keys="Alt+P",
                icon="printer",
                run=self._print,
                enabled=lambda: bool(self._stops.count),
            ),
            Action(
                name="add",
                text=_("Add to the day"),
                keys="V",
                icon="map-pin",
                run=self._add,
                enabled=lambda: may_plan and bool(self._proposed.chosen()),
            ),
            Action(name="up", text=_("Earlier"), keys="Alt+↑", run=lambda: self._move(-1)),
            Action(name="down", text=_("Later"), keys="Alt+↓", run=lambda: self._move(1)),
            Action(name="loan", text=_("Open loan"), keys="Alt+L", run=self._open_loan),
        )

    def arrive(self, **params: object) -> None:
        officer, on = params.get("officer_id"), params.get("on")
        if isinstance(officer, int):
            self._wanted = officer
        if isinstance(on, date):
            self._on.set_value(on)
        self.stale()

    def reload(self) -> None:
        self._on.set_today(self.station.today)
        self.desk.read(self, ListOfficers(), self._know_officers, self.failed, slot="officers")

    # -- building ------------------------------------------------------------------------------
    def _build(self) -> None:
        head = row(title(_("Visits")))
        head.addStretch(1)
        head.addWidget(self.action_set.button("sheet"))
        head.addWidget(self.action_set.button("outcome", "primary"))
        self.page.addLayout(head)
        self.page.addLayout(self._filters())
        left, right = Card(flush=True), Card(_("Whom else to see"), flush=True)
        left.body.addWidget(self.stops)
        right.body.addWidget(self.proposals, 1)
        foot = row(self.action_set.button("add"))
        foot.setContentsMargins(*(theme().space(12),) * 4)
        right.body.addLayout(foot)
        both = row(gap=16)
        both.addWidget(left, 64)
        both.addWidget(right, 36)
        self.page.addLayout(both, 1)

    def _filters(self) -> QHBoxLayout:
        line = row(FieldBox(_("Officer"), self._officers), FieldBox(_("Day"), self._on), gap=16)
        line.addWidget(self._sum)
        line.addStretch(1)
        return line

    def _connect(self) -> None:
        self._officers.edited.connect(self._read_day)
        self._on.edited.connect(self._read_day)
        self.stops.opened.connect(lambda _row: self._record())
        self.stops.current_changed.connect(lambda _row: self.action_set.refresh())
        self._proposed.chosen_changed.connect(self.action_set.refresh)

    # -- reading -------------------------------------------------------------------------------
    def _know_officers(self, cards: Sequence[SignInCard]) -> None:
        self._officers.set_choices([(card.user_id, card.full_name) for card in cards])
        if self._wanted is not None:
            self._officers.set_value(self._wanted)
            self._wanted = None
        if self._officers.value() is None and cards:
            own = [card.user_id for card in cards if card.user_id == self.station.me.user_id]
            self._officers.set_value(own[0] if own else cards[0].user_id)
        self._read_day()

    def _read_day(self) -> None:
        officer, on = self._officers.value(), self._on.on()
        if officer is None or on is None:
            return
        day_query = ShowVisitDay(officer_id=officer, on=on)
        self.desk.read(self, day_query, self._show_day, self.failed, slot="day")
        if self.station.may(Permission.VISIT_PLAN):
            proposals = ProposeVisits(officer_id=officer, on=on)
            self.desk.read(self, proposals, self._proposed.show, self.failed, slot="proposals")

    def _show_day(self, shown: VisitDay) -> None:
        self._day, self._busy = shown, False
        self._stops.show(shown.visits)
        done = sum(one.state == DONE for one in shown.visits)
        asked = sum(asked_of(one) for one in shown.visits if one.state != DONE)
        said = ngettext(
            "{done} of {count} stop done", "{done} of {count} stops done", len(shown.visits)
        )
        parts = [said.format(done=done, count=len(shown.visits))]
        if asked:
            money = amount(asked, self.station.currency, symbol=True, trim=True)
            parts.append(_("{amount} to collect").format(amount=money))
        if shown.contact_hours:
            parts.append(_("visits allowed {hours}").format(hours=shown.contact_hours))
        self._sum.setText(" · ".join(parts))
        self.action_set.refresh()

    # -- acting --------------------------------------------------------------------------------
    def _can_record(self) -> bool:
        current = self.stops.current()
        if self._day is None or self._day.on > self.station.today:
            return False
        held = self.station.may(Permission.VISIT_RECORD)
        return held and current is not None and current.state != DONE

    def _record(self) -> None:
        current = self.stops.current()
        if current is not None and self._can_record():
            OutcomeDialog(self, self.station, current).open()

    def _add(self) -> None:
        officer, on = self._officers.value(), self._on.on()
        chosen = self._proposed.chosen()
        if officer is None or on is None or not chosen or self._busy:
            return
        stops = tuple(PlannedStop(one.loan_id, one.why) for one in chosen)
        self._proposed.choose(())
        self._send(PlanVisits(officer_id=officer, on=on, stops=stops))

    def _move(self, by: int) -> None:
        """Put the chosen stop earlier or later among those still to do."""
        current, shown = self.stops.current(), self._day
        if current is None or shown is None or current.state == DONE or self._busy:
            return
        order = [one.visit_id for one in shown.visits if one.state != DONE]
        at = order.index(current.visit_id)
        to = at + by
        if not 0 <= to < len(order):
            return
        order[at], order[to] = order[to], order[at]
        self._send(OrderVisits(officer_id=shown.officer_id, on=shown.on, visit_ids=tuple(order)))

    def _send(self, command: PlanVisits | OrderVisits) -> None:
        """Send one change at a time: the next one starts from what this one made."""
        self._busy = True

        def failed(error: Exception) -> None:
            self._busy = False
            self.failed(error)

        self.desk.ask(self, command, self.desk.key(), lambda _answer: None, failed)

    def _print(self) -> None:
        if self._day is None:
            return
        query = DaySheetForPaper(officer_id=self._day.officer_id, on=self._day.on)
        self.desk.read(self, query, self._show_sheet, self.failed, slot="sheet")

    def _show_sheet(self, paper: DaySheetPaper) -> None:
        name = _("Day sheet of {officer}, {day}").format(officer=paper.officer, day=day(paper.on))
        PaperDialog(self, self.station, name, paper, DAY_SHEET).open()

    def _open_loan(self) -> None:
        current: Any = self.stops.current() or self.proposals.current()
        if current is not None:
            self.router.go("loan", loan_id=current.loan_id)


def _no_stops() -> Empty:
    return Empty(
        _("No visits on this day"),
        _("Tick proposals beside this list and add them to the day."),
        icon_name="map-trifold",
    )


def _no_proposals() -> Empty:
    return Empty(
        _("Nobody to propose"),
        _("Broken promises, promises due and overdue loans stand here."),
        icon_name="check-circle",
    )
