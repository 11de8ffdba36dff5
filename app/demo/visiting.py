"""The officers' rounds: whom they plan to see, what comes of it, what is promised."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from app.commands.field import PlannedStop, PlanVisits, RecordVisit
from app.demo.acting import Acting
from app.demo.counter import CURRENCY
from app.demo.days import Days
from app.demo.habits import Account, Habit, Way
from app.demo.luck import chance
from app.demo.samples import Samples
from app.domain.visit import Outcome
from app.ports import Session
from app.queries.field import ProposeVisits
from app.rows.facts import PromiseFacts

STOPS = 4  # of one officer on one day
Comes = Callable[[date, Account, Way], None]  # a borrower will be at the counter on a day
_NOBODY = (Outcome.NOT_MET, Outcome.LOCKED, Outcome.MET_FAMILY, Outcome.LOCKED)


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer tells about a visit."""

    outcome: Outcome
    met: bool
    claimed: int = 0
    promise: PromiseFacts | None = None


@dataclass(slots=True)
class Rounds:
    """Plans and records visits; `accounts` by loan."""

    acting: Acting
    days: Days
    random: Random
    words: Samples
    accounts: dict[int, Account]
    comes: Comes
    planned: dict[int, list[tuple[int, Account]]] = field(default_factory=dict)  # by officer

    def plan(self, officer: Session, on: date) -> None:
        """Take the first proposals into the officer's day."""
        query = ProposeVisits(officer_id=officer.user_id, on=on, limit=STOPS)
        proposed = self.acting.ask(officer, query)
        if not proposed:
            return
        stops = tuple(PlannedStop(one.loan_id, one.why) for one in proposed)
        command = PlanVisits(officer_id=officer.user_id, on=on, stops=stops)
        visit_ids = self.acting.do(officer, command).visit_ids
        accounts = (self.accounts[one.loan_id] for one in proposed)
        self.planned[officer.user_id] = list(zip(visit_ids, accounts, strict=True))

    def record(self, officer: Session, on: date) -> None:
        """Tell what came of every stop; a loan closed since needs no visit any more."""
        for visit_id, account in self.planned.pop(officer.user_id, []):
            told = self._told(account, on)
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
