"""The declared reports, run over a day or a period."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from app.domain.errors import ValueRefused
from app.domain.roles import Permission
from app.queries.admin import RunReport
from app.reports.catalogue import report_named
from app.reports.grouping import DAY, OFFICER
from app.rows.reports import ReportResult
from app.services.month_report import month_rows
from app.services.registry import answers
from app.services.report_asked import Asked, Made
from app.services.report_books import (
    balance_sheet,
    income_statement,
    journal,
    ledger,
    trial_balance,
)
from app.services.report_collecting import collected, collections, demand
from app.services.report_control import audit, cash
from app.services.report_ending import ended, ended_by
from app.services.report_lending import disbursed, lent
from app.services.report_loans import loans
from app.services.report_officers import officers
from app.services.report_overdue import overdue, overdue_by, par
from app.services.report_provisions import provisions
from app.services.report_quality import moved_loans, movement
from app.services.report_standing import portfolio
from app.services.work import Reading
from app.store.reports import Period
from app.texts import _
from app.texts.figures import day as shown_day


@answers(RunReport, needs=Permission.VIEW_REPORTS)
def run_report(reading: Reading, query: RunReport) -> ReportResult:
    """The rows of a declared report; a period that is not over yet ends today."""
    asked = asked_of(reading, query)
    made = _RUN[asked.report.name](reading, asked)
    return ReportResult(
        report=asked.report.name,
        currency=asked.period.currency,
        period=_period(asked),
        rows=made.rows,
        notes=made.notes,
        by=asked.by,
        known=_known(asked),
        totals=made.totals,
        trend=made.trend,
    )


def asked_of(reading: Reading, query: RunReport) -> Asked:
    """What is asked, checked. Raises NotFound, ValueRefused with the field."""
    report = report_named(query.report)
    if query.to_on < query.from_on:
        raise ValueRefused(field="to_on", why="ends-before-it-begins")
    if query.from_on > reading.day:
        raise ValueRefused(field="from_on", why="in-the-future")
    if query.by and query.by not in report.groupings:
        raise ValueRefused(field="by", why="not-a-choice", given=query.by)
    last = min(query.to_on, reading.day)
    if query.known_on is not None and query.known_on < last:
        raise ValueRefused(field="known_on", why="known-before-the-day")
    within = dict(query.within)
    if query.officer_id is not None:
        within[OFFICER] = str(query.officer_id)
    branch = reading.branch
    period = Period(branch.branch_id, branch.currency, query.from_on, last, query.officer_id)
    if DAY in within:
        day = date.fromisoformat(within.pop(DAY))
        period = replace(period, first=day, last=day)
    by = query.by or next(iter(report.groupings), "")
    known_on = None if query.known_on is None else min(query.known_on, reading.day)
    return Asked(report, period, by, within, known_on)


def _month(reading: Reading, asked: Asked) -> Made:
    return Made(month_rows(reading, asked))


_RUN: Mapping[str, Callable[[Reading, Asked], Made]] = MappingProxyType(
    {
        "collections": collections,
        "collected": collected,
        "demand": demand,
        "efficiency": demand,
        "overdue": overdue,
        "overdue-by": overdue_by,
        "par": par,
        "month": _month,
        "portfolio": portfolio,
        "loans": loans,
        "lent": lent,
        "disbursed": disbursed,
        "ended": ended,
        "ended-by": ended_by,
        "officers": officers,
        "movement": movement,
        "moved": moved_loans,
        "provisions": provisions,
        "trial-balance": trial_balance,
        "income-statement": income_statement,
        "balance-sheet": balance_sheet,
        "journal": journal,
        "ledger": ledger,
        "cash": cash,
        "audit": audit,
    }
)


def _period(asked: Asked) -> str:
    """The period as shown: of a stock its one day."""
    period = asked.period
    if asked.report.stock or period.first == period.last:
        return shown_day(period.last)
    return _("{first} to {last}").format(first=shown_day(period.first), last=shown_day(period.last))


def _known(asked: Asked) -> str:
    if asked.known_on is None:
        return _("as told at the time")
    return _("as known on {day}").format(day=shown_day(asked.known_on))
