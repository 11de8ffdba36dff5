"""The centres of the branch: who leads, who goes there, when they meet next."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QShowEvent

from app.commands.base import Topic
from app.domain.party import folded
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.queries.meetings import ListCentres
from app.rows.admin import SignInCard
from app.rows.meetings import CentreRow
from app.texts import _, ngettext
from app.texts.figures import count, day_short, weekday
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.inputs import FindEdit
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, note, title
from ui.servicing.centre_dialog import centre_dialog


class CentresScreen(StationScreen):
    """Enter opens a centre; F8 its meeting of today."""

    topics = frozenset({Topic.PARTY, Topic.LOAN, Topic.DAY, Topic.BRANCH})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Centres"))
        self._rows: tuple[CentreRow, ...] = ()
        self._officers: tuple[SignInCard, ...] = ()
        self.counted = note("")
        self.box = FindEdit(_("Centre, place, officer or leader"))
        self.model: RowsModel[CentreRow] = RowsModel(
            _columns(station.currency), identity=lambda one: one.title, currency=station.currency
        )
        empty = Empty(
            _("No centres yet"),
            _("A centre stands here once a group names it, or when it is entered with Alt+N."),
            icon_name="users-four",
        )
        self.table: Table[CentreRow] = Table(self.model, self.title, empty=empty)
        self.install_actions()
        self.box.lead_to(self.table)
        self.box.edited.connect(self._show)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _row: self.action_set.refresh())
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        def marked() -> bool:
            return self.table.current() is not None

        made = [
            Action(
                name="meeting",
                text=_("Meeting"),
                keys="F8",
                icon="users-three",
                run=self._meet,
                enabled=marked,
            ),
            Action(name="open", text=_("Open the centre"), keys="Enter", run=self._open_current),
        ]
        if self.router.has("receipt-books"):
            go = partial(self.router.go, "receipt-books")
            made.append(Action(name="books", text=_("Receipt books"), keys="Alt+B", run=go))
        if self.station.may(Permission.APPLICATION_ENTER):
            made.append(
                Action(
                    name="new",
                    text=_("New centre"),
                    keys="Alt+N",
                    icon="plus",
                    run=self._new,
                    enabled=lambda: self.station.day_is_open,
                    why=_("The day must be open"),
                )
            )
        return made

    def reload(self) -> None:
        self.desk.read(self, ListCentres(), self._take, self.failed, slot="centres")
        self.desk.read(self, ListOfficers(), self._know, self.failed, slot="officers")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.table.view.setFocus()

    def _take(self, rows: tuple[CentreRow, ...]) -> None:
        self._rows = rows
        text = ngettext("{n} centre", "{n} centres", len(rows))
        self.counted.setText(text.format(n=count(len(rows))))
        self._show()

    def _know(self, officers: tuple[SignInCard, ...]) -> None:
        self._officers = officers

    def _show(self) -> None:
        words = folded(str(self.box.value())).split()
        kept = [one for one in self._rows if all(word in _text(one) for word in words)]
        self.model.show(kept)
        self.action_set.refresh()

    def _open(self, centre: CentreRow) -> None:
        self.router.go("centre", centre=centre.title)

    def _open_current(self) -> None:
        if (centre := self.table.current()) is not None:
            self._open(centre)

    def _meet(self) -> None:
        if (centre := self.table.current()) is not None:
            self.router.go("meeting", centre=centre.title)

    def _new(self) -> None:
        def made(name: str) -> None:
            self.router.go("centre", centre=name)

        centre_dialog(self, self.station, self._officers, None, made).open()

    def _lay_out(self) -> None:
        head = row(title(self.title), self.counted, gap=12)
        head.addStretch(1)
        shown = {action.name for action in self.action_set.all()}
        for name, kind in (("books", "ghost"), ("new", "secondary"), ("meeting", "primary")):
            if name in shown:
                head.addWidget(self.action_set.button(name, kind))
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.page.addLayout(head)
        self.page.addWidget(self.box)
        self.page.addWidget(card, 1)


def meets_words(row: CentreRow) -> str:
    """How often a centre meets, on which weekday."""
    if not row.every or row.first_on is None:
        return _("not agreed")
    how = named("meets", row.every)
    return how if row.every == "month" else f"{how}, {weekday(row.first_on)}"


def _text(row: CentreRow) -> str:
    return folded(" ".join((row.title, row.place, row.officer, row.leader)))


def _columns(currency: str) -> Sequence[Column[CentreRow]]:
    def soft(text: str) -> Cell:
        return Cell(text, tone="text2")

    def following(row: CentreRow) -> Cell:
        return Cell(DASH if row.next_on is None else day_short(row.next_on))

    return (
        Column(
            title=_("Centre"),
            text=lambda one: Cell(one.title, strong=True),
            stretch=2,
            sort=lambda one: one.title.casefold(),
        ),
        Column(title=_("Place"), text=lambda one: soft(one.place), stretch=1, leaves=4),
        Column(
            title=_("Officer"), text=lambda one: soft(one.officer), sort=lambda one: one.officer
        ),
        Column(title=_("Leader"), text=lambda one: soft(one.leader), leaves=2),
        Column(title=_("Meets"), text=meets_words, leaves=3),
        Column(title=_("Time"), text=lambda one: one.at_time or DASH, leaves=1),
        Column(
            title=_("Next"),
            text=following,
            sort=lambda one: (one.next_on is None, one.next_on or 0, one.at_time),
        ),
        Column(
            title=_("Groups"),
            text=lambda one: count(one.groups, currency),
            numeric=True,
            leaves=5,
        ),
        Column(title=_("Members"), text=lambda one: count(one.members, currency), numeric=True),
    )
