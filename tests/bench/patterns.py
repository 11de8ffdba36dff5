"""Lives of loans, played once by the real engine; a loader copies each of them many times."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from app.commands.codec import encode
from app.domain.accounts import EntryLine, PostingRules, balanced
from app.domain.accrual import accrued
from app.domain.allocation import Head
from app.domain.events import Event, EventKind
from app.domain.loan import due_today
from app.domain.schedule import schedule
from app.domain.terms import Terms, doc_of
from app.rows.facts import ProductFacts
from app.services.projecting import Fact, Living
from app.services.quotes import kept_back, product_rate, terms_for
from app.services.receipts import printed_of, split_of
from app.store.loans import LoanRecord
from app.store.projections import rows_of

COUNTER, CURRENCY = "1", "INR"
RUPEES = 100
_HABITS = ("punctual",) * 62 + ("late",) * 14 + ("part",) * 8 + ("misses",) * 8 + ("stops",) * 8
_SPANS = {"JLG-W": 7, "JLG-F": 14, "IND-M": 30, "FLAT-M": 30}


@dataclass(frozen=True)
class Step:
    """Something that happened: the fact, its entry, and of a receipt the split as printed."""

    kind: EventKind
    on: date
    amount: int
    entry: tuple[EntryLine, ...]
    head: Head | None = None
    of: int | None = None  # the place of the step that it voids
    title: str = ""
    printed: str = ""
    mode: str = ""


@dataclass
class Pattern:
    """A loan's life up to a day, with what is derived of it: events are numbered from 1."""

    product: str
    product_id: int
    terms: Terms
    rate: str
    steps: list[Step]
    rows: Mapping[str, list[dict[str, Any]]]
    status: str
    earned: Counter[date] = field(default_factory=Counter)  # interest by the day

    @property
    def receipts(self) -> int:
        """How many receipts it has, reversed ones too."""
        return sum(step.kind is EventKind.RECEIPT for step in self.steps)


@dataclass(frozen=True)
class Maker:
    """Plays lives of loans up to the end of a day, with so many receipts each, about."""

    products: Mapping[str, tuple[int, ProductFacts]]
    rules: PostingRules
    until: date
    receipts: int
    random: Random

    def made(self, count: int) -> Iterator[Pattern]:
        """So many lives."""
        for place in range(count):
            yield self.pattern(place)

    def pattern(self, place: int) -> Pattern:
        """The next life; what is rare comes at places, so that few lives have it too."""
        code = self.random.choices(tuple(_SPANS), (45, 20, 25, 10))[0]
        product_id, facts = self.products[code]
        gone = self.random.randint(max(self.receipts - 2, 1), self.receipts + 2)
        count = gone + self.random.choice((0, 1, 3, 6, 10, 14))
        days = gone * _SPANS[code] + self.random.randrange(_SPANS[code])
        on = self.until - timedelta(days)
        amount = self.random.randrange(8, 61) * 1000 * RUPEES
        rate = product_rate(asdict(facts))
        terms = terms_for(asdict(facts), amount, max(count, 2), rate, on)
        life = _Life(self, code, product_id, terms, rate)
        life.live(self.random.choice(_HABITS), place)
        return life.pattern()


class _Life:
    """A loan while it is lived."""

    def __init__(self, maker: Maker, code: str, product_id: int, terms: Terms, rate: str) -> None:
        self.maker, self.code, self.rate = maker, code, rate
        self.product_id, self.terms = product_id, terms
        on, amount = terms.disbursed_on, terms.first_amount
        self.loan = Living(
            _record(product_id, terms),
            terms,
            [Event(EventKind.DISBURSEMENT, on, on, 1, amount)],
            on,
        )
        self.steps = [Step(EventKind.DISBURSEMENT, on, amount, self._out(), mode="bank")]

    def _out(self) -> tuple[EntryLine, ...]:
        rules, amount = self.maker.rules, self.terms.first_amount
        fee, tax = kept_back(schedule(self.terms))
        account = rules.money_account("bank", COUNTER)
        legs = [
            (rules.components["principal"], amount),
            *((rules.fee, -fee), (rules.tax, -tax), (account, fee + tax - amount)),
        ]
        return balanced(legs)

    def live(self, habit: str, place: int) -> None:
        """Pay as the habit is, as long as the loan runs and the day has not come."""
        random, until = self.maker.random, self.maker.until
        dues = [line.due_on for line in self.loan.position.lines]
        stops = random.randrange(1, len(dues) + 1)
        for number, due_on in enumerate(dues):
            if habit == "stops" and number >= stops:
                return
            if habit == "misses" and random.randrange(3) == 0:
                continue
            on = due_on + timedelta(random.randrange(1, 12) if habit == "late" else 0)
            if on > until or self.loan.position.status != "active":
                return
            owed = due_today(self.loan.position, on).total
            part = owed // 2 // RUPEES * RUPEES if habit == "part" and number % 2 else owed
            self._rare(place, number, on)
            if part > 0:
                self._take(EventKind.RECEIPT, on, part)

    def _rare(self, place: int, number: int, on: date) -> None:
        """A charge, or a receipt that is taken back on the same day."""
        if place % 40 == 7 and number == 1:
            self._take(EventKind.CHARGE, on, 50 * RUPEES, head=Head.CHARGE, title="Visit")
        if place % 50 == 11 and number == 0:
            self._take(EventKind.RECEIPT, on, 100 * RUPEES)
            self._take(EventKind.REVERSAL, on, 100 * RUPEES, of=len(self.steps), title="mistake")

    def _take(
        self,
        kind: EventKind,
        on: date,
        amount: int,
        *,
        head: Head | None = None,
        of: int | None = None,
        title: str = "",
    ) -> None:
        self.loan.day, ref = on, len(self.steps) + 1
        mode = (
            "upi" if self.maker.random.randrange(3) == 0 and kind is EventKind.RECEIPT else "cash"
        )
        money = {EventKind.RECEIPT: amount, EventKind.REVERSAL: -amount}.get(kind, 0)
        if of is not None:
            mode = self.steps[of - 1].mode
        account = self.maker.rules.money_account(mode, COUNTER) if money else ""
        fact = Fact(kind, on, amount, head=head, of=of, title=title, money=money, account=account)
        entry, printed = self.loan.take(fact, ref, self.maker.rules), ""
        if kind is EventKind.RECEIPT:
            position = self.loan.position
            printed = encode(printed_of(position, split_of(position, ref)))
        self.steps.append(Step(kind, on, amount, entry, head, of, title, printed, mode))

    def pattern(self) -> Pattern:
        """What came of it."""
        rows = rows_of(self.loan.place, self.loan.projection)
        made = Pattern(
            *(self.code, self.product_id, self.terms, self.rate, self.steps, rows),
            self.loan.position.status,
        )
        self._earn(made)
        return made

    def _earn(self, made: Pattern) -> None:
        """The interest of each day, as lines stand at the end: these lives do not change them."""
        how, until = self.terms.rounding, self.maker.until
        for line in self.loan.position.lines:
            before = 0
            on = line.scheduled_from + timedelta(1)
            while on <= min(line.due_on, until):
                by = accrued(
                    line.interest, line.scheduled_from, line.due_on, on, how.mode, how.interest_to
                )
                made.earned[on] += by - before
                before, on = by, on + timedelta(1)


def _record(product_id: int, terms: Terms) -> LoanRecord:
    values: dict[str, Any] = {
        "loan_id": 0,
        "number": "",
        "branch_id": 0,
        "party_id": 0,
        "product_id": product_id,
        "application_id": 0,
        "currency": terms.currency,
        "principal_minor": terms.principal,
        "disbursed_on": terms.disbursed_on,
        "terms": encode(doc_of(terms)),
        "status": "active",
        "officer_id": 0,
        "as_on": None,
    }
    return LoanRecord(**values)


def first_day(patterns: Sequence[Pattern]) -> date:
    """The day of the earliest disbursement."""
    return min(pattern.terms.disbursed_on for pattern in patterns)
