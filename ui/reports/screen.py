"""Reports: choose one, a period, what was known; look at it; go to its rows; take it along."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.reports import Report, Totals
from app.reports.catalogue import CATALOGUE, report_named
from app.rows.reports import ReportResult
from app.texts import _, translated
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.empty import Empty
from ui.kit.figures import Figure
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.text import Elided, Text
from ui.kit.theme import theme
from ui.parts.report_cells import Line, columns_of, lines_of, shown
from ui.parts.report_files import Export, ask_where, report_of, title_of
from ui.reports.behind import TotalLine, behind
from ui.reports.filters import Filters
from ui.reports.pack import MonthPack, ask_folder
from ui.reports.picture import ReportPicture
from ui.reports.side import Side

ROOM_FOR_CHART = 560  # px at 100 %
LONG = 72  # letters of a note that is no figure any more
LARGE = 150  # % from which the catalogue gives its room to the report
LEAST_LIST = 132  # px at 100 %, so that large letters fit the usual window
FORMS = ("xlsx", "csv", "pdf")


class ReportsScreen(StationScreen):
    """The catalogue, and the report that is open."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.PROMISE, Topic.VISIT, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Reports"))
        self.install_actions()
        self.side = Side()
        self._narrow = theme().scale >= LARGE
        self.filters = Filters(station.today, narrow=self._narrow)
        self.progress = ProgressCard()
        self.result: ReportResult | None = None
        self.table: Table[Line] | None = None
        self._drawn = False  # whether this report has a picture
        self._export = Export(station, self, self.progress)
        self._pack = MonthPack(station, self, self.progress)
        self._build()
        self._open(CATALOGUE[0])
        self._connect()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        why = _("Exporting needs a permission, and a report that is shown.")
        keys = {"xlsx": ("Alt+X", _("Excel"), "file-xls"), "csv": ("Alt+S", _("CSV"), "table")}
        keys["pdf"] = ("Alt+F", _("PDF"), "file-pdf")
        made = [
            Action(
                name=form,
                text=keys[form][1],
                keys=keys[form][0],
                icon=keys[form][2],
                run=self._saver(form),
                enabled=self._may_export,
                why=why,
            )
            for form in FORMS
        ]
        return [*made, *self._taking(), *self._looking()]

    def arrive(self, **params: object) -> None:
        name = params.get("report")
        if isinstance(name, str) and name:
            self._open(report_named(name), str(params.get("by") or ""))
            self.filters.take(params)
            self._say_where(str(params.get("words") or ""))
            self.stale()

    def reload(self) -> None:
        self.filters.today = self.station.today
        self.filters.on.set_today(self.station.today)
        self.desk.read(
            self, ListOfficers(), self.filters.know_officers, self.failed, slot="officers"
        )
        self._run()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    # -- building ------------------------------------------------------------------------------
    def _taking(self) -> Sequence[Action]:
        """What takes a report along."""
        return [
            Action(
                name="print",
                text=_("Print"),
                keys="Alt+P",
                icon="printer",
                run=self._print,
                enabled=self._may_export,
                why=_("Printing needs a permission, and a report that is shown."),
            ),
            Action(
                name="pack",
                text=_("Month pack"),
                keys="Alt+M",
                icon="books",
                run=self._make_pack,
                enabled=lambda: self.station.may(Permission.REPORT_EXPORT),
                why=_("Exporting needs a permission."),
            ),
        ]

    def _looking(self) -> Sequence[Action]:
        """What goes deeper into it."""
        return [
            Action(
                name="open",
                text=_("Rows behind a line"),
                keys="Enter",
                run=self._open_current,
                enabled=lambda: self.table is not None,
                palette=False,
            ),
            Action(
                name="total",
                text=_("Rows behind the total"),
                keys="Alt+T",
                run=self._open_total,
                enabled=self._leads,
            ),
            Action(
                name="all",
                text=_("Show all"),
                keys="Alt+A",
                run=self._show_all,
                enabled=lambda: bool(self.filters.within),
            ),
            Action(name="find", text=_("Find a report"), keys="/", run=self._find),
        ]

    def _build(self) -> None:
        self.heading = Text("", "lead", strong=True, wrap=True)
        self.definition: Text | Elided = (
            Elided("", "small", tone="text2")
            if self._narrow
            else Text("", "small", tone="text2", wrap=True)
        )
        self.where = Text("", "small", strong=True)
        self.notes, self.sheet = QHBoxLayout(), Card(flush=True)
        self.notes.setSpacing(24)
        self.picture = ReportPicture(self.station.currency)
        head = row(self.heading, gap=8)
        head.setStretch(0, 1)
        for name in () if self._narrow else ("xlsx", "pdf", "print"):
            head.addWidget(self.action_set.button(name))
        head.addWidget(self.action_set.button("pack", "primary"))
        self._all = self.action_set.button("all")
        where = row(self.where, self._all, gap=12)
        where.addStretch(1)
        right = QVBoxLayout()
        right.setSpacing(12)
        for part in (head, self.definition, self.filters, where, self.notes, self.picture):
            right.addLayout(part) if isinstance(part, QHBoxLayout) else right.addWidget(part)
        right.addWidget(self.progress)
        right.addWidget(self.sheet, 1)
        both = row(self.side, gap=16)
        if self._narrow:  # shown before it lies in the page it would be a window
            self.side.hide()
        both.addLayout(right, 1)
        self.page.addLayout(both, 1)

    def _connect(self) -> None:
        for chosen in (self.side.chosen, self.filters.picked):
            chosen.connect(lambda name: self.router.go("reports", report=name))
        self.filters.changed.connect(self._run)

    def _open(self, report: Report, by: str = "") -> None:
        """Take another report, with what it can be asked of."""
        self.side.choose(report.name)
        self.filters.within = ()
        self.filters.show_report(report, by)
        self.filters.usual_span(report)
        self._say_where("")

    def _say_where(self, words: str) -> None:
        self.where.setText(words)
        self.where.setVisible(bool(words))
        self._all.setVisible(bool(words))

    # -- reading -------------------------------------------------------------------------------
    def _run(self) -> None:
        question = self.filters.question(self.side.current)
        if question is not None:
            self.desk.read(self, question, self._show, self.failed, slot="report")

    def _show(self, result: ReportResult) -> None:
        self.result = result
        report = report_of(result)
        self.banner.clear()
        self.heading.setText(title_of(report))
        when = " \u00b7 ".join((result.period, result.known))
        said = f"{when}. {translated(report.definition)}"
        self.definition.setText(said)
        self.definition.setToolTip(said if self._narrow else "")
        self._show_notes(result)
        lines, totals = lines_of(report, result)
        self._show_picture(result, totals)
        self._show_table(report, lines, totals)
        self.action_set.refresh()

    def _show_notes(self, result: ReportResult) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for label, value in result.notes:
            long = len(value) > LONG
            self.notes.addWidget(_citation(label, value) if long else _figure(label, value), long)
        self.notes.addStretch(1)

    def _fold(self) -> None:
        """Without the height for both, the figures stay and the picture of them goes."""
        self.picture.setVisible(self._drawn and self.height() >= theme().px(ROOM_FOR_CHART))

    def _show_picture(self, result: ReportResult, totals: Totals) -> None:
        picture = totals.picture(result.trend)
        self._drawn = picture is not None
        self._fold()
        if picture is not None:
            self.picture.show_picture(picture)

    def _show_table(self, report: Report, lines: Sequence[Line], totals: Totals) -> None:
        """A new list: another report has other columns."""
        currency = self.station.currency if self.result is None else self.result.currency
        model: RowsModel[Line] = RowsModel(columns_of(report, currency), currency=currency)
        model.show(lines)
        table = Table(model, title_of(report), row_height="row_dense", empty=_nothing())
        table.setMinimumHeight(theme().px(LEAST_LIST))
        table.view.setMinimumHeight(theme().px(LEAST_LIST))
        table.opened.connect(self._open_row)
        if totals.wanted and lines:
            cells = enumerate(totals.cells())
            texts = {
                at: shown(kind, value, currency)
                for at, (kind, value) in cells
                if value not in ("", None)
            }
            table.show_total({0: _("Total"), **texts})
        self._total = TotalLine(table.total, self._open_total)
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = table
        self.sheet.body.addWidget(table)

    # -- acting --------------------------------------------------------------------------------
    def _open_row(self, line: Line) -> None:
        """The rows behind a line; of a line about one loan, the loan."""
        if self.result is not None:
            place = behind(self.result, line.row, self.filters)
            if place is not None:
                self.router.go(place[0], **place[1])

    def _open_current(self) -> None:
        line = None if self.table is None else self.table.current()
        if line is not None:
            self._open_row(line)

    def _open_total(self) -> None:
        if self.result is not None and self._leads():
            place = behind(self.result, None, self.filters)
            if place is not None:
                self.router.go(place[0], **place[1])

    def _leads(self) -> bool:
        """Whether there are rows behind the total."""
        return self.result is not None and bool(report_named(self.result.report).behind)

    def _show_all(self) -> None:
        self.router.go("reports", report=self.side.current)

    def _find(self) -> None:
        self.side.box.setFocus()

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

    def _make_pack(self) -> None:
        on = self.filters.on.on()
        folder = None if on is None else ask_folder(self)
        if on is not None and folder is not None:
            self._pack.make(on, self.filters.known_day(), folder, self.failed)


def _nothing() -> Empty:
    return Empty(
        _("Nothing in this period"),
        _("Choose another day or month, or all officers."),
        icon_name="chart-bar",
    )


def _citation(label: str, value: str) -> Elided:
    """A note too long for a figure, such as where a rule is written; whole in its hint."""
    said = Elided(f"{label}: {value}", "small", tone="text2")
    said.setToolTip(value)
    return said


def _figure(label: str, note: str) -> Figure:
    """A note; what its figure means, in brackets, stands in the line above, which gives way."""
    value, _gap, meaning = note.partition(" (")
    meaning = meaning.rstrip(")")
    words = _("{label}, {meaning}").format(label=label, meaning=meaning) if meaning else label
    figure = Figure(words, value, size="lead")
    figure.setToolTip(meaning)
    figure.setAccessibleDescription(meaning)
    return figure
