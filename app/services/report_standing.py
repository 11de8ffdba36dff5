"""Loans as they stand at the end of a day: the portfolio by group, and one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from app.domain.ageing import ASSET_CLASSES
from app.reports.grouping import CLASS
from app.services.borrower_class import NPA, npas_known
from app.services.report_asked import Asked, Made
from app.services.report_groups import groups_of
from app.services.report_lines import Sums, lines, rows_of
from app.services.report_stock import Stock, stock
from app.services.work import Reading
from app.store.report_stock import Stood

PAR_DAYS = 30


def at_end(reading: Reading, asked: Asked) -> tuple[Stock, list[Stood]]:
    """The loans at the end of the period that are asked for."""
    at = stock(reading, asked.scope, asked.period.last, asked.known(asked.period.last))
    accept = groups_of(reading, asked.scope).accepts(asked.within)
    loans = [loan for loan in at.loans if accept(loan)] if asked.within else list(at.loans)
    if CLASS in asked.within:
        worst = borrower_classes(reading, asked, asked.period.last)
        loans = [one for one in loans if worst[one.party_id] == asked.within[CLASS]]
    return at, loans


def borrower_classes(reading: Reading, asked: Asked, day: date) -> Mapping[int, str]:
    """The class of each borrower at the end of a day: the worst of any running loan.

    An NPA stays one until a day ends without arrears of any of them.
    """
    at = stock(reading, asked.scope, day, asked.known(day))
    npas = npas_known(reading, asked.scope, day, min(asked.known(day), reading.day))

    def make() -> dict[int, str]:
        worst: dict[int, int] = defaultdict(int)
        for loan in at.loans:
            rank = ASSET_CLASSES.index(at.class_of(loan))
            if loan.party_id in npas:
                rank = ASSET_CLASSES.index(NPA)
            worst[loan.party_id] = max(worst[loan.party_id], rank)
        return {party_id: ASSET_CLASSES[rank] for party_id, rank in worst.items()}

    return reading.once(("classes", asked.scope, day, asked.known(day)), make)


def portfolio(reading: Reading, asked: Asked) -> Made:
    """Loans, borrowers and outstanding by group."""
    groups = groups_of(reading, asked.scope)
    at, loans = at_end(reading, asked)
    made, key = lines(), groups.key(asked.by)
    people: dict[str, set[int]] = defaultdict(set)
    for loan in loans:
        group = key(loan)
        standing(made[group], at, loan)
        people[group].add(loan.party_id)
    whole = sum(loan.principal_minor for loan in loans)
    for group, sums in made.items():
        sums["borrowers"] = len(people[group])
        sums["whole_minor"] = whole
    rows = rows_of(groups, asked.by, made)
    everybody = len({loan.party_id for loan in loans})
    return Made(rows, totals=(("borrowers", everybody), ("whole_minor", whole)))


def standing(sums: Sums, at: Stock, loan: Stood) -> None:
    """Add how a loan stands: itself, outstanding, overdue, at risk."""
    dpd = at.dpd(loan)
    sums["loans"] += 1
    sums["outstanding_minor"] += loan.principal_minor
    if dpd:
        sums["late_loans"] += 1
        sums["arrears_minor"] += at.owed(loan).before_minor
    risky = loan.principal_minor if dpd > PAR_DAYS else 0
    sums["at_risk_minor"] += risky
    sums["safe_minor"] += loan.principal_minor - risky
