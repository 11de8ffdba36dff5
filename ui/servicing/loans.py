"""The loans of the branch: searched, filtered, sorted, opened with Enter."""

from __future__ import annotations

from collections.abc import Sequence

from app.commands.base import Topic
from app.domain.roles import Permission
from app.queries.base import Page
from app.queries.lists import LoanChoices
from app.queries.servicing import ListLoans
from app.rows.lists import Choice
from app.rows.servicing import LoanRow
from app.texts import _, ngettext
from app.texts.figures import count
from ui.kit.actions import Action
from ui.kit.card import Card, row
from ui.kit.chips import FilterChip
from ui.kit.empty import Empty
from ui.kit.flow import Flow
from ui.kit.inputs import FindEdit
from ui.kit.listing import Listing
from ui.kit.screen_context import Station, StationScreen
from ui.kit.table import RowsModel
from ui.kit.table_view import Table
from ui.kit.text import note, title
from ui.parts.list_filters import (
    CENTRE,
    OFFICER,
    PRODUCT,
    VILLAGE,
    class_chip,
    offer_choices,
    place_chips,
)
from ui.servicing.loan_columns import loan_columns

STATUS, CLASS = "status", "class"
FIND_WIDTH = 300  # px at 100 %


class LoansScreen(StationScreen):
    """Every loan of the branch, page by page."""

    topics = frozenset({Topic.LOAN, Topic.CASH, Topic.DAY})

    def __init__(self, station: Station) -> None:
        super().__init__(station)
        self.set_title(_("Loans"))
        self.counted = note("")
        self.model: RowsModel[LoanRow] = RowsModel(
            loan_columns(),
            identity=lambda loan: loan.loan_id,
            choosing=True,
            currency=station.currency,
        )
        self.table: Table[LoanRow] = Table(self.model, self.title, empty=self._empty())
        self.listing = Listing(self, self.table, "loans", find=_find(), chips=_chips())
        self.find_box, self.status = self.listing.find, self.listing.chips[STATUS]
        self.install_actions()
        self.status.chosen.connect(lambda _value: self._ask_choices())
        self.table.feed(self.desk, self._question, self.failed, self._arrived)
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _row: self.action_set.refresh())
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
            *self.listing.actions(),
        ]

    def reload(self) -> None:
        self._ask_choices()
        self.listing.reload()

    def _ask_choices(self) -> None:
        asked = LoanChoices(status=self.status.value())
        self.desk.read(self, asked, self._take_choices, self.failed, slot="choices")

    def _take_choices(self, found: tuple[Choice, ...]) -> None:
        offer_choices(self.listing, found)

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
        head.addWidget(self.listing.menu_button(self.action_set))
        head.addWidget(self.action_set.button("receipt", "primary"))
        chips = self.listing.chips.values()
        tools = Flow(self.find_box, *chips, self.listing.clear_button, first_grows=FIND_WIDTH)
        card = Card(flush=True)
        card.body.addWidget(self.table)
        self.page.addLayout(head)
        self.page.addWidget(tools)
        self.page.addWidget(self.listing.progress)
        self.page.addWidget(card, 1)

    def _empty(self) -> Empty:
        return Empty(
            _("No loans here"),
            _("A loan stands here once it is paid out."),
            icon_name="hand-coins",
        )

    def _question(self, offset: int, sort: str) -> ListLoans:
        value = self.listing.value
        return ListLoans(
            text=str(self.find_box.value()),
            status=value(STATUS),
            asset_class=value(CLASS),
            officer_id=value(OFFICER),
            product_id=value(PRODUCT),
            village=value(VILLAGE),
            centre=value(CENTRE),
            offset=offset,
            sort=sort,
        )

    def _arrived(self, page: Page[LoanRow]) -> None:
        currency = self.station.currency
        loans = ngettext("{n} loan", "{n} loans", page.count).format(n=count(page.count, currency))
        self.counted.setText(loans)
        narrowed = self.listing.narrowed
        self.table.empty.say(
            _("No loan like that") if narrowed else _("No loans here"),
            _("Try fewer letters, or clear the filters with Alt+Z.")
            if narrowed
            else _("A loan stands here once it is paid out."),
        )
        self.table.show_totals_of(page, _("All together"))
        self.listing.say_state()
        self.action_set.refresh()

    def _open(self, loan: LoanRow) -> None:
        self.router.go("loan", loan_id=loan.loan_id)

    def _open_current(self) -> None:
        if (loan := self.table.current()) is not None:
            self._open(loan)

    def _receipt(self) -> None:
        if (loan := self.table.current()) is not None:
            self.router.go("counter", loan_id=loan.loan_id)


def _find() -> FindEdit:
    find = FindEdit(_("Number, name, phone, village or group"))
    find.setAccessibleName(_("Search in this list"))
    return find


def _chips() -> dict[str, FilterChip]:
    status = FilterChip(
        _("Status"),
        [
            ("", _("all")),
            ("active", _("active")),
            ("written-off", _("written off")),
            ("closed", _("closed")),
        ],
    )
    places = place_chips((OFFICER, PRODUCT, VILLAGE, CENTRE))
    return {STATUS: status, CLASS: class_chip(), **places}
