"""The declared reports, run over a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from app.domain.ageing import BUCKETS
from app.domain.errors import ValueRefused
from app.domain.roles import Permission
from app.queries.admin import RunReport
from app.reports import Report
from app.reports.catalogue import report_named
from app.reports.overdue import BUCKET_COLUMNS
from app.rows.reports import AgeingRow, ReportResult
from app.services.month_report import month_rows
from app.services.overdue import arrears_rate_bp, par30_bp, sums_of
from app.services.portfolio import portfolio
from app.services.receipt_report import collection_rows
from app.services.registry import answers
from app.services.standing import Standing
from app.services.work import Reading
from app.store.reports import Period
from app.texts import _
from app.texts.figures import amount, count, percent
from app.texts.figures import day as shown_day
from app.texts.labels import named

Notes = tuple[tuple[str, str], ...]
Made = tuple[tuple[object, ...], Notes]
Mapped = Mapping[Any, Any]


@answers(RunReport, needs=Permission.VIEW_REPORTS)
def run_report(reading: Reading, query: RunReport) -> ReportResult:
    """The rows of a declared report; a period that is not over yet ends today."""
    report = report_named(query.report)
    if query.to_on < query.from_on:
        raise ValueRefused(field="to_on", why="ends-before-it-begins")
    if query.from_on > reading.day:
        raise ValueRefused(field="from_on", why="in-the-future")
    last = min(query.to_on, reading.day)
    branch = reading.branch
    period = Period(branch.branch_id, branch.currency, query.from_on, last, query.officer_id)
    rows, notes = _RUN[report.name](reading, period)
    return ReportResult(report.name, branch.currency, _period(report, period), rows, notes)


def _collections(reading: Reading, period: Period) -> Made:
    rows = collection_rows(reading, period)
    standing = sum(not row.state for row in rows)
    received = sum(row.amount_minor for row in rows)
    return rows, (
        (_("Receipts"), count(standing, period.currency)),
        (_("Received"), amount(received, period.currency, symbol=True)),
    )


def _overdue(reading: Reading, period: Period) -> Made:
    """The ageing of the last day; both rates stand above it, each with its meaning."""
    found = portfolio(reading, period.last, period.officer_id)
    sums = sums_of(stands for _row, stands in found.late)
    whole = found.running.outstanding_minor
    late = sum(one.arrears_minor for one in sums.values())
    rate, par30 = arrears_rate_bp(sums, whole), par30_bp(sums, whole)
    money = (late, whole)
    shown = [amount(value, period.currency, symbol=True) for value in money]
    notes = (
        (_("Overdue"), shown[0]),
        (_("Outstanding"), shown[1]),
        (_("Arrears rate"), _rate(rate, _("principal overdue alone"))),
        (_("PAR-30"), _rate(par30, _("whole loans over 30 days late"))),
    )
    return tuple(_ageing(row, stands) for row, stands in found.late), notes


def _month(reading: Reading, period: Period) -> Made:
    return month_rows(reading, period), ()


_RUN: Mapping[str, Callable[[Reading, Period], Made]] = MappingProxyType(
    {"collections": _collections, "overdue": _overdue, "month": _month}
)
_COLUMN_OF = MappingProxyType(dict(zip(BUCKETS[1:], BUCKET_COLUMNS, strict=True)))
_BASIS = 10_000


def _ageing(row: Mapped, stands: Standing) -> AgeingRow:
    aged = dict.fromkeys(BUCKET_COLUMNS, 0)
    aged[_COLUMN_OF[stands.bucket]] = stands.arrears_minor
    last_paid_on: date | None = row["last_paid_on"]
    return AgeingRow(
        loan_number=row["number"],
        borrower=row["full_name"],
        village=row["village"],
        officer=row["officer"] or "",
        dpd=stands.dpd,
        asset_class=named("asset-class", stands.asset_class),
        arrears_minor=stands.arrears_minor,
        outstanding_minor=stands.outstanding_minor,
        last_paid_on=last_paid_on,
        **aged,
    )


def _rate(basis_points: int, meaning: str) -> str:
    return f"{percent(Fraction(basis_points, _BASIS))} ({meaning})"


def _period(report: Report, period: Period) -> str:
    """The period as shown: of the ageing its one day."""
    if report.name == "overdue" or period.first == period.last:
        return shown_day(period.last)
    return _("{first} to {last}").format(first=shown_day(period.first), last=shown_day(period.last))
