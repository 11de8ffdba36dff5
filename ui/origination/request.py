"""The step of an application about the loan asked for, with the schedule it would have."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.commands.origination import RequestFacts
from app.rows.admin import ProductRow
from app.rows.origination import GroupRow, Quote
from app.texts import _
from app.texts.figures import amount
from ui.kit.card import row
from ui.kit.empty import Empty
from ui.kit.field import Field, Kind
from ui.kit.form import Form
from ui.kit.screen_context import Station
from ui.kit.segmented import Segmented
from ui.kit.text import heading
from ui.kit.theme import theme
from ui.origination.facts import request_of
from ui.parts.schedule import ScheduleTable


class RequestStep(QWidget):
    """Product, amount, count, purpose and group; below, the schedule while it is typed."""

    def __init__(self, station: Station) -> None:
        super().__init__()
        self._station = station
        self.products: tuple[ProductRow, ...] = ()
        self._wanted: RequestFacts | None = None
        self.form = Form(self._fields(), columns=4)
        self.form.edited.connect(self._on_edited)
        empty = Empty(
            _("No schedule yet"),
            _("It stands here once product, amount and instalments are filled."),
            icon_name="table",
        )
        self.table = ScheduleTable(station.currency, _("Schedule of the quote"), empty)
        self.table.keep_rows(6)
        self.quote: Quote | None = None
        runs = [(False, _("Collected")), (True, _("Disclosed"))]
        self.run = Segmented(runs, fill=False)
        self.run.setAccessibleName(_("Which schedule"))
        self.run.edited.connect(self._draw)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(10))
        layout.addWidget(self.form)
        line = row(heading(_("Schedule if paid out today")))
        line.addStretch(1)
        line.addWidget(self.run)
        layout.addLayout(line)
        layout.addWidget(self.table, 1)

    def show_products(self, rows: tuple[ProductRow, ...]) -> None:
        """Offer these products."""
        self.products = rows
        chosen = self.form.value("product_id")
        self.form.set_choices("product_id", [(r.product_id, r.product.title) for r in rows])
        wanted = chosen or (self._wanted.product_id if self._wanted else None)
        self.form.set_value("product_id", wanted)
        self._say_bounds()

    def show_groups(self, rows: tuple[GroupRow, ...]) -> None:
        """Offer these groups."""
        chosen = self.form.value("group_id")
        named = [(row.group_id, _group_name(row)) for row in rows]
        self.form.set_choices("group_id", [(0, _("No group")), *named])
        wanted = (self._wanted.group_id if self._wanted else None) or 0
        self.form.set_value("group_id", chosen or wanted)

    def show_request(self, asked: RequestFacts | None) -> None:
        """Show what is asked for; None empties the form."""
        self._wanted = asked
        self.form.clear_errors()
        values = {
            "product_id": None if asked is None else asked.product_id,
            "amount_minor": None if asked is None else asked.amount_minor,
            "instalments": None if asked is None else asked.instalments,
            "purpose": "" if asked is None else asked.purpose,
            "group_id": (None if asked is None else asked.group_id) or 0,
        }
        self.form.set_values(values)
        self._say_bounds()

    def request(self) -> RequestFacts | None:
        """What is asked for as typed; None once what is wrong is shown."""
        values = self.form.values()
        if values is None:
            return None
        product = self.product()
        currency = self._station.currency if product is None else product.product.currency
        return request_of(values, currency)

    def product(self) -> ProductRow | None:
        """The chosen product."""
        wanted = self.form.value("product_id")
        return next((row for row in self.products if row.product_id == wanted), None)

    def show_quote(self, quote: Quote | None) -> None:
        """Show the schedule of a quote: as it is collected, or as the statement prints it."""
        self.quote = quote
        self._draw()

    @property
    def disclosed(self) -> bool:
        """Whether the schedule shown is the one of the key fact statement."""
        return bool(self.run.value())

    def _draw(self) -> None:
        quote = self.quote
        lines = () if quote is None else quote.disclosed_lines if self.disclosed else quote.lines
        self.table.show_lines(lines)

    def _fields(self) -> list[Field]:
        return [
            Field(name="product_id", label=_("Product"), kind=Kind.CHOICE, span=2),
            Field(
                name="amount_minor",
                label=_("Amount"),
                kind=Kind.MONEY,
                currency=self._station.currency,
            ),
            Field(name="instalments", label=_("Instalments"), kind=Kind.INT, least=1, most=1000),
            Field(name="purpose", label=_("Purpose"), span=2, length=300),
            Field(
                name="group_id",
                label=_("Group"),
                kind=Kind.CHOICE,
                choices=[(0, _("No group"))],
                value=0,
                span=2,
            ),
        ]

    def _on_edited(self, name: str) -> None:
        if name == "product_id":
            self._say_bounds()

    def _say_bounds(self) -> None:
        found = self.product()
        if found is None:
            self.form.set_hint("amount_minor", "")
            self.form.set_hint("instalments", "")
            return
        facts = found.product
        least, most = (
            amount(minor, facts.currency, trim=True) for minor in (facts.min_minor, facts.max_minor)
        )
        said = _("{least} to {most}")
        self.form.set_hint("amount_minor", said.format(least=least, most=most))
        counts = said.format(least=facts.min_instalments, most=facts.max_instalments)
        self.form.set_hint("instalments", counts)


def _group_name(row: GroupRow) -> str:
    return f"{row.title} · {row.centre}" if row.centre else row.title
