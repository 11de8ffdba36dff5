"""How loans moved between asset classes; the class of a loan is that of its borrower."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from app.domain.ageing import ASSET_CLASSES
from app.reports.grouping import CLASS
from app.rows.reports import Figures, GroupRow
from app.services.report_asked import Asked, Made
from app.services.report_collecting import ends
from app.services.report_groups import groups_of
from app.services.report_lines import lines, rows_of
from app.services.report_standing import borrower_classes
from app.services.work import Reading
from app.texts.labels import named

STAYED, ADDED, UPGRADED, WORSENED, CLOSED = "stayed", "added", "upgraded", "worsened", "closed"


class Change(NamedTuple):
    """A loan at both ends of the period; a class is empty where it did not run.

    Amounts are principal outstanding in minor units.
    """

    loan_id: int
    officer_id: int
    product_id: int
    group_id: int | None
    was: str
    came: str
    opening_minor: int
    closing_minor: int

    @property
    def what(self) -> str:
        """What became of it, seen from where it was."""
        if not self.came:
            return CLOSED
        if not self.was:
            return ADDED
        step = ASSET_CLASSES.index(self.came) - ASSET_CLASSES.index(self.was)
        return STAYED if not step else WORSENED if step > 0 else UPGRADED


def changes(reading: Reading, asked: Asked) -> tuple[Change, ...]:
    """Every loan that ran at the start or the end of the period. Read once for all that ask."""
    key = ("changes", asked.period, asked.known_on)
    return reading.once(key, lambda: tuple(_changes(reading, asked)))


def _changes(reading: Reading, asked: Asked) -> Iterator[Change]:
    before, after = ends(reading, asked)
    was, came = (borrower_classes(reading, asked, at.day) for at in (before, after))
    old = {loan.loan_id: loan for loan in before.loans}
    for loan in after.loans:
        one = old.pop(loan.loan_id, None)
        yield Change(
            *(loan.loan_id, loan.officer_id, loan.product_id, loan.group_id),
            "" if one is None else was[one.party_id],
            came[loan.party_id],
            0 if one is None else one.principal_minor,
            loan.principal_minor,
        )
    for one in old.values():
        yield Change(
            *(one.loan_id, one.officer_id, one.product_id, one.group_id),
            *(was[one.party_id], "", one.principal_minor, 0),
        )


def movement(reading: Reading, asked: Asked) -> Made:
    """A row a class: what stood there, came, left and stayed."""
    groups = groups_of(reading, asked.scope)
    accept, made = groups.accepts(asked.within), lines()
    for one in ASSET_CLASSES:
        made[one]["opening"] += 0
    for change in changes(reading, asked):
        if accept(change) and change.was:
            _left(made[change.was], change)
        if accept(change) and change.came:
            _came(made[change.came], change)
    ordered = {one: made[one] for one in ASSET_CLASSES}
    rows = rows_of(groups, CLASS, ordered, lambda key: named("asset-class", key))
    return Made(rows)


def _left(sums: dict[str, int], change: Change) -> None:
    sums["opening"] += 1
    sums["opening_minor"] += change.opening_minor
    if change.what in (UPGRADED, WORSENED, CLOSED):
        sums[change.what] += 1
        sums[f"{change.what}_minor"] += change.opening_minor


def _came(sums: dict[str, int], change: Change) -> None:
    sums["closing"] += 1
    sums["closing_minor"] += change.closing_minor
    if change.what == STAYED:
        sums["repaid_minor"] += change.opening_minor - change.closing_minor
        sums["stayed_minor"] += change.closing_minor
    else:
        sums["added"] += 1
        sums["added_minor"] += change.closing_minor


def moved_loans(reading: Reading, asked: Asked) -> Made:
    """The loans of a class at either end; without a class those that moved."""
    groups = groups_of(reading, asked.scope)
    wanted, accept = asked.within.get(CLASS), groups.accepts(asked.within)
    found = [
        one
        for one in changes(reading, asked)
        if accept(one) and (wanted in (one.was, one.came) if wanted else one.what != STAYED)
    ]
    known = groups.know(one.loan_id for one in found)
    rows: list[GroupRow] = []
    for one in found:
        loan = known[one.loan_id]
        figures: Figures = {
            "borrower": loan.borrower,
            "officer": groups.people.get(one.officer_id, ""),
            "was": named("asset-class", one.was) if one.was else "",
            "is": named("asset-class", one.came) if one.came else "",
            "what": named("moved", one.what),
            "opening_minor": one.opening_minor,
            "closing_minor": one.closing_minor,
        }
        rows.append(GroupRow(str(one.loan_id), loan.number, figures, one.loan_id))
    rows.sort(key=lambda row: row.name)
    return Made(tuple(rows))
