"""The live quote: what the loan being typed would cost, by the engine that disburses it."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal

from app.queries.origination import QuoteLoan
from app.rows.origination import Quote
from app.texts import _
from app.texts.figures import amount
from ui.kit.card import Card, row
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.kit.text import DASH, Text, note
from ui.kit.theme import theme
from ui.origination.request import RequestStep

AFTER_MS = 250


class QuoteCard(Card):
    """Instalment, interest, fees, in hand and APR, drawn again while the request is typed."""

    quoted = Signal(object)  # Quote | None

    def __init__(self, station: Station, request: RequestStep) -> None:
        super().__init__(_("Quote, live"))
        self._station, self._request = station, request
        self.quote: Quote | None = None
        self.body.setSpacing(theme().space(4))
        self.values: dict[str, Text] = {}
        for name, label in (
            ("instalment", _("Instalment")),
            ("interest", _("Interest in all")),
            ("fees", _("Fees with GST")),
            ("in_hand", _("In hand")),
            ("apr", _("APR")),
        ):
            self._add(name, label)
        self._said = note("", wrap=True)
        self._said.hide()
        self.body.addWidget(self._said)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER_MS)
        self._timer.timeout.connect(self._ask)
        request.form.edited.connect(lambda _name: self.again())

    def again(self) -> None:
        """Ask for the quote again, a moment from now."""
        self._timer.start()

    def _add(self, name: str, label: str) -> None:
        value = Text(DASH, "small", strong=name in {"instalment", "apr"})
        value.setAccessibleName(label)
        line = row(note(label))
        line.addStretch(1)
        line.addWidget(value)
        self.values[name] = value
        self.body.addLayout(line)

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
        def money(minor: int) -> str:
            return amount(minor, quote.currency, trim=True)

        self.quote = quote
        self.values["instalment"].setText(money(quote.instalment_minor))
        self.values["interest"].setText(money(quote.interest_minor))
        self.values["fees"].setText(money(quote.fee_minor + quote.tax_minor))
        self.values["in_hand"].setText(money(quote.paid_out_minor))
        self.values["apr"].setText(f"{quote.apr_percent}%" if quote.apr_percent else DASH)
        self._say("\n".join(quote.warnings))
        self.quoted.emit(quote)

    def _refused(self, error: Exception) -> None:
        self._clear(spoken(error))

    def _clear(self, said: str) -> None:
        self.quote = None
        for value in self.values.values():
            value.setText(DASH)
        self._say(said)
        self.quoted.emit(None)

    def _say(self, said: str) -> None:
        self._said.setText(said)
        self._said.setVisible(bool(said))
