"""Closing a loan early: what it asks on a day, kept as a quote, or paid today against it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from app.commands.acts import MakeForeclosureQuote, QuoteMade
from app.commands.base import Command
from app.commands.servicing import ForecloseLoan, LoanForeclosed
from app.domain.roles import Permission
from app.queries.servicing import QuoteForeclosure
from app.rows.acts import ActPreview, ClosureQuoteRow
from app.rows.servicing import ForeclosureQuote, LoanView
from app.texts import _
from app.texts.figures import amount, day
from ui.kit.actions import Action
from ui.kit.field import Field
from ui.kit.messages import spoken
from ui.kit.screen_context import Station
from ui.kit.text import Text
from ui.parts.sums import SumLine, SumLines, closing_sums
from ui.servicing.act_dialog import ActDialog, date_field
from ui.servicing.act_money import mode_fields
from ui.servicing.loan_print import show_quote

AnyQuote = ForeclosureQuote | ClosureQuoteRow


class CloseDialog(ActDialog):
    """A quote by head for today or a later day; today it can be paid, any can be kept."""

    def __init__(
        self,
        parent: QWidget,
        station: Station,
        view: LoanView,
        closed: Callable[[LoanForeclosed], object],
        kept: ClosureQuoteRow | None = None,
    ) -> None:
        self.kind = f"quote-{kept.quote_id}" if kept else "close"
        self.kept, self._closed = kept, closed
        self.quote: AnyQuote | None = kept
        self.lines = QuoteLines()
        self.saved = Text("", "small", tone="text2", wrap=True)
        self._may_close = station.may(Permission.LOAN_FORECLOSE)
        self._quote_key = station.desk.key()
        title = _("Close early") if kept is None else _("Close against a quote")
        super().__init__(parent, station, view, title, _("Close for"))
        self.content.insertWidget(0, self.lines)
        self.content.insertWidget(1, self.saved)
        if kept is None:
            self._offer_keeping()
            self.set_act_enabled(self.quote is not None)
        else:
            self.lines.show_quote(kept, self.view.currency)

    def fields(self) -> Sequence[Field]:
        if self.kept is not None:
            return list(mode_fields())
        said = _(
            "Today to close now; a later day for a quote that the borrower can come back with."
        )
        on = date_field("on", _("Closes on"), self.station, said, value=self.station.today)
        return [on, *(mode_fields() if self._may_close else ())]

    def command(self, values: dict[str, Any]) -> Command[Any]:
        if self._is_later(values):
            return MakeForeclosureQuote(loan_id=self.view.loan_id, on=values["on"])
        if self.quote is None:
            raise ValueError  # the button waits for the quote
        return ForecloseLoan(
            loan_id=self.view.loan_id,
            quoted_minor=self.quote.total_minor,
            currency=self.view.currency,
            mode=values["mode"],
            reference=values["reference"] or "",
            payer=self.view.borrower,
            quote_id=self.kept.quote_id if self.kept is not None else None,
        )

    def tried(self) -> Command[Any] | None:
        return None if self.quote is None else super().tried()

    def look(self) -> None:
        if self.kept is not None or self.form is None:
            super().look()
            return
        on = self.form.value("on")
        if on is None:
            self.panel.set_stale(True)
            return
        query = QuoteForeclosure(loan_id=self.view.loan_id, on=on)
        self.station.desk.read(self, query, self._quoted, self._not_quoted, slot="quote")

    def verb(self, preview: ActPreview) -> str:
        total = self.quote.total_minor if self.quote is not None else preview.amount_minor
        return f"{self._act_word} {self.written(total)}"

    def after(self, answer: Any) -> None:
        if isinstance(answer, QuoteMade):
            self._say_kept(answer)
        else:
            self._closed(answer)

    def keep_quote(self) -> None:
        """Keep what closing asks on the day that is shown."""
        quote = self.quote
        if isinstance(quote, ForeclosureQuote):
            command = MakeForeclosureQuote(loan_id=self.view.loan_id, on=quote.on)
            self.station.desk.ask(self, command, self._quote_key, self._say_kept, self._refused)

    def _offer_keeping(self) -> None:
        quote = Action(name="quote", text=_("Keep this quote"), keys="Alt+Q", run=self.keep_quote)
        self.actions_.show([*self.actions_.all(), quote])
        self.content.insertWidget(2, self.actions_.button("quote"))

    def _is_later(self, values: dict[str, Any]) -> bool:
        on = values.get("on")
        return self.kept is None and (not self._may_close or on != self.station.today)

    def _on_edited(self) -> None:
        if self.kept is None:
            self.set_act_enabled(False)
        super()._on_edited()

    def _quoted(self, quote: ForeclosureQuote) -> None:
        if self.quote != quote:
            self._quote_key = self.station.desk.key()
        self.quote = quote
        self.lines.show_quote(quote, self.view.currency)
        saved = self.written(quote.interest_saved_minor)
        self.saved.setText(_("{sum} of interest is saved").format(sum=saved))
        self.set_act_enabled(True)
        if quote.on == self.station.today and self._may_close:
            super().look()
            return
        self._asks = False
        self.limit.setText("")
        self.set_act_text(_("Keep the quote for {day}").format(day=day(quote.on)))
        said = _(
            "On that day the loan is closed for {sum}, as long as nothing is booked on it until "
            "then. Nothing changes today."
        )
        self.panel.say(said.format(sum=self.written(quote.total_minor)), _("A quote to keep"))

    def _not_quoted(self, error: Exception) -> None:
        self.quote = None
        self.lines.show_quote(None, self.view.currency)
        if self.form is not None and not self.form.box("on").isHidden():
            self.form.box("on").show_error(spoken(error))
            self._wrong = "on"
        self.panel.set_stale(True)

    def _say_kept(self, made: QuoteMade) -> None:
        said = _("Quote {number} kept: {sum} on {day}").format(
            number=made.number, sum=self.written(made.total_minor), day=day(made.closes_on)
        )
        self.station.say(said)
        self._quote_key = self.station.desk.key()
        if isinstance(over := self.parentWidget(), QWidget):
            show_quote(over, self.station, made.quote_id, made.number)


class QuoteLines(SumLines):
    """A quote head by head, the total strong."""

    def __init__(self) -> None:
        super().__init__(_("What closing asks"))

    def show_quote(self, quote: AnyQuote | None, currency: str) -> None:
        """Show it; None leaves nothing."""
        self.show_lines([] if quote is None else quote_lines(quote, currency))


def quote_lines(quote: AnyQuote, currency: str) -> list[SumLine]:
    """Every head of the quote, the closure's own charge, what is held already, and the total."""
    lines = closing_sums(
        quote.heads,
        quote.closing_charge_minor,
        quote.closing_tax_minor,
        quote.excess_minor,
        currency,
    )
    on = quote.closes_on if isinstance(quote, ClosureQuoteRow) else quote.on
    total = amount(quote.total_minor, currency, symbol=True)
    return [*lines, SumLine(_("To close on {day}").format(day=day(on)), total, strong=True)]
