"""Opening and closing the played day, and the sheets that are made of it."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

from app.commands.branch import CloseDay, OpenDay
from app.commands.checks import NoteExport
from app.demo.playing import SHEETS, Playing
from app.demo.stage import CASHIER, MANAGER
from app.domain.errors import NotAllowedNow
from app.queries.admin import RunReport, ShowBranch, WhoAmI
from app.reports import About
from app.reports.catalogue import DAILY, report_named
from app.rows.reports import ReportResult
from app.texts import _, translated
from app.texts.figures import day

FORMS = ("xlsx", "csv", "pdf")
_SUNDAY = 6


def begin(playing: Playing) -> None:
    """End the day that lies open and open the next one on which people work."""
    before = playing.ask(MANAGER, ShowBranch()).business_on
    if before is None:
        raise NotAllowedNow(why="no-day-open")
    playing.go_to(before, 18)
    _shut(playing, before)
    on = before + timedelta(1)
    while on.weekday() == _SUNDAY:
        on += timedelta(1)
    playing.go_to(on, 8, 50)
    opened = playing.do(CASHIER, OpenDay(on=on))
    playing.on = on
    said = _("{count} days between were caught up").format(count=opened.caught_up)
    playing.say(CASHIER, _("Opened {day}").format(day=day(on)), said if opened.caught_up else "")


def end(playing: Playing) -> None:
    """Close the day and make the sheets: collections of the day, overdue, the month so far."""
    playing.go_to(playing.on, 18)
    _shut(playing, playing.on)
    first = {"collections": playing.on, "overdue": playing.on, "month": playing.on.replace(day=1)}
    for report in DAILY:
        query = RunReport(report=report.name, from_on=first[report.name], to_on=playing.on)
        _export(playing, playing.ask(MANAGER, query))


def _shut(playing: Playing, on: date) -> None:
    shut = playing.do(MANAGER, CloseDay(on=on))
    playing.say(
        MANAGER, _("Closed {day}").format(day=day(on)), _("seal of the chain"), _seal(shut.heads)
    )


def _seal(heads: tuple[str, ...]) -> str:
    """The heads as far as one compares them: station, number and the first of the hash."""
    return ", ".join(head[: head.rindex(":") + 17] for head in heads)


def _export(playing: Playing, result: ReportResult) -> None:
    """Write a report in every form; each is written down, since it may hold names."""
    report, branch = report_named(result.report), playing.ask(MANAGER, ShowBranch())
    about = About(
        lender=branch.lender,
        branch=branch.name,
        period=result.period,
        currency=result.currency,
        made_at=playing.doors.clock.now().astimezone(ZoneInfo(branch.time_zone)),
        made_by=playing.ask(MANAGER, WhoAmI()).full_name,
        notes=result.notes,
    )
    title = translated(report.title)
    for form in FORMS:
        file = BytesIO()
        rows = playing.doors.papers.report(report, form, result.rows, about, file)
        where = playing.write(SHEETS, f"{report.name} {playing.on}.{form}", file.getvalue())
        playing.do(MANAGER, NoteExport(report=report.name, format=form, rows=rows))
        playing.say(MANAGER, title, _figures(result, rows), where)


def _figures(result: ReportResult, rows: int) -> str:
    notes = ", ".join(f"{label} {value}" for label, value in result.notes)
    return notes or _("{count} figures").format(count=rows)
