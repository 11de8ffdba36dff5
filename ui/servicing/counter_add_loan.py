"""Choosing a further loan for the receipt: those of the same people are offered first."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from typing import Protocol, cast

from PySide6.QtWidgets import QWidget

from app.queries.servicing import FindLoans
from app.rows.servicing import FoundLoan, LoanView
from app.texts import _
from ui.kit.actions import Action
from ui.kit.dialog import Dialog
from ui.kit.screen_context import Station
from ui.kit.theme import theme
from ui.servicing.counter_find import FindPanel
from ui.servicing.counter_form import ReceiptForm

HIGH = 300  # px at 100 % of box and list
MOST = 12


class AddLoanDialog(Dialog):
    """The find box of the counter once more; Enter takes the loan that is marked."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        loan: LoanView,
        held: Container[int],
        take: Callable[[FoundLoan], None],
    ) -> None:
        super().__init__(
            parent,
            _("Another loan on this receipt"),
            _("Loans of the same people stand here. Type to find any other."),
            act=_("Add"),
            width=560,
        )
        self._station, self._take, self._loan = station, take, loan
        self._held = held
        self._offered: list[FoundLoan] = []
        self.panel = FindPanel(station)
        self.panel.setFixedHeight(theme().px(HIGH))
        self.panel.leave_out(self._is_held)
        self.panel.picked.connect(self._chosen)
        self.content.addWidget(self.panel)
        self.decided.connect(lambda _values: self._add_marked())
        self._ask(0)
        self.panel.begin()

    def _ask(self, place: int) -> None:
        """Ask for the loans of the borrower, of her phone and of her group, one after another."""
        loan = self._loan
        sought = [text for text in (loan.borrower, loan.phone, loan.group) if text]
        if place == len(sought):
            return

        def offer(rows: tuple[FoundLoan, ...]) -> None:
            known = {row.loan_id for row in self._offered}
            fresh = [row for row in rows if row.loan_id not in known]
            self._offered = [*self._offered, *fresh][:MOST]
            self.panel.offer(self._offered)
            self._ask(place + 1)

        query = FindLoans(text=sought[place])
        self._station.desk.read(self, query, offer, self.failed, slot="same")

    def _is_held(self, row: FoundLoan) -> bool:
        other = row.loan_id == self._loan.loan_id or row.loan_id in self._held
        return other or row.status != "active" or row.currency != self._loan.currency

    def _add_marked(self) -> None:
        row = self.panel.table.current()
        if row is None:
            self.set_act_enabled(True)
            self.panel.begin()
        else:
            self._chosen(row)

    def _chosen(self, row: FoundLoan) -> None:
        self.finish()
        self._take(row)


class _Counter(Protocol):
    """What is needed of the counter."""

    station: Station
    form: ReceiptForm


def several_actions(owner: QWidget, taking: Callable[[], bool]) -> Sequence[Action]:
    """The acts that put more on a receipt: a further loan, and who brings the money."""
    counter = cast(_Counter, owner)

    def add() -> None:
        form = counter.form
        if form.loan is not None:
            held = form.several.loans()
            AddLoanDialog(owner, counter.station, form.loan, held, take).open()

    def take(found: FoundLoan) -> None:
        counter.form.several.add(found)
        counter.form.focus_amount()

    def payer() -> None:
        counter.form.several.show_payer()

    return (
        Action(name="another", text=_("Another loan"), keys="Alt+A", run=add, enabled=taking),
        Action(
            name="payer", text=_("Brought by"), keys="Alt+Y", run=payer, enabled=taking, bar=False
        ),
    )
