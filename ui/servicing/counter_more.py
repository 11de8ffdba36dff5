"""What else is done at the counter: a receipt checked, the books of the day printed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.domain.errors import NotAllowedNow
from app.domain.roles import Permission
from app.queries.base import Query
from app.queries.papers import CashBookForPaper, DayBookForPaper
from app.rows.papers import Paper
from app.texts import _
from ui.kit.actions import Action, ActionSet
from ui.kit.banner import Banner
from ui.kit.card import row
from ui.kit.messages import spoken
from ui.kit.paper_dialog import PaperDialog
from ui.kit.printing import BOOK
from ui.kit.screen_context import Station
from ui.kit.text import title
from ui.kit.theme import theme
from ui.servicing.receipt_check import CheckReceiptDialog

A_WEEK = timedelta(6)
NARROW_AT = 150  # text size in percent from which only the key tells of the meeting


class CounterMore:
    """The acts of the counter that take no money."""

    def __init__(self, owner: QWidget, station: Station) -> None:
        self._owner, self._station = owner, station

    def actions(self) -> Sequence[Action]:
        """Those that the role may do."""
        made = [self._action("check", _("Check a receipt"), self.check, "Alt+K")]
        may, router = self._station.may, self._station.router
        if router.has("meeting"):
            go = partial(router.go, "meeting")
            made.append(self._action("meeting", _("Centre meeting"), go, "F8"))
        if router.has("till"):
            made.append(self._action("till", _("Till"), partial(router.go, "till"), "Alt+T"))
        if may(Permission.VIEW_COUNTER):
            made.append(
                self._action("cash-book", _("Cash book of the day"), self.cash_book, "Alt+B")
            )
            made.append(self._action("cash-week", _("Cash book of seven days"), self.cash_week))
        if may(Permission.VIEW_REPORTS):
            made.append(self._action("day-book", _("Day book"), self.day_book))
        return made

    def no_till(self, error: Exception, banner: Banner) -> bool:
        """Say that the till takes no cash, with the way to open it; False for other refusals."""
        why = error.params.get("why") if isinstance(error, NotAllowedNow) else ""
        router = self._station.router
        if why != "till-closed" or not router.has("till"):
            return False
        go = partial(router.go, "till")
        banner.say(spoken(error), "late1", _("Open the till"), go, keys="Alt+T")
        return True

    def check(self) -> None:
        """Ask for the code of a receipt and tell what it is."""
        CheckReceiptDialog(self._owner, self._station).open()

    def cash_book(self) -> None:
        """Show the cash of the day as it is printed."""
        self._show(CashBookForPaper(), _("Cash book"), "cash-book")

    def cash_week(self) -> None:
        """Show the cash of the last seven days as it is printed."""
        today = self._station.today
        query = CashBookForPaper(from_on=today - A_WEEK, to_on=today)
        self._show(query, _("Cash book"), "cash-book")

    def day_book(self) -> None:
        """Show every entry of the open day, else of the last one that was closed."""
        branch = self._station.branch
        on = branch.business_on or branch.last_closed_on
        self._show(DayBookForPaper(on=on), _("Day book"), "day-book")

    def _show(self, query: Query[Paper], title: str, name: str) -> None:
        owner, station = self._owner, self._station
        file = f"{name}-{station.today.isoformat()}"

        def show(paper: Paper) -> None:
            PaperDialog(owner, station, title, paper, BOOK, file).open()

        def tell(error: Exception) -> None:
            station.say(spoken(error))

        station.desk.read(owner, query, show, tell, slot="paper")

    def _action(self, name: str, text: str, run: Callable[[], object], keys: str = "") -> Action:
        return Action(name=name, text=text, keys=keys, run=run, bar=bool(keys))


def counter_head(acts: ActionSet, halo: int) -> QHBoxLayout:
    """What is done here, and the way to the other thing that is done here."""
    line = row(title(_("Receipt")), gap=8)
    line.addStretch(1)
    wide = theme().scale < NARROW_AT
    if wide and any(act.name == "meeting" for act in acts.all()):
        line.addWidget(acts.button("meeting", "ghost"))
    line.setContentsMargins(theme().px(halo), 0, theme().px(halo), 0)
    return line


def act_buttons(acts: ActionSet, halo: int) -> QHBoxLayout:
    """The buttons under the form of a receipt."""
    buttons = row(
        acts.button("print", "primary", large=True),
        acts.button("save", large=True),
    )
    buttons.addStretch(1)
    buttons.addWidget(acts.button("clear", "ghost", large=True))
    buttons.setContentsMargins(theme().px(halo), 0, theme().px(halo), 0)
    return buttons
