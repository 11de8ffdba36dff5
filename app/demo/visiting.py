"""The officers' rounds: whom they plan to see, what comes of it, what is promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import islice
from random import Random

from app.commands.field import MakePromise, PlannedStop, PlanVisits, RecordVisit
from app.demo.acting import Acting
from app.demo.counter import CURRENCY
from app.demo.days import Days
from app.demo.habits import Account, Habit, Way
from app.demo.luck import chance
from app.demo.samples import Samples
from app.domain.visit import Outcome, Why
from app.ports import Session
from app.queries.field import ProposeVisits
from app.rows.facts import PromiseFacts

STOPS = 4  # of one officer on one day
NEWEST = 2  # loans looked at where nobody is late
Comes = Callable[[date, Account, Way], None]  # a borrower will be at the counter on a day
_NOBODY = (Outcome.NOT_MET, Outcome.LOCKED, Outcome.MET_FAMILY, Outcome.LOCKED)


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer tells about a visit."""

    outcome: Outcome
    met: bool
    claimed: int = 0
    promise: PromiseFacts | None = None


SEEN = Told(Outcome.VERIFIED, True)


@dataclass(slots=True)
class Rounds:
    """Plans and records visits; `accounts` by loan."""

    acting: Acting
    days: Days
    random: Random
    words: Samples
    accounts: dict[int, Account]
    comes: Comes
    planned: dict[int, list[tuple[int, str, Account]]] = field(default_factory=dict)  # by officer

    def plan(self, officer: Session, on: date) -> None:
        """Take the first proposals into the officer's day; else see what new loans are used for."""
        query = ProposeVisits(officer_id=officer.user_id, on=on, limit=STOPS)
        proposed = self.acting.ask(officer, query)
        stops = [PlannedStop(one.loan_id, one.why) for one in proposed] or self._newest(officer)
        if not stops:
            return
        command = PlanVisits(officer_id=officer.user_id, on=on, stops=tuple(stops))
        visit_ids = self.acting.do(officer, command).visit_ids
        planned = zip(visit_ids, stops, strict=True)
        self.planned[officer.user_id] = [
            (visit_id, stop.why, self.accounts[stop.loan_id]) for visit_id, stop in planned
        ]

    def phone(self, officer: Session, on: date) -> None:
        """Call the first of the day who is late; a promise may come of it."""
        late = (
            (account, account.due(on - timedelta(1)))
            for _visit, _why, account in self.planned.get(officer.user_id, [])
            if not account.closed
        )
        called = next(((account, amount) for account, amount in late if amount > 0), None)
        promise = None if called is None else self._promise(*called, on, 2, 6)
        if called is None or promise is None:
            return
        account = called[0]
        if account.habit is not Habit.STOPPED:
            self._bring(account, promise.promised_on, 0)
        note = self.random.choice(self.words.reasons["visit"])
        command = MakePromise(loan_id=account.loan_id, promise=promise, note=note)
        self.acting.do(officer, command)

    def _newest(self, officer: Session) -> list[PlannedStop]:
        """The officer's newest loans of which nobody has yet seen what they are used for."""
        own = (
            account
            for account in reversed(self.accounts.values())
            if account.officer == officer and not account.closed and not account.seen
        )
        newest = list(islice(own, NEWEST))
        for account in newest:
            account.seen = True
        return [PlannedStop(account.loan_id, Why.UTILISATION.value) for account in newest]

    def record(self, officer: Session, on: date) -> None:
        """Tell what came of every stop; a loan closed since needs no visit any more."""
        for visit_id, why, account in self.planned.pop(officer.user_id, []):
            told = SEEN if why == Why.UTILISATION else self._told(account, on)
            note = self.random.choice(self.words.reasons["visit"])
            command = RecordVisit(
                visit_id=visit_id,
                outcome=told.outcome.value,
                met=told.met,
                note=note if told.outcome is Outcome.PTP else "",
                claimed_minor=told.claimed,
                currency=CURRENCY,
                promise=told.promise,
            )
            self.acting.do(officer, command)

    def _told(self, account: Account, on: date) -> Told:
        late = account.due(on - timedelta(1))
        if late <= 0 or account.closed:
            return Told(Outcome.ALREADY_PAID, True)
        if account.habit is Habit.STOPPED:
            return self._from_who_stopped(account, late, on)
        if chance(self.random, 25):
            return Told(self.random.choice(_NOBODY), False)
        if chance(self.random, 35) and self._bring(account, on, 1):
            return Told(Outcome.PAID_FULL, True, claimed=late)
        promise = self._promise(account, late, on, 1, 8)
        if promise is None:
            return Told(Outcome.REFUSED, True)
        broken = chance(self.random, 22)
        self._bring(account, promise.promised_on, 6 if broken else 0)
        return Told(Outcome.PTP, True, promise=promise)

    def _from_who_stopped(self, account: Account, late: int, on: date) -> Told:
        """Promises that are not kept, later on not even those."""
        if chance(self.random, 30):
            return Told(self.random.choice(_NOBODY), False)
        promise = self._promise(account, late, on, 3, 12)
        if promise is None or chance(self.random, 40):
            return Told(Outcome.REFUSED, True)
        return Told(Outcome.PTP, True, promise=promise)

    def _promise(
        self, account: Account, late: int, on: date, soonest: int, latest: int
    ) -> PromiseFacts | None:
        """A promise for a day for which there is none yet."""
        promised_on = on + timedelta(self.random.randrange(soonest, latest))
        if promised_on in account.promised:
            return None
        account.promised.add(promised_on)
        return PromiseFacts(late, CURRENCY, promised_on)

    def _bring(self, account: Account, on: date, days: int) -> bool:
        """The money comes so many business days after; False where nobody will live to see it."""
        day = self.days.later(on, days)
        if day is None:
            return False
        self.comes(day, account, Way.DUE)
        return True
