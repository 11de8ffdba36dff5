"""The journal: every entry, by account, kind, day and number; Enter opens one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.domain.errors import KistError
from app.queries.admin import RunReport
from app.queries.base import Page, Paged
from app.queries.books import ListEntries
from app.reports import Kind
from app.reports.books import JOURNAL
from app.rows.books import BooksChoices, EntryRow
from app.texts import _, ngettext
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.card import Card
from ui.kit.cells import Cell
from ui.kit.chips import FilterChip
from ui.kit.dates import DateEdit
from ui.kit.empty import Empty
from ui.kit.flow import Flow
from ui.kit.inputs import FindEdit
from ui.kit.screen_context import Station
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import DASH
from ui.kit.theme import theme

FIND_WIDTH = 240
Fail = Callable[[Exception], None]


class JournalPage(QWidget):
    """Filters above, entries below."""

    def __init__(self, station: Station, fail: Fail) -> None:
        super().__init__()
        self._station, self._fail = station, fail
        self.model: RowsModel[EntryRow] = RowsModel(
            _columns(station.currency), identity=lambda row: row.entry_id, currency=station.currency
        )
        empty = Empty(_("No such entry"), _("Take a filter away."), icon_name="book-open-text")
        self.table = Table(self.model, _("Journal"), row_height="row_two_lines", empty=empty)
        self.finder = FindEdit(_("Number of a receipt, voucher or loan"))
        self.account = FilterChip(_("Account"), [("", _("all"))])
        self.kind = FilterChip(_("What"), [("", _("everything"))])
        self.from_on, self.to_on = DateEdit(station.today), DateEdit(station.today)
        self._connect()
        self._lay_out()

    def reload(self) -> None:
        """Read the entries again."""
        self.table.reload()

    def begin(self) -> None:
        """Put the keys to the list."""
        self.table.setFocus()

    def search(self) -> None:
        """Put the keys to the search."""
        self.finder.setFocus()

    def offer(self, choices: BooksChoices) -> None:
        """Take the accounts and kinds that there are."""
        accounts = [(one.code, f"{one.code} {one.title}") for one in choices.accounts]
        self.account.set_choices([("", _("all")), *accounts])
        named_kinds = [(one, named("event-kind", one)) for one in choices.kinds]
        kinds = sorted(named_kinds, key=lambda kind: kind[1])
        self.kind.set_choices([("", _("everything")), *kinds])

    def clear(self) -> None:
        """Take every filter away."""
        for edit in (self.finder, self.from_on, self.to_on):
            edit.clear()
        for chip in (self.account, self.kind):
            chip.reset()
        self.reload()

    def report(self) -> RunReport:
        """The entries as a report: of the days asked for, else of this month."""
        today = self._station.today
        last = self.to_on.on() or today
        return RunReport(
            report=JOURNAL.name,
            from_on=self.from_on.on() or last.replace(day=1),
            to_on=last,
        )

    def _question(self, offset: int, _sort: str) -> Paged[Page[EntryRow]]:
        return ListEntries(
            offset=offset,
            text=self.finder.value(),
            account=self.account.value() or "",
            kind=self.kind.value() or "",
            from_on=self.from_on.on(),
            to_on=self.to_on.on(),
        )

    def _filtered(self) -> None:
        for edit in (self.from_on, self.to_on):
            try:
                edit.value()
            except KistError as error:
                self._fail(error)
                return
        self.reload()

    def _connect(self) -> None:
        self.table.feed(self._station.desk, self._question, self._fail)
        self.finder.lead_to(self.table.view)
        self.finder.editingFinished.connect(self._filtered)
        for chip in (self.account, self.kind):
            chip.chosen.connect(lambda _value: self._filtered())
        for edit in (self.from_on, self.to_on):
            edit.editingFinished.connect(self._filtered)

    def _lay_out(self) -> None:
        self.from_on.setPlaceholderText(_("from day"))
        self.to_on.setPlaceholderText(_("to day"))
        self.from_on.setAccessibleName(_("From day"))
        self.to_on.setAccessibleName(_("To day"))
        parts = (self.finder, self.from_on, self.to_on, self.account, self.kind)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(8))
        layout.addWidget(Flow(*parts, first_grows=FIND_WIDTH))
        card = Card(flush=True)
        card.body.addWidget(self.table)
        layout.addWidget(card, 1)


def _columns(currency: str) -> tuple[Column[EntryRow], ...]:
    def about(row: EntryRow) -> Cell:
        said = " \u00b7 ".join(part for part in (row.loan_number, row.borrower) if part)
        return Cell(said or row.narration or DASH, under=row.narration if said else "")

    def what(row: EntryRow) -> Cell:
        return Cell(named("event-kind", row.kind), strong=True, under=row.number)

    def accounts(row: EntryRow) -> Cell:
        credit = _("credit {account}").format(account=row.credit)
        lines = ngettext("and {count} more line", "and {count} more lines", row.more)
        more = f" {lines.format(count=row.more)}" if row.more else ""
        return Cell(row.debit, under=credit + more, tone="text2")

    return (
        Column(title=_("Day"), text=lambda row: Cell(day(row.booked_on), under=row.who)),
        Column(title=_("What"), text=what, stretch=2),
        Column(title=_("About"), text=about, stretch=3),
        Column(title=_("Debit and credit"), text=accounts, stretch=3, leaves=1),
        Column(
            title=_("Amount"),
            text=lambda row: amount(row.amount_minor, currency),
            numeric=True,
            value=lambda row: row.amount_minor,
            kind=Kind.MONEY,
        ),
    )
