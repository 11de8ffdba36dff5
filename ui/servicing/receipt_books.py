"""Receipt books: which officer has which leaves, and what became of each of them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtGui import QShowEvent

from app.commands.base import Topic
from app.commands.meetings import IssueReceiptBook, VoidLeaf
from app.domain.meetings import leaf_text
from app.domain.roles import Permission
from app.queries.admin import ListOfficers
from app.queries.meetings import ListLeaves, ListReceiptBooks
from app.rows.admin import SignInCard
from app.rows.meetings import LeafRow, ReceiptBookRow
from app.texts import _
from app.texts.figures import amount, count, day
from app.texts.labels import named
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.dialog import reason_field
from ui.kit.empty import Empty
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH, note, title
from ui.servicing.centre_dialog import SendDialog

TONES = {"used": "ok", "void": "neutral", "missing": "late2"}


class ReceiptBooksScreen(StationScreen):
    """Books at the left, the leaves of the marked one at the right."""

    topics = frozenset({Topic.CASH, Topic.LOAN})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Receipt books"))
        self._officers: tuple[SignInCard, ...] = ()
        self.books = _book_table(station.currency)
        self.leaves = _leaf_table(station.currency)
        self._missing = note("", "late2")
        self.install_actions()
        self.books.current_changed.connect(lambda _one: self._read_leaves())
        self.leaves.current_changed.connect(lambda _one: self.action_set.refresh())
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        def day_open() -> bool:
            return self.station.day_is_open

        made = []
        if self.station.may(Permission.RECEIPT_POST):
            made.append(
                Action(
                    name="void",
                    text=_("Void the leaf"),
                    keys="Alt+V",
                    icon="prohibit",
                    run=self._void,
                    enabled=lambda: day_open() and self._free_leaf() is not None,
                    why=_("Choose a leaf that is not accounted for"),
                )
            )
        if self.station.may(Permission.BRANCH_MANAGE):
            made.append(
                Action(
                    name="issue",
                    text=_("Issue a book"),
                    keys="Alt+N",
                    icon="plus",
                    run=self._issue,
                    enabled=day_open,
                    why=_("The day must be open"),
                )
            )
        if self.router.has("centres"):
            go = partial(self.router.go, "centres")
            made.append(Action(name="centres", text=_("Centres"), keys="Alt+C", run=go))
        return made

    def reload(self) -> None:
        self.desk.read(self, ListReceiptBooks(), self._take, self.failed, slot="books")
        self.desk.read(self, ListOfficers(), self._know, self.failed, slot="officers")

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.books.view.setFocus()

    def _take(self, books: tuple[ReceiptBookRow, ...]) -> None:
        self.books.model.show(books)
        self._read_leaves()

    def _know(self, officers: tuple[SignInCard, ...]) -> None:
        self._officers = officers

    def _read_leaves(self) -> None:
        book = self.books.current()
        self.action_set.refresh()
        if book is None:
            self.leaves.model.show(())
            self._missing.setText("")
            return
        missing = ", ".join(leaf_text(book.series, leaf) for leaf in book.missing)
        self._missing.setText(_("missing: {leaves}").format(leaves=missing) if missing else "")
        query = ListLeaves(book_id=book.book_id)
        self.desk.read(self, query, self._show_leaves, self.failed, slot="leaves")

    def _show_leaves(self, leaves: tuple[LeafRow, ...]) -> None:
        self.leaves.model.show(leaves)
        self.action_set.refresh()

    def _free_leaf(self) -> LeafRow | None:
        leaf = self.leaves.current()
        return leaf if leaf is not None and leaf.state in {"open", "missing"} else None

    def _void(self) -> None:
        book, leaf = self.books.current(), self._free_leaf()
        if book is None or leaf is None:
            return

        def make(values: dict[str, Any]) -> VoidLeaf:
            return VoidLeaf(book_id=book.book_id, leaf=leaf.number, reason=values["reason"])

        said = _("It was spoilt or lost; no receipt will be given on it.")
        name = _("Void leaf {leaf}").format(leaf=leaf.leaf)
        dialog = SendDialog(
            self, self.station, name, said, fields=[reason_field()], make=make, then=_nothing
        )
        dialog.open()

    def _issue(self) -> None:
        def make(values: dict[str, Any]) -> IssueReceiptBook:
            return IssueReceiptBook(
                officer_id=values["officer_id"],
                series=values["series"] or "",
                first=values["first"],
                last=values["last"],
            )

        name, said = _("Issue a receipt book"), _("The officer signs for all its leaves.")
        fields = _issue_fields(self._officers)
        SendDialog(self, self.station, name, said, fields=fields, make=make, then=_nothing).open()

    def _lay_out(self) -> None:
        head = row(title(self.title), gap=8)
        head.addStretch(1)
        shown = {action.name for action in self.action_set.all()}
        for name, kind in (("centres", "ghost"), ("void", "secondary"), ("issue", "primary")):
            if name in shown:
                head.addWidget(self.action_set.button(name, kind))
        books = Card(_("Books"), flush=True)
        books.body.addWidget(self.books, 1)
        leaves = Card(_("Leaves"), flush=True)
        leaves.head.addWidget(self._missing)
        leaves.body.addWidget(self.leaves, 1)
        both = row(gap=14)
        both.addWidget(books, 5)
        both.addWidget(leaves, 6)
        self.page.addLayout(head)
        self.page.addLayout(both, 1)


def _nothing(_name: str) -> None:
    return None


def _issue_fields(officers: Sequence[SignInCard]) -> list[Field]:
    return [
        Field(
            name="officer_id",
            label=_("Officer"),
            kind=Kind.SEARCH,
            choices=[(one.user_id, one.full_name) for one in officers],
            span=2,
        ),
        Field(
            name="series",
            label=_("Series"),
            optional=True,
            length=8,
            span=2,
            aside=_("the letters printed before the number, if there are any"),
        ),
        Field(name="first", label=_("First leaf"), kind=Kind.INT, least=1),
        Field(name="last", label=_("Last leaf"), kind=Kind.INT, least=1),
    ]


def _book_table(currency: str) -> Table[ReceiptBookRow]:
    def leaves(one: ReceiptBookRow) -> str:
        return f"{leaf_text(one.series, one.first)}\u2013{one.last}"

    def missing(one: ReceiptBookRow) -> Cell:
        many = len(one.missing)
        if not many:
            return Cell(DASH, tone="text3")
        return Cell(count(many), chip="late2", icon="warning-circle")

    columns: tuple[Column[ReceiptBookRow], ...] = (
        Column(title=_("Leaves"), text=lambda one: Cell(leaves(one), strong=True)),
        Column(title=_("Officer"), text=lambda one: one.officer, stretch=1),
        Column(title=_("Issued"), text=lambda one: day(one.issued_on), leaves=3),
        Column(title=_("Given"), text=lambda one: count(one.used), numeric=True, leaves=1),
        Column(title=_("Void"), text=lambda one: count(one.void), numeric=True, leaves=2),
        Column(title=_("Left"), text=lambda one: count(one.left), numeric=True),
        Column(title=_("Missing"), text=missing),
    )
    model: RowsModel[ReceiptBookRow] = RowsModel(
        columns, identity=lambda one: one.book_id, currency=currency
    )
    empty = Empty(
        _("No books issued"),
        _("A book of numbered leaves that an officer takes along stands here."),
        icon_name="books",
    )
    return Table(model, _("Books"), empty=empty)


def _leaf_table(currency: str) -> Table[LeafRow]:
    def state(one: LeafRow) -> Cell:
        if one.state == "open":
            return Cell(named("leaf-state", one.state), tone="text3")
        return Cell(named("leaf-state", one.state), chip=TONES[one.state])

    def what(one: LeafRow) -> Cell:
        return Cell(one.receipt_number or one.reason, tone="text2")

    def on(one: LeafRow) -> str:
        told = one.received_on or one.booked_on
        return DASH if told is None else day(told)

    def worth(one: LeafRow) -> str:
        return amount(one.amount_minor, currency, trim=True) if one.amount_minor else DASH

    columns: tuple[Column[LeafRow], ...] = (
        Column(title=_("Leaf"), text=lambda one: one.leaf),
        Column(title=_("State"), text=state),
        Column(title=_("Borrower"), text=lambda one: one.borrower, stretch=1, leaves=1),
        Column(title=_("Receipt or reason"), text=what, stretch=1, leaves=2),
        Column(title=_("Paid on"), text=on, leaves=3),
        Column(title=_("Amount"), text=worth, numeric=True),
    )
    model: RowsModel[LeafRow] = RowsModel(
        columns, identity=lambda one: one.number, currency=currency
    )
    empty = Empty(_("No leaves"), _("Choose a book at the left."), icon_name="receipt")
    return Table(model, _("Leaves"), row_height="row_dense", empty=empty)
