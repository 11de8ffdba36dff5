"""Everything that can be done with one loan: who may, when, by which key, in which dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtWidgets import QWidget

from app.commands.servicing import LoanForeclosed, ReceiptPosted
from app.domain.roles import Permission
from app.rows.acts import ClosureQuoteRow, LoanCheckRow
from app.rows.servicing import LedgerRow, LoanView
from app.texts import _
from ui.kit.actions import Action
from ui.kit.banner import Banner
from ui.kit.dialog import Dialog
from ui.kit.screen_context import Station
from ui.servicing.act_check import CheckDialog
from ui.servicing.act_close import CloseDialog
from ui.servicing.act_dues import ChargeDialog, WaiveDialog, WriteOffDialog
from ui.servicing.act_money import RecoverDialog, RefundDialog, TrancheDialog, next_part
from ui.servicing.act_plan import RateDialog, RescheduleDialog
from ui.servicing.act_restate import RestateDialog
from ui.servicing.act_reverse import ReverseActDialog, why_not
from ui.servicing.loan_dialogs import PromiseDialog
from ui.servicing.loan_words import ACTIVE, WRITTEN_OFF
from ui.servicing.receipt_print import ToPrint

P = Permission
OPEN_QUOTE = "open"
ANY = (ACTIVE, WRITTEN_OFF, "closed", "foreclosed", "overpaid")  # money can be held on any


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with a loan; it stands on loans of these states only."""

    name: str
    text: str
    keys: str
    needs: Permission
    states: tuple[str, ...] = (ACTIVE,)
    icon: str = ""
    bar: bool = False


def deeds() -> tuple[Deed, ...]:
    """Everything that can be done to a living loan, in the order of the menu."""
    return (
        Deed("promise", _("Promise"), "Alt+M", P.VISIT_RECORD, (ACTIVE, WRITTEN_OFF)),
        Deed("close", _("Close early"), "Alt+F", P.LOAN_QUOTE, bar=True),
        Deed("waive", _("Waive"), "Alt+W", P.LOAN_WAIVE, bar=True),
        Deed("charge", _("Charge"), "Alt+G", P.LOAN_CHARGE),
        Deed("reschedule", _("Reschedule"), "Alt+S", P.LOAN_RESCHEDULE, bar=True),
        Deed("rate", _("Change the rate"), "Alt+R", P.LOAN_RATE),
        Deed("refund", _("Give excess back"), "Alt+E", P.LOAN_REFUND, ANY),
        Deed("recover", _("Recovery"), "Alt+V", P.LOAN_RECOVER, (WRITTEN_OFF,)),
        Deed("tranche", _("Hand out the next part"), "Alt+N", P.LOAN_DISBURSE),
        Deed("restate", _("Correct the terms"), "Alt+T", P.LOAN_RESTATE),
        Deed("write-off", _("Write off"), "Alt+X", P.LOAN_WRITE_OFF),
    )


class Shown(Protocol):
    """What is seen of the screen: the loan, its lists, and a place to say something."""

    loan: LoanView | None
    station: Station
    banner: Banner

    def fact(self) -> LedgerRow | None: ...

    def to_printer(self, what: ToPrint, said: str) -> None: ...

    def as_widget(self) -> QWidget: ...


class LoanActs:
    """Opens the dialog of each act on the loan that is shown."""

    def __init__(self, screen: Shown) -> None:
        self._screen, self._station = screen, screen.station

    def actions(self) -> Sequence[Action]:
        """Those that the role may do, each with its key."""
        run: dict[str, Callable[[LoanView], object]] = {
            "promise": lambda view: self._open(PromiseDialog, view),
            "close": self.close_early,
            "waive": self._waive,
            "charge": lambda view: self._open(ChargeDialog, view),
            "reschedule": lambda view: self._open(RescheduleDialog, view),
            "rate": lambda view: self._open(RateDialog, view),
            "tranche": self._tranche,
            "restate": lambda view: self._open(RestateDialog, view),
            "refund": self._refund,
            "recover": self.recover,
            "write-off": lambda view: self._open(WriteOffDialog, view),
        }
        may = self._station.may
        made = [self._action(deed, run[deed.name]) for deed in deeds() if may(deed.needs)]
        return [*made, *self._undoing(), self._looking()]

    def menu(self, view: LoanView) -> Sequence[str]:
        """The names of what is in question for this loan, for the menu."""
        may = self._station.may
        mine = [deed for deed in deeds() if may(deed.needs) and deed.name != "promise"]
        names = [deed.name for deed in mine if view.status in deed.states]
        idle = set() if view.excess_minor else {"refund"}
        if next_part(view) is None:
            idle.add("tranche")
        return [name for name in names if name not in idle]

    def close_early(self, view: LoanView, kept: ClosureQuoteRow | None = None) -> None:
        """Quote what closing asks, to pay it or to keep it."""
        CloseDialog(self._screen.as_widget(), self._station, view, self._closed, kept).open()

    def against(self, quote: ClosureQuoteRow) -> None:
        """Close against a kept quote on its day; else say how it stands."""
        view = self._screen.loan
        if view is None:
            return
        if quote.state != OPEN_QUOTE:
            said = _("Quote {number} holds on its own day only.").format(number=quote.number)
            self._screen.banner.say(said)
        elif self._may_act(view, (ACTIVE,)) and self._station.may(P.LOAN_FORECLOSE):
            self.close_early(view, quote)

    def recover(self, view: LoanView) -> None:
        """Take money on a loan that was written off."""
        RecoverDialog(self._screen.as_widget(), self._station, view, self._recovered).open()

    def look(self, check: LoanCheckRow) -> None:
        """Show what somebody asked a second person for."""
        if (view := self._screen.loan) is not None:
            CheckDialog(self._screen.as_widget(), self._station, view, check).open()

    def _action(self, deed: Deed, run: Callable[[LoanView], object]) -> Action:
        return Action(
            name=deed.name,
            text=deed.text,
            keys=deed.keys,
            icon=deed.icon,
            bar=deed.bar,
            run=lambda: self._with_loan(run),
            enabled=lambda: self._may_act(self._screen.loan, deed.states),
            why=_("The day is closed, or it cannot be done with a loan that stands like this"),
        )

    def _undoing(self) -> Sequence[Action]:
        if not self._station.may(P.LOAN_REVERSE) and not self._station.may(P.RECEIPT_REVERSE):
            return ()
        return (
            Action(
                name="reverse",
                text=_("Reverse the line"),
                keys="Alt+Z",
                run=lambda: self._with_loan(self._reverse),
                enabled=lambda: self._screen.loan is not None and self._station.day_is_open,
                why=_("The day is closed"),
                bar=False,
            ),
        )

    def _looking(self) -> Action:
        def first(view: LoanView) -> None:
            self.look(view.checks[0])

        return Action(
            name="look",
            text=_("Look at what waits for a second person"),
            keys="Alt+L",
            run=lambda: self._with_loan(first),
            enabled=lambda: self._screen.loan is not None and bool(self._screen.loan.checks),
            why=_("Nothing waits for a second person"),
            bar=False,
        )

    def _may_act(self, view: LoanView | None, states: Sequence[str]) -> bool:
        return view is not None and view.status in states and self._station.day_is_open

    def _with_loan(self, run: Callable[[LoanView], object]) -> None:
        if (view := self._screen.loan) is not None:
            run(view)

    def _open(self, kind: Callable[[QWidget, Station, LoanView], Dialog], view: LoanView) -> None:
        kind(self._screen.as_widget(), self._station, view).open()

    def _waive(self, view: LoanView) -> None:
        if not view.due_today.total_minor:
            said = _("Nothing is due on this loan, so there is nothing to waive.")
            self._screen.banner.say(said)
            return
        self._open(WaiveDialog, view)

    def _refund(self, view: LoanView) -> None:
        if not view.excess_minor:
            self._screen.banner.say(_("Nothing is held in excess on this loan."))
            return
        self._open(RefundDialog, view)

    def _tranche(self, view: LoanView) -> None:
        part = next_part(view)
        if part is None:
            self._screen.banner.say(_("Nothing of this loan is left to be handed out."))
            return
        TrancheDialog(self._screen.as_widget(), self._station, view, part).open()

    def _reverse(self, view: LoanView) -> None:
        fact = self._screen.fact()
        if said := why_not(fact, self._station):
            self._screen.banner.say(said)
        elif fact is not None:
            ReverseActDialog(self._screen.as_widget(), self._station, view, fact).open()

    def _closed(self, done: LoanForeclosed) -> None:
        if not done.receipt_id:
            self._station.say(_("Loan closed"))
            return
        self._screen.to_printer(ToPrint(done.receipt_id, done.number), _("Loan closed"))

    def _recovered(self, done: ReceiptPosted) -> None:
        self._screen.to_printer(ToPrint(done.receipt_id, done.number), _("Recovery taken"))
