"""What a report is asked of: the days, known when, grouped by what, whose loans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.queries.admin import RunReport
from app.reports import Report
from app.reports.catalogue import CATALOGUE, report_named
from app.reports.grouping import TITLES
from app.reports.known import MEANINGS
from app.reports.month import MONTH
from app.rows.admin import SignInCard
from app.texts import _, translated
from ui.kit.dates import DateEdit
from ui.kit.field import FieldBox
from ui.kit.flow import Flow
from ui.kit.inputs import Choice
from ui.kit.segmented import Segmented
from ui.kit.theme import theme
from ui.reports.period import Span, bounds

EVERYBODY = 0
DAY_WIDE, CHOICE_WIDE = 132, 148  # px at 100 %


class Known(StrEnum):
    """What may be known of the days asked about."""

    THEN = "then"
    NOW = "now"
    ON = "on"


class Filters(QWidget):
    """The line of choices above a report."""

    changed = Signal()
    picked = Signal(str)  # another report, where there is no room for the catalogue

    def __init__(self, today: date, *, narrow: bool = False) -> None:
        super().__init__()
        self.today, self._narrow = today, narrow
        self.report = Choice(
            [(one.name, translated(one.title)) for one in CATALOGUE], searchable=True
        )
        self.span = Segmented(((Span.DAY, _("Day")), (Span.MONTH, _("Month"))), fill=False)
        self.on, self.known_on = DateEdit(today), DateEdit(today)
        self.by, self.officer = Choice(), Choice(((EVERYBODY, _("all officers")),))
        self.known = Choice(
            (
                (Known.THEN, _("at the time")),
                (Known.NOW, _("today")),
                (Known.ON, _("on a day")),
            )
        )
        for box, value in ((self.on, today), (self.known_on, today)):
            box.set_value(value)
            box.setMinimumWidth(theme().px(DAY_WIDE))
        for choice in (self.by, self.officer, self.known):
            choice.setMinimumWidth(theme().px(CHOICE_WIDE))
        self.known.setToolTip(
            "\n".join(f"{translated(name)}: {translated(said)}" for name, said in MEANINGS)
        )
        self.officer.set_value(EVERYBODY)
        self.known.set_value(Known.THEN)
        self.within: tuple[tuple[str, str], ...] = ()
        self._lay_out()
        self._connect()

    def show_report(self, report: Report, by: str = "") -> None:
        """Offer what the report can be asked of."""
        self.report.set_value(report.name)
        line = self.report.lineEdit()
        if line is not None:
            line.home(False)  # a long name is read from its beginning
        self.by.set_choices([(one, translated(TITLES[one])) for one in report.groupings])
        if report.groupings:
            self.by.set_value(by or report.groupings[0])
        self._by.setVisible(len(report.groupings) > 1)
        self._span.setVisible(not report.stock)

    def usual_span(self, report: Report) -> None:
        """A month for what is told of months, a day for the others."""
        of_month = bool(report.pack) and not report.stock
        self.span.set_value(Span.MONTH if of_month or report is MONTH else Span.DAY)

    def question(self, report: str) -> RunReport | None:
        """What to ask; None while a day cannot be read."""
        days, known_on = self.days(report), self.known_day()
        if days is None or (self.known.value() is Known.ON and known_on is None):
            return None
        return RunReport(
            report=report,
            from_on=days[0],
            to_on=days[1],
            officer_id=self.officer.value() or None,
            by=str(self.by.value() or ""),
            within=self.within,
            known_on=known_on,
        )

    def days(self, report: str) -> tuple[date, date] | None:
        """The first and the last day; of a report of one day that day twice."""
        on = self.on.on()
        if on is None:
            return None
        stock = report_named(report).stock
        return bounds(Span.DAY if stock else Span(self.span.value()), on)

    def known_day(self) -> date | None:
        """Until when facts count; None: as it was told at the time."""
        if self.known.value() is Known.THEN:
            return None
        return self.today if self.known.value() is Known.NOW else self.known_on.on()

    def take(self, params: Mapping[str, Any]) -> None:
        """Take what a row led to: the same days and knowledge, narrowed to what it stands for."""
        self.within = params.get("within", ())
        first, last = params.get("first"), params.get("last")
        if isinstance(first, date) and isinstance(last, date):
            self.on.set_value(last)
            self.span.set_value(Span.DAY if first == last else Span.MONTH)

    def know_officers(self, cards: Sequence[SignInCard]) -> None:
        """Offer the officers of the branch."""
        people = [(card.user_id, card.full_name) for card in cards]
        self.officer.set_choices([(EVERYBODY, _("all officers")), *people])

    def _lay_out(self) -> None:
        self._span = FieldBox(_("Period"), self.span)
        on = FieldBox(_("On or in the month of"), self.on)
        self._by = FieldBox(_("By"), self.by)
        self._known_on = FieldBox(_("Known on"), self.known_on)
        report = FieldBox(_("Report"), self.report)
        officer, known = FieldBox(_("Officer"), self.officer), FieldBox(_("As known"), self.known)
        parts = (report, self._span, on, self._by, officer, known, self._known_on)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(Flow(*parts))
        report.setVisible(self._narrow)
        self._known_on.hide()

    def _connect(self) -> None:
        self.span.chosen.connect(lambda _value: self.changed.emit())
        for box in (self.on, self.by, self.officer, self.known_on):
            box.edited.connect(self.changed.emit)
        self.known.edited.connect(self._know)
        self.report.edited.connect(self._pick)

    def _pick(self) -> None:
        if self.report.value():
            self.picked.emit(str(self.report.value()))

    def _know(self) -> None:
        self._known_on.setVisible(self.known.value() is Known.ON)
        self.changed.emit()
