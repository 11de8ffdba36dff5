"""What each officer looks after, and what was done in a period."""

from __future__ import annotations

from collections import defaultdict

from app.reports.grouping import OFFICER
from app.services.report_asked import Asked, Made
from app.services.report_collecting import demand_lines
from app.services.report_groups import groups_of
from app.services.report_lending import lent_in
from app.services.report_lines import Lines, lines, rows_of
from app.services.report_standing import at_end, standing
from app.services.work import Reading
from app.store.field import DONE
from app.store.promises import promise_counts
from app.store.report_lending import visits_by_officer


def officers(reading: Reading, asked: Asked) -> Made:
    """A row an officer."""
    groups = groups_of(reading, asked.scope)
    made = lines()
    everybody = _stand(reading, asked, made)
    accept = groups.accepts(asked.within)
    for one in lent_in(reading, asked):
        if accept(one.loan):
            sums = made[str(one.loan.officer_id)]
            sums["lent"] += 1 if one.amount_minor > 0 else -1
            sums["lent_minor"] += one.amount_minor
    for key, found in demand_lines(reading, asked).items():
        made[key]["asked_minor"] += found["demand_minor"] - found["ahead_minor"]
        made[key]["current_minor"] += found["current_minor"]
    wanted = asked.within.get(OFFICER)
    _field(reading, asked, made)
    kept = {key: sums for key, sums in made.items() if wanted in (None, key) and any(sums.values())}
    return Made(rows_of(groups, OFFICER, kept), totals=(("borrowers", everybody),))


def _stand(reading: Reading, asked: Asked, made: Lines) -> int:
    """How the loans of each stand; returns how many borrowers there are in all."""
    at, loans = at_end(reading, asked)
    people: dict[str, set[int]] = defaultdict(set)
    for loan in loans:
        standing(made[str(loan.officer_id)], at, loan)
        people[str(loan.officer_id)].add(loan.party_id)
    for key, those in people.items():
        made[key]["borrowers"] = len(those)
    return len({loan.party_id for loan in loans})


def _field(reading: Reading, asked: Asked, made: Lines) -> None:
    """Visits and promises of the period."""
    period, connection = asked.period, reading.connection
    stops = visits_by_officer(connection, period.branch_id, period.first, period.last)
    for (officer_id, state), count in stops.items():
        made[str(officer_id)]["planned"] += count
        made[str(officer_id)]["done"] += count if state == DONE else 0
    for key, sums in made.items():
        promised = promise_counts(
            *(connection, period.branch_id, int(key), period.first, period.last),
            day_ended=period.last < reading.day,
        )
        sums["promises_kept"] = promised.get("kept", 0)
        sums["promises_broken"] = promised.get("broken", 0)
