"""Overdue: who is late, by age; what is due today stands apart from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout

from app.commands.base import Topic
from app.commands.field import VisitsPlanned
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.queries.base import Page, Paged
from app.queries.field import ListOverdue, SummariseOverdue
from app.queries.lists import OverdueChoices
from app.rows.admin import SignInCard
from app.rows.field import OverdueRow
from app.rows.lists import Choice
from app.texts import _, ngettext
from app.texts.figures import amount, day
from ui.field.acts import GiveVisit, PromiseDialog
from ui.field.late_acts import LateActs
from ui.field.loan_panel import LoanPanel
from ui.field.marks import AGES, ALL, TODAY
from ui.field.overdue_columns import overdue_columns
from ui.field.overdue_head import LARGE, OverdueHead, bucket_words
from ui.kit.actions import Action
from ui.kit.buttons import Button
from ui.kit.card import Card, row
from ui.kit.chips import FilterChip
from ui.kit.empty import Empty
from ui.kit.flow import Flow
from ui.kit.inputs import FindEdit
from ui.kit.listing import Listing
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.text import Elided, Text, title
from ui.kit.theme import theme
from ui.parts.list_filters import CENTRE, OFFICER, PRODUCT, VILLAGE, offer_choices, place_chips

LEAST_LIST, LEAST_PANEL = 76, 140  # px at 100 %, so that large letters fit the usual window
PROMISE = "promise"


class OverdueScreen(StationScreen):
    """Buckets, the list, the story of one loan, and what can be done about it."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.VISIT, Topic.PROMISE})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.bucket = ALL
        self.story = theme().scale < LARGE
        self.officers: Sequence[SignInCard] = ()
        self.head = OverdueHead()
        self.head.chosen.connect(self.choose)
        self.model: RowsModel[OverdueRow] = RowsModel(
            overdue_columns(station),
            identity=lambda row: row.loan_id,
            choosing=True,
            currency=station.currency,
        )
        self.empty = Empty(_("Nobody is late"), icon_name="check-circle")
        self.table: Table[OverdueRow] = Table(
            self.model,
            _("Overdue"),
            row_height="row_two_lines",
            empty=self.empty,
            adds_up=False,  # the bar under the list does
        )
        self.panel = LoanPanel(station)
        self._filters()
        self.late = LateActs(self)
        self.install_actions()
        self.set_title(_("Overdue"))
        self._lay_out()
        self._connect()
        self._show_chosen()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        return [*self._acts(), *self.late.actions(), *self._choices()]

    def arrive(self, **params: object) -> None:
        """`bucket` is an age such as 31-60, `today`, or empty for all that is late."""
        bucket = params.get("bucket")
        if isinstance(bucket, str) and bucket in (TODAY, ALL, *AGES):
            self.bucket = bucket
            self.listing.clear_quietly()

    def reload(self) -> None:
        self.head.buckets.mark(self.bucket)
        self._say_empty()
        self.desk.read(self, ListOfficers(), self._take_officers, self.failed, slot="officers")
        self._read_summary()
        self.desk.read(self, OverdueChoices(), self._take_choices, self.failed, slot="choices")
        self.listing.reload()

    def choose(self, bucket: str) -> None:
        """Show one bucket; what was ticked in another is ticked no more."""
        self.bucket = bucket
        self.model.choose(())
        self.reload()
        self.table.setFocus()

    def give_visit(self) -> None:
        """Ask who goes and when, for the ticked rows or the marked one."""
        rows = self._meant()
        if rows:
            GiveVisit(self, self.station, rows, self.officers, self._visits_given).open()

    def promise(self) -> None:
        """Note a promise of the marked borrower."""
        found = self.table.current()
        if found is not None:
            PromiseDialog(self, self.station, found, lambda: self._promised(found)).open()

    def open_loan(self) -> None:
        """Go to the loan."""
        found = self.table.current()
        if found is not None:
            self.router.go("loan", loan_id=found.loan_id)

    def show_story(self) -> None:
        """Show the story of the marked loan beside the list, or take it away."""
        self.story = not self.story
        self._on_current(self.table.current())

    def receipt(self) -> None:
        """Go to the counter with this loan."""
        found = self.table.current()
        if found is not None:
            self.router.go("counter", loan_id=found.loan_id)

    def _acts(self) -> list[Action]:
        may, one = self.station.may, self._has_current
        return [
            Action(
                name="visit",
                text=_("Give a visit"),
                keys="V",
                icon="map-pin",
                run=self.give_visit,
                enabled=lambda: one() and may(Permission.VISIT_PLAN),
            ),
            Action(
                name="promise",
                text=_("Promise"),
                keys="P",
                icon="handshake",
                run=self.promise,
                enabled=lambda: one() and may(Permission.VISIT_RECORD),
            ),
            Action(name="open", text=_("Open loan"), keys="Enter", run=self.open_loan, enabled=one),
            Action(name="story", text=_("Story"), keys="S", run=self.show_story),
            Action(
                name="receipt",
                text=_("Receipt"),
                keys="F6",
                icon="receipt",
                run=self.receipt,
                enabled=lambda: one() and may(Permission.VIEW_COUNTER),
            ),
        ]

    def _choices(self) -> list[Action]:
        keyed = [("T", TODAY), ("0", ALL), *((str(at), age) for at, age in enumerate(AGES, 1))]
        return [
            Action(
                name=f"bucket-{keys}",
                text=bucket_words(bucket),
                keys=keys,
                bar=False,
                run=lambda bucket=bucket: self.choose(bucket),  # type: ignore[misc]
            )
            for keys, bucket in keyed
        ] + list(self.listing.actions())

    def _filters(self) -> None:
        chips = place_chips((OFFICER, VILLAGE, CENTRE, PRODUCT))
        chips[PROMISE] = FilterChip(_("Promise"), _promises())
        search = FindEdit(_("In this list"))
        self.listing = Listing(self, self.table, "overdue", find=search, chips=chips)
        self.search, self.officer = search, chips[OFFICER]
        self.count = Elided("", "small", tone="text2")

    def _connect(self) -> None:
        self.officer.chosen.connect(lambda _value: self.reload())
        for name in (VILLAGE, CENTRE, PRODUCT):
            self.listing.chips[name].chosen.connect(lambda _value: self._read_summary())
        self.table.feed(self.desk, self._question, self.failed, self._arrived)
        self.table.opened.connect(lambda _row: self.open_loan())
        self.table.current_changed.connect(self._on_current)
        self.model.chosen_changed.connect(self._show_chosen)

    def _lay_out(self) -> None:
        top = row(title(_("Overdue")), self.count, gap=12)
        top.addStretch(1)
        top.addLayout(self.head.rates)
        top.addWidget(self.action_set.button("call-list"))
        self.page.addLayout(top)
        self.page.addWidget(self.head)
        line = QHBoxLayout()
        line.setSpacing(theme().space(16))
        line.addWidget(self._list(), 1)
        line.addWidget(self.panel)
        self.panel.set_buttons(self.action_set.button("open"))
        self.panel.setMinimumHeight(theme().px(LEAST_PANEL))
        self.panel.setVisible(False)
        self.page.addLayout(line, 1)

    def _list(self) -> Card:
        card, pad = Card(flush=True), theme().space(12)
        listing = self.listing
        more = listing.menu_button(self.action_set)
        tools = Flow(
            *(self.search, *listing.chips.values(), listing.clear_button, more), first_grows=200
        )
        line = row(tools)
        line.setContentsMargins(pad, pad, pad, theme().space(4))
        card.body.addLayout(line)
        card.body.addWidget(listing.progress)
        card.body.addWidget(self.table, 1)
        self.table.keep_rows(1)
        self.table.setMinimumHeight(theme().px(LEAST_LIST))
        self.chosen_words, self.chosen_sum = Text("", strong=True), Text("", tone="text2")
        self.bar = Card(tint="tint", flush=True)
        give = Button(_("Give a visit"), self.give_visit, kind="primary", keys="V", icon="map-pin")
        give.setEnabled(self.station.may(Permission.VISIT_PLAN))
        acts = row(self.chosen_words, self.chosen_sum)
        acts.addStretch(1)
        acts.addWidget(give)
        for name in ("message", "letter"):
            acts.addWidget(self.action_set.button(name))
        acts.setContentsMargins(pad, theme().space(6), pad, theme().space(6))
        self.bar.body.addLayout(acts)
        card.body.addWidget(self.bar)
        return card

    def _read_summary(self) -> None:
        """The sums above the list are of the same officer, place and product as the list."""
        question, show = self._summary(), self.head.show_summary
        self.desk.read(self, question, show, self.failed, slot="summary")

    def _summary(self) -> SummariseOverdue:
        value = self.listing.value
        return SummariseOverdue(
            officer_id=value(OFFICER),
            product_id=value(PRODUCT),
            village=value(VILLAGE),
            centre=value(CENTRE),
        )

    def _question(self, offset: int, sort: str) -> Paged[Page[OverdueRow]]:
        value = self.listing.value
        return ListOverdue(
            bucket=self.bucket,
            officer_id=value(OFFICER),
            product_id=value(PRODUCT),
            village=value(VILLAGE),
            centre=value(CENTRE),
            promise=value(PROMISE),
            text=self.search.value(),
            offset=offset,
            sort=sort,
        )

    def _arrived(self, page: Page[OverdueRow]) -> None:
        words = ngettext("{number} loan", "{number} loans", page.count).format(number=page.count)
        money = amount(
            dict(page.totals).get("arrears", 0), self.station.currency, symbol=True, trim=True
        )
        self.count.setText(f"{words} · {money}")
        self._say_empty()
        self.listing.say_state(_("Counted for {day}").format(day=day(self.station.today)))

    def _take_officers(self, cards: tuple[SignInCard, ...]) -> None:
        self.officers = cards

    def _take_choices(self, found: tuple[Choice, ...]) -> None:
        offer_choices(self.listing, found)

    def _on_current(self, found: OverdueRow | None) -> None:
        seen = found if self.story else None
        self.panel.show_loan(seen.loan_id if seen else None, seen.bucket if seen else "")
        self._show_chosen()

    def _show_chosen(self) -> None:
        rows = self.model.chosen()
        money = amount(
            sum(r.arrears_minor for r in rows), self.station.currency, symbol=True, trim=True
        )
        self.chosen_words.setText(self.table.chosen_words())
        self.chosen_sum.setText(money)
        self.bar.setVisible(bool(rows))
        self.action_set.refresh()

    def _say_empty(self) -> None:
        if self.listing.narrowed:
            said = _("Clear the filters with Alt+Z to see the others.")
            self.empty.say(_("None like these"), said)
        elif self.bucket == TODAY:
            self.empty.say(_("Nothing falls due today"), _("What is late stands under its age."))
        else:
            self.empty.say(
                _("Nobody is late"), _("Loans stand here the day after a due is missed.")
            )

    def meant(self) -> list[OverdueRow]:
        """The ticked rows, else the marked one."""
        return self._meant()

    def marked(self) -> OverdueRow | None:
        """The marked row."""
        return self.table.current()

    def as_widget(self) -> StationScreen:
        """What dialogs stand over."""
        return self

    def done_with(self) -> None:
        """What was ticked is dealt with."""
        self.model.choose(())
        self.reload()

    def _meant(self) -> list[OverdueRow]:
        current = self.table.current()
        return self.model.chosen() or ([current] if current is not None else [])

    def _has_current(self) -> bool:
        return self.table.current() is not None

    def _visits_given(self, planned: VisitsPlanned) -> None:
        self.model.choose(())
        number = len(planned.visit_ids)
        said = ngettext("{number} visit planned", "{number} visits planned", number)
        self.station.say(
            said.format(number=number), _("Visits"), "", lambda: self.router.go("visits")
        )

    def _promised(self, found: OverdueRow) -> None:
        self.station.say(_("Promise of {name} noted").format(name=found.borrower))


def _promises() -> list[tuple[str, str]]:
    return [
        ("", _("any")),
        ("open", _("open")),
        ("broken", _("broken")),
        ("kept", _("kept")),
        ("none", _("none")),
    ]
