"""What waits for a second person: every act that somebody asked for, oldest first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtGui import QShowEvent

from app.commands.base import Topic
from app.queries.admin import ListChecks
from app.rows.admin import CheckRow
from app.texts import _, ngettext
from app.texts.figures import amount, count, day
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note, title

About = Callable[[CheckRow], tuple[bool, date]]
LOAN, APPLICATION = "loan", "application"  # kinds of what an act is about; else it is new
JOURNAL = "journal"
TILL = "till"


class ChecksScreen(StationScreen):
    """Each line opens the place where it is looked at and decided."""

    topics = frozenset({Topic.CHECK, Topic.APPLICATION, Topic.LOAN})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("To check"))
        self.install_actions()
        self.how_many = note("")
        self.table = _table(self._own)
        self.table.opened.connect(self.open_check)
        head = row(title(_("To check")), self.how_many)
        head.addStretch(1)
        head.addWidget(note(_("Enter opens the line")))
        self.page.addLayout(head)
        card = Card(flush=True)
        card.body.addWidget(self.table, 1)
        self.page.addWidget(card, 1)

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        return [Action(name="back", text=_("Back"), keys="Esc", run=self.router.back)]

    def reload(self) -> None:
        self.desk.read(self, ListChecks(), self._show, self.failed, slot="checks")

    def open_check(self, check: CheckRow) -> None:
        """Go where it is decided: the loan, the application, or the loans that are taken over."""
        if check.subject_kind == LOAN:
            self.router.go("loan", loan_id=check.subject_id)
        elif check.subject_kind == APPLICATION:
            self.router.go("application", application_id=check.subject_id)
        elif check.subject_kind == TILL:
            self.router.go("tills")
        elif check.subject_kind == JOURNAL:
            self.router.go("books", tab="journal")
        else:
            self.router.go("take-over")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.setFocus()

    def _show(self, rows: tuple[CheckRow, ...]) -> None:
        self.banner.clear()
        self.table.model.show(rows)
        acts = ngettext("{count} act", "{count} acts", len(rows))
        self.how_many.setText(acts.format(count=count(len(rows))) if rows else "")

    def _own(self, check: CheckRow) -> tuple[bool, date]:
        """Whether this person asked for it, and the day at the branch that it was asked on."""
        mine = check.maker_id == self.station.me.user_id
        return mine, self.station.local(check.made_at).date()


def _table(about: About) -> Table[CheckRow]:
    def who(check: CheckRow) -> Cell:
        mine, _on = about(check)
        under = _("another person decides") if mine else ""
        return Cell(check.maker, under=under, tone="text2" if mine else "text")

    columns: tuple[Column[CheckRow], ...] = (
        Column(
            title=_("What"),
            text=lambda check: Cell(named("act", check.command), strong=True, under=check.number),
            stretch=1,
        ),
        Column(title=_("Borrower"), text=lambda check: check.borrower, stretch=1),
        Column(title=_("Asked by"), text=who, stretch=1),
        Column(title=_("On"), text=lambda check: day(about(check)[1]), leaves=1),
        Column(
            title=_("Amount"),
            text=lambda check: amount(check.amount_minor, check.currency, symbol=True, trim=True),
            numeric=True,
        ),
    )
    model: RowsModel[CheckRow] = RowsModel(columns, identity=lambda check: check.check_id)
    empty = Empty(
        _("Nothing waits for a second person"),
        _("What somebody may not do alone stands here until another person decides."),
        icon_name="check-square",
    )
    return Table(model, _("To check"), row_height="row_two_lines", empty=empty)
