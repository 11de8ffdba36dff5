"""Books: the journal, an account's ledger, the statements, and the months."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QShowEvent

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.books import (
    JournalForPaper,
    ListBooksChoices,
    ListJournalsAsked,
    ShowEntry,
)
from app.reports.books import BALANCE, INCOME, TRIAL
from app.rows.books import BooksChoices, EntryRow, EntryView, JournalAsked, LedgerRow
from app.rows.journal_papers import JournalPaper
from app.rows.reports import ReportResult
from app.texts import _
from ui.books.asked import JournalAskedDialog, asked_words
from ui.books.entry import EntryDialog
from ui.books.journal import JournalPage
from ui.books.ledger import LedgerPage
from ui.books.months import MonthsPage
from ui.books.statement import StatementPage
from ui.books.tally import TallyDialog
from ui.books.voucher import ReverseDialog, VoucherDialog
from ui.kit.actions import Action
from ui.kit.card import row
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import BOOK
from ui.kit.progress import ProgressCard
from ui.kit.screen_context import Station, StationScreen
from ui.kit.tabs import Tabs
from ui.kit.text import title
from ui.parts.asked import AskedStrip
from ui.parts.report_files import Export, ask_where

FORMS = ("xlsx", "csv", "pdf")
Page = JournalPage | LedgerPage | StatementPage | MonthsPage


class BooksScreen(StationScreen):
    """Tabs; F7 writes a voucher, Enter opens what the mark is on."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.DAY, Topic.CHECK, Topic.BRANCH})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Books"))
        self.install_actions()
        self.choices = BooksChoices((), (), None)
        self._writes = False
        self.journal = JournalPage(station, self.failed)
        self.ledger = LedgerPage(station, self.failed)
        self.statements = {
            report.name: StatementPage(station, report, self.failed)
            for report in (TRIAL, INCOME, BALANCE)
            if station.may(Permission.VIEW_REPORTS)
        }
        self.months = MonthsPage(station, self.failed)
        self.asked = AskedStrip(asked_words, self.decide)
        self.progress = ProgressCard()
        self._export = Export(station, self, self.progress)
        self.tabs = Tabs(_("Books"))
        self._pages: dict[str, Page] = {}
        self._lay_out()
        self._connect()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # as in ui.kit.router
        may_write = self.station.may(Permission.JOURNAL_POST)
        return [
            Action(
                name="voucher",
                text=_("Journal voucher"),
                keys="F7",
                icon="note-pencil",
                run=self.write,
                enabled=lambda: may_write and self.station.day_is_open,
                why=_("Vouchers are written by whoever may, while a day is open."),
            ),
            Action(
                name="opening",
                text=_("Opening balances"),
                run=self.write_opening,
                enabled=lambda: may_write and self.station.day_is_open,
                bar=False,
            ),
            Action(name="find", text=_("Search"), keys="/", run=lambda: self.page_now.search()),
            Action(
                name="clear",
                text=_("Clear all filters"),
                keys="Alt+Z",
                run=lambda: self.journal.clear(),
                enabled=lambda: self.tabs.current == "journal",
            ),
            *self._closing(),
            *self._files(),
        ]

    def arrive(self, **params: Any) -> None:
        """`entry_id` opens an entry; `account` its ledger; `tab` a page; `write` a new voucher."""
        tab, account, entry_id = (params.get(name) for name in ("tab", "account", "entry_id"))
        if isinstance(account, str):
            self.show_account(account, params.get("first"), params.get("last"))
        elif isinstance(tab, str) and tab in self._pages:
            self.tabs.choose(tab)
        if isinstance(entry_id, int):
            self.open_entry(entry_id)
        self._writes = bool(params.get("write"))
        if self._writes and self.choices.accounts:
            QTimer.singleShot(0, self._write_asked)

    def reload(self) -> None:
        self.desk.read(self, ListBooksChoices(), self._offer, self.failed, slot="choices")
        self.desk.read(self, ListJournalsAsked(), self.asked.show_asked, self.failed, slot="asked")
        self.months.reload()
        if self.page_now is not self.months:
            self.page_now.reload()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.page_now.begin()

    @property
    def page_now(self) -> Page:
        """The page that is shown."""
        return self._pages[self.tabs.current or "journal"]

    def write(self) -> None:
        """Ask for a voucher."""
        VoucherDialog(self, self.station, self.choices).open()

    def write_opening(self) -> None:
        """Ask for the balances that the branch brings along."""
        VoucherDialog(self, self.station, self.choices, opening=True).open()

    def decide(self, asked: JournalAsked) -> None:
        """Show a voucher that waits, to be accepted or declined."""
        JournalAskedDialog(self, self.station, asked).open()

    def open_entry(self, entry_id: int) -> None:
        """Show one entry."""
        query = ShowEntry(entry_id=entry_id)
        self.desk.read(self, query, self._show_entry, self.failed, slot="entry")

    def show_account(self, code: str, first: date | None = None, last: date | None = None) -> None:
        """Go to an account's ledger."""
        self.tabs.choose("ledger")
        self.ledger.show_account(code, first, last)

    def _closing(self) -> Sequence[Action]:
        """What ends a span of the books, and takes it elsewhere."""
        return [
            Action(
                name="reopen-day",
                text=_("Open the last day again"),
                keys="Alt+O",
                icon="lock-open",
                run=lambda: self.months.reopen_day(),
                enabled=lambda: self.months.may_reopen_day,
                bar=False,
                why=_("Only a manager may, while no business day is open."),
            ),
            Action(
                name="tally",
                text=_("Books for Tally"),
                keys="Alt+Y",
                icon="export",
                run=self.for_tally,
                enabled=lambda: self.station.may(Permission.REPORT_EXPORT),
                why=_("Exporting needs a permission."),
            ),
        ]

    def _files(self) -> Sequence[Action]:
        words = {"xlsx": _("Excel"), "csv": _("CSV"), "pdf": _("PDF")}
        keys = {"xlsx": "Alt+X", "csv": "Alt+S", "pdf": "Alt+F"}
        icons = {"xlsx": "file-xls", "csv": "table", "pdf": "file-pdf"}
        return [
            Action(
                name=form,
                text=words[form],
                keys=keys[form],
                icon=icons[form],
                run=self._saver(form),
                enabled=lambda: self.station.may(Permission.REPORT_EXPORT),
                why=_("Exporting needs a permission."),
            )
            for form in FORMS
        ]

    def _saver(self, form: str) -> Callable[[], None]:
        def save() -> None:
            question = self.page_now.report()
            if question is not None:
                self.desk.read(
                    self, question, lambda result: self._write(result, form), self.failed
                )

        return save

    def _write(self, result: ReportResult, form: str) -> None:
        where = ask_where(self, result, form)
        if where is not None:
            self._export.write(result, form, where, self.failed)

    def _offer(self, choices: BooksChoices) -> None:
        self.choices = choices
        self.journal.offer(choices)
        self.ledger.offer(choices)
        self._write_asked()

    def _write_asked(self) -> None:
        """Ask for the voucher that somebody came here to write, once."""
        if self._writes:
            self._writes = False
            self.action_set.run("voucher")

    def _show_entry(self, view: EntryView) -> None:
        self.banner.clear()
        dialog = EntryDialog(
            self,
            self.station,
            view,
            print_out=lambda: self.print_voucher(view),
            reverse=lambda: ReverseDialog(self, self.station, view).open(),
        )
        dialog.open()

    def print_voucher(self, view: EntryView) -> None:
        """Show the voucher as it is printed."""
        journal = view.journal
        if journal is None:
            return

        def show(paper: JournalPaper) -> None:
            PaperDialog(
                self, self.station, _("Journal voucher"), paper, BOOK, journal.number
            ).open()

        query = JournalForPaper(voucher_id=journal.voucher_id)
        self.desk.read(self, query, show, self.failed, slot="paper")

    def for_tally(self) -> None:
        """Ask which days are taken to Tally."""
        TallyDialog(self, self.station, self.progress).open()

    def _connect(self) -> None:
        self.journal.table.opened.connect(self._open_row)
        self.ledger.table.opened.connect(self._open_row)
        self.tabs.chosen.connect(self._turned)
        for page in self.statements.values():
            page.opened.connect(lambda code, page=page: self._from_statement(page, code))

    def _from_statement(self, page: StatementPage, code: str) -> None:
        last = page.to_on.on()
        first = None if last is None else last.replace(day=1)
        self.show_account(code, first, last)

    def _open_row(self, found: EntryRow | LedgerRow) -> None:
        self.open_entry(found.entry_id)

    def _turned(self, _name: str) -> None:
        self.action_set.refresh()
        if self.isVisible():
            self.page_now.reload()
            self.page_now.begin()

    def _lay_out(self) -> None:
        head = row(title(_("Books")), gap=8)
        head.addStretch(1)
        for name, kind in (("xlsx", "secondary"), ("pdf", "secondary"), ("voucher", "primary")):
            head.addWidget(self.action_set.button(name, kind))
        self.page.addLayout(head)
        self.months.put_beside(self.action_set.button("reopen-day"))
        self.page.addWidget(self.asked)
        self.page.addWidget(self.progress)
        words = {
            "trial-balance": _("Trial balance"),
            "income-statement": _("Income"),
            "balance-sheet": _("Balance sheet"),
        }
        pages: list[tuple[str, str, Page]] = [
            ("journal", _("Journal"), self.journal),
            ("ledger", _("Ledger"), self.ledger),
            *((name, words[name], page) for name, page in self.statements.items()),
            ("months", _("Months"), self.months),
        ]
        for name, text, page in pages:
            self._pages[name] = page
            self.tabs.add(name, text, page)
        self.page.addWidget(self.tabs, 1)
