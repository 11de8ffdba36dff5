"""The pages of one loan under their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, TypeVar

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.field import PromiseRow
from app.rows.servicing import EntryRow, InstalmentRow, LoanView
from app.rows.takeover import TermsVersionRow
from app.texts import _
from ui.kit.card import Card, row
from ui.kit.empty import Empty
from ui.kit.panel import scrolled
from ui.kit.screen_context import Station
from ui.kit.story import Story
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.tabs import Tabs
from ui.kit.text import note
from ui.kit.theme import theme
from ui.servicing.loan_lists import (
    books_model,
    books_totals,
    promises_model,
    quotes_model,
    schedule_model,
    schedule_totals,
    statement_model,
)
from ui.servicing.loan_papers import DocumentsTab
from ui.servicing.loan_words import happened, suspense_words, version_told

T = TypeVar("T")
IN_THE_FIELD = ("visit", "promise")


class LoanTabs(Tabs):
    """Schedule, statement, documents, visits and promises, books, history."""

    def __init__(self, station: Station) -> None:
        super().__init__(_("Parts of the loan"))
        self._loan_id: int | None = None
        self._station = station

    def parts(self) -> Iterator[None]:
        """Make the pages, one after another."""
        currency = self._station.currency
        self.schedule = _dense(schedule_model(currency), _("Schedule"))
        self.add("schedule", _("Schedule"), _page(self.schedule))
        yield
        self.statement = _dense(statement_model(currency), _("Statement"))
        self.add("statement", _("Statement"), _page(self.statement))
        yield
        self.documents = DocumentsTab(self._station)
        self.add("documents", _("Documents"), scrolled(self.documents))
        self.promises, self.field_story = _dense(promises_model(), *_no_promises()), Story()
        self.add("field", _("Visits and promises"), scrolled(self._field_page()))
        yield
        self.quotes = _dense(quotes_model(), *_no_quotes())
        self.add("quotes", _("Quotes"), _page(self.quotes))
        yield
        self.books = _dense(books_model(), _("Books"))
        self.books.opened.connect(self._open_entry)
        self.suspense = note("", wrap=True)
        self.add("books", _("Books"), _page(self.books, self.suspense))
        self.history, self.terms = Story(), Story()
        self.add("history", _("History"), self._history_page())

    def show_loan(self, view: LoanView) -> None:
        """Fill every page from the one answer, but for what is told."""
        self.schedule.model.show(view.instalments)
        self.schedule.show_total(schedule_totals(view))
        if view.loan_id != self._loan_id:
            self._loan_id = view.loan_id
            self.schedule.set_current(_first_open(view.instalments))
        self.statement.model.show(view.ledger)
        self.books.model.show(view.entries)
        self.books.show_total(books_totals(view.entries, view.currency))
        self.suspense.setText(suspense_words(view))
        self.suspense.setVisible(view.npa_since_on is not None)
        self.quotes.model.show(view.quotes)
        self.set_text("quotes", _counted(_("Quotes"), len(view.quotes)))
        self.documents.show_documents(view.documents)
        self.set_text("documents", _counted(_("Documents"), len(view.documents)))

    def _open_entry(self, entry: EntryRow) -> None:
        """Show the entry in the books, where this person may."""
        if self._station.router.has("books"):
            self._station.router.go("books", entry_id=entry.entry_id)

    def show_story(self, view: LoanView, today: date) -> None:
        """Tell what happened to the loan."""
        told = [happened(row, today) for row in view.story]
        self.history.show_lines(told)
        outside = [row for row in view.story if row.what.startswith(IN_THE_FIELD)]
        self.field_story.show_lines([happened(row, today) for row in outside])

    def show_promises(self, rows: Sequence[PromiseRow]) -> None:
        """Show the promises of the loan."""
        self.promises.model.show(rows)
        self.set_text("field", _counted(_("Visits and promises"), len(rows)))

    def show_terms(self, rows: Sequence[TermsVersionRow]) -> None:
        """Show the versions of the loan's terms, the one in force first."""
        self.terms.show_lines([version_told(row) for row in rows])

    def _history_page(self) -> QWidget:
        """What is agreed in every version, above what happened."""
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(12))
        terms = Card(_("Terms"))
        terms.body.addWidget(self.terms)
        layout.addWidget(terms)
        happened_card = Card(_("What happened"))
        happened_card.body.addWidget(self.history)
        layout.addWidget(happened_card)
        layout.addStretch(1)
        return scrolled(page)

    def _field_page(self) -> QWidget:
        page = QWidget()
        layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme().space(12))
        layout.addWidget(_page(self.promises), 3)
        layout.addWidget(_told(self.field_story), 2)
        return page


def _dense(model: RowsModel[T], name: str, empty: Empty | None = None) -> Table[T]:
    return Table(model, name, row_height="row_dense", empty=empty)


def _no_promises() -> tuple[str, Empty]:
    said = _("What the borrower promises at home or on the phone stands here.")
    return _("Promises"), Empty(_("No promises"), said, icon_name="handshake")


def _no_quotes() -> tuple[str, Empty]:
    said = _("A quote of what closing asks on a day stands here once it is kept.")
    return _("Quotes of an early closure"), Empty(_("No quotes"), said, icon_name="file-text")


def _first_open(lines: Sequence[InstalmentRow]) -> int:
    """The line that waits for money first."""
    open_ = (at for at, line in enumerate(lines) if line.state != "paid")
    return next(open_, max(0, len(lines) - 1))


def _counted(word: str, count: int) -> str:
    return f"{word}  {count}" if count else word


def _page(table: Table[Any], *above: QWidget) -> QWidget:
    card, pad = Card(flush=True), theme().space(12)
    for one in above:
        line = row(one)
        line.setContentsMargins(pad, pad, pad, 0)
        card.body.addLayout(line)
    card.body.addWidget(table)
    return card


def _told(story: Story) -> QWidget:
    card, inner = Card(), QWidget()
    layout = QVBoxLayout(inner)
    layout.setContentsMargins(0, 0, theme().space(8), 0)
    layout.addWidget(story)
    layout.addStretch(1)
    card.body.addWidget(scrolled(inner))
    return card
