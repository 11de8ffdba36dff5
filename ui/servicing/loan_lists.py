"""The lists of one loan: schedule, statement, promises, books, documents."""

from __future__ import annotations

from collections.abc import Sequence

from app.rows.acts import ClosureQuoteRow
from app.rows.field import PromiseRow
from app.rows.origination import DocumentRow
from app.rows.servicing import EntryRow, InstalmentRow, LedgerRow, LoanView
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.cells import Cell
from ui.kit.table import Column, RowsModel
from ui.servicing.loan_words import share_paid, split_words, state_cell

_LEFT = ("late", "due")
_QUOTE_TONES = {"open": "ok", "coming": "due"}
_PROMISE_TONES = {"kept": "ok", "broken": "bad", "open": "due"}


def schedule_model(currency: str) -> RowsModel[InstalmentRow]:
    """The instalments with what is paid of each."""
    return RowsModel(_schedule_columns(currency), identity=lambda line: line.number)


def _schedule_columns(currency: str) -> Sequence[Column[InstalmentRow]]:
    def figure(minor: int, tone: str = "text2", *, strong: bool = False) -> Cell:
        return Cell(amount(minor, currency), tone=tone, strong=strong)

    def level(line: InstalmentRow) -> Cell:
        return figure(line.due.total_minor, _ink(line), strong=line.state in _LEFT)

    return (
        Column(
            title=_("No."), text=lambda line: Cell(str(line.number), tone="text2"), numeric=True
        ),
        Column(title=_("Due"), text=lambda line: Cell(day(line.due_on), tone=_ink(line))),
        Column(title=_("Instalment"), text=level, numeric=True),
        Column(
            title=_("Principal"),
            text=lambda line: figure(line.due.principal_minor),
            numeric=True,
            leaves=2,
        ),
        Column(
            title=_("Interest"),
            text=lambda line: figure(line.due.interest_minor),
            numeric=True,
            leaves=3,
        ),
        Column(title=_("Paid"), text=lambda line: _paid(line, currency), numeric=True),
        Column(
            title=_("Balance"),
            text=lambda line: figure(line.balance_minor),
            numeric=True,
            leaves=1,
        ),
        Column(title=_("Standing"), text=state_cell, stretch=1),
    )


def _paid(line: InstalmentRow, currency: str) -> Cell:
    if line.state in ("ahead", "next") and not line.paid.total_minor:
        return Cell()
    paid = amount(line.paid.total_minor, currency)
    return Cell(paid, bar=share_paid(line), bar_tone="ok_fill")


def _ink(line: InstalmentRow) -> str:
    return "text2" if line.state in ("ahead", "next") else "text"


def schedule_totals(view: LoanView) -> dict[int, str]:
    """The totals under the schedule, by column."""
    lines, currency = view.instalments, view.currency
    sums = {
        2: sum(line.due.total_minor for line in lines),
        3: sum(line.due.principal_minor for line in lines),
        4: sum(line.due.interest_minor for line in lines),
        5: sum(line.paid.total_minor for line in lines),
    }
    return {1: _("All")} | {at: amount(minor, currency) for at, minor in sums.items()}


def _fact_cell(line: LedgerRow) -> Cell:
    """What happened, struck where it was reversed."""
    struck = _("reversed") if line.reversed else ""
    after = " · ".join(part for part in (struck, line.number, line.title) if part)
    return Cell(
        named("event-kind", line.what),
        tone="text3" if line.reversed else "text",
        after=after,
        icon="prohibit" if line.reversed else "",
        struck=line.reversed,
    )


def statement_model(currency: str) -> RowsModel[LedgerRow]:
    """Every fact of the loan; one that was reversed says so."""

    def figure(minor: int, line: LedgerRow) -> Cell:
        tone = "text3" if line.reversed else "text"
        return Cell(amount(minor, currency) if minor else "", tone=tone, struck=line.reversed)

    return RowsModel(
        (
            Column(title=_("Date"), text=lambda line: day(line.on)),
            Column(title=_("What"), text=_fact_cell, stretch=1),
            Column(
                title=_("Split"),
                text=lambda line: Cell(split_words(line.split, currency), tone="text2"),
                leaves=2,
            ),
            Column(
                title=_("Debit"), text=lambda line: figure(line.debit_minor, line), numeric=True
            ),
            Column(
                title=_("Credit"), text=lambda line: figure(line.credit_minor, line), numeric=True
            ),
            Column(
                title=_("Outstanding"),
                text=lambda line: Cell(amount(line.outstanding_minor, currency), tone="text2"),
                numeric=True,
            ),
            Column(title=_("By"), text=lambda line: Cell(line.by, tone="text2"), leaves=3),
        ),
        identity=lambda line: line.event_id,
    )


def quotes_model() -> RowsModel[ClosureQuoteRow]:
    """The kept quotes of an early closure, and whether each still holds."""
    return RowsModel(
        (
            Column(title=_("Quote"), text=lambda q: q.number),
            Column(title=_("Made"), text=lambda q: Cell(day(q.made_on), tone="text2"), leaves=2),
            Column(title=_("Closes on"), text=lambda q: day(q.closes_on)),
            Column(title=_("For"), text=lambda q: amount(q.total_minor, q.currency), numeric=True),
            Column(title=_("State"), text=_quote_state),
            Column(title=_("By"), text=lambda q: Cell(q.by, tone="text2"), stretch=1, leaves=1),
        ),
        identity=lambda quote: quote.quote_id,
    )


def _quote_state(quote: ClosureQuoteRow) -> Cell:
    return Cell(named("quote-state", quote.state), chip=_QUOTE_TONES.get(quote.state, "neutral"))


def books_model() -> RowsModel[EntryRow]:
    """The legs of the loan's entries in the books."""
    return RowsModel(
        (
            Column(title=_("Booked"), text=lambda e: day(e.booked_on)),
            Column(title=_("Account"), text=lambda e: Cell(e.account, after=e.account_title)),
            Column(
                title=_("Narration"),
                text=lambda e: Cell(e.narration or named("event-kind", e.what), tone="text2"),
                stretch=1,
                leaves=1,
            ),
            Column(title=_("Debit"), text=lambda e: _leg(e.debit_minor, e.currency), numeric=True),
            Column(
                title=_("Credit"), text=lambda e: _leg(e.credit_minor, e.currency), numeric=True
            ),
        )
    )


def books_totals(entries: Sequence[EntryRow], currency: str) -> dict[int, str]:
    """Debits and credits; they are equal."""
    return {
        0: _("Together"),
        3: amount(sum(entry.debit_minor for entry in entries), currency),
        4: amount(sum(entry.credit_minor for entry in entries), currency),
    }


def _leg(minor: int, currency: str) -> str:
    return amount(minor, currency) if minor else ""


def promises_model() -> RowsModel[PromiseRow]:
    """What the borrower promised, and what came of it."""
    return RowsModel(
        (
            Column(title=_("Promised for"), text=lambda p: day(p.promised_on)),
            Column(
                title=_("Amount"), text=lambda p: amount(p.amount_minor, p.currency), numeric=True
            ),
            Column(
                title=_("Received"),
                text=lambda p: amount(p.received_minor, p.currency),
                numeric=True,
            ),
            Column(title=_("State"), text=_promise_state),
            Column(title=_("Made"), text=lambda p: Cell(day(p.made_on), tone="text2"), leaves=1),
            Column(title=_("By"), text=lambda p: Cell(p.by, tone="text2"), stretch=1, leaves=2),
        ),
        identity=lambda promise: promise.promise_id,
    )


def _promise_state(promise: PromiseRow) -> Cell:
    tone = _PROMISE_TONES.get(promise.state, "neutral")
    return Cell(named("promise-state", promise.state), chip=tone)


def documents_model() -> RowsModel[DocumentRow]:
    """The papers of the loan and of its application."""
    return RowsModel(
        (
            Column(
                title=_("Document"),
                text=lambda d: Cell(
                    d.title or named("document-kind", d.kind),
                    under=f"{named('document-kind', d.kind)} · {d.added_by}",
                    icon="file-text",
                    icon_tone="text2",
                ),
                stretch=1,
            ),
        ),
        identity=lambda document: document.document_id,
    )
