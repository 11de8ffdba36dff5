"""What has to be posted by the day: interest earned, and what the terms levy by date."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from app.domain.accounts import EntryLine, PostingRules, accrual_entry, balanced
from app.domain.accrual import accrued
from app.domain.allocation import Head
from app.domain.events import Event
from app.domain.loan import Position, replay
from app.domain.money import RoundingMode
from app.services.books import About, post
from app.services.projecting import terms_from
from app.services.work import Work
from app.store.days import RunningLine, due_by, levying, posted, running
from app.store.loans import LoanRecord, events_of, loans_by_id
from app.store.store import Snapshot

ACCRUAL = "accrual"
Pool = tuple[int, str]  # product and currency
_INTEREST = "interest"
_LEVIED = (Head.CHARGE, Head.PENALTY)


@dataclass(slots=True)
class CatchUp:
    """Posts day after day: cumulative to the day, rounded once, less what was posted before.

    What was posted is read once; loans that levy by date are replayed for each day.
    """

    work: Work
    _posted: dict[tuple[int, str, str], int] = field(init=False)
    _levying: list[tuple[LoanRecord, list[Event]]] = field(init=False)

    def __post_init__(self) -> None:
        snapshot, branch_id = self.work.tx.connection, self.work.branch.branch_id
        self._posted = posted(snapshot, branch_id, ACCRUAL)
        ids = levying(snapshot, branch_id)
        events = events_of(snapshot, ids) if ids else {}
        records = loans_by_id(snapshot, ids) if ids else {}
        self._levying = [(records[loan_id], events[loan_id]) for loan_id in ids]

    def post(self, on: date) -> None:
        """Post the day under its own date."""
        snapshot, rules = self.work.tx.connection, self.work.tools.rules
        totals = earned(snapshot, self.work.branch.branch_id, on)
        for key, amount in levied(self._levying, on).items():
            totals[key] += amount
        for product_id, currency in self._pools(totals):
            about = About(ACCRUAL, currency, product_id, on=on)
            lines = self._lines((product_id, currency), totals, rules)
            post(self.work, about, lines)
            for line in lines:
                at = (product_id, currency, line.account)
                self._posted[at] = self._posted.get(at, 0) + line.amount

    def _pools(self, totals: dict[tuple[Pool, str], int]) -> Sequence[Pool]:
        """Everything with a balance now, or something posted that must perhaps go back."""
        before = {(product_id, currency) for product_id, currency, _ in self._posted}
        return sorted({*(pool for pool, _ in totals), *before})

    def _lines(
        self, pool: Pool, totals: dict[tuple[Pool, str], int], rules: PostingRules
    ) -> tuple[EntryLine, ...]:
        lines: list[EntryLine] = []
        for what, asset, income in accrual_accounts(rules):
            move = totals.get((pool, what), 0) - self._posted.get((*pool, asset), 0)
            if what == _INTEREST:
                lines += accrual_entry(move, rules)
            else:
                lines += balanced([(asset, move), (income, -move)])
        return tuple(lines)


def accrual_accounts(rules: PostingRules) -> Iterator[tuple[str, str, str]]:
    """(what, receivable, income) of everything that is posted by the day."""
    yield _INTEREST, rules.interest_receivable, rules.interest_income
    for head in _LEVIED:
        yield head.value, rules.components[head.value], rules.contra["charge"][head.value]


def earned(snapshot: Snapshot, branch_id: int, on: date) -> defaultdict[tuple[Pool, str], int]:
    """Interest earned by the end of a day, by product and currency: dues, and running lines."""
    totals: defaultdict[tuple[Pool, str], int] = defaultdict(int)
    for due in due_by(snapshot, branch_id, on):
        totals[(due.product_id, due.currency), _INTEREST] += due.interest_minor
    for line in running(snapshot, branch_id, on):
        totals[(line.product_id, line.currency), _INTEREST] += run_to(line, on)
    return totals


def run_to(line: RunningLine, on: date) -> int:
    """What a running line has earned by the end of a day."""
    return accrued(
        line.interest_minor, line.from_on, line.due_on, on, RoundingMode(line.mode), line.to
    )


def levied(
    loans: Sequence[tuple[LoanRecord, list[Event]]], on: date
) -> dict[tuple[Pool, str], int]:
    """Charges and penal charges that the terms levied by the end of a day."""
    totals: defaultdict[tuple[Pool, str], int] = defaultdict(int)
    for found, events in loans:
        known = [event for event in events if event.on <= on]
        if not known:
            continue
        position = replay(terms_from(found.terms, found.currency), known, on)
        pool = (found.product_id, found.currency)
        for head in _LEVIED:
            balance = getattr(position.balances, head.value)
            totals[pool, head.value] += owed_of(position, head, on) - balance
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
