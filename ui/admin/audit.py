"""The audit log: who did what and when, the seals of the days, and the check of the books."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import KistError
from app.ports import ANONYMOUS, SYSTEM
from app.queries.audit import ListAudit, ListAuditChoices, ShowAuditLine
from app.queries.base import Page, Paged
from app.rows.audit import AuditChoices, AuditRow
from app.texts import _
from app.texts.command_labels import command_said
from app.texts.figures import amount, moment
from ui.admin.audit_line import AuditLineDialog
from ui.admin.books_check import BooksCheck
from ui.admin.day_seals import DaySeals
from ui.admin.part import Part
from ui.kit.actions import Action
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.chips import FilterChip
from ui.kit.dates import DateEdit
from ui.kit.empty import Empty
from ui.kit.flow import Flow
from ui.kit.inputs import FindEdit
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tabs import Tabs
from ui.kit.text import DASH
from ui.kit.theme import theme

FIND_WIDTH = 260


class AuditPart(Part):
    """The log by page; Enter opens a line. Days and the check of the books are tabs of it."""

    def __init__(self, station: Station) -> None:
        said = _("Every change and every refusal, in the order it was written. Nothing can be cut.")
        super().__init__(station, _("Audit log"), said)
        self.model: RowsModel[AuditRow] = RowsModel(
            _columns(station), identity=lambda row: (row.station_id, row.number)
        )
        empty = Empty(_("No such line"), _("Take a filter away."), icon_name="funnel")
        self.table = Table(self.model, _("Audit log"), row_height="row_two_lines", empty=empty)
        self.search = FindEdit(_("Number of a loan, receipt, member …"))
        self.person = FilterChip(_("By"), [(None, _("everybody"))])
        self.command = FilterChip(_("What"), [("", _("everything"))])
        outcomes = [("", _("all")), ("done", _("done")), ("refused", _("refused"))]
        self.outcome = FilterChip(_("Outcome"), outcomes)
        self.from_on, self.to_on = DateEdit(station.today), DateEdit(station.today)
        self.seals, self.check = DaySeals(station), BooksCheck(station)
        self.tabs = Tabs(_("Audit log"))
        self._connect()
        self._lay_out()
        self.action_set.show(self._actions())

    def begin(self) -> None:
        super().begin()
        if self.tabs.current == "lines":
            self.table.setFocus()

    def reload(self) -> None:
        self.desk.read(self, ListAuditChoices(), self._offer, self.failed, slot="choices")
        self.table.reload()
        self.seals.reload()

    def arrive(self, **params: object) -> None:
        """`line` opens one: its station and its number."""
        place = params.get("line")
        if isinstance(place, tuple):
            query = ShowAuditLine(station_id=place[0], number=place[1])
            self.desk.read(self, query, lambda found: self.open_line(found.row), self.failed)

    def clear(self) -> None:
        """Take every filter away."""
        for edit in (self.search, self.from_on, self.to_on):
            edit.clear()
        for chip in (self.person, self.command, self.outcome):
            chip.reset()
        self.table.reload()

    def open_line(self, row: AuditRow) -> None:
        """Show all that a line says."""
        dialog = AuditLineDialog(self, self.station, row)
        dialog.decided.connect(lambda _values: self.show_about(row.subject))
        dialog.open()

    def show_about(self, number: str) -> None:
        """Show every line about one thing, by its number."""
        self.clear()
        self.search.set_value(number)
        self._filtered()

    def _actions(self) -> list[Action]:
        return [
            Action(name="find", text=_("Search the log"), keys="/", run=self.search.setFocus),
            Action(name="clear", text=_("Clear all filters"), keys="Alt+Z", run=self.clear),
            Action(
                name="check",
                text=_("Check the books"),
                keys="Alt+V",
                icon="shield-check",
                run=self._begin_check,
                enabled=lambda: not self.check.running,
            ),
        ]

    def _begin_check(self) -> None:
        self.tabs.choose("check")
        self.check.run()

    def _question(self, offset: int, _sort: str) -> Paged[Page[AuditRow]]:
        return ListAudit(
            offset=offset,
            text=self.search.value(),
            user_id=self.person.value(),
            command=self.command.value(),
            outcome=self.outcome.value(),
            from_on=self.from_on.on(),
            to_on=self.to_on.on(),
        )

    def _filtered(self) -> None:
        self.banner.clear()
        for edit in (self.from_on, self.to_on):
            try:
                edit.value()
            except KistError as error:
                self.failed(error)
                return
        self.table.reload()

    def _offer(self, choices: AuditChoices) -> None:
        built_in = [(SYSTEM, _("the program")), (ANONYMOUS, _("before sign-in"))]
        self.person.set_choices([(None, _("everybody")), *choices.people, *built_in])
        said = sorted(((name, command_said(name)) for name in choices.commands), key=lambda c: c[1])
        self.command.set_choices([("", _("everything")), *said])

    def _connect(self) -> None:
        self.table.feed(self.desk, self._question, self.failed)
        self.table.opened.connect(self.open_line)
        self.search.lead_to(self.table.view)
        self.search.editingFinished.connect(self._filtered)
        for chip in (self.person, self.command, self.outcome):
            chip.chosen.connect(lambda _value: self._filtered())
        for edit in (self.from_on, self.to_on):
            edit.editingFinished.connect(self._filtered)

    def _lay_out(self) -> None:
        self.from_on.setPlaceholderText(_("from day"))
        self.to_on.setPlaceholderText(_("to day"))
        self.from_on.setAccessibleName(_("From day"))
        self.to_on.setAccessibleName(_("To day"))
        chips = (self.person, self.command, self.outcome)
        filters = Flow(self.search, self.from_on, self.to_on, *chips, first_grows=FIND_WIDTH)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        lines = QWidget()
        listed = QVBoxLayout(lines)
        listed.setContentsMargins(0, 0, 0, 0)
        listed.setSpacing(theme().space(8))
        listed.addWidget(filters)
        listed.addWidget(card, 1)
        self.tabs.add("lines", _("Who did what"), lines)
        self.tabs.add("days", _("Days and seals"), self.seals)
        self.tabs.add("check", _("Check of the books"), self.check)
        self.page.addWidget(self.tabs, 1)


def who_of(row: AuditRow) -> str:
    """Who did it, in words."""
    built_in = {SYSTEM: _("The program"), ANONYMOUS: _("Before sign-in")}
    return row.who or built_in.get(row.user_id, DASH)


def _columns(station: Station) -> tuple[Column[AuditRow], ...]:
    def at(row: AuditRow) -> Cell:
        place = _("counter {counter}, line {number}")
        said = place.format(counter=row.counter or DASH, number=row.number)
        return Cell(moment(station.local(row.at)), under=said)

    def money(row: AuditRow) -> Cell:
        if row.amount_minor is None:
            return Cell(DASH, tone="text3")
        return Cell(amount(row.amount_minor, row.currency, symbol=True, trim=True))

    def outcome(row: AuditRow) -> Cell:
        if row.outcome == "done":
            return Cell(_("done"), chip="ok", icon="check-circle")
        return Cell(_("refused"), chip="late1", icon="prohibit")

    return (
        Column(title=_("When"), text=at),
        Column(title=_("By"), text=lambda row: Cell(who_of(row)), stretch=1),
        Column(
            title=_("What"),
            text=lambda row: Cell(command_said(row.command), strong=True),
            stretch=2,
        ),
        Column(title=_("About"), text=lambda row: Cell(row.subject or DASH, tone="text2")),
        Column(title=_("Amount"), text=money, numeric=True, leaves=1),
        Column(title=_("Outcome"), text=outcome, leaves=2),
    )
