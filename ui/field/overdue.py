"""Overdue: who is late, by age; what is due today stands apart from it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout

from app.commands.base import Topic
from app.commands.field import VisitsPlanned
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.queries.base import Page, Paged
from app.queries.field import ListOverdue, SummariseOverdue
from app.rows.admin import SignInCard
from app.rows.field import OverdueRow
from app.texts import _, ngettext
from app.texts.figures import amount, day, day_short, sign_of
from ui.field.acts import GiveVisit, PromiseDialog
from ui.field.loan_panel import LoanPanel
from ui.field.marks import AGES, ALL, TODAY, contact_words, promise_cell, text_tone
from ui.field.overdue_head import OverdueHead, bucket_words
from ui.kit.actions import Action
from ui.kit.buttons import Button
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.chips import FilterChip
from ui.kit.empty import Empty
from ui.kit.inputs import FindEdit
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, Elided, Text, title
from ui.kit.theme import theme

LEAST_LIST, LEAST_PANEL = 84, 140  # px at 100 %, so that large letters fit the usual window
WAIT_MS = 200  # for the next letter of a search


class OverdueScreen(StationScreen):
    """Buckets, the list, the story of one loan, and what can be done about it."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.VISIT, Topic.PROMISE})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.bucket = ALL
        self.officers: Sequence[SignInCard] = ()
        self.head = OverdueHead()
        self.head.chosen.connect(self.choose)
        self.model: RowsModel[OverdueRow] = RowsModel(
            _columns(station), identity=lambda row: row.loan_id, choosing=True
        )
        self.empty = Empty(_("Nobody is late"), icon_name="check-circle")
        self.table: Table[OverdueRow] = Table(
            self.model, _("Overdue"), row_height="row_two_lines", empty=self.empty
        )
        self.panel = LoanPanel(station)
        self.install_actions()
        self.set_title(_("Overdue"))
        self._filters()
        self._lay_out()
        self._connect()
        self._show_chosen()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        return [*self._acts(), *self._choices()]

    def arrive(self, **params: object) -> None:
        """`bucket` is an age such as 31-60, `today`, or empty for all that is late."""
        bucket = params.get("bucket")
        if isinstance(bucket, str) and bucket in (TODAY, ALL, *AGES):
            self.bucket = bucket

    def reload(self) -> None:
        self.head.buckets.mark(self.bucket)
        self._say_empty()
        officer = self.officer.value()
        self.desk.read(self, ListOfficers(), self._take_officers, self.failed, slot="officers")
        question = SummariseOverdue(officer_id=officer)
        self.desk.read(self, question, self.head.show_summary, self.failed, slot="summary")
        self.table.reload()
        said = _("Counted for {day}").format(day=day(self.station.today))
        self.set_state(said, "clock", "text2")

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
        ] + [Action(name="find", text=_("Search the list"), keys="/", run=self._to_search)]

    def _filters(self) -> None:
        self.search = FindEdit(_("In this list"))
        self.search.lead_to(self.table.view)
        self.officer = FilterChip(_("Officer"), [(None, _("all"))])
        self.promised = FilterChip(_("Promise"), _promises())
        self.count = Elided("", "small", tone="text2")
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(WAIT_MS)

    def _connect(self) -> None:
        self._wait.timeout.connect(self._search)
        self.search.edited.connect(self._wait.start)
        self.officer.chosen.connect(lambda _value: self.reload())
        self.promised.chosen.connect(lambda _value: self.reload())
        self.table.feed(self.desk, self._question, self.failed, self._arrived)
        self.table.opened.connect(lambda _row: self.open_loan())
        self.table.current_changed.connect(self._on_current)
        self.model.chosen_changed.connect(self._show_chosen)

    def _lay_out(self) -> None:
        top = row(title(_("Overdue")))
        top.addStretch(1)
        top.addLayout(self.head.rates)
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
        self.search.setMaximumWidth(theme().px(220))
        line = row(self.search, self.officer, self.promised)
        line.addWidget(self.count, 1)
        line.setContentsMargins(pad, pad, pad, theme().space(4))
        card.body.addLayout(line)
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
        acts.setContentsMargins(pad, theme().space(6), pad, theme().space(6))
        self.bar.body.addLayout(acts)
        card.body.addWidget(self.bar)
        return card

    def _question(self, offset: int, sort: str) -> Paged[Page[OverdueRow]]:
        return ListOverdue(
            bucket=self.bucket,
            officer_id=self.officer.value(),
            promise=self.promised.value() or "",
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

    def _take_officers(self, cards: tuple[SignInCard, ...]) -> None:
        self.officers = cards
        named = [(card.user_id, card.full_name) for card in cards]
        self.officer.set_choices([(None, _("all")), *named])

    def _on_current(self, found: OverdueRow | None) -> None:
        self.panel.show_loan(found.loan_id if found else None, found.bucket if found else "")
        self._show_chosen()

    def _show_chosen(self) -> None:
        rows = self.model.chosen()
        money = amount(
            sum(r.arrears_minor for r in rows), self.station.currency, symbol=True, trim=True
        )
        self.chosen_words.setText(_("{number} chosen").format(number=len(rows)))
        self.chosen_sum.setText(money)
        self.bar.setVisible(bool(rows))
        self.action_set.refresh()

    def _say_empty(self) -> None:
        if self.search.value() or self.officer.value() or self.promised.value():
            self.empty.say(_("None like these"), _("Take a filter away to see the others."))
        elif self.bucket == TODAY:
            self.empty.say(_("Nothing falls due today"), _("What is late stands under its age."))
        else:
            self.empty.say(
                _("Nobody is late"), _("Loans stand here the day after a due is missed.")
            )

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

    def _search(self) -> None:
        self._say_empty()
        self.table.reload()

    def _to_search(self) -> None:
        self.search.setFocus()


def _promises() -> list[tuple[str, str]]:
    return [
        ("", _("any")),
        ("open", _("open")),
        ("broken", _("broken")),
        ("kept", _("kept")),
        ("none", _("none")),
    ]


def _money(row: OverdueRow) -> str:
    return amount(row.arrears_minor, row.currency, trim=True)


def _days(row: OverdueRow) -> Cell:
    tone = text_tone(row.bucket) if row.dpd else "text3"
    return Cell(str(row.dpd) if row.dpd else DASH, tone=tone, strong=True)


def _under(row: OverdueRow) -> str:
    """Number and village, which stay where the place is narrow."""
    return " · ".join(part for part in (row.number, row.village) if part)


def _columns(station: Station) -> Sequence[Column[OverdueRow]]:
    return (
        Column(
            title=_("Borrower and loan"),
            text=lambda row: Cell(
                row.borrower, strong=True, after=row.local_name, under=_under(row)
            ),
            key="borrower",
            stretch=2,
        ),
        Column(title=_("Days"), text=_days, key="dpd", numeric=True),
        Column(
            title=_("Late {sign}").format(sign=sign_of(station.currency)),
            text=_money,
            key="arrears",
            numeric=True,
        ),
        Column(
            title=_("Last paid"),
            text=lambda row: day_short(row.last_paid_on),
            key="last_paid",
            leaves=2,
        ),
        Column(
            title=_("Promise"),
            text=lambda row: promise_cell(row.promise_state, row.promise_on, station.today),
            key="promise",
        ),
        Column(title=_("Officer"), text=lambda row: row.officer, key="officer", leaves=3),
        Column(
            title=_("Last contact"),
            text=lambda row: contact_words(row.last_contact_on),
            key="last_contact",
            leaves=1,
        ),
    )
