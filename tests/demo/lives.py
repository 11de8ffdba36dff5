"""A short life of a small branch, for tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

from sqlalchemy import Engine

from app.adapters.clock import SteppingClock
from app.adapters.decider import ShippedDecider
from app.adapters.signing import Ed25519Signatures
from app.demo import Lived, Plan, Stage, live
from app.domain.errors import KistError
from app.ports import ANONYMOUS, Progress, Session
from app.rows.verify import Finding
from app.services.all import REGISTRY
from app.services.asks import Asks
from app.services.gate import Gate
from app.services.verifying import verify
from app.services.work import Tools
from app.store.branch import heads
from app.store.store import Store
from tests.services.branch import KeptDocuments, rules, seeds

UNTIL = date(2026, 4, 1)  # a Wednesday
SHORT = Plan(seed=7, until=UNTIL, zone="Asia/Kolkata", months=3, borrowers=16)


class Stopping:
    """Somebody who wants to stop when asked for the n-th time; never, where n is 0."""

    def __init__(self, at: int = 0) -> None:
        self._left = at

    def wanted(self) -> bool:
        self._left -= 1
        return self._left == 0


class Life:
    """A branch lived in a prepared database, with its doors."""

    def __init__(self, engine: Engine, plan: Plan = SHORT, salt: str = "salt") -> None:
        self.store, self.documents, self.rules = Store(engine), KeptDocuments(), rules()
        clock = SteppingClock(datetime.combine(plan.until, time(0), UTC), timedelta(seconds=1))
        tools = Tools(
            decider=ShippedDecider(), documents=self.documents, rules=self.rules, seeds=seeds()
        )
        self.asks = Asks(self.store, clock, tools.rules, Ed25519Signatures(), REGISTRY)
        self.said: list[Progress] = []
        stage = Stage(
            gate=Gate(self.store, clock, tools, REGISTRY),
            asks=self.asks,
            documents=self.documents,
            clock=clock,
            hashed=lambda password: f"{salt} {password}",
            founder=Session(1, 0, ANONYMOUS),
        )
        self.lived: Lived = live(stage, plan, self.said.append, Stopping())

    def who(self, login: str) -> Session:
        """The session of a person."""
        return Session(self.lived.station_id, self.lived.branch_id, self.lived.people[login])

    def heads(self) -> tuple[str, ...]:
        """The heads of the chains."""
        with self.store.read() as snapshot:
            return heads(snapshot)

    def findings(self) -> tuple[Finding, ...]:
        """What is wrong with the books."""
        return verify(self.store, rules=self.rules, documents=self.documents)


def why(refusal: KistError) -> object:
    """The code of the reason of a refusal."""
    return refusal.params["why"]


def files(folder: Path) -> list[str]:
    """What lies in a folder, by name."""
    return sorted(path.name for path in folder.iterdir())
