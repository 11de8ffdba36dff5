"""What has to be posted by the day: interest earned, what the terms levy, what moves by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from app.domain.accounts import EntryLine, PostingRules, accrual_entry, balanced
from app.domain.allocation import Head
from app.domain.events import Event
from app.domain.loan import Position, Projection, replay
from app.services.acting import ACTIVE
from app.services.books import About, post
from app.services.earned import earned_of, run_to
from app.services.projecting import Living, living, post_moved
from app.services.provisioning import post_provisions
from app.services.suspense import Suspense
from app.services.work import Work
from app.store.days import by_day, due_by, posted, running
from app.store.earning import counted_due, counted_running
from app.store.listing import listed_day
from app.store.loans import LoanRecord, events_of, loans_by_id
from app.store.projections import write_projection
from app.store.store import Snapshot

ACCRUAL = "accrual"
Pool = tuple[int, str]  # product and currency
Totals = dict[tuple[Pool, str], int]
_INTEREST = "interest"
_LEVIED = (Head.CHARGE, Head.PENALTY)


@dataclass(slots=True)
class _Still:
    """A loan that levies by date, or moves with the days, while the days go by."""

    loan: Living
    stands: Projection  # as it is in the tables
    over: dict[str, int] | None = None  # once nothing of it changes any more


@dataclass
class CatchUp:
    """Posts day after day: cumulative to the day, rounded once, less what was posted before.

    Loans that levy by date or move with the days are replayed for each day. A day begins with what
    moves by itself, and ends with what it earned and levied, what of that is held in suspense, and
    on a month's last day with what is set aside. `until` is the last day to be posted.
    """

    work: Work
    until: date

    def begin(self, on: date) -> None:
        """Bring the loans that move to the day; post under it what moved since the last."""
        for one in self._stills:
            loan = one.loan
            if not loan.moves or loan.record.status != ACTIVE:
                continue
            before = loan.position
            loan.go_to(on)
            post_moved(self.work, loan, before, on)

    def post(self, on: date) -> None:
        """Post the day under its own date."""
        rules = self.work.tools.rules
        totals = self._earned(on)
        for one in self._stills:
            pool = (one.loan.record.product_id, one.loan.record.currency)
            for what, amount in _by_day(one, on).items():
                totals[pool, what] += amount
        for product_id, currency in self._pools(totals):
            about = About(ACCRUAL, currency, product_id, on=on)
            lines = self._lines((product_id, currency), totals, rules)
            post(self.work, about, lines)
            for line in lines:
                at = (product_id, currency, line.account)
                self._posted[at] = self._posted.get(at, 0) + line.amount
        self._suspense.post(on)
        post_provisions(self.work, self._suspense, on)

    def write(self) -> None:
        """Write what is derived of the loans that moved."""
        for one in self._stills:
            if one.loan.moves and one.loan.projection is not one.stands:
                write_projection(self.work.tx, one.loan.place, one.stands, one.loan.projection)

    def _earned(self, on: date) -> defaultdict[tuple[Pool, str], int]:
        """From the counted lines; from all lines in books of an earlier version."""
        snapshot, branch_id = self.work.tx.connection, self.work.branch.branch_id
        if not self._counted:
            return earned(snapshot, branch_id, on)
        return earned_by_kinds(snapshot, branch_id, on)

    @cached_property
    def _counted(self) -> bool:
        """Whether the branch's lines are counted; what was written before this is sent first."""
        self.work.tx.flush()
        return listed_day(self.work.tx.connection, self.work.branch.branch_id) is not None

    @cached_property
    def _posted(self) -> dict[tuple[int, str, str], int]:
        """What was posted so far, read once."""
        return posted(self.work.tx.connection, self.work.branch.branch_id, ACCRUAL)

    @cached_property
    def _stills(self) -> Sequence[_Still]:
        snapshot, branch_id = self.work.tx.connection, self.work.branch.branch_id
        ids = by_day(snapshot, branch_id)
        if not ids:
            return ()
        events, records = events_of(snapshot, ids), loans_by_id(snapshot, ids)
        made = [_as_derived(records[loan_id], events[loan_id]) for loan_id in ids]
        return [_Still(loan, loan.projection) for loan in made]

    @cached_property
    def _suspense(self) -> Suspense:
        moving = [one.loan for one in self._stills if one.loan.moves]
        return Suspense(self.work, self.until, moving)

    def _pools(self, totals: Totals) -> Sequence[Pool]:
        """Everything with a balance now, or something posted that must perhaps go back."""
        before = {(product_id, currency) for product_id, currency, _ in self._posted}
        return sorted({*(pool for pool, _ in totals), *before})

    def _lines(self, pool: Pool, totals: Totals, rules: PostingRules) -> tuple[EntryLine, ...]:
        lines: list[EntryLine] = []
        for what, asset, income in accrual_accounts(rules):
            move = totals.get((pool, what), 0) - self._posted.get((*pool, asset), 0)
            if what == _INTEREST:
                lines += accrual_entry(move, rules)
            else:
                lines += balanced([(asset, move), (income, -move)])
        return tuple(lines)


def _as_derived(found: LoanRecord, events: list[Event]) -> Living:
    """The loan on the day for which it stands in the tables."""
    return living(found, events, found.as_on or max(event.on for event in events))


def _by_day(one: _Still, on: date) -> dict[str, int]:
    """What a loan levied by the end of a day and, of one that moves, the interest it earned."""
    if one.over is not None:
        return one.over
    loan = one.loan
    as_it_is = loan.moves and loan.day == on
    position = loan.position if as_it_is else replay(loan.terms, loan.events, on)
    made = {
        head.value: owed_of(position, head, on) - getattr(position.balances, head.value)
        for head in _LEVIED
    }
    if loan.moves:
        made[_INTEREST] = earned_of(position, loan.terms, on)
    lasts_until = max((line.due_on for line in position.lines), default=on)
    if loan.record.status != ACTIVE and lasts_until <= on:
        one.over = made
    return made


def accrual_accounts(rules: PostingRules) -> Iterator[tuple[str, str, str]]:
    """(what, receivable, income) of everything that is posted by the day."""
    yield _INTEREST, rules.interest_receivable, rules.interest_income
    for head in _LEVIED:
        yield head.value, rules.components[head.value], rules.contra["charge"][head.value]


def earned(snapshot: Snapshot, branch_id: int, on: date) -> defaultdict[tuple[Pool, str], int]:
    """Interest earned by the end of a day, by product and currency: dues, and running lines.

    Of all loans but those that move with the days.
    """
    totals: defaultdict[tuple[Pool, str], int] = defaultdict(int)
    for due in due_by(snapshot, branch_id, on):
        totals[(due.product_id, due.currency), _INTEREST] += due.interest_minor
    for line in running(snapshot, branch_id, on):
        totals[(line.product_id, line.currency), _INTEREST] += run_to(line, on)
    return totals


def earned_by_kinds(
    snapshot: Snapshot, branch_id: int, on: date
) -> defaultdict[tuple[Pool, str], int]:
    """The same from the counted lines: a sum over kinds of lines."""
    totals: defaultdict[tuple[Pool, str], int] = defaultdict(int)
    for due in counted_due(snapshot, branch_id, on):
        totals[(due.product_id, due.currency), _INTEREST] += due.interest_minor
    for kind in counted_running(snapshot, branch_id, on):
        line = kind.line
        totals[(line.product_id, line.currency), _INTEREST] += kind.lines * run_to(line, on)
    return totals


def owed_of(position: Position, head: Head, on: date) -> int:
    """What is owed of a head by a day, less what was paid ahead: what its account must hold."""
    ahead = sum(
        part.amount
        for receipt in position.receipts
        for part in receipt.parts
        if part.head is head and part.due_on > on
    )
    unpaid: int = getattr(position.arrears, head.value)
    return unpaid - ahead
