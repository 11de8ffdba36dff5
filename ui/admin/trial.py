"""The trial loan beside a product: what a borrower would pay, by the engine that disburses it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal

from app.commands.products import ProductFacts
from app.queries.origination import QuoteLoan
from app.rows.origination import Quote, QuoteLine
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.banner import Banner
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.figures import Figure
from ui.kit.inputs import IntEdit
from ui.kit.messages import spoken
from ui.kit.money import MoneyEdit
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, note
from ui.kit.theme import theme

AFTER_MS = 250


class Trial(Card):
    """Amount and count at the top, four figures, the schedule."""

    quoted = Signal(object)  # the Quote, or None where the product cannot be quoted

    def __init__(self, station: Station) -> None:
        super().__init__(_("Trial loan"), flush=True)
        self._station = station
        self._facts: ProductFacts | None = None
        self.amount, self.count = MoneyEdit(station.currency), IntEdit(1, 1000)
        self.amount.setAccessibleName(_("Amount of the trial loan"))
        self.count.setAccessibleName(_("Instalments of the trial loan"))
        self.banner = Banner()
        self.instalment = Figure(_("Instalment"), size="title")
        self.interest = Figure(_("Interest in all"), size="title")
        self.in_hand = Figure(_("In hand"), size="title")
        self.apr = Figure(_("APR"), size="title")
        self.model: RowsModel[QuoteLine] = RowsModel(
            _columns(station.currency), identity=lambda line: line.number
        )
        self.table = Table(self.model, _("Schedule of the trial loan"), row_height="row_dense")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._ask)
        self.amount.edited.connect(self._timer.start)
        self.count.edited.connect(self._timer.start)
        self._lay_out()

    def show_product(self, facts: ProductFacts | None, *, anew: bool = False) -> None:
        """Quote by this product; with `anew` amount and count start in its middle."""
        self._facts = facts
        if facts is not None and anew:
            middle = (facts.min_minor + facts.max_minor) // 2
            self.amount.set_value(middle // 100_000 * 100_000 or middle)
            self.count.set_value(facts.max_instalments)
        self._timer.start()

    def _ask(self) -> None:
        count = _read(self.count)
        minor = self.amount.minor()
        if self._facts is None or count is None or minor is None:
            self._clear("")
            return
        query = QuoteLoan(
            product_id=0,
            amount_minor=minor,
            instalments=count,
            draft=replace(self._facts, active=True),
        )
        self._station.desk.read(self, query, self._show, self._refused, slot="quote")

    def _show(self, quote: Quote) -> None:
        self.banner.clear()
        money = quote.currency

        def figure(minor: int) -> str:
            return amount(minor, money, trim=True)

        self.instalment.show_figure(figure(quote.instalment_minor))
        self.interest.show_figure(figure(quote.interest_minor))
        self.in_hand.show_figure(figure(quote.paid_out_minor))
        self.apr.show_figure(f"{quote.apr_percent}%" if quote.apr_percent else DASH)
        self.model.show(quote.lines)
        self.quoted.emit(quote)

    def _refused(self, error: Exception) -> None:
        self._clear(spoken(error))

    def _clear(self, said: str) -> None:
        for figure in (self.instalment, self.interest, self.in_hand, self.apr):
            figure.show_figure(DASH)
        self.model.show(())
        if said:
            self.banner.say(said, "late1", keeps=True)
        else:
            self.banner.clear()
        self.quoted.emit(None)

    def _lay_out(self) -> None:
        look = theme()
        self.amount.setMaximumWidth(look.px(110))
        self.count.setMaximumWidth(look.px(56))
        for part in (self.amount, note(_("in")), self.count, note(_("instalments"))):
            self.head.addWidget(part)
        figures = row(self.instalment, self.interest, self.in_hand, self.apr, gap=16)
        side = look.space(15)
        figures.setContentsMargins(side, look.space(4), side, look.space(8))
        self.body.addLayout(figures)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.table, 1)


def _columns(currency: str) -> Sequence[Column[QuoteLine]]:
    def money(minor: int) -> str:
        return amount(minor, currency)

    return (
        Column(title=_("No."), text=lambda line: Cell(str(line.number), tone="text2")),
        Column(title=_("Due"), text=lambda line: day(line.due_on), stretch=1),
        Column(
            title=_("Instalment"),
            text=lambda line: Cell(money(line.amount_minor), strong=True),
            numeric=True,
        ),
        Column(
            title=_("Principal"),
            text=lambda line: Cell(money(line.principal_minor), tone="text2"),
            numeric=True,
            leaves=2,
        ),
        Column(
            title=_("Interest"),
            text=lambda line: Cell(money(line.interest_minor), tone="text2"),
            numeric=True,
            leaves=1,
        ),
        Column(title=_("Balance"), text=lambda line: money(line.balance_minor), numeric=True),
    )


def _read(editor: IntEdit) -> int | None:
    text = editor.text().strip()
    return int(text) if text.isdecimal() and int(text) > 0 else None
