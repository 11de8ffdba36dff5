"""What can be done with a loan, asked with its consequences: promise, charge, waive, close."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.commands.base import Command
from app.commands.field import MakePromise
from app.commands.origination import Mode
from app.commands.servicing import ChargeLoan, ForecloseLoan, LoanForeclosed, WaiveDue
from app.domain.allocation import Head
from app.rows.facts import PromiseFacts
from app.rows.servicing import ForeclosureQuote, HeadAmounts, LoanView
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import name_of
from ui.kit.dialog import Dialog, reason_field
from ui.kit.field import Field, Kind
from ui.kit.screen_context import Station
from ui.kit.text import Text
from ui.kit.theme import theme

HEADS = (Head.PENALTY, Head.CHARGE, Head.INTEREST, Head.PRINCIPAL)
Done = Callable[[Any], object]


def of_head(heads: HeadAmounts, head: Head) -> int:
    """The amount of one head in minor units."""
    return {
        Head.PENALTY: heads.penalty_minor,
        Head.CHARGE: heads.charge_minor,
        Head.INTEREST: heads.interest_minor,
        Head.PRINCIPAL: heads.principal_minor,
    }[head]


class LoanDialog(Dialog):
    """Asks one thing about a loan, says what it will change, and carries it out."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: LoanView,
        title: str,
        act: str,
        fields: Sequence[Field],
    ) -> None:
        super().__init__(parent, title, f"{view.borrower} · {view.number}", act=act, fields=fields)
        self.station, self.view, self._act_word = station, view, act
        self._key = station.desk.key()
        self.said = Text("", tone="text2", wrap=True)
        self.content.addWidget(self.said)
        self.decided.connect(lambda values: self._ask(self.command(values)))
        if self.form is not None:
            self.form.edited.connect(lambda _name: self._tell())
        self._tell()

    def command(self, values: dict[str, Any]) -> Command[Any]:
        """What is asked of the gate."""
        raise NotImplementedError

    def consequence(self, _minor: int, /) -> str:
        """What an amount of so much will change."""
        raise NotImplementedError

    def after(self, _answer: Any) -> None:
        """Say what happened, once it did."""
        self.station.say(_("{what} noted").format(what=self.windowTitle()))

    def written(self, minor: int) -> str:
        """An amount in the currency of the loan."""
        return amount(minor, self.view.currency, symbol=True, trim=True)

    def typed(self, name: str) -> Any:
        """What stands in a field just now, None where it cannot be read."""
        try:
            return self.form.value(name) if self.form is not None else None
        except ValueError:
            return None

    def _tell(self) -> None:
        minor = self.typed("amount_minor") or 0
        self.said.setText(self.consequence(minor))
        figure = amount(minor, self.view.currency, trim=True)
        self.set_act_text(f"{self._act_word} {figure}" if minor else self._act_word)

    def _ask(self, command: Command[Any]) -> None:
        self.station.desk.ask(self, command, self._key, self._done, self._refused)

    def _done(self, answer: Any) -> None:
        self.after(answer)
        self.finish()

    def _refused(self, error: Exception) -> None:
        # The key stays: a refusal does not use it up, and after a cut line it gives the first
        # answer instead of charging twice.
        self.failed(error)


class PromiseDialog(LoanDialog):
    """The borrower promised an amount for a day."""

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        fields = [
            _money(view, value=view.due_today.total_minor or None),
            Field(
                name="promised_on",
                label=_("For"),
                kind=Kind.DATE,
                today=station.today,
                value=station.today,
            ),
            Field(name="note", label=_("Note"), optional=True, span=2, length=200),
        ]
        super().__init__(parent, station, view, _("Promise"), _("Note promise of"), fields)

    def command(self, values: dict[str, Any]) -> Command[Any]:
        facts = PromiseFacts(values["amount_minor"], self.view.currency, values["promised_on"])
        return MakePromise(loan_id=self.view.loan_id, promise=facts, note=values["note"] or "")

    def consequence(self, minor: int, /) -> str:
        due = self.view.due_today.total_minor
        left = self.written(max(0, due - minor))
        return _("To pay today {due}; {left} is left after the promise").format(
            due=self.written(due), left=left
        )


class ChargeDialog(LoanDialog):
    """A charge or a penal charge, due today."""

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        heads = [(head, name_of(head)) for head in (Head.CHARGE, Head.PENALTY)]
        fields = [
            Field(name="title", label=_("What it is for"), span=2, length=80),
            Field(
                name="head",
                label=_("Head"),
                kind=Kind.ONE_OF,
                choices=heads,
                value=Head.CHARGE,
                span=2,
            ),
            _money(view),
            reason_field(),
        ]
        super().__init__(parent, station, view, _("Charge"), _("Charge"), fields)

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return ChargeLoan(loan_id=self.view.loan_id, currency=self.view.currency, **values)

    def consequence(self, minor: int, /) -> str:
        due = self.view.due_today.total_minor
        if not minor:
            return _("To pay today: {sum}").format(sum=self.written(due))
        return _("To pay today: {before} becomes {after}").format(
            before=self.written(due), after=self.written(due + minor)
        )


class WaiveDialog(LoanDialog):
    """Forgive a part of what is unpaid today."""

    def __init__(self, parent: QWidget, station: Station, view: LoanView) -> None:
        due = [head for head in HEADS if of_head(view.due_today, head)]
        fields = [
            Field(
                name="head",
                label=_("Head"),
                kind=Kind.CHOICE,
                choices=[(head, name_of(head)) for head in due],
                value=due[0] if due else None,
            ),
            _money(view),
            reason_field(),
        ]
        super().__init__(parent, station, view, _("Waive"), _("Waive"), fields)

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return WaiveDue(loan_id=self.view.loan_id, currency=self.view.currency, **values)

    def consequence(self, minor: int, /) -> str:
        head = self.typed("head")
        if head is None:
            return _("Nothing is unpaid today")
        unpaid = of_head(self.view.due_today, head)
        if not minor:
            return _("{head} unpaid today: {sum}").format(
                head=name_of(head), sum=self.written(unpaid)
            )
        return _("{head} unpaid today: {before} becomes {after}").format(
            head=name_of(head),
            before=self.written(unpaid),
            after=self.written(max(0, unpaid - minor)),
        )


class CloseDialog(LoanDialog):
    """Close the loan for exactly what the quote of today asks."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: LoanView,
        quote: ForeclosureQuote,
        closed: Callable[[LoanForeclosed], object],
    ) -> None:
        self.quote, self._closed = quote, closed
        modes = [(mode, name_of(mode)) for mode in Mode]
        fields = [
            Field(
                name="mode",
                label=_("Mode"),
                kind=Kind.ONE_OF,
                choices=modes,
                value=Mode.CASH,
                span=2,
            ),
            Field(name="reference", label=_("Reference"), optional=True, span=2, length=60),
        ]
        super().__init__(parent, station, view, _("Close early"), _("Close for"), fields)
        self.content.insertLayout(0, quote_grid(quote))

    def command(self, values: dict[str, Any]) -> Command[Any]:
        return ForecloseLoan(
            loan_id=self.view.loan_id,
            quoted_minor=self.quote.total_minor,
            currency=self.quote.currency,
            mode=values["mode"],
            reference=values["reference"] or "",
            payer=self.view.borrower,
        )

    def consequence(self, _minor: int, /) -> str:
        saved = self.written(self.quote.interest_saved_minor)
        return _("The loan ends today; {saved} of interest is saved").format(saved=saved)

    def after(self, answer: Any) -> None:
        self._closed(answer)

    def _tell(self) -> None:
        self.said.setText(self.consequence(0))
        self.set_act_text(f"{self._act_word} {self.written(self.quote.total_minor)}")


def quote_lines(quote: ForeclosureQuote) -> list[tuple[str, str]]:
    """Every head of the quote, what is held already, and the total."""
    lines = [
        (name_of(head), amount(of_head(quote.heads, head), quote.currency))
        for head in HEADS
        if of_head(quote.heads, head) or head is Head.PRINCIPAL
    ]
    if quote.excess_minor:
        lines.append((_("Stays in excess"), amount(quote.excess_minor, quote.currency)))
    total = amount(quote.total_minor, quote.currency, symbol=True)
    return [*lines, (_("To close on {day}").format(day=day(quote.on)), total)]


def quote_grid(quote: ForeclosureQuote) -> QGridLayout:
    """The quote as two columns, the total strong."""
    grid, lines = QGridLayout(), quote_lines(quote)
    grid.setVerticalSpacing(theme().space(4))
    grid.setColumnStretch(0, 1)
    for at, (word, figure) in enumerate(lines):
        last = at == len(lines) - 1
        grid.addWidget(Text(word, strong=last, tone="text" if last else "text2"), at, 0)
        said = Text(figure, strong=last)
        said.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(said, at, 1)
    return grid


def _money(view: LoanView, value: int | None = None) -> Field:
    return Field(
        name="amount_minor",
        label=_("Amount"),
        kind=Kind.MONEY,
        currency=view.currency,
        value=value,
    )
