"""The trial loan beside a product: what a borrower would pay, by the engine that disburses it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from app.commands.products import ProductFacts
from app.queries.origination import QuoteLoan
from app.rows.facts import TranchePlan
from app.rows.origination import Quote
from app.texts import _
from ui.admin.charge_fields import percent_text
from ui.admin.refused_terms import field_of, said_of
from ui.kit.banner import Banner
from ui.kit.buttons import Button
from ui.kit.card import Card, row
from ui.kit.empty import Empty
from ui.kit.field import Field, Kind
from ui.kit.form import Form
from ui.kit.inputs import LineEdit
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.segmented import Segmented
from ui.kit.text import Elided
from ui.kit.theme import theme
from ui.parts.cost import CostFigures, warning_said
from ui.parts.curve import BalanceCurve
from ui.parts.later import Later
from ui.parts.schedule import ScheduleTable

CURVE = 84  # px at 100 %
COLLECTED, DISCLOSED = "collected", "disclosed"
MORE = "Alt+M"
MORE_FIELDS = ("paid_out", "first_due", "part", "part_on")
# Fields that a refusal may name, where they are those of the trial loan.
SAMPLE = {
    "amount_minor": "amount",
    "instalments": "count",
    "annual_rate": "rate",
    "disbursed_on": "paid_out",
    "first_due_on": "first_due",
    "tranches": "part",
    "part_minor": "part",
}


class Trial(Card):
    """The loan to try, its cost, the balance drawn, and the schedule.

    What is shown is grey from the first touch until the answer to it is in.
    """

    quoted = Signal(object)  # the Quote, or None where the product cannot be quoted
    refused = Signal(str, str)  # a field of the product and what is wrong there; empty is all right

    def __init__(self, station: Station) -> None:
        super().__init__(_("Trial loan"))
        self._station = station
        self._facts: ProductFacts | None = None
        self.quote: Quote | None = None
        self.form = Form(_fields(station.currency, station.today), columns=3)
        self.banner = Banner()
        self.run = Segmented([(COLLECTED, _("Collected")), (DISCLOSED, _("Disclosed"))], fill=False)
        self.run.setAccessibleName(_("Which schedule"))
        self._which = Elided("", "small", tone="text2")
        self.cost = CostFigures()
        self.curve = BalanceCurve(station.currency, CURVE)
        empty = Empty(
            _("No schedule yet"),
            _("It stands here once every term and the trial loan can be read."),
            icon_name="table",
        )
        self.table = ScheduleTable(station.currency, _("Schedule of the trial loan"), empty)
        self.more = Button(_("Days and parts"), self.show_more, kind="ghost", keys=MORE)
        self._later = Later(self, self._ask)
        self.form.edited.connect(lambda _name: self.again())
        self.run.edited.connect(self._draw)
        self._lay_out()
        self._show_more(False)
        self._draw()

    def show_product(self, facts: ProductFacts | None, *, anew: bool = False) -> None:
        """Quote by this product; with `anew` the trial loan starts in its middle."""
        self._facts = facts
        self._say_usual()
        if facts is not None and anew:
            middle = (facts.min_minor + facts.max_minor) // 2
            self.form.set_values(
                {
                    "amount": middle // 100_000 * 100_000 or middle or None,
                    "count": facts.max_instalments,
                    "rate": None,
                    "paid_out": self._station.today,
                    "first_due": None,
                    "part": None,
                    "part_on": None,
                }
            )
        self.again()

    def _say_usual(self) -> None:
        """Write the product's usual rate, grey, where no other is typed."""
        rate = self.form.editor("rate")
        if self._facts is not None and isinstance(rate, LineEdit):
            usual = json.loads(self._facts.terms).get("annual_rate", self._facts.min_rate)
            rate.setPlaceholderText(str(usual))

    def again(self) -> None:
        """Quote again, a moment from now; what is shown is grey until then."""
        self.cost.set_stale(True)
        self.table.set_stale(True)
        self._later.want()

    def switch(self) -> None:
        """Show the other one of the two schedules."""
        self.run.next()

    def show_more(self) -> None:
        """Show the days of the trial loan and what of it is paid out later, or put them away."""
        self._show_more(self.form.box("paid_out").isHidden())
        if not self.form.box("paid_out").isHidden():
            self.form.focus("paid_out")

    def _show_more(self, shown: bool) -> None:
        for name in MORE_FIELDS:
            self.form.set_shown(name, shown)
        self.more.set_icon("caret-up" if shown else "caret-down")

    def _ask(self) -> None:
        query = self._query()
        if query is None:
            return  # something is being typed: what stands there stays, grey
        self._station.desk.read(self, query, self._show, self._refused, slot="quote")

    def _query(self) -> QuoteLoan | None:
        """The question that the form asks, None while product or trial loan cannot be read."""
        form, facts = self.form, self._facts
        minor, count = form.value("amount"), form.value("count")
        if facts is None or minor is None or count is None:
            return None
        rate, part, part_on = form.value("rate"), form.value("part"), form.value("part_on")
        whole = part and part_on
        return QuoteLoan(
            product_id=0,
            amount_minor=minor,
            instalments=count,
            annual_rate="" if rate is None else percent_text(rate),
            disbursed_on=form.value("paid_out"),
            first_due_on=form.value("first_due"),
            tranches=(TranchePlan(part_on, part),) if whole else (),
            draft=replace(facts, active=True),
        )

    def _show(self, quote: Quote) -> None:
        self.banner.clear()
        self.form.clear_errors()
        self.quote = quote
        self._draw()
        if quote.warnings:
            self.banner.say("\n".join(map(warning_said, quote.warnings)), "late1", keeps=True)
        self.refused.emit("", "")
        self.quoted.emit(quote)

    def _draw(self) -> None:
        """Show the chosen one of the quote's two schedules."""
        disclosed, quote = self.run.value() == DISCLOSED, self.quote
        self._which.setText(
            _("As the key fact statement prints it: the exact run.")
            if disclosed
            else _("As it is asked: rounded by the terms.")
        )
        self.cost.show_quote(quote, disclosed=disclosed)
        lines = () if quote is None else quote.disclosed_lines if disclosed else quote.lines
        self.table.show_lines(lines)
        points = [(line.due_on, line.balance_minor) for line in lines]
        begun = self.form.value("paid_out") or self._station.today
        first = [] if quote is None else [(begun, quote.amount_minor)]
        self.curve.show_balance([*first, *points])

    def _refused(self, error: Exception) -> None:
        """Say it at the field it belongs to: of the trial loan, else of the product."""
        field, said = field_of(error), said_of(error)
        mine = SAMPLE.get(field, "")
        usual = field == "annual_rate" and self.form.value("rate") is None
        self.form.clear_errors()
        if mine and not usual:
            if mine in MORE_FIELDS:
                self._show_more(True)
            self.form.box(mine).show_error(said)
            self._clear("")
        else:
            self._clear(said)
            self.refused.emit(field, said)

    def _clear(self, said: str) -> None:
        self.quote = None
        self._draw()
        if said:
            self.banner.say(said, "late1", keeps=True)
        else:
            self.banner.clear()
        self.quoted.emit(None)

    def _lay_out(self) -> None:
        look = theme()
        self.head.addWidget(self.run)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.space(10))
        self.curve.setFixedHeight(look.px(CURVE))
        self.table.keep_rows(3)
        gives_way = QSizePolicy.Policy.Ignored  # the words of an empty list make no room for it
        self.table.empty.setSizePolicy(gives_way, gives_way)
        line = row(self._which)
        line.addWidget(self.more)
        line.setStretch(0, 1)
        column.addLayout(line)
        for part in (self.form, self.banner, self.cost, self.curve):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        self.body.addWidget(scrolled(inside), 1)


def _fields(currency: str, today: date) -> list[Field]:
    def money(name: str, label: str, **more: Any) -> Field:
        return Field(name=name, label=label, kind=Kind.MONEY, currency=currency, **more)

    def on(name: str, label: str, **more: Any) -> Field:
        return Field(name=name, label=label, kind=Kind.DATE, today=today, **more)

    return [
        money("amount", _("Amount")),
        Field(name="count", label=_("Instalments"), kind=Kind.INT, least=1, most=1000),
        Field(name="rate", label=_("Rate, %"), kind=Kind.RATE, optional=True),
        on("paid_out", _("Paid out"), span=1),
        on("first_due", _("First due"), optional=True, span=2),
        money("part", _("Of it later"), optional=True),
        on("part_on", _("Later, on"), optional=True, span=2),
    ]
