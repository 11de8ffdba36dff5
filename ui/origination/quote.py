"""The live quote: what the loan being typed would cost, by the engine that disburses it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from app.queries.origination import QuoteLoan
from app.rows.origination import ApplicationView, Quote
from app.texts import _
from ui.kit.card import Card
from ui.kit.messages import spoken
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import SCHEDULE
from ui.kit.screen_context import Station
from ui.kit.text import note
from ui.kit.theme import theme
from ui.origination.quote_paper import quote_paper
from ui.origination.request import RequestStep
from ui.parts.cost import CostLines, method_name, warning_said
from ui.parts.later import Later


class QuoteCard(Card):
    """Instalment, interest, charges, in hand and APR, drawn again while the request is typed.

    What is shown is grey from the first touch until the answer to it is in.
    """

    quoted = Signal(object)  # Quote | None

    def __init__(self, station: Station, request: RequestStep) -> None:
        super().__init__(_("Quote, live"))
        self._station, self._request = station, request
        self.quote: Quote | None = None
        self.body.setSpacing(theme().space(4))
        self.cost = CostLines()
        self._said = note("", wrap=True)
        self._said.hide()
        self.body.addWidget(self.cost)
        self.body.addWidget(self._said)
        self._later = Later(self, self._ask)
        request.form.edited.connect(lambda _name: self.again())
        request.run.edited.connect(self._draw)

    @property
    def said(self) -> str:
        """What stands below the figures: the method of the rate, warnings, or a refusal."""
        return self._said.text()

    def again(self) -> None:
        """Ask for the quote again, a moment from now; what is shown is grey until then."""
        self.cost.set_stale(True)
        self._request.table.set_stale(True)
        self._later.want()

    def print_it(self, view: ApplicationView) -> None:
        """Show the schedule that is collected as it is printed."""
        product, quote = self._request.product(), self.quote
        if product is not None and quote is not None:
            station = self._station
            paper = quote_paper(view, product, quote, station.branch, station.today)
            title = _("Schedule of the quote")
            PaperDialog(self.window(), station, title, paper, SCHEDULE, view.number).open()

    def _ask(self) -> None:
        form = self._request.form
        product, minor, count = (
            form.value(name) for name in ("product_id", "amount_minor", "instalments")
        )
        if product is None or minor is None or count is None:
            self._clear("")
            return
        query = QuoteLoan(product_id=product, amount_minor=minor, instalments=count)
        self._station.desk.read(self, query, self._show, self._refused, slot="quote")

    def _show(self, quote: Quote) -> None:
        self.quote = quote
        self._draw()
        self.quoted.emit(quote)

    def _draw(self) -> None:
        quote, disclosed = self.quote, self._request.disclosed
        self.cost.show_quote(quote, disclosed=disclosed)
        if quote is not None:
            method = _("APR: {method}").format(method=method_name(quote.apr_method))
            self._say("\n".join((method, *map(warning_said, quote.warnings))))

    def _refused(self, error: Exception) -> None:
        self._clear(spoken(error))

    def _clear(self, said: str) -> None:
        self.quote = None
        self._draw()
        self._say(said)
        self.quoted.emit(None)

    def _say(self, said: str) -> None:
        self._said.setText(said)
        self._said.setVisible(bool(said))
