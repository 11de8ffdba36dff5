"""What lists can be filtered by, with how many rows each choice has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from app.domain.ageing import ASSET_CLASSES, NPA_DAYS, SMA_1_DAYS, SMA_2_DAYS
from app.domain.errors import ValueRefused
from app.domain.roles import Permission
from app.queries.lists import ApplicationChoices, LoanChoices, OverdueChoices
from app.rows.lists import Choice
from app.services.application_views import CHECK, stages_of
from app.services.registry import answers
from app.services.work import Reading
from app.store.loan_lists import CLOSED, ENDED
from app.store.narrowing import Narrow, application_choices, loan_choices

_STARTS = (1, SMA_1_DAYS, SMA_2_DAYS, NPA_DAYS)  # days past due from which a class begins
_ACTIVE = ("active",)


@answers(LoanChoices, needs=Permission.VIEW_LOANS)
def choices_of_loans(reading: Reading, query: LoanChoices) -> tuple[Choice, ...]:
    """By what the list of loans can be narrowed."""
    statuses = ENDED if query.status == CLOSED else (query.status,) if query.status else ()
    return _rows(loan_choices(reading.connection, reading.branch.branch_id, statuses))


@answers(OverdueChoices, needs=Permission.VIEW_FIELD)
def choices_of_overdue(reading: Reading, _query: OverdueChoices) -> tuple[Choice, ...]:
    """By what the late loans can be narrowed."""
    branch_id = reading.branch.branch_id
    return _rows(loan_choices(reading.connection, branch_id, _ACTIVE, reading.day))


@answers(ApplicationChoices, needs=Permission.VIEW_APPLICATIONS)
def choices_of_applications(reading: Reading, query: ApplicationChoices) -> tuple[Choice, ...]:
    """By what the queue can be narrowed."""
    stages, waiting = stages_of(query.stage), query.stage == CHECK
    branch_id = reading.branch.branch_id
    found = application_choices(reading.connection, branch_id, stages, waiting=waiting)
    return _rows(found)


def class_narrow(asset_class: str, day: date) -> Narrow:
    """The running loans of an asset class on the open day. Raises ValueRefused."""
    if not asset_class:
        return Narrow()
    if asset_class not in ASSET_CLASSES:
        raise ValueRefused(field="asset_class", why="not-a-choice", given=asset_class)
    at = ASSET_CLASSES.index(asset_class)
    if not at:
        return Narrow(npa=False, standard_from=day)
    newest = day - timedelta(_STARTS[at - 1])
    if asset_class == ASSET_CLASSES[-1]:
        return Narrow(npa=True, newest=newest)
    return Narrow(npa=False, newest=newest, oldest=day - timedelta(_STARTS[at] - 1))


def _rows(found: Iterable[tuple[str, str, str, int]]) -> tuple[Choice, ...]:
    return tuple(Choice(*one) for one in found)
