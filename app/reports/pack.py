"""The month pack: the reports a manager takes from a month, asked together and laid together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from app.domain.errors import NotAllowedNow
from app.queries.admin import RunReport
from app.reports import About, PackPart
from app.reports.catalogue import PACK, report_named
from app.reports.grouping import TITLES
from app.rows.reports import ReportResult
from app.texts import _, translated
from app.texts.figures import day, month_year

FORMS = ("xlsx", "pdf")


def questions(first: date, last: date, known_on: date | None = None) -> tuple[RunReport, ...]:
    """Every report of the pack, once for each grouping that it stands in it by."""
    return tuple(
        RunReport(report=report.name, from_on=first, to_on=last, by=by, known_on=known_on)
        for report in PACK
        for by in report.pack
    )


def title(last: date) -> str:
    """What the pack of a month is called."""
    return _("Month pack {month}").format(month=month_year(last))


def between(first: date, last: date) -> str:
    """A period as shown."""
    return _("{first} to {last}").format(first=day(first), last=day(last))


def part(result: ReportResult, about: About) -> PackPart:
    """A part of the pack from its rows; `about` says who made it, and when."""
    report = report_named(result.report)
    grouping = translated(TITLES[result.by]) if len(report.groupings) > 1 else ""
    return PackPart(report.by(result.by), result.rows, about_of(result, about), grouping)


def about_of(result: ReportResult, about: About) -> About:
    """What stands above the rows of one report."""
    return About(
        lender=about.lender,
        branch=about.branch,
        period=result.period,
        currency=result.currency,
        made_at=about.made_at,
        made_by=about.made_by,
        notes=result.notes,
        known=result.known,
        totals=result.totals,
        trend=result.trend,
    )


def gathered(
    results: Iterable[ReportResult],
    about: About,
    tell: Callable[[int, str], None],
    wanted: Callable[[], bool],
) -> list[PackPart]:
    """The parts, told one by one. Raises NotAllowedNow(stopped) between two of them."""
    made: list[PackPart] = []
    for result in _stoppable(results, wanted):
        one = part(result, about)
        made.append(one)
        tell(len(made), one.title)
    return made


def _stoppable(
    results: Iterable[ReportResult], wanted: Callable[[], bool]
) -> Iterator[ReportResult]:
    for result in results:
        if wanted():
            raise NotAllowedNow(why="stopped")
        yield result
