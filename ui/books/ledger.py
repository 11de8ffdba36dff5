"""The ledger of one account: opening, movements with the balance after each, closing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.queries.admin import RunReport
from app.queries.base import Page, Paged
from app.queries.books import ShowLedger
from app.reports.books import ACCOUNT, LEDGER
from app.rows.books import BooksChoices, LedgerRow
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.dates import DateEdit
from ui.kit.empty import Empty
from ui.kit.field import FieldBox
from ui.kit.figures import Figure
from ui.kit.flow import Flow
from ui.kit.inputs import Choice
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH
from ui.kit.theme import theme

ACCOUNT_WIDTH, DAY_WIDTH = 300, 132
FIRST = "1200"  # the bank: what people look at most
Fail = Callable[[Exception], None]


class LedgerPage(QWidget):
    """Account and days above, what they come to, the movements below."""

    arrived = Signal()  # an account was read

    def __init__(self, station: Station, fail: Fail) -> None:
        super().__init__()
        self._station = station
        self.model: RowsModel[LedgerRow] = RowsModel(
            _columns(station.currency), identity=lambda row: (row.entry_id, row.balance_minor)
        )
        empty = Empty(
            _("Nothing moved in these days"),
            _("Choose other days or another account."),
            icon_name="book-open",
        )
        self.table = Table(self.model, _("Ledger"), row_height="row_two_lines", empty=empty)
        self.account = Choice(searchable=True)
        self.from_on, self.to_on = DateEdit(station.today), DateEdit(station.today)
        self.from_on.set_value(station.today.replace(day=1))
        self.to_on.set_value(station.today)
        names = (_("Opening"), _("Debits"), _("Credits"), _("Closing"))
        self.figures = {
            key: Figure(words, DASH, size="lead")
            for key, words in zip(("opening", "debit", "credit", "closing"), names, strict=True)
        }
        self.table.feed(station.desk, self._question, fail, self._show)
        self.account.edited.connect(self.reload)
        for edit in (self.from_on, self.to_on):
            edit.editingFinished.connect(self.reload)
        self._lay_out()

    def reload(self) -> None:
        """Read the account again, once account and days are known."""
        if self.account.value() and self.from_on.on() and self.to_on.on():
            self.table.reload()

    def begin(self) -> None:
        """Put the keys to the list."""
        self.table.setFocus()

    def search(self) -> None:
        """Put the keys to the account."""
        self.account.setFocus()

    def offer(self, choices: BooksChoices) -> None:
        """Take the accounts that there are."""
        before = self.account.value()
        accounts = [(one.code, f"{one.code} {one.title}") for one in choices.accounts]
        self.account.set_choices(accounts)
        if before is None:
            self.account.set_value(FIRST)
            self.reload()

    def show_account(self, code: str, first: date | None, last: date | None) -> None:
        """Show an account, over the days given, else over those that are there."""
        self.account.set_value(code)
        if first is not None and last is not None:
            self.from_on.set_value(first)
            self.to_on.set_value(last)
        self.reload()

    def report(self) -> RunReport | None:
        """The ledger as a report; None while something is missing."""
        first, last, account = self.from_on.on(), self.to_on.on(), self.account.value()
        if first is None or last is None or account is None:
            return None
        return RunReport(
            report=LEDGER.name, from_on=first, to_on=last, within=((ACCOUNT, account),)
        )

    def _question(self, offset: int, _sort: str) -> Paged[Page[LedgerRow]]:
        today = self._station.today
        return ShowLedger(
            offset=offset,
            account=self.account.value() or FIRST,
            from_on=self.from_on.on() or today,
            to_on=self.to_on.on() or today,
        )

    def _show(self, page: Page[LedgerRow]) -> None:
        for key, figure in self.figures.items():
            figure.show_figure(amount(page.total(key), self._station.currency, symbol=True))
        self.arrived.emit()

    def _lay_out(self) -> None:
        self.account.setMinimumWidth(theme().px(ACCOUNT_WIDTH))
        for edit in (self.from_on, self.to_on):
            edit.setMinimumWidth(theme().px(DAY_WIDTH))
        boxes = (
            FieldBox(_("Account"), self.account),
            FieldBox(_("From day"), self.from_on),
            FieldBox(_("To day"), self.to_on),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addWidget(Flow(*boxes))
        sums = row(*self.figures.values(), gap=24)
        sums.addStretch(1)
        layout.addLayout(sums)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)


def _columns(currency: str) -> tuple[Column[LedgerRow], ...]:
    def money(minor: int) -> str:
        return amount(minor, currency) if minor else ""

    def what(one: LedgerRow) -> Cell:
        return Cell(named("event-kind", one.kind), strong=True, under=one.number)

    def against(one: LedgerRow) -> Cell:
        said = " \u00b7 ".join(part for part in (one.loan_number, one.borrower) if part)
        return Cell(one.against or DASH, under=said or one.narration)

    return (
        Column(title=_("Day"), text=lambda one: day(one.booked_on)),
        Column(title=_("What"), text=what, stretch=2, leaves=1),
        Column(title=_("Against"), text=against, stretch=3),
        Column(title=_("Debit"), text=lambda one: money(one.debit_minor), numeric=True),
        Column(title=_("Credit"), text=lambda one: money(one.credit_minor), numeric=True),
        Column(
            title=_("Balance"),
            text=lambda one: Cell(amount(one.balance_minor, currency), strong=True),
            numeric=True,
        ),
    )
