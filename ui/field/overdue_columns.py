"""The columns of the list of late loans."""

from __future__ import annotations

from collections.abc import Sequence

from app.reports import Kind
from app.rows.field import OverdueRow
from app.texts import _
from app.texts.figures import amount, day_short
from app.texts.labels import named
from ui.field.marks import contact_words, promise_cell, text_tone
from ui.kit.cells import Cell
from ui.kit.screen_context import Station
from ui.kit.table import Column
from ui.kit.text import DASH

Columns = Sequence[Column[OverdueRow]]


def overdue_columns(station: Station) -> Columns:
    """Shown at first: whom to go to and why; the others can be chosen."""
    return (*_who_and_how_late(), *_what_was_said(station), *_more())


def _who_and_how_late() -> Columns:
    return (
        Column(
            title=_("Borrower and loan"),
            text=lambda row: Cell(
                row.borrower, strong=True, after=row.local_name, under=_under(row)
            ),
            key="borrower",
            stretch=2,
        ),
        Column(
            title=_("Days"),
            text=_days,
            key="dpd",
            numeric=True,
            value=lambda row: row.dpd,
            kind=Kind.INT,
        ),
        Column(
            title=_("Late"),
            text=lambda row: _money(row.arrears_minor, row),
            key="arrears",
            numeric=True,
            value=lambda row: row.arrears_minor,
            kind=Kind.MONEY,
            trim=True,
        ),
        Column(
            title=_("Last paid"),
            text=lambda row: day_short(row.last_paid_on),
            key="last_paid",
            value=lambda row: row.last_paid_on,
            kind=Kind.DATE,
            leaves=2,
        ),
    )


def _what_was_said(station: Station) -> Columns:
    return (
        Column(
            title=_("Promise"),
            text=lambda row: promise_cell(row.promise_state, row.promise_on, station.today),
            key="promise",
        ),
        Column(title=_("Officer"), text=lambda row: row.officer, key="officer", leaves=3),
        Column(
            title=_("Last contact"),
            text=lambda row: contact_words(row.last_contact_on),
            key="last_contact",
            value=lambda row: row.last_contact_on,
            kind=Kind.DATE,
            leaves=1,
        ),
    )


def _more() -> Columns:
    return (
        Column(title=_("Loan"), text=lambda row: row.number, key="number", leaves=4, shown=False),
        Column(
            title=_("Village"), text=lambda row: row.village, key="village", leaves=4, shown=False
        ),
        Column(title=_("Phone"), text=lambda row: row.phone, key="phone", leaves=4, shown=False),
        Column(
            title=_("Outstanding"),
            text=lambda row: _money(row.outstanding_minor, row),
            key="outstanding",
            numeric=True,
            value=lambda row: row.outstanding_minor,
            kind=Kind.MONEY,
            trim=True,
            leaves=4,
            shown=False,
        ),
        Column(
            title=_("Class"),
            text=lambda row: named("asset-class", row.asset_class),
            key="asset_class",
            leaves=4,
            shown=False,
        ),
    )


def _money(minor: int, row: OverdueRow) -> str:
    return amount(minor, row.currency, trim=True)


def _days(row: OverdueRow) -> Cell:
    tone = text_tone(row.bucket) if row.dpd else "text3"
    return Cell(str(row.dpd) if row.dpd else DASH, tone=tone, strong=True)


def _under(row: OverdueRow) -> str:
    """Number and village, which stay where the place is narrow."""
    return " · ".join(part for part in (row.number, row.village) if part)
