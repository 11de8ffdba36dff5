"""A loan that ran elsewhere goes on here, from its opening position."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.commands.base import Topic
from app.commands.codec import encode
from app.commands.takeover import LoanTakenOver, TakeOverLoan
from app.domain.accounts import EntryLine
from app.domain.errors import (
    CurrencyMismatch,
    DayClosed,
    LimitExceeded,
    NotFound,
    ValueRefused,
)
from app.domain.events import EventKind
from app.domain.loan import next_due
from app.domain.party import cleaned
from app.domain.roles import Limit, Permission, Role
from app.domain.terms import doc_of
from app.queries.takeover import PreviewTakeOver
from app.rows.facts import TakenLoan
from app.rows.takeover import TakeOverPreview
from app.services.accruals import ACCRUAL
from app.services.act_previews import entries_of
from app.services.acting import Desk, desk_of, desk_shown
from app.services.books import About, post
from app.services.disbursing import levies
from app.services.facts import record
from app.services.loan_now import as_on_day, heads_of
from app.services.numbers import next_loan
from app.services.openings import (
    Opened,
    earned_entry,
    lines_kept,
    opened,
    opening_entry,
    opening_event,
)
from app.services.parties import add_party, clean_party
from app.services.projecting import LOAN, earns_of
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.details import Detail, detail_of
from app.store.loans import LoanRecord, old_numbers, share_open_day
from app.store.parties import group_by_id, party_by_id
from app.store.people import officers_of_branch
from app.store.products import product_on
from app.store.projections import Place, write_projection
from app.store.schema.loans import loan_officers, loans

NO_APPLICATION = 0
LONGEST_OLD = 60


@use_case(
    TakeOverLoan,
    needs=Permission.LOAN_TAKE_OVER,
    changes={Topic.LOAN, Topic.PARTY},
    answer=LoanTakenOver,
)
def take_over_loan(work: Work, command: TakeOverLoan) -> LoanTakenOver:
    """Write the loan with what is open of it; receipts and all acts then go as on any loan."""
    reason = cleaned(command.reason, "reason", needed=True)
    if not share_open_day(work.tx, work.branch.branch_id):
        raise DayClosed()
    made = checked(desk_of(work), command.taken)
    work.within(Limit.TAKE_OVER, made.outstanding)
    party_id = _party(work, command)
    loan_id, number = written(work, party_id, command.taken, made, reason)
    return LoanTakenOver(loan_id, number, party_id, made.outstanding, command.taken.currency)


@answers(PreviewTakeOver, needs=Permission.LOAN_TAKE_OVER)
def preview_take_over(reading: Reading, query: PreviewTakeOver) -> TakeOverPreview:
    """The loan as it will stand, and what it will post. Raises what taking it over would."""
    taken, rules = query.taken, reading.rules
    made = checked(desk_shown(reading), taken)
    event = opening_event(made.opening, taken.opening_on, reading.day, 1)
    now = as_on_day(_record(reading, taken, made), [event], reading.day)
    coming, limit = next_due(made.now), reading.actor.limit(Limit.TAKE_OVER)
    entries = [*opening_entry(made, rules), *earned_entry(made, taken.opening_on, rules)]
    return TakeOverPreview(
        currency=taken.currency,
        opening_on=taken.opening_on,
        lines=lines_kept(made.opening),
        outstanding_minor=made.outstanding,
        arrears=heads_of(now.position.arrears),
        excess_minor=now.position.excess,
        oldest_due_on=now.position.oldest_unpaid_due_on,
        dpd=now.dpd,
        asset_class=now.asset_class,
        next_due_on=coming.due_on if coming else None,
        next_due_minor=coming.unpaid.total if coming else 0,
        entries=entries_of(reading, entries),
        amount_minor=made.outstanding,
        limit_minor=limit,
        needs_check=made.outstanding > limit,
    )


def checked(desk: Desk, taken: TakenLoan) -> Opened:
    """The loan worked out. Raises at the first field that does not fit this branch."""
    product = product_on(desk.snapshot, taken.product_id, desk.day)
    if product is None:
        raise NotFound(field="product_id", what="product", id=taken.product_id)
    if product["currency"] != taken.currency:
        raise CurrencyMismatch(field="currency", one=product["currency"], other=taken.currency)
    _check_day(desk, taken.opening_on)
    _check_place(desk, taken)
    return opened(product, taken, desk.day)


def written(
    work: Work, party_id: int, taken: TakenLoan, made: Opened, reason: str
) -> tuple[int, str]:
    """Write loan, officer, opening, entries and what is derived; returns id and number."""
    loan_id = work.tx.new_id()  # locks the counter's chain: the number is ours from here
    number = next_loan(work)
    branch_id = work.branch.branch_id
    work.tx.insert(
        loans,
        id=loan_id,
        number=number,
        branch_id=branch_id,
        party_id=party_id,
        product_id=taken.product_id,
        application_id=NO_APPLICATION,
        group_id=taken.group_id,
        currency=taken.currency,
        principal_minor=taken.principal_minor,
        annual_rate=taken.annual_rate,
        disbursed_on=taken.disbursed_on,
        rules=made.terms.rules,
        terms=encode(doc_of(made.terms)),
        interest_mode=made.terms.rounding.mode.value,
        interest_to_minor=made.terms.rounding.interest_to,
        levies=levies(made.terms) or _has_charges(made),
        moves=made.moves,
        old_number=cleaned(taken.old_number, "old_number", needed=True),
    )
    work.tx.insert(loan_officers, loan_id=loan_id, officer_id=taken.officer_id, from_on=work.day)
    earns = earns_of(made.terms, taken.product_id)
    place = Place(loan_id, branch_id, taken.officer_id, made.moves, earns)
    _begin(work, place, taken, made, reason)
    return loan_id, number


def _begin(work: Work, place: Place, taken: TakenLoan, made: Opened, reason: str) -> None:
    """The opening as a fact, with its entries and what is derived of it."""
    kind = EventKind.OPENING.value
    event_id = record(
        work,
        LOAN,
        place.loan_id,
        kind,
        value_on=taken.opening_on,
        amount_minor=sum(line.principal for line in made.opening.lines) or None,
        currency=taken.currency,
        title=reason,
        detail=detail_of(Detail(opening=made.opening)),
    )
    rules = work.tools.rules
    entries: Sequence[tuple[str, tuple[EntryLine, ...]]] = (
        (kind, opening_entry(made, rules)),
        (ACCRUAL, earned_entry(made, taken.opening_on, rules)),
    )
    for name, lines in entries:
        about = About(name, taken.currency, taken.product_id, place.loan_id, event_id)
        post(work, about, lines)
    write_projection(work.tx, place, None, made.projection)


def _party(work: Work, command: TakeOverLoan) -> int:
    """The known borrower, or the new one."""
    if command.party_id is not None:
        if party_by_id(work.tx.connection, command.party_id) is None:
            raise NotFound(field="party_id", what="party", id=command.party_id)
        return command.party_id
    if command.party is None:
        raise ValueRefused(field="full_name", why="empty")
    return add_party(work, clean_party(work, command.party))


def _check_day(desk: Desk, on: date) -> None:
    days = (desk.day - on).days
    if days < 0:
        raise ValueRefused(field="opening_on", why="in-the-future", given=on)
    allowed = desk.actor.limit(Limit.BACKDATE_DAYS)
    if days > allowed:
        raise LimitExceeded(field="opening_on", why="backdate", days=days, allowed_days=allowed)


def _check_place(desk: Desk, taken: TakenLoan) -> None:
    branch_id = desk.branch.branch_id
    number = cleaned(taken.old_number, "old_number", needed=True)
    if len(number) > LONGEST_OLD:
        raise ValueRefused(field="old_number", why="too-long", most=LONGEST_OLD)
    if old_numbers(desk.snapshot, branch_id, [number]):
        raise ValueRefused(field="old_number", why="old-number-taken", given=number)
    if taken.officer_id not in officers_of_branch(desk.snapshot, branch_id, desk.day, Role.OFFICER):
        raise ValueRefused(field="officer_id", why="not-an-officer")
    if taken.group_id is not None and (
        group_by_id(desk.snapshot, taken.group_id, branch_id) is None
    ):
        raise NotFound(field="group_id", what="group", id=taken.group_id)


def _has_charges(made: Opened) -> bool:
    return any(line.charge or line.penalty for line in made.opening.lines)


def _record(reading: Reading, taken: TakenLoan, made: Opened) -> LoanRecord:
    """The loan as it is going to be, for looking at it."""
    values: dict[str, Any] = {
        "loan_id": 0,
        "number": "",
        "branch_id": reading.branch.branch_id,
        "party_id": 0,
        "product_id": taken.product_id,
        "application_id": NO_APPLICATION,
        "currency": taken.currency,
        "principal_minor": taken.principal_minor,
        "disbursed_on": taken.disbursed_on,
        "terms": encode(doc_of(made.terms)),
        "status": made.now.status,
        "officer_id": taken.officer_id,
        "as_on": reading.day if made.moves else None,
    }
    return LoanRecord(**values)
