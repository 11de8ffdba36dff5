"""Collections by group, and demand, collection and balance."""

from __future__ import annotations

from collections.abc import Callable

from app.reports.grouping import DAY, LOAN, MODE
from app.rows.reports import CollectionRow, GroupRow
from app.services.receipt_report import collection_rows
from app.services.report_asked import Asked, Made
from app.services.report_flows import moved
from app.services.report_groups import by_loan, groups_of
from app.services.report_lines import Lines, lines, rows_of
from app.services.report_money import Received, money
from app.services.report_stock import Stock, stock
from app.services.work import Reading
from app.store.report_flows import Grain
from app.store.reports import Taken
from app.texts.labels import named

_SPLIT = ("receipts", "amount", "principal", "interest", "charge", "penalty")


def collections(reading: Reading, asked: Asked) -> Made:
    """Receipt by receipt."""
    rows = collection_rows(reading, asked.period, Taken(asked.known_on))
    return Made(_within(reading, asked, rows) if asked.within else rows)


def _within(
    reading: Reading, asked: Asked, rows: tuple[CollectionRow, ...]
) -> tuple[CollectionRow, ...]:
    """The rows behind a group: those on written-off loans are in none."""
    groups = groups_of(reading, asked.scope)
    accept, known = groups.accepts(asked.within), groups.know(row.loan_id for row in rows)
    mode = asked.within.get(MODE)
    return tuple(
        row
        for row in rows
        if not row.recovery and mode in (None, row.mode_code) and accept(known[row.loan_id])
    )


def collected(reading: Reading, asked: Asked) -> Made:
    """Receipts by group."""
    groups = groups_of(reading, asked.scope)
    made, accept = lines(), groups.accepts(asked.within)
    key = _money_key(reading, asked)
    for one in money(reading, asked):
        if accept(one) and asked.within.get(MODE, one.mode) == one.mode:
            sums = made[key(one)]
            for name, value in zip(_SPLIT, one[5:], strict=True):
                sums[name if name == "receipts" else f"{name}_minor"] += value
    for sums in made.values():
        heads = sum(sums[f"{head}_minor"] for head in _SPLIT[2:])
        sums["excess_minor"] = sums["amount_minor"] - heads
    call = (lambda mode: named("mode", mode)) if asked.by == MODE else None
    return Made(rows_of(groups, asked.by, made, call))


def _money_key(reading: Reading, asked: Asked) -> Callable[[Received], str]:
    if asked.by == DAY:
        return lambda one: one.on.isoformat()
    if asked.by == MODE:
        return lambda one: one.mode
    return groups_of(reading, asked.scope).key(asked.by)


def demand(reading: Reading, asked: Asked) -> Made:
    """Demand, collection and balance; the same figures tell the efficiency."""
    rows = demand_rows(reading, asked)
    if asked.by != DAY or not rows:
        return Made(rows)
    ends_of = (("opening_minor", rows[0]), ("balance_minor", rows[-1]))
    totals = tuple(
        (key, value) for key, row in ends_of if isinstance(value := row.figures[key], int)
    )
    return Made(rows, totals=totals)


def demand_rows(reading: Reading, asked: Asked) -> tuple[GroupRow, ...]:
    """A row a group; loans of which nothing was asked are left out."""
    groups = groups_of(reading, asked.scope)
    made = demand_lines(reading, asked)
    if asked.by == LOAN:
        made = {key: sums for key, sums in made.items() if any(sums.values())}
    return rows_of(groups, asked.by, made)


def demand_lines(reading: Reading, asked: Asked) -> Lines:
    """The figures by group, in minor units."""
    groups = groups_of(reading, asked.scope)
    made, accept = lines(), groups.accepts(asked.within)
    grain = Grain(loan=by_loan(asked.within, asked.by), day=asked.by == DAY)
    key = None if asked.by == DAY else groups.key(asked.by)
    for one in moved(reading, asked, grain):
        if accept(one):
            sums = made[str(one.on) if key is None else key(one)]
            sums["demand_minor"] += one.demand
            sums["ahead_minor"] += one.ahead
            sums["old_minor"] += one.old
            sums["current_minor"] += one.current
            sums["advance_minor"] += one.advance
    return _by_day(reading, asked, made) if key is None else _balanced(reading, asked, made)


def _balanced(reading: Reading, asked: Asked, made: Lines) -> Lines:
    """With what was unpaid before and after; what nothing else explains was given up."""
    groups = groups_of(reading, asked.scope)
    key, accept = groups.key(asked.by), groups.accepts(asked.within)
    for name, at in zip(("opening_minor", "balance_minor"), ends(reading, asked), strict=True):
        for loan in at.loans:
            if loan.loan_id in at.unpaid and accept(loan):
                owed = at.owed(loan)
                made[key(loan)][name] += owed.before_minor + owed.due_minor
    for sums in made.values():
        left = sums["opening_minor"] + sums["demand_minor"] - sums["ahead_minor"]
        left -= sums["old_minor"] + sums["current_minor"]
        sums["given_minor"] = left - sums["balance_minor"]
    return made


def _by_day(reading: Reading, asked: Asked, made: Lines) -> Lines:
    """Day after day; what was given up stands on the last of them."""
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    opening, closing = (
        sum(
            at.owed(loan).before_minor + at.owed(loan).due_minor
            for loan in at.loans
            if loan.loan_id in at.unpaid and accept(loan)
        )
        for at in ends(reading, asked)
    )
    days = sorted(made) or [asked.period.last.isoformat()]
    for day in days:
        sums = made[day]
        sums["opening_minor"] = opening
        opening += sums["demand_minor"] - sums["ahead_minor"]
        opening -= sums["old_minor"] + sums["current_minor"]
        sums["balance_minor"] = opening
    last = made[days[-1]]
    last["given_minor"] = last["balance_minor"] - closing
    last["balance_minor"] = closing
    return made


def ends(reading: Reading, asked: Asked) -> tuple[Stock, Stock]:
    """The loans before the period and at its end."""
    period, scope = asked.period, asked.scope
    after = stock(reading, scope, period.last, asked.known(period.last))  # first: it reads more
    return stock(reading, scope, period.before, asked.known(period.before)), after
