"""The upper part of one loan: who it is, and the figures that are read first."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.rows.servicing import LoanView
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.bars import ScheduleBar, ScheduleCell
from ui.kit.buttons import Button
from ui.kit.card import Card, Rule, column, row
from ui.kit.chips import Chip
from ui.kit.figures import Avatar, Figure
from ui.kit.text import DASH, Elided, title
from ui.kit.theme import theme
from ui.servicing.loan_words import share_paid, standing, to_pay_words

FOLDS_AT = 140  # text size in percent from which the head is lower


class LoanHead(QWidget):
    """Avatar, names, chips, the line of facts, and the buttons."""

    def __init__(self, *buttons: Button) -> None:
        super().__init__()
        self._avatar = Avatar("", "info", 52)
        self.name_text, self._local = title(""), Elided("", "lead", tone="text2")
        self.chip, self.excess = Chip("", "neutral"), Chip("", "info", "coins")
        self.facts = Elided("", tone="text2")
        acts, outer = row(*buttons, gap=8), QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        if theme().scale >= FOLDS_AT:  # chips and facts need a line of their own
            self._avatar.setParent(self)
            self._avatar.hide()
            first = row(self.name_text, self._local, gap=10)
            first.addStretch(1)
            first.addLayout(acts)
            outer.setSpacing(theme().space(4))
            outer.addLayout(first)
            outer.addLayout(row(self.chip, self.excess, self.facts, gap=10))
            return
        first = row(self.name_text, self._local, self.chip, self.excess, gap=10)
        first.addStretch(1)
        who = column(gap=2)
        who.addLayout(first)
        who.addWidget(self.facts)
        line = row(self._avatar, gap=14)
        line.addLayout(who, 1)
        line.addLayout(acts)
        outer.addLayout(line)

    def show_loan(self, view: LoanView) -> None:
        """Show whose loan it is and how it stands."""
        text, tone = standing(view.status, view.dpd, view.asset_class)
        self._avatar.show_name(view.borrower, "info" if tone in ("neutral", "npa") else tone)
        self.name_text.setText(view.borrower)
        self._local.setText(view.local_name)
        self._local.setVisible(bool(view.local_name))
        self.chip.show_state(text, tone)
        held = amount(view.excess_minor, view.currency, trim=True)
        self.excess.show_state(_("{sum} in excess").format(sum=held), "info", "coins")
        self.excess.setVisible(view.excess_minor > 0)
        officer = _("officer {name}").format(name=view.officer) if view.officer else ""
        facts = (view.number, view.product, view.group, view.village, view.phone, officer)
        self.facts.setText("  ·  ".join(part for part in facts if part))
        self.facts.setToolTip(self.facts.text())


class FiguresCard(Card):
    """Outstanding, to pay today, next due, to close today; under them the schedule as a bar."""

    def __init__(self) -> None:
        super().__init__(flush=True)
        size = "title" if theme().scale >= FOLDS_AT else "figure"
        self.outstanding = Figure(_("Outstanding principal"), size=size)
        self.to_pay = Figure(_("To pay today"), size=size)
        self.next_due = Figure(_("Next due"), size=size)
        self.to_close = Figure(_("To close today"), size=size)
        self.bar = ScheduleBar()
        pad, line = theme().space(16), row(gap=0)
        for at, figure in enumerate((self.outstanding, self.to_pay, self.next_due, self.to_close)):
            if at:
                line.addWidget(Rule(standing=True))
            holder = column(figure)
            holder.setContentsMargins(pad, theme().space(6), pad, theme().space(8))
            holder.addStretch(1)
            line.addLayout(holder, 1)
        below = row(self.bar)
        below.setContentsMargins(pad, 0, pad, theme().space(6))
        self.body.setSpacing(0)
        self.body.addLayout(line)
        self.body.addLayout(below)

    def show_loan(self, view: LoanView) -> None:
        """Show the figures of the query."""
        currency = view.currency
        whole = amount(view.disbursed_minor, currency, symbol=True, trim=True)
        self.outstanding.show_figure(
            amount(view.outstanding_minor, currency, symbol=True),
            _("of {sum} paid out {day}").format(sum=whole, day=day(view.disbursed_on)),
        )
        due = view.due_today.total_minor
        late = view.arrears.total_minor
        self.to_pay.show_figure(
            amount(due, currency, symbol=True),
            to_pay_words(view),
            "late2" if late else "text",
        )
        self._show_next(view)
        self.to_close.show_figure(
            amount(view.payoff_minor, currency, symbol=True), _("with interest to today")
        )
        self._show_bar(view)

    def _show_next(self, view: LoanView) -> None:
        if view.next_due_on is None:
            self.next_due.show_figure(DASH, _("nothing more falls due"))
            return
        said = _("instalment {number} of {count}, {sum}").format(
            number=view.next_number,
            count=len(view.instalments),
            sum=amount(view.next_due_minor, view.currency, symbol=True, trim=True),
        )
        self.next_due.show_figure(day(view.next_due_on), said)

    def _show_bar(self, view: LoanView) -> None:
        lines = view.instalments
        cells = [ScheduleCell(share_paid(line), line.state == "late") for line in lines]
        said = _("{paid} of {count} instalments paid, {late} late").format(
            paid=sum(1 for line in lines if line.state == "paid"),
            count=len(lines),
            late=sum(1 for line in lines if line.state == "late"),
        )
        self.bar.show_cells(cells, said)
