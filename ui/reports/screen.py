"""Reports: choose one, a period, an officer; look at it; take it along as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.admin import ListOfficers, RunReport
from app.reports import Chart, Report, Totals
from app.reports.catalogue import CATALOGUE, report_named
from app.reports.month import MONTH
from app.rows.admin import SignInCard
from app.rows.reports import ReportResult
from app.texts import _, translated
from app.texts.figures import amount
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.catalogue import Catalogue
from ui.kit.charts import BarOf, Bars
from ui.kit.dates import DateEdit
from ui.kit.empty import Empty
from ui.kit.field import FieldBox
from ui.kit.figures import Figure
from ui.kit.inputs import Choice
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station, StationScreen
from ui.kit.segmented import Segmented
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.text import Text, heading, title
from ui.kit.theme import theme
from ui.reports.cells import Values, columns_of, rows_of, shown
from ui.reports.export import Export, ask_where, title_of
from ui.reports.period import Span, bounds

EVERYBODY = 0
CHART_HEIGHT, ROOM_FOR_CHART = 150, 620  # px at 100 %
SIDE = 168
LARGE = 150  # % from which figures have no room for what they mean
LEAST_LIST = 84  # px at 100 %, so that large letters fit the usual window
FORMS = ("xlsx", "csv", "pdf")


class ReportsScreen(StationScreen):
    """The catalogue, and the report that is open."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.PROMISE, Topic.VISIT, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Reports"))
        self.install_actions()
        self.catalogue = Catalogue(_("Reports"), width=SIDE)
        self.catalogue.show_groups([("", [(one.name, title_of(one)) for one in CATALOGUE])])
        self.catalogue.choose(CATALOGUE[0].name)
        self.span = Segmented(((Span.DAY, _("Day")), (Span.MONTH, _("Month"))), fill=False)
        self.on = DateEdit(station.today)
        self.on.set_value(station.today)
        self.officer = Choice(((EVERYBODY, _("all officers")),))
        self.officer.set_value(EVERYBODY)
        self.progress = ProgressCard()
        self.result: ReportResult | None = None
        self._drawn = False  # whether this report has a picture
        self.table: Table[Values] | None = None
        self._export = Export(station, self, self.progress)
        self._build()
        self._connect()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        keys = {"xlsx": ("Alt+X", _("Excel"), "file-xls"), "csv": ("Alt+S", _("CSV"), "table")}
        keys["pdf"] = ("Alt+F", _("PDF"), "file-pdf")
        printing = Action(
            name="print",
            text=_("Print"),
            keys="Alt+P",
            icon="printer",
            run=self._print,
            enabled=self._may_export,
            why=_("Printing needs a permission, and a report that is shown."),
        )
        saving = [
            Action(
                name=form,
                text=keys[form][1],
                keys=keys[form][0],
                icon=keys[form][2],
                run=self._saver(form),
                enabled=self._may_export,
                why=_("Exporting needs a permission, and a report that is shown."),
            )
            for form in FORMS
        ]
        return [*saving, printing]

    def arrive(self, **params: object) -> None:
        name = params.get("report")
        if isinstance(name, str) and name:
            self.catalogue.choose(report_named(name).name)
            self._take_span(name)
            self.stale()

    def reload(self) -> None:
        self.on.set_today(self.station.today)
        self.desk.read(self, ListOfficers(), self._know_officers, self.failed, slot="officers")
        self._run()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # -- building ------------------------------------------------------------------------------
    def _build(self) -> None:
        head = row(title(_("Reports")))
        head.addStretch(1)
        for form in FORMS:
            head.addWidget(self.action_set.button(form))
        head.addWidget(self.action_set.button("print", "primary"))
        self.page.addLayout(head)
        side = Card(flush=True)
        side.body.addWidget(self.catalogue)
        both = row(side, gap=16)
        both.addLayout(self._right(), 1)
        self.page.addLayout(both, 1)

    def _right(self) -> QVBoxLayout:
        self.heading = heading("")
        self.definition = Text("", "small", tone="text2", wrap=True)
        self.notes = QHBoxLayout()
        self.notes.setSpacing(24)
        self.chart_title = Text("", "small", tone="text3")
        self.chart = Bars(_("Chart"), self._money, height=CHART_HEIGHT)
        self.sheet = Card(flush=True)
        right = QVBoxLayout()
        right.setSpacing(12)
        period = FieldBox(_("Period"), self.span)
        filters = row(period, FieldBox(_("On or in the month of"), self.on), gap=16)
        filters.addWidget(FieldBox(_("Officer"), self.officer))
        filters.addStretch(1)
        for part in (self.heading, self.definition):
            right.addWidget(part)
        right.addLayout(filters)
        right.addLayout(self.notes)
        for widget in (self.chart_title, self.chart, self.progress):
            right.addWidget(widget)
        right.addWidget(self.sheet, 1)
        return right

    def _connect(self) -> None:
        self.catalogue.chosen.connect(self._choose)
        self.span.chosen.connect(lambda _value: self._run())
        self.on.edited.connect(self._run)
        self.officer.edited.connect(self._run)

    # -- reading -------------------------------------------------------------------------------
    def _know_officers(self, cards: Sequence[SignInCard]) -> None:
        people = [(card.user_id, card.full_name) for card in cards]
        self.officer.set_choices([(EVERYBODY, _("all officers")), *people])

    def _choose(self, name: str) -> None:
        self._take_span(name)
        self._run()

    def _take_span(self, name: str) -> None:
        """A summary of the month is wanted for a month, the others mostly for a day."""
        self.span.set_value(Span.MONTH if name == MONTH.name else Span.DAY)

    def _run(self) -> None:
        on = self.on.on()
        if on is None:
            return
        first, last = bounds(Span(self.span.value()), on)
        query = RunReport(
            report=self.catalogue.current,
            from_on=first,
            to_on=last,
            officer_id=self.officer.value() or None,
        )
        self.desk.read(self, query, self._show, self.failed, slot="report")

    def _show(self, result: ReportResult) -> None:
        self.result = result
        report = report_named(result.report)
        self.banner.clear()
        said = _("{report}, {period}").format(report=title_of(report), period=result.period)
        self.heading.setText(said)
        self.definition.setText(translated(report.definition))
        self._show_notes(result)
        rows, totals = rows_of(report, result.rows)
        self._show_chart(report.chart, totals)
        self._show_table(report, rows, totals)
        self.action_set.refresh()

    def _show_notes(self, result: ReportResult) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for label, value in result.notes:
            self.notes.addWidget(_figure(label, value))
        self.notes.addStretch(1)

    def _fold(self) -> None:
        """Without the height for both, the figures stay and the picture of them goes."""
        seen = self._drawn and self.height() >= theme().px(ROOM_FOR_CHART)
        self.chart.setVisible(seen)
        self.chart_title.setVisible(seen)

    def _show_chart(self, chart: Chart | None, totals: Totals) -> None:
        points = totals.points()
        seen = chart is not None and any(value for _name, value in points)
        self._drawn = seen
        self._fold()
        if chart is not None and seen:
            self.chart_title.setText(translated(chart.title))
            self.chart.show_bars([BarOf(name, value) for name, value in points])

    def _show_table(self, report: Report, rows: Sequence[Values], totals: Totals) -> None:
        """A new list: another report has other columns."""
        currency = self.station.currency if self.result is None else self.result.currency
        model: RowsModel[Values] = RowsModel(columns_of(report, currency))
        model.show(rows)
        table = Table(model, title_of(report), row_height="row_dense", empty=_nothing())
        table.view.setMinimumHeight(theme().px(LEAST_LIST))
        table.setMinimumHeight(theme().px(LEAST_LIST))
        if totals.wanted and rows:
            cells = enumerate(totals.cells())
            texts = {at: shown(kind, value, currency) for at, (kind, value) in cells if value != ""}
            table.show_total({0: _("Total"), **texts})
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = table
        self.sheet.body.addWidget(table)

    # -- acting --------------------------------------------------------------------------------
    def _may_export(self) -> bool:
        held = self.station.may(Permission.REPORT_EXPORT)
        return held and self.result is not None and bool(self.result.rows)

    def _saver(self, form: str) -> Callable[[], None]:
        def save() -> None:
            if self.result is None:
                return
            where = ask_where(self, self.result, form)
            if where is not None:
                self._export.write(self.result, form, where, self.failed)

        return save

    def _print(self) -> None:
        if self.result is not None:
            self._export.print_out(self.result, self.failed)

    def _money(self, value: float) -> str:
        """The figures at the chart's axis, which come as minor units."""
        return amount(round(value), self.station.currency, trim=True)


def _nothing() -> Empty:
    return Empty(
        _("Nothing in this period"),
        _("Choose another day or month, or all officers."),
        icon_name="chart-bar",
    )


def _figure(label: str, note: str) -> Figure:
    """A note; what its figure means, in brackets, gives way to the hint where letters are large."""
    value, _gap, meaning = note.partition(" (")
    large = theme().scale >= LARGE
    figure = Figure(label, value if large else note, size="lead")
    figure.setToolTip(meaning.rstrip(")"))
    figure.setAccessibleDescription(meaning.rstrip(")"))
    return figure
