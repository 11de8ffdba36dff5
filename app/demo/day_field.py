"""The field of the played day: who is late, whom the officer goes to see, what is promised."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

from app.commands.field import PlannedStop, PlanVisits, RecordVisit
from app.demo.counter import CURRENCY
from app.demo.playing import Playing
from app.demo.stage import MANAGER, OFFICER
from app.domain.visit import Outcome, Why
from app.queries.field import (
    DaySheetForPaper,
    ListPromises,
    ProposeVisits,
    ShowVisitDay,
    SummariseOverdue,
)
from app.rows.facts import PromiseFacts
from app.rows.field import VisitRow
from app.texts import _
from app.texts.figures import amount, day, percent
from app.texts.labels import named

STOPS = 8
_BASIS = 10_000


def chase(playing: Playing) -> None:
    """Look at what is overdue, plan the officer's visits, print the day sheet, bring a promise."""
    summary = playing.ask(MANAGER, SummariseOverdue())
    late = sum(one.loans for one in summary.buckets)
    arrears = sum(one.arrears_minor for one in summary.buckets)
    said = _("{count} loans, {arrears}; PAR-30 {par}").format(
        count=late, arrears=_money(arrears), par=percent(Fraction(summary.par30_bp, _BASIS))
    )
    playing.say(MANAGER, _("Looked at what is overdue"), said)
    _plan(playing)
    _visit(playing)


def _plan(playing: Playing) -> None:
    """Plan what is proposed, and a look at what the loan of this morning is used for."""
    officer_id = playing.session(OFFICER).user_id
    query = ProposeVisits(officer_id=officer_id, on=playing.on, limit=STOPS)
    stops = [PlannedStop(one.loan_id, one.why) for one in playing.ask(OFFICER, query)]
    stops.append(PlannedStop(playing.loan_id, Why.UTILISATION.value))
    command = PlanVisits(officer_id=officer_id, on=playing.on, stops=tuple(stops))
    playing.do(OFFICER, command)
    sheet = playing.ask(OFFICER, DaySheetForPaper(officer_id=officer_id, on=playing.on))
    where = playing.paper(f"day sheet {playing.on} {sheet.officer}", sheet)
    whys = ", ".join(sorted({named("why", stop.why) for stop in stops}))
    said = _("{count} stops: {whys}").format(count=len(stops), whys=whys)
    playing.say(OFFICER, _("Planned visits and printed the day sheet"), said, where)


def _visit(playing: Playing) -> None:
    """The first stop is made: who is late promises the money, who is not shows the goods."""
    officer_id = playing.session(OFFICER).user_id
    rows = playing.ask(OFFICER, ShowVisitDay(officer_id=officer_id, on=playing.on)).visits
    stop = next(row for row in rows if row.state == "planned")
    promise = _promise(playing, stop) if stop.arrears_minor else None
    command = RecordVisit(
        visit_id=stop.visit_id,
        outcome=(Outcome.PTP if promise else Outcome.VERIFIED).value,
        met=True,
        note="Wages come at the end of the week" if promise else "The machine is there",
        currency=CURRENCY,
        promise=promise,
    )
    playing.do(OFFICER, command)
    said = named("outcome", command.outcome)
    if promise:
        said = _("{name} promised {amount} for {day}").format(
            name=stop.borrower, amount=_money(promise.amount_minor), day=day(promise.promised_on)
        )
    playing.say(OFFICER, _("Recorded a visit"), said, stop.number)


def _promise(playing: Playing, stop: VisitRow) -> PromiseFacts:
    """What is late, for the next day for which nothing is promised yet."""
    made = playing.ask(OFFICER, ListPromises(loan_id=stop.loan_id))
    taken = {promise.promised_on for promise in made}
    promised_on = playing.on + timedelta(4)
    while promised_on in taken:
        promised_on += timedelta(1)
    return PromiseFacts(stop.arrears_minor + stop.due_minor, CURRENCY, promised_on)


def _money(minor: int) -> str:
    return amount(minor, CURRENCY, symbol=True, trim=True)
