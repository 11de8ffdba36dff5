"""Which meeting: those of the day with what they should bring, any other centre, or a sheet."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.domain.party import folded
from app.rows.meetings import CentreRow, DayMeeting
from app.texts import _
from app.texts.figures import amount, count, day_short
from ui.kit.card import Card, column, row
from ui.kit.cells import Cell
from ui.kit.empty import Empty
from ui.kit.inputs import FindEdit
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, note

_SHEET = re.compile(r"\S+-C\S*-\d+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Place:
    """A centre to choose: its meeting today, or a centre that meets another day."""

    title: str
    today: DayMeeting | None
    centre: CentreRow | None


class ChoosePanel(QWidget):
    """Enter takes the marked meeting; a sheet's number opens that sheet."""

    chosen = Signal(str)  # a centre
    sheet = Signal(str)  # the number of a sheet

    def __init__(self, currency: str) -> None:
        super().__init__()
        self._today: Sequence[DayMeeting] = ()
        self._centres: Sequence[CentreRow] = ()
        self.box = FindEdit(_("Centre, or number of a collection sheet"))
        empty = Empty(
            _("No meeting today"),
            _("Centres that meet today stand here. Type to find any other."),
            icon_name="users-three",
        )
        self.model: RowsModel[Place] = RowsModel(
            _columns(currency), identity=lambda place: place.title, currency=currency
        )
        self.table: Table[Place] = Table(self.model, _("Meetings"), empty=empty)
        self.box.lead_to(self.table, by_enter=False)
        self.box.edited.connect(self._show)
        self.box.returnPressed.connect(self._enter)
        self.table.opened.connect(lambda place: self.chosen.emit(place.title))
        card = Card(flush=True)
        card.body.addWidget(self.table)
        line = row(self.box, note(_("Enter opens the marked meeting")), gap=12)
        line.setStretch(0, 1)
        both = column(gap=12)
        both.addLayout(line)
        both.addWidget(card, 1)
        self.setLayout(both)
        self.setFocusProxy(self.box)

    def show_today(self, meetings: Sequence[DayMeeting]) -> None:
        """Show the meetings of the day."""
        self._today = meetings
        self._show()

    def show_centres(self, centres: Sequence[CentreRow]) -> None:
        """Know every centre, so that it can be found."""
        self._centres = centres
        self._show()

    def clear(self) -> None:
        """Begin anew."""
        self.box.clear()
        self._show()

    def _enter(self) -> None:
        text = str(self.box.value())
        if _SHEET.fullmatch(text):
            self.sheet.emit(text)
            return
        place = self.table.current()
        if place is not None:
            self.chosen.emit(place.title)

    def _show(self) -> None:
        words = folded(str(self.box.value())).split()
        held = {one.centre.lower(): one for one in self._today}
        places = [Place(one.centre, one, None) for one in self._today]
        if words or not places:
            others = [one for one in self._centres if one.title.lower() not in held]
            places += [Place(one.title, None, one) for one in others]
        kept = [one for one in places if all(word in folded(one.title) for word in words)]
        self.model.show(kept)


def _columns(currency: str) -> Sequence[Column[Place]]:
    def money(minor: int) -> str:
        return amount(minor, currency, trim=True) if minor else DASH

    def late(place: Place) -> Cell:
        minor = place.today.late_minor if place.today else 0
        return Cell(money(minor), tone="late2" if minor else "text3")

    def due(place: Place) -> str:
        return money(place.today.due_minor if place.today else 0)

    def taken(place: Place) -> str:
        return money(place.today.taken_minor if place.today else 0)

    def centre(place: Place) -> Cell:
        return Cell(place.title, strong=True)

    return (
        Column(title=_("Time"), text=_at, name="time"),
        Column(title=_("Centre"), text=centre, stretch=1, name="centre"),
        Column(title=_("Officer"), text=_officer, leaves=2, name="officer"),
        Column(title=_("Members"), text=_members, numeric=True, leaves=1, name="members"),
        Column(title=_("Late"), text=late, numeric=True, name="late"),
        Column(title=_("Due"), text=due, numeric=True, name="due"),
        Column(title=_("Taken"), text=taken, numeric=True, name="taken"),
        Column(title=_("State"), text=_state, name="state"),
    )


def _at(place: Place) -> str:
    told = place.today or place.centre
    return DASH if told is None else told.at_time or DASH


def _officer(place: Place) -> Cell:
    told = place.today or place.centre
    return Cell("" if told is None else told.officer, tone="text2")


def _members(place: Place) -> str:
    if place.today is not None:
        return count(place.today.loans)
    return count(place.centre.members) if place.centre else ""


def _state(place: Place) -> Cell:
    if place.today is None:
        coming = place.centre.next_on if place.centre else None
        if coming is None:
            return Cell(_("no day agreed"), tone="text3")
        return Cell(_("meets {day}").format(day=day_short(coming)), tone="text2")
    if place.today.held:
        return Cell(_("booked"), chip="ok", icon="seal-check")
    if place.today.sheet_number:
        return Cell(_("sheet is out"), chip="info", icon="file-text")
    return Cell(_("to come"), chip="neutral")
