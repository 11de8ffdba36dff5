"""The loans of the branch: searched, filtered, sorted, opened with Enter."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.servicing import ListLoans
from app.rows.servicing import LoanRow
from app.texts import _, ngettext
from app.texts.figures import amount, count, day
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.cells import Cell
from ui.kit.chips import FilterChip
from ui.kit.empty import Empty
from ui.kit.inputs import FindEdit
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import Column, RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note, title
from ui.kit.theme import theme
from ui.servicing.loan_words import standing_cell


class LoansScreen(StationScreen):
    """Every loan of the branch, page by page."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Loans"))
        self.install_actions()
        self.status = FilterChip(
            _("Status"),
            [
                ("", _("all")),
                ("active", _("active")),
                ("written-off", _("written off")),
                ("closed", _("closed")),
            ],
        )
        self.status.chosen.connect(lambda _value: self.stale())
        self.find_box = FindEdit(_("Number, name, phone, village or group"))
        self.find_box.setAccessibleName(_("Search in this list"))
        self.find_box.setMinimumWidth(theme().px(300))
        self.find_box.edited.connect(self.stale)
        self.counted = note("")
        self.model: RowsModel[LoanRow] = RowsModel(_columns(), identity=lambda loan: loan.loan_id)
        self.table = Table(self.model, _("Loans"), empty=self._empty())
        self.table.feed(self.desk, self._question, self.failed, self._arrived)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _row: self.action_set.refresh())
        self.find_box.lead_to(self.table.view)
        self._lay_out()

    def actions(self) -> Sequence[Action]:  # type: ignore[override]  # QWidget's own are not used
        may = self.station.may(Permission.RECEIPT_POST)
        return [
            Action(
                name="receipt",
                text=_("Receipt"),
                keys="F6",
                icon="receipt",
                run=self._receipt,
                enabled=lambda: may and self.table.current() is not None,
                why=_("Choose a loan first") if may else _("Your role takes no receipts"),
            ),
            Action(name="open", text=_("Open the loan"), keys="Enter", run=self._open_current),
            *self._taking_over(),
            Action(
                name="search", text=_("Search"), keys="Ctrl+F", run=lambda: self.find_box.setFocus()
            ),
        ]

    def reload(self) -> None:
        self.table.reload()

    def _taking_over(self) -> Sequence[Action]:
        if not self.router.has("take-over"):
            return ()
        return (
            Action(
                name="take-over",
                text=_("Take over a loan that ran elsewhere"),
                keys="Alt+T",
                icon="arrow-square-in",
                run=lambda: self.router.go("take-over"),
            ),
        )

    def _lay_out(self) -> None:
        head = row(title(self.title), self.counted, gap=12)
        head.addStretch(1)
        head.addWidget(self.action_set.button("receipt", "primary"))
        tools = row(self.find_box, self.status)
        tools.addStretch(1)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.page.addLayout(head)
        self.page.addLayout(tools)
        self.page.addWidget(card, 1)

    def _empty(self) -> Empty:
        return Empty(
            _("No loans here"),
            _("A loan stands here once it is paid out."),
            icon_name="hand-coins",
        )

    def _question(self, offset: int, sort: str) -> ListLoans:
        return ListLoans(
            text=str(self.find_box.value()), status=self.status.value(), offset=offset, sort=sort
        )

    def _arrived(self, page: Page[LoanRow]) -> None:
        currency = self.station.currency
        loans = ngettext("{n} loan", "{n} loans", page.count).format(n=count(page.count, currency))
        self.counted.setText(loans)
        narrowed = bool(self.find_box.value() or self.status.value())
        self.table.empty.say(
            _("No loan like that") if narrowed else _("No loans here"),
            _("Try fewer letters or another status.")
            if narrowed
            else _("A loan stands here once it is paid out."),
        )
        totals = {
            0: _("All together"),
            5: amount(page.total("outstanding"), currency, trim=True),
            6: amount(page.total("arrears"), currency, trim=True),
        }
        self.table.show_total(totals if page.count else None)

    def _open(self, loan: LoanRow) -> None:
        self.router.go("loan", loan_id=loan.loan_id)

    def _open_current(self) -> None:
        if (loan := self.table.current()) is not None:
            self._open(loan)

    def _receipt(self) -> None:
        if (loan := self.table.current()) is not None:
            self.router.go("counter", loan_id=loan.loan_id)


def _columns() -> Sequence[Column[LoanRow]]:
    return (*_who_and_what(), *_figures())


def _who_and_what() -> Sequence[Column[LoanRow]]:
    return (
        Column(title=_("Loan"), text=lambda loan: loan.number, key="number"),
        Column(
            title=_("Borrower"),
            text=lambda loan: Cell(loan.borrower, strong=True, after=loan.local_name),
            key="borrower",
            stretch=2,
        ),
        Column(
            title=_("Village"),
            text=lambda loan: Cell(loan.village, tone="text2"),
            key="village",
            leaves=2,
        ),
        Column(
            title=_("Product"),
            text=lambda loan: Cell(loan.product, tone="text2"),
            key="product",
            leaves=4,
        ),
        Column(
            title=_("Paid out"),
            text=lambda loan: Cell(day(loan.disbursed_on), tone="text2"),
            key="disbursed_on",
            leaves=3,
        ),
    )


def _figures() -> Sequence[Column[LoanRow]]:
    return (
        Column(
            title=_("Outstanding"),
            text=lambda loan: amount(loan.outstanding_minor, loan.currency),
            key="outstanding_minor",
            numeric=True,
        ),
        Column(
            title=_("Late"),
            text=_late,
            key="arrears_minor",
            numeric=True,
        ),
        Column(
            title=_("Standing"),
            text=lambda loan: standing_cell(loan.status, loan.dpd, loan.asset_class),
            key="dpd",
        ),
    )


def _late(loan: LoanRow) -> Cell:
    if not loan.arrears_minor:
        return Cell()
    return Cell(amount(loan.arrears_minor, loan.currency), tone="late2", strong=True)
