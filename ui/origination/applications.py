"""The queue of applications: how many stand at each stage, and which."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget

from app.commands.base import Topic
from app.domain.application import Stage
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.lists import ApplicationChoices
from app.queries.origination import ListApplications, SummariseApplications
from app.reports import Kind
from app.rows.lists import Choice
from app.rows.origination import ApplicationRow, StageCount
from app.texts import _, ngettext
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.chips import BucketChip
from ui.kit.empty import Empty
from ui.kit.flow import Flow
from ui.kit.inputs import FindEdit
from ui.kit.listing import Listing
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note, title
from ui.kit.theme import theme
from ui.parts.list_filters import OFFICER, PRODUCT, VILLAGE, offer_choices, place_chips

OPEN, CHECK, ALL = "", "check", "all"
STAGES = (
    OPEN,
    Stage.ENTERED,
    Stage.DOCUMENTS,
    Stage.VERIFIED,
    Stage.DECIDED,
    CHECK,
    Stage.SANCTIONED,
    Stage.READY,
    ALL,
)
COUNTED = (
    Stage.ENTERED,
    Stage.DOCUMENTS,
    Stage.VERIFIED,
    Stage.DECIDED,
    Stage.SANCTIONED,
    Stage.READY,
)
TONES = {
    "decided": "info",
    "sanctioned": "ok",
    "ready": "ok",
    "rejected": "bad",
    "withdrawn": "neutral",
}
LONG = 7  # days in one stage from which the age stands out


class ApplicationsScreen(StationScreen):
    """Chips of the stages above, the list below; Enter opens one."""

    topics: ClassVar[frozenset[str]] = frozenset({Topic.APPLICATION, Topic.CHECK, Topic.LOAN})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.stage = OPEN
        self.set_title(_("Applications"))
        self.chips: dict[str, BucketChip] = {}
        self.model: RowsModel[ApplicationRow] = RowsModel(
            _columns(),
            identity=lambda line: line.application_id,
            choosing=True,
            currency=station.currency,
        )
        self.empty = Empty(icon_name="files", title="", sentence="")
        self.table: Table[ApplicationRow] = Table(
            self.model, self.title, row_height="row_two_lines", empty=self.empty
        )
        self.find_edit = FindEdit(_("In this list"))
        self.listing = Listing(
            *(self, self.table, "applications"),
            find=self.find_edit,
            chips=place_chips((OFFICER, PRODUCT, VILLAGE)),
        )
        self.install_actions()
        self.table.feed(self.desk, self._question, self.failed, self._counted)
        self.table.opened.connect(self._open)
        self._count = note()
        self._say_empty()
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        return (
            Action(
                name="new",
                text=_("New application"),
                keys="Alt+C",
                icon="plus",
                run=lambda: self.router.go("application"),
                enabled=lambda: self.station.may(Permission.APPLICATION_ENTER),
                why=_("Officers enter applications."),
            ),
            Action(name="open", text=_("Open"), keys="Enter", run=self._open_current),
            *self.listing.actions(),
        )

    def arrive(self, stage: str = "", **_params: object) -> None:
        if stage and stage in STAGES:
            self.listing.clear_quietly()
            self.choose(stage)

    def reload(self) -> None:
        query = SummariseApplications()
        self.desk.read(self, query, self._summed, self.failed, slot="summary")
        self._ask_choices()
        self.listing.reload()

    def choose(self, stage: str) -> None:
        """Show the applications of one stage."""
        self.stage = stage
        self.chips[stage].setChecked(True)
        self._ask_choices()
        self.listing.reload()

    def _ask_choices(self) -> None:
        asked = ApplicationChoices(stage=self.stage)
        self.desk.read(self, asked, self._take_choices, self.failed, slot="choices")

    def _take_choices(self, found: tuple[Choice, ...]) -> None:
        offer_choices(self.listing, found)

    def _question(self, offset: int, sort: str) -> ListApplications:
        value = self.listing.value
        return ListApplications(
            stage=self.stage,
            text=str(self.find_edit.value() or ""),
            officer_id=value(OFFICER),
            product_id=value(PRODUCT),
            village=value(VILLAGE),
            offset=offset,
            sort=sort,
        )

    def _counted(self, page: Page[ApplicationRow]) -> None:
        self._say_empty()
        self.listing.say_state()
        said = ngettext("{count} application", "{count} applications", page.count)
        self._count.setText(said.format(count=page.count))

    def _summed(self, counts: tuple[StageCount, ...]) -> None:
        found = {line.stage: line.count for line in counts}
        found[OPEN] = sum(found.get(stage, 0) for stage in COUNTED)
        found[ALL] = sum(number for stage, number in found.items() if stage not in {OPEN, CHECK})
        for stage, chip in self.chips.items():
            chip.show_figures(_stage_name(stage), str(found.get(stage, 0)), "")

    def _say_empty(self) -> None:
        if self.listing.narrowed:
            said = _("Clear the search and the filters with Alt+Z to see the others.")
            self.empty.say(_("No application here is like that"), said)
        elif self.stage == OPEN:
            said = _("Alt+C takes a new one.")
            self.empty.say(_("No application is open"), said)
        else:
            self.empty.say(_("Nothing at this stage"), _("Applications appear as they move on."))

    def _open(self, line: ApplicationRow) -> None:
        self.router.go("application", application_id=line.application_id)

    def _open_current(self) -> None:
        line = self.table.current()
        if line is not None:
            self._open(line)

    def _lay_out(self) -> None:
        head = row(title(self.title), self._count, gap=12)
        head.addStretch(1)
        head.addWidget(self.listing.menu_button(self.action_set))
        head.addWidget(self.action_set.button("new", "primary"))
        chips = QWidget()
        line = row(gap=8)
        for stage in STAGES:
            chip = BucketChip(_stage_name(stage), "0", "", TONES_OF.get(stage, ""))
            chip.clicked.connect(lambda _on=False, stage=stage: self.choose(stage))
            self.chips[stage] = chip
            line.addWidget(chip)
        self.chips[OPEN].setChecked(True)
        chips.setLayout(line)
        card = Card(flush=True)
        listing = self.listing
        tools = Flow(
            *(self.find_edit, *listing.chips.values(), listing.clear_button), first_grows=260
        )
        bar, side = row(tools), theme().space(15)
        bar.setContentsMargins(side, theme().space(12), side, theme().space(4))
        card.body.addLayout(bar)
        card.body.addWidget(listing.progress)
        card.body.addWidget(self.table, 1)
        self.page.addLayout(head)
        self.page.addWidget(chips)
        self.page.addWidget(card, 1)


TONES_OF = {CHECK: "late1"}


def _stage_name(stage: str) -> str:
    own = {OPEN: _("All open"), CHECK: _("For a checker"), ALL: _("Everything")}
    return own[stage] if stage in own else named("stage", stage)


def _age(line: ApplicationRow) -> Cell:
    said = ngettext("{count} day", "{count} days", line.days_in_stage)
    late = line.days_in_stage >= LONG and line.stage in COUNTED
    return Cell(
        said.format(count=line.days_in_stage),
        tone="late1" if late else "text",
        under=_("since {day}").format(day=day(line.stage_since_on)),
    )


def _stage(line: ApplicationRow) -> Cell:
    if line.check_id is not None:
        return Cell(_("waits for a checker"), chip="late1")
    return Cell(named("stage", line.stage), chip=TONES.get(line.stage, "neutral"), icon="circle")


def _columns() -> Sequence[Column[ApplicationRow]]:
    return (
        Column(
            title=_("Borrower and application"),
            text=lambda line: Cell(
                line.borrower, strong=True, after=line.local_name, under=line.number
            ),
            key="borrower",
            stretch=2,
        ),
        Column(title=_("Village"), text=lambda line: line.village, key="village", leaves=2),
        Column(
            title=_("Product"),
            text=lambda line: Cell(line.product, tone="text2"),
            key="product",
            leaves=3,
        ),
        Column(
            title=_("Amount"),
            text=lambda line: Cell(
                amount(line.amount_minor, line.currency, trim=True), strong=True
            ),
            key="amount_minor",
            numeric=True,
            value=lambda line: line.amount_minor,
            kind=Kind.MONEY,
            trim=True,
        ),
        Column(title=_("Stage"), text=_stage, key="stage"),
        Column(
            title=_("In stage"),
            text=_age,
            key="stage_since_on",
            value=lambda line: line.stage_since_on,
            kind=Kind.DATE,
        ),
        Column(title=_("Officer"), text=lambda line: line.officer, key="officer", leaves=1),
    )
