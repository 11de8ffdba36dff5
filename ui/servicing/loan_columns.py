"""The columns of the list of loans."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports import Kind
from app.rows.servicing import LoanRow
from app.texts import _
from app.texts.figures import amount, day
from app.texts.labels import named
from ui.kit.cells import Cell
from ui.kit.table import Column
from ui.servicing.loan_words import standing, standing_cell

Columns = Sequence[Column[LoanRow]]


def loan_columns() -> Columns:
    """Shown at first: who and what, then figures; the others can be chosen."""
    return (*_who_and_what(), *_figures(), *_more())


def _who_and_what() -> Columns:
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
            value=lambda loan: loan.disbursed_on,
            kind=Kind.DATE,
            leaves=3,
        ),
    )


def _figures() -> Columns:
    return (
        Column(
            title=_("Outstanding"),
            text=lambda loan: _money(loan.outstanding_minor, loan),
            key="outstanding_minor",
            numeric=True,
            value=lambda loan: loan.outstanding_minor,
            kind=Kind.MONEY,
            total="outstanding",
        ),
        Column(
            title=_("Late"),
            text=_late,
            key="arrears_minor",
            numeric=True,
            value=lambda loan: loan.arrears_minor,
            kind=Kind.MONEY,
            total="arrears",
        ),
        Column(
            title=_("Standing"),
            text=lambda loan: standing_cell(loan.status, loan.dpd, loan.asset_class),
            key="dpd",
            value=lambda loan: standing(loan.status, loan.dpd, loan.asset_class)[0],
        ),
    )


def _more() -> Columns:
    return (
        Column(
            title=_("Officer"),
            text=lambda loan: Cell(loan.officer, tone="text2"),
            key="officer",
            leaves=3,
            shown=False,
        ),
        Column(
            title=_("Lent"),
            text=lambda loan: _money(loan.amount_minor, loan),
            key="amount_minor",
            numeric=True,
            value=lambda loan: loan.amount_minor,
            kind=Kind.MONEY,
            leaves=2,
            shown=False,
        ),
        Column(
            title=_("Days late"),
            text=lambda loan: str(loan.dpd) if loan.dpd else "",
            name="days",
            numeric=True,
            value=lambda loan: loan.dpd,
            kind=Kind.INT,
            leaves=2,
            shown=False,
        ),
        Column(
            title=_("Class"),
            text=lambda loan: named("asset-class", loan.asset_class),
            name="class",
            leaves=2,
            shown=False,
        ),
    )


def _money(minor: int, loan: LoanRow) -> Cell:
    """Nothing owed is quiet: the eye looks for the others."""
    return Cell(amount(minor, loan.currency), tone="text" if minor else "text3")


def _late(loan: LoanRow) -> Cell:
    if not loan.arrears_minor:
        return Cell()
    return Cell(amount(loan.arrears_minor, loan.currency), tone="late2", strong=True)
