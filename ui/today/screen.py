"""Today: the first screen. Figures, what waits for this person, collections, promises."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.today import ShowToday
from app.rows.field import PromiseRow
from app.rows.today import DayTaken, TodayView, Waiting
from app.texts import _
from app.texts.figures import amount, day, weekday
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import Card, column, row
from ui.kit.cells import CHIP_ICONS, Cell
from ui.kit.charts import BarOf, Bars
from ui.kit.empty import Empty
from ui.kit.legend import Legend
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note, title
from ui.kit.theme import theme
from ui.today.figures import TodayFigures
from ui.today.waiting import WAYS, waiting_table

WIDE_SIDE, NARROW = 520, 1000  # px: the right column at most; under it one column
CHART = 170
LEAST_WORK, LEAST_PROMISES = 90, 40  # px at 100 %: lists give way before the window grows
TONES = {"open": "due", "kept": "ok", "broken": "bad", "cancelled": "neutral"}


class TodayScreen(StationScreen):
    """How the day stands, and the work that waits; each line opens its work."""

    topics = frozenset(Topic)

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Today"))
        self.install_actions()
        self.view: TodayView | None = None
        self.subtitle = note("")
        self.figures = TodayFigures()
        self.waiting = waiting_table(station.today, station.currency)
        self.promises = _promise_table(station.currency)
        self.chart = Bars(_("Collections by day"), self._money, height=CHART)
        self.how_many, self.promised = note(""), note("")
        self._side = QWidget()
        self._grid = QGridLayout()
        self._lay_out()
        self.waiting.opened.connect(self.open_line)
        self.promises.opened.connect(lambda line: self.router.go("loan", loan_id=line.loan_id))

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        return [
            *self._act(Permission.APPLICATION_ENTER, "new", _("New application"), "Alt+N", "plus"),
            *self._act(Permission.LOAN_DISBURSE, "pay-out", _("Pay out"), "F5", "arrow-up-right"),
            *self._act(Permission.RECEIPT_POST, "receipt", _("Receipt"), "F6", "receipt"),
            *self._act(
                Permission.JOURNAL_POST, "journal", _("Journal voucher"), "F7", "note-pencil"
            ),
        ]

    def _act(
        self, needs: Permission, name: str, text: str, keys: str, icon: str
    ) -> Sequence[Action]:
        if not self.station.may(needs):
            return ()
        runs = {"new": self._enter, "pay-out": self._pay_out, "receipt": self._receive}
        run = runs.get(name, self._write)
        return (Action(name=name, text=text, keys=keys, icon=icon, run=run),)

    def _enter(self) -> None:
        self.router.go("application")

    def _pay_out(self) -> None:
        self.router.go("applications", stage="disbursable")

    def _receive(self) -> None:
        self.router.go("counter")

    def _write(self) -> None:
        self.router.go("books", write=True)

    def reload(self) -> None:
        self.desk.read(self, ShowToday(), self._show, self.failed, slot="today")

    def open_line(self, line: Waiting) -> None:
        """Go where the work of a line is done."""
        way = WAYS[line.kind]
        given = {} if way.stage is None else {"stage": way.stage}
        self.router.go(way.place, **given)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.waiting.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # -- building ------------------------------------------------------------------------------
    def _lay_out(self) -> None:
        head = row(gap=8)
        head.addLayout(column(title(_("Today")), self.subtitle, gap=0))
        head.addStretch(1)
        names = [action.name for action in self.actions() if action.name != "journal"]
        for name in names:
            kind = "primary" if name == names[-1] else "secondary"
            head.addWidget(self.action_set.button(name, kind))
        self.page.addLayout(head)
        self.page.addWidget(self.figures)
        self._work = Card(_("Waiting for you"), flush=True)
        self._work.head.insertWidget(1, self.how_many)
        self._work.head.addWidget(note(_("Enter opens the line")))
        self._work.body.addWidget(self.waiting, 1)
        self.waiting.setMinimumHeight(theme().px(LEAST_WORK))
        self._grid.setSpacing(theme().space(16))
        self._grid.setContentsMargins(0, 0, 0, 0)
        side = column(self._collections(), self._promises(), gap=16)
        self._side.setLayout(side)
        self.page.addLayout(self._grid, 1)
        self._fold()

    def _collections(self) -> Card:
        card = Card(_("Collections"))
        card.body.addWidget(self.chart)
        words = [(_("collected"), "chart_now"), (_("fell due"), "chart_plan")]
        card.body.addWidget(Legend(words))
        return card

    def _promises(self) -> Card:
        self._promise_card = Card(_("Promises for today"), flush=True)
        self._promise_card.head.addWidget(self.promised)
        self._promise_card.body.addWidget(self.promises, 1)
        self.promises.setMinimumHeight(theme().px(LEAST_PROMISES))
        return self._promise_card

    def _fold(self) -> None:
        """Two columns where there is room, else the list alone with the promises under it."""
        narrow = self.width() < theme().px(NARROW)
        self._grid.addWidget(self._work, 0, 0)
        self._grid.addWidget(self._side, 0 if not narrow else 1, 0 if narrow else 1)
        self._side.setVisible(not narrow)
        self._side.setMaximumWidth(16777215 if narrow else theme().px(WIDE_SIDE))
        self._grid.setColumnStretch(0, 62)
        self._grid.setColumnStretch(1, 0 if narrow else 38)

    # -- showing -------------------------------------------------------------------------------
    def _show(self, view: TodayView) -> None:
        self.view = view
        self.banner.clear()
        on = self.station.today
        whose = _("your loans") if view.own else self.station.branch.name
        said = _("{weekday}, {day} · {whose}")
        self.subtitle.setText(said.format(weekday=weekday(on), day=day(on), whose=whose))
        self.figures.show_today(view, self.station.branch.counter)
        self.waiting.model.show(view.waiting)
        self.how_many.setText(str(len(view.waiting)) if view.waiting else "")
        self.chart.show_bars([_bar(one, on == one.on) for one in view.days])
        self.promises.model.show(view.promises)
        self._promise_card.setVisible(self.station.may(Permission.VIEW_FIELD))
        total = sum(one.amount_minor for one in view.promises)
        text = amount(total, view.currency, symbol=True, trim=True) if total else ""
        self.promised.setText(text)
        self.action_set.refresh()

    def _money(self, value: float) -> str:
        """The figures at the chart's axis, which come as minor units."""
        return amount(round(value), self.station.currency, trim=True)


def _bar(one: DayTaken, today: bool) -> BarOf:
    """A day; one without business says which day of the week it was."""
    idle = not one.worked and not one.collected_minor
    return BarOf(
        str(one.on.day),
        one.collected_minor,
        0 if idle else one.due_minor,
        strong=today,
        note=weekday(one.on)[:1] if idle else "",
    )


def _promise_table(currency: str) -> Table[PromiseRow]:
    def state(line: PromiseRow) -> Cell:
        tone = TONES.get(line.state, "neutral")
        return Cell(named("promise-state", line.state), chip=tone, icon=CHIP_ICONS[tone])

    columns: tuple[Column[PromiseRow], ...] = (
        Column(title=_("Borrower"), text=lambda line: line.borrower, stretch=1),
        Column(title=_("State"), text=state),
        Column(
            title=_("Amount"),
            text=lambda line: amount(line.amount_minor, currency, trim=True),
            numeric=True,
        ),
    )
    model: RowsModel[PromiseRow] = RowsModel(columns, identity=lambda line: line.promise_id)
    empty = Empty(_("No promise is for today"), icon_name="handshake")
    return Table(model, _("Promises for today"), row_height="row_dense", header=False, empty=empty)
