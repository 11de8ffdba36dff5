"""Chart of accounts, posting rules as sentences, and the charges of every product."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from app.commands.settings import AccountSaved, SaveAccount
from app.queries.admin import ListProducts
from app.queries.settings import ShowChart
from app.rows.admin import ProductRow
from app.rows.settings import AccountRow, ChartView, PostingRow
from app.texts import _
from app.texts.labels import named
from ui.admin.charge_fields import charge_sentence
from ui.admin.part import Part
from ui.kit.actions import Action
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.dialog import Dialog
from ui.kit.empty import Empty
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.tabs import Tabs


@dataclass(frozen=True, slots=True)
class ChargeRow:
    """A charge of a product, in words."""

    code: str
    product: str
    charge: str
    sentence: str


class AccountsPart(Part):
    """Three lists: accounts, which Enter renames; rules, read only; charges, which Enter opens."""

    def __init__(self, station: Station) -> None:
        said = _("Accounts can be added and renamed. None is deleted: entries may stand on it.")
        super().__init__(station, _("Accounts and charges"), said)
        self.chart: RowsModel[AccountRow] = RowsModel(
            _account_columns(), identity=lambda row: row.account_id
        )
        self.rules: RowsModel[PostingRow] = RowsModel(_rule_columns())
        self.charges: RowsModel[ChargeRow] = RowsModel(_charge_columns())
        self.accounts = Table(self.chart, _("Chart of accounts"), row_height="row_dense")
        rules = Table(self.rules, _("Posting rules"), row_height="row_two_lines")
        none = Empty(_("No product has a charge"), icon_name="receipt")
        charged = Table(self.charges, _("Charges"), row_height="row_two_lines", empty=none)
        self.accounts.opened.connect(self.change)
        charged.opened.connect(self.open_product)
        self.tabs = Tabs(_("Accounts and charges"))
        pages = (
            ("chart", _("Chart of accounts"), self.accounts),
            ("rules", _("Posting rules"), rules),
            ("charges", _("Charges and tax"), charged),
        )
        for name, text, table in pages:
            card = Card(flush=True)
            card.body.addWidget(table)
            self.tabs.add(name, text, card)
        self.page.addWidget(self.tabs, 1)
        add = _("Add an account")
        self.action_set.show(
            [Action(name="add", text=add, keys="Alt+N", icon="plus", run=self.add)]
        )
        self.head.addWidget(self.action_set.button("add", "primary"))

    def reload(self) -> None:
        self.desk.read(self, ShowChart(), self._take, self.failed, slot="chart")
        self.desk.read(self, ListProducts(), self._take_products, self.failed, slot="products")

    def add(self) -> None:
        """Ask for an account."""
        AccountDialog(self, self.station, None).open()

    def change(self, row: AccountRow) -> None:
        """Rename an account."""
        AccountDialog(self, self.station, row).open()

    def open_product(self, row: ChargeRow) -> None:
        """Go to the editor of a charge's product."""
        self.station.router.go("settings", part="products", product=row.code)

    def _take(self, view: ChartView) -> None:
        self.chart.show(view.accounts)
        self.rules.show(view.postings)

    def _take_products(self, rows: tuple[ProductRow, ...]) -> None:
        self.charges.show(charge for row in rows for charge in _charges_of(row))


class AccountDialog(Dialog):
    """An account; of one that is there only the title can be changed."""

    def __init__(self, parent: Part, station: Station, row: AccountRow | None) -> None:
        title = _("Add an account") if row is None else f"{row.code} {row.title}"
        act = _("Add") if row is None else _("Save")
        super().__init__(parent, title, act=act, fields=_fields(row))
        self._station, self._row, self._key = station, row, station.desk.key()
        self.decided.connect(self._send)

    def _send(self, values: dict[str, Any]) -> None:
        row = self._row
        command = SaveAccount(
            account_id=None if row is None else row.account_id,
            version=0 if row is None else row.version,
            code=values["code"] if row is None else row.code,
            title=values["title"],
            kind=values["kind"] if row is None else row.kind,
        )
        self._station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, _answer: AccountSaved) -> None:
        self.finish()
        self._station.say(_("Saved"))

    def _refused(self, error: Exception) -> None:
        self._key = self._station.desk.key()
        self.failed(error)


def kind_said(kind: str) -> str:
    """The kind of an account in words."""
    words = {
        "asset": _("Asset"),
        "liability": _("Liability"),
        "equity": _("Equity"),
        "income": _("Income"),
        "expense": _("Expense"),
    }
    return words.get(kind, kind)


def rule_said(row: PostingRow) -> Cell:
    """A posting rule as a sentence of two lines."""
    money = _("the money account of the counter")
    debit = _("Debit {account}").format(account=row.debit or money)
    return Cell(debit, under=_("credit {account}").format(account=row.credit or money))


def _fields(row: AccountRow | None) -> list[Field]:
    title = Field(
        name="title", label=_("Title"), value=None if row is None else row.title, length=120, span=2
    )
    if row is not None:
        return [title]
    kinds = ("asset", "liability", "equity", "income", "expense")
    choices = tuple((kind, kind_said(kind)) for kind in kinds)
    hint = _("Digits and capitals; it stands on every entry and stays")
    return [
        Field(name="code", label=_("Code"), length=16, hint=hint),
        Field(name="kind", label=_("Kind"), kind=Kind.CHOICE, choices=choices, value="expense"),
        title,
    ]


def _charges_of(row: ProductRow) -> list[ChargeRow]:
    facts = row.product
    charges = json.loads(facts.terms).get("charges") or []
    return [
        ChargeRow(
            facts.code, facts.title, one.get("name", ""), charge_sentence(one, facts.currency)
        )
        for one in charges
    ]


def _account_columns() -> tuple[Column[AccountRow], ...]:
    def use(row: AccountRow) -> Cell:
        words = _("by the program") if row.ruled else _("own")
        return Cell(words, tone="text2")

    def stands(row: AccountRow) -> Cell:
        if row.used:
            return Cell(_("has entries"), chip="ok", icon="check-circle")
        return Cell(_("no entries"), chip="neutral")

    return (
        Column(
            title=_("Code"),
            text=lambda row: Cell(row.code, strong=True),
            sort=lambda row: row.code,
        ),
        Column(title=_("Title"), text=lambda row: row.title, stretch=1, sort=lambda row: row.title),
        Column(title=_("Kind"), text=lambda row: kind_said(row.kind), sort=lambda row: row.kind),
        Column(title=_("Used"), text=use, leaves=1),
        Column(title=_("Entries"), text=stands),
    )


def _rule_columns() -> tuple[Column[PostingRow], ...]:
    return (
        Column(
            title=_("When"),
            text=lambda row: Cell(named("event-kind", row.event), strong=True),
        ),
        Column(title=_("Of"), text=lambda row: Cell(named("head", row.part), tone="text2")),
        Column(title=_("It posts, for every product"), text=rule_said, stretch=1),
    )


def _charge_columns() -> tuple[Column[ChargeRow], ...]:
    return (
        Column(
            title=_("Charge"),
            text=lambda row: Cell(row.charge, strong=True, under=row.product),
        ),
        Column(title=_("What it comes to"), text=lambda row: row.sentence, stretch=1),
    )
