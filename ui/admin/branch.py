"""Branch and stations: names, address, where and when it is, and the PCs that work for it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any
from zoneinfo import available_timezones

from app.commands.settings import BranchSaved, CloseStation, SaveBranch, StationClosed
from app.queries.settings import ShowBranchSettings
from app.rows.settings import BranchSettings, StationRow
from app.texts import _
from app.texts.figures import count, moment
from app.texts.labels import named
from app.texts.words import LANGUAGES
from ui.admin.form_part import FormPart
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind, Section
from ui.kit.form import Form
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH
from ui.kit.theme import theme
from ui.parts.places_of_india import CURRENCIES, STATES

WIDTH = 820
MOST_STATIONS = 4  # in sight without scrolling


class BranchPart(FormPart):
    """What stands on papers as the lender's and the branch's; below it the stations."""

    def __init__(self, station: Station) -> None:
        said = _("Names and address stand on every paper printed from now on.")
        super().__init__(station, _("Branch and stations"), said)
        self.settings: BranchSettings | None = None
        self.make_parts(self._parts(station), ahead=station.router.ahead)

    def _parts(self, station: Station) -> Iterator[None]:
        self.form = Form(_sections())
        self.form.submitted.connect(self.save)
        yield
        self.model: RowsModel[StationRow] = RowsModel(
            _columns(station), identity=lambda row: row.station_id
        )
        self.table = Table(self.model, _("Stations"))
        self.table.current_changed.connect(lambda _row: self.action_set.refresh())
        self.action_set.show([*self.form_actions(), self._closing()])
        self.add_form_buttons()
        yield
        card, stations = Card(), Card(_("Stations"), flush=True)
        for one in (card, stations):
            one.setMaximumWidth(theme().px(WIDTH))
        self.add_scrolled(card, stations)
        card.body.addWidget(self.form)
        yield
        stations.body.addWidget(self.table)
        stations.body.addLayout(row(self.action_set.button("close"), gap=8))

    def _closing(self) -> Action:
        return Action(
            name="close",
            text=_("Close the station"),
            keys="Alt+E",
            run=self.close_station,
            enabled=lambda: self._open_elsewhere() is not None,
            why=_("Choose an open station other than this PC"),
        )

    def _open_elsewhere(self) -> StationRow | None:
        chosen = self.table.current()
        return None if chosen is None or chosen.here or chosen.closed_at else chosen

    def close_station(self) -> None:
        """Ask why, say what it means, and end the chain of the chosen station."""
        if (chosen := self._open_elsewhere()) is None:
            return
        dialog = Dialog(
            self,
            _("Close counter {counter}?").format(counter=chosen.counter_code),
            act=_("Close the station"),
            consequences=(
                _("That PC can book nothing more. Its receipts and its chain stay as they are."),
                _("The number of the counter is not given again."),
            ),
            fields=[reason_field()],
            danger=True,
            keep=_("Keep it open"),
        )
        key = self.desk.key()

        def close(values: dict[str, Any]) -> None:
            command = CloseStation(station_id=chosen.station_id, reason=values["reason"])
            self.desk.ask(dialog, command, key, done, dialog.failed)

        def done(made: StationClosed) -> None:
            self.station.say(_("Counter {counter} is closed").format(counter=made.counter_code))
            dialog.finish()
            self.reload()

        dialog.decided.connect(close)
        dialog.open()

    def reload(self) -> None:
        self.desk.read(self, ShowBranchSettings(), self._take, self.failed, slot="branch")

    def take_back(self) -> None:
        if self.settings is not None:
            self._fill(self.settings)

    def keep(self, values: dict[str, Any]) -> None:
        if self.settings is None:
            return
        command = SaveBranch(version=self.settings.version, **values)
        self.desk.ask(self, command, self.key, self._saved, self.refused)

    def _saved(self, _done: BranchSaved) -> None:
        self.was_kept(_("The branch is saved"))

    def _take(self, settings: BranchSettings) -> None:
        self.model.show(settings.stations)
        self.table.keep_rows(max(1, min(MOST_STATIONS, len(settings.stations))))
        if not self.dirty:
            self._fill(settings)

    def _fill(self, settings: BranchSettings) -> None:
        self.settings = settings
        form = self.form
        form.set_values({name: getattr(settings, name) for name in form.draft()})
        fixed = _("Money was booked in it: it stays.") if settings.currency_fixed else ""
        form.box("currency").editor.setEnabled(not settings.currency_fixed)
        form.box("currency").show_hint(fixed)
        form.settle()


def _sections() -> list[Section]:
    return [Section(title=_("Names"), fields=_words()), Section(title=_("Where"), fields=_where())]


def _words() -> Sequence[Field]:
    return (
        Field(name="lender_name", label=_("Lender"), length=160),
        Field(name="branch_name", label=_("Branch"), length=120),
        Field(
            name="lender_registration",
            label=_("Registration"),
            aside=_("such as the number of the RBI"),
            length=80,
            optional=True,
        ),
        Field(
            name="grievance_phone",
            label=_("Phone for complaints"),
            kind=Kind.PHONE,
            optional=True,
        ),
        Field(name="address", label=_("Address"), kind=Kind.LINES, span=2, optional=True),
    )


def _where() -> Sequence[Field]:
    zones = tuple((zone, zone) for zone in sorted(available_timezones()))
    currencies = tuple((code, code) for code, _zone in CURRENCIES)
    languages = tuple((code, named("language", code)) for code in LANGUAGES)
    holidays = _("Its holidays are those of this state")
    return (
        Field(
            name="state",
            label=_("State"),
            kind=Kind.SEARCH,
            choices=(("", DASH), *STATES),
            optional=True,
            hint=holidays,
        ),
        Field(
            name="time_zone",
            label=_("Time zone"),
            kind=Kind.SEARCH,
            choices=zones,
            hint=_("What was booked keeps its day"),
        ),
        Field(
            name="language",
            label=_("Language of the data"),
            kind=Kind.CHOICE,
            choices=languages,
            hint=_("Of papers the branch keeps, unless Papers say another"),
        ),
        Field(name="currency", label=_("Currency"), kind=Kind.CHOICE, choices=currencies),
    )


def _columns(station: Station) -> tuple[Column[StationRow], ...]:
    def seen(row: StationRow) -> Cell:
        if row.last_seen_at is None:
            return Cell(_("never"), tone="text3")
        return Cell(moment(station.local(row.last_seen_at)))

    def state(row: StationRow) -> Cell:
        if row.closed_at is not None:
            said = _("closed {moment}").format(moment=moment(station.local(row.closed_at)))
            return Cell(said, chip="neutral", icon="prohibit")
        words = _("this PC") if row.here else _("open")
        return Cell(words, chip="ok", icon="check-circle")

    return (
        Column(title=_("Counter"), text=lambda row: Cell(row.counter_code, strong=True)),
        Column(title=_("Since"), text=lambda row: moment(station.local(row.opened_at)), leaves=2),
        Column(title=_("Last seen"), text=seen, stretch=1),
        Column(title=_("Lines"), text=lambda row: count(row.lines), numeric=True, leaves=1),
        Column(title=_("State"), text=state),
    )
