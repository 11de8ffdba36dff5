"""The month of a branch in figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from app.domain.ageing import Portion
from app.domain.events import Event
from app.domain.playing import play
from app.domain.terms import Terms
from app.reports.month import INDICATORS
from app.rows.reports import MonthRow
from app.services.overdue import basis_points
from app.services.report_asked import Asked
from app.services.report_collecting import ends
from app.services.report_ending import CLOSED, EARLY, Ended, ended_in
from app.services.report_flows import moved
from app.services.report_groups import groups_of
from app.services.report_money import money
from app.services.report_standing import PAR_DAYS, at_end
from app.services.report_stock import Stock, dims_of_branch, lives
from app.services.work import Reading
from app.store.field import DONE, count_visits
from app.store.promises import promise_counts
from app.store.report_flows import Grain
from app.store.reports import Period, paid_out, refunded, rescheduled, struck, waived
from app.texts import translated

HEADS = ("amount", "principal", "interest", "charge", "penalty")


def month_rows(reading: Reading, asked: Asked) -> tuple[MonthRow, ...]:
    """Every indicator of the period, in the order of its declaration."""
    period = asked.period
    figures = {
        **_lent(reading, period),
        **_collected(reading, asked),
        "refunded": refunded(reading.connection, period),
        **_demand(reading, asked),
        **_standing(reading, asked),
        **_field(reading, asked),
    }
    return tuple(
        MonthRow(
            section=translated(one.section),
            indicator=translated(one.title),
            kind=one.kind.value,
            value=figures[one.key],
            definition=translated(one.definition),
        )
        for one in INDICATORS
    )


def _lent(reading: Reading, period: Period) -> dict[str, int]:
    count, principal = paid_out(reading.connection, period)
    return {"disbursed_count": count, "disbursed": principal}


def _collected(reading: Reading, asked: Asked) -> dict[str, int]:
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    sums = dict.fromkeys(HEADS, 0)
    for one in money(reading, asked):
        if accept(one):
            for head in HEADS:
                sums[head] += getattr(one, head)
    whole = sums.pop("amount")
    back = sum(one.recovered_minor for one in _ended(reading, asked))
    return {
        "recovered": back,
        "collected": whole,
        **sums,
        "excess": whole - sum(sums.values()),
    }


def _ended(reading: Reading, asked: Asked) -> list[Ended]:
    """What ended of the loans that are asked for."""
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    dims = dims_of_branch(reading, asked.scope)
    return [one for one in ended_in(reading, asked) if accept(dims[one.loan_id])]


def _demand(reading: Reading, asked: Asked) -> dict[str, int]:
    """Arrears at the start + what fell due = what was paid or given up + the balance."""
    connection, gone = reading.connection, reading.rules.contra["write-off"].values()
    period = asked.period
    opening, closing = (_unpaid(reading, asked, at) for at in ends(reading, asked))
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    demand = sum(one.demand for one in moved(reading, asked, Grain()) if accept(one))
    forgiven, lost = waived(connection, period), struck(connection, period, tuple(gone))
    joined = _capitalised(reading, asked)
    settled = opening + demand - forgiven - lost - joined - closing
    return {
        "opening": opening,
        "demand": demand,
        "settled": settled,
        "waived": forgiven,
        "struck": lost,
        "capitalised": joined,
        "closing": closing,
        "efficiency": basis_points(Portion(settled, opening + demand)),
    }


def _unpaid(reading: Reading, asked: Asked, at: Stock) -> int:
    """Unpaid of everything due by the end of a day."""
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    return sum(
        at.owed(loan).before_minor + at.owed(loan).due_minor
        for loan in at.loans
        if loan.loan_id in at.unpaid and accept(loan)
    )


def _capitalised(reading: Reading, asked: Asked) -> int:
    """What reschedules of the period made principal."""
    period = asked.period
    ids = rescheduled(reading.connection, period)
    return sum(
        _joined(terms, facts, period.last) - _joined(terms, facts, period.before)
        for _row, terms, facts in lives(reading, asked.scope, ids, None)
    )


def _joined(terms: Terms, facts: list[Event], day: date) -> int:
    lines = play(terms, facts, day, day).book.lines
    return sum(sum(line.capitalised) for line in lines)


def _standing(reading: Reading, asked: Asked) -> Mapping[str, int]:
    at, loans = at_end(reading, asked)
    whole = late = arrears = principal = risky = 0
    for loan in loans:
        whole += loan.principal_minor
        dpd = at.dpd(loan)
        if dpd:
            late += 1
            arrears += at.owed(loan).before_minor
            principal += at.owed(loan).principal_minor
        risky += loan.principal_minor if dpd > PAR_DAYS else 0
    return {
        "outstanding": whole,
        "loans": len(loans),
        "borrowers": len({loan.party_id for loan in loans}),
        "late_loans": late,
        "late": arrears,
        "arrears_rate": basis_points(Portion(principal, whole)),
        "par30": basis_points(Portion(risky, whole)),
    }


def _field(reading: Reading, asked: Asked) -> dict[str, int]:
    period = asked.period
    first, last, officer_id = period.first, period.last, period.officer_id
    scope = (reading.connection, period.branch_id)
    promised = promise_counts(*scope, officer_id, first, last, day_ended=last < reading.day)
    over = (CLOSED, EARLY)
    return {
        "closed": sum(one.kind in over for one in _ended(reading, asked)),
        "promises_made": promised.get("made", 0),
        "promises_kept": promised.get("kept", 0),
        "promises_broken": promised.get("broken", 0),
        "visits": count_visits(*scope, DONE, first, last, officer_id),
    }
