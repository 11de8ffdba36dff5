"""Trial balance, income statement or balance sheet, of a day or a period."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.queries.admin import RunReport
from app.reports import Report
from app.rows.reports import GroupRow, ReportResult
from app.texts import _, translated
from ui.kit.card import Card, row
from ui.kit.dates import DateEdit
from ui.kit.empty import Empty
from ui.kit.field import FieldBox
from ui.kit.figures import Figure
from ui.kit.flow import Flow
from ui.kit.screen_context import Station
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note
from ui.kit.theme import theme
from ui.parts.report_cells import Line, columns_of, lines_of, shown
from ui.parts.report_files import title_of

DAY_WIDTH = 132
Fail = Callable[[Exception], None]


class StatementPage(QWidget):
    """The days above, what they come to, the accounts below; Enter opens an account's ledger."""

    opened = Signal(str)  # the code of an account

    def __init__(self, station: Station, report: Report, fail: Fail) -> None:
        super().__init__()
        self._station, self._report, self._fail = station, report, fail
        self.result: ReportResult | None = None
        self.model: RowsModel[Line] = RowsModel(
            columns_of(report, station.currency), currency=station.currency
        )
        empty = Empty(_("No entry was booked until then"), icon_name="scales")
        self.table = Table(self.model, title_of(report), row_height="row_dense", empty=empty)
        self.from_on, self.to_on = DateEdit(station.today), DateEdit(station.today)
        self.from_on.set_value(station.today.replace(day=1))
        self.to_on.set_value(station.today)
        self.notes = QHBoxLayout()
        for edit in (self.from_on, self.to_on):
            edit.editingFinished.connect(self.reload)
            edit.setMinimumWidth(theme().px(DAY_WIDTH))
        self.table.opened.connect(self._open)
        self._lay_out()

    def reload(self) -> None:
        """Work it out again."""
        question = self.report()
        if question is not None:
            self._station.desk.read(self, question, self._show, self._fail, slot="statement")

    def begin(self) -> None:
        """Put the keys to the list."""
        self.table.setFocus()

    def search(self) -> None:
        """Put the keys to the day."""
        self.to_on.setFocus()

    def report(self) -> RunReport | None:
        """What is asked; None while a day is missing."""
        last = self.to_on.on()
        first = last if self._report.stock else self.from_on.on()
        if first is None or last is None:
            return None
        return RunReport(report=self._report.name, from_on=first, to_on=last)

    def _show(self, result: ReportResult) -> None:
        self.result = result
        lines, totals = lines_of(self._report, result)
        self.model.show(lines)
        currency = self._station.currency
        if totals.wanted and lines:
            cells = enumerate(totals.cells())
            texts = {
                at: shown(kind, value, currency)
                for at, (kind, value) in cells
                if value not in ("", None)
            }
            self.table.show_total({0: _("Total"), **texts})
        self._show_notes(result)

    def _show_notes(self, result: ReportResult) -> None:
        while (item := self.notes.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for label, value in result.notes:
            self.notes.addWidget(Figure(label, value, size="lead"))
        self.notes.addStretch(1)

    def _open(self, line: Line) -> None:
        if isinstance(line.row, GroupRow) and line.row.key:
            self.opened.emit(line.row.key)

    def _lay_out(self) -> None:
        boxes = [FieldBox(_("At the end of"), self.to_on)]
        if not self._report.stock:
            boxes = [FieldBox(_("From day"), self.from_on), FieldBox(_("To day"), self.to_on)]
        else:
            self.from_on.hide()
            self.from_on.setParent(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        self.notes.setSpacing(24)
        head = row(Flow(*boxes), gap=24)
        head.addLayout(self.notes, 1)
        layout.addLayout(head)
        layout.addWidget(note(translated(self._report.definition), wrap=True))
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)
