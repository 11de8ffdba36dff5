"""Nine months of a branch, day by day, through the same gate as everybody's."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from random import Random

from app.commands.branch import CloseDay, OpenDay
from app.demo.acting import Acting, Agenda
from app.demo.cases import Case, Step
from app.demo.counter import Counter
from app.demo.days import Days
from app.demo.founding import COUNTER, OPENING_CASH, Founded, found
from app.demo.habits import Account, Way, visits_of
from app.demo.lending import Lending
from app.demo.luck import chance
from app.demo.people import Person
from app.demo.planning import Layout, Planner
from app.demo.samples import samples
from app.demo.stage import Lived, Plan, Stage
from app.demo.visiting import Rounds
from app.domain.errors import NotAllowedNow
from app.ports import Progress, Report, Stop
from app.queries.origination import ShowParty
from app.texts import _
from app.texts.figures import count, day

OPENS, PLANS, CALLS, RECORDS, CLOSES = 530, 545, 570, 1000, 1065  # minutes since midnight
COUNTER_FROM, COUNTER_TO = 580, 985
NOW = 680  # so late it is on the last day
END = 24 * 60
SPREAD = 18  # minutes over which the steps of one kind are spread
ROUNDS = (1, 4)  # weekdays on which the officers plan visits
TELLS = 5  # every so many days
PHONES = 12  # of a hundred rounds begin with a call
RENEWS, FEW_RENEW = 65, 25  # of a hundred who have paid off
MEETS = 590  # when the centres meet, from then on one a minute
AT_MEETINGS = (Way.DUE, Way.PART, Way.AHEAD)
ROUND_DAYS = 6  # a large branch has each officer on the way one of so many days
CENTRES, OF_GROUPS = 60, 90  # of a large branch; of a hundred who borrow in groups


def live(stage: Stage, plan: Plan, tell: Report, stop: Stop) -> Lived:
    """Found the branch and live it up to the day of the plan, which stays open in mid-morning.

    All chance comes from the seed. Raises NotAllowedNow(stopped) between two days.
    """
    acting, days = Acting(stage, plan.zone), Days(plan.until, plan.months)
    founded = found(acting, days.all[0], large=plan.large)
    life = _Life(acting, plan, days, founded)
    for number, on in enumerate(days.all):
        if stop.wanted():
            raise NotAllowedNow(why="stopped")
        if number % TELLS == 0:
            tell(Progress(number, len(days), life.said(on)))
        life.day(on)
    tell(Progress(len(days), len(days), life.said(plan.until)))
    return Lived(
        branch_id=founded.branch_id,
        station_id=founded.station_id,
        counter_code=COUNTER,
        people=founded.cast.people,
        borrowers=len(life.borrowers),
        loans=life.lending.loans,
        receipts=life.counter.receipts,
    )


@dataclass(slots=True)
class _Life:
    """What is known while living: whose application stands where, who comes when."""

    acting: Acting
    plan: Plan
    days: Days
    founded: Founded
    random: Random = field(init=False)
    planner: Planner = field(init=False)
    counter: Counter = field(init=False)
    lending: Lending = field(init=False)
    rounds: Rounds = field(init=False)
    cases: dict[date, list[tuple[Case, Step]]] = field(init=False)
    coming: dict[date, list[tuple[Account, Way]]] = field(init=False)
    accounts: dict[int, Account] = field(init=False)
    cases_of: dict[int, Case] = field(init=False)
    borrowers: set[int] = field(init=False)

    def __post_init__(self) -> None:
        acting, cast, words = self.acting, self.founded.cast, samples()
        self.random = Random(self.plan.seed)
        self.planner = Planner(self.random, words, self.days, self.plan.borrowers, self._layout())
        self.counter = Counter(acting, cast, self.days, self.random, words, OPENING_CASH)
        products = self.founded.products
        self.lending = Lending(acting, cast, products, self.counter, self.random, words)
        self.cases, self.coming = defaultdict(list), defaultdict(list)
        self.accounts, self.cases_of, self.borrowers = {}, {}, set()
        self.rounds = Rounds(acting, self.days, self.random, words, self.accounts, self.comes)
        for case in self.planner.cases():
            self._file(case)

    def _layout(self) -> Layout:
        if not self.plan.large:
            return Layout()
        officers = tuple(self.founded.cast.officers)
        return Layout(weekly=0, fortnightly=OF_GROUPS, centres=CENTRES, officers=officers)

    def comes(self, on: date, account: Account, way: Way) -> None:
        """Somebody will be at the counter on a business day."""
        self.coming[on].append((account, way))

    def said(self, on: date) -> str:
        """Where life has come to, as a sentence."""
        text = _("{day}: {loans} loans and {receipts} receipts so far.")
        loans, receipts = count(self.lending.loans), count(self.counter.receipts)
        return text.format(day=day(on), loans=loans, receipts=receipts)

    def day(self, on: date) -> None:
        """Live one business day; the last one breaks off in the morning."""
        agenda, last = Agenda(), on == self.plan.until
        self._doors(agenda, on)
        self._papers(agenda, on)
        self._till(agenda, on)
        self._rounds(agenda, on, last=last)
        agenda.play(self.acting, on, NOW if last else END)
        self._start_loans()
        self._renew(on)

    def _doors(self, agenda: Agenda, on: date) -> None:
        cast, acting = self.founded.cast, self.acting
        if on != self.days.all[0]:
            agenda.add(OPENS, lambda: _only(acting.do(cast.sunita, OpenDay(on=on))))
        agenda.add(CLOSES, lambda: _only(acting.do(cast.meena, CloseDay(on=on))))

    def _papers(self, agenda: Agenda, on: date) -> None:
        for place, (case, step) in enumerate(self.cases.pop(on, [])):
            agenda.add(step.value + place % SPREAD, partial(self.lending.take, case, step, on))

    def _till(self, agenda: Agenda, on: date) -> None:
        """Borrowers come when they like; what one comes for keeps its order."""
        meetings: defaultdict[str, list[tuple[Account, Way]]] = defaultdict(list)
        for account, way in self.coming.pop(on, []):
            if self.plan.large and account.centre and way in AT_MEETINGS:
                meetings[account.centre].append((account, way))
                continue
            minute = self.random.randrange(COUNTER_FROM, COUNTER_TO)
            agenda.add(minute, partial(self.counter.serve, account, way, on))
        for place, (centre, came) in enumerate(sorted(meetings.items())):
            agenda.add(MEETS + place, partial(self.counter.meet, centre, came, on))

    def _rounds(self, agenda: Agenda, on: date, *, last: bool) -> None:
        for place, officer in enumerate(self.founded.cast.officers.values()):
            rounds = (place % ROUND_DAYS,) if self.plan.large else ROUNDS
            if last or on.weekday() in rounds:
                agenda.add(PLANS, partial(self.rounds.plan, officer, on))
                if last or chance(self.random, PHONES):
                    agenda.add(CALLS, partial(self.rounds.phone, officer, on))
                agenda.add(RECORDS, partial(self.rounds.record, officer, on))

    def _file(self, case: Case) -> None:
        """Put every step of a case on its day."""
        for on, step in case.steps:
            self.cases[on].append((case, step))

    def _start_loans(self) -> None:
        """What was paid out today begins its life at the counter."""
        for case, account in self.lending.opened:
            self.accounts[account.loan_id], self.cases_of[account.loan_id] = account, case
            self.borrowers.add(account.party_id)
            for on, way in visits_of(self.random, account, self.days):
                self.comes(on, account, way)
        self.lending.opened.clear()

    def _renew(self, on: date) -> None:
        """Who has paid off may ask again, as the person whom the branch knows."""
        done = [loan_id for loan_id in self.cases_of if self.accounts[loan_id].closed]
        for loan_id in done:
            case = self.cases_of.pop(loan_id)
            if not chance(self.random, FEW_RENEW if self.plan.large else RENEWS):
                continue
            party_id = self.accounts[loan_id].party_id
            known = self.acting.ask(self.founded.cast.ravi, ShowParty(party_id=party_id))
            person = Person(known.party, known.household, party_id)
            again = self.planner.again(case, person, on)
            if again is not None:
                self._file(again)


def _only(_answer: object) -> None:
    """An act whose answer nobody needs."""
