"""A process that posts receipts until its plan ends it: `python -m tests.faults.teller`.

It reads one order a line and forks a teller for each, so that only the first one loads anything.
It says `pid N`, `asked N`, `got N NUMBER`, `refused N WHY`, `partial N` and, at the teller's
end, `end STATUS`.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from app.domain.errors import StoreTrouble
from tests.faults.counter import Counter
from tests.faults.library import Plan, arm, disarm


@dataclass(frozen=True, slots=True)
class Order:
    """Post receipts `first`, `first + 1` …: `warm` of them before the plan is armed, then `most`.

    `keeps` is how many pages the log may hold before it is taken into the books.
    """

    folder: str
    first: int
    warm: int
    most: int
    plan: Plan | None = None
    keeps: int = 1000


def order_of(text: str) -> Order:
    """Read an order."""
    facts: dict[str, Any] = json.loads(text)
    plan = facts.pop("plan")
    return Order(**facts, plan=Plan(**plan) if plan else None)


class Teller:
    """Posts and tells."""

    def __init__(self, order: Order) -> None:
        self._order, self._counter = order, Counter(Path(order.folder))
        engine = self._counter.store.engine
        event.listen(engine, "begin", lambda connection: _keep(connection, order.keeps))
        self._points = _Points(engine)

    def work(self) -> None:
        """Post everything that was ordered, if the plan allows it."""
        order = self._order
        armed = order.first + order.warm
        for n in range(order.first, armed + order.most):
            if n == armed and order.plan is not None:
                self._arm(order.plan)
            self._post(n)
        self._counter.close()

    def _arm(self, plan: Plan) -> None:
        if plan.below:
            arm(plan)
        else:
            self._points.arm(plan)

    def _post(self, n: int) -> None:
        _tell(f"asked {n}")
        try:
            number = self._counter.post(n).number
        except StoreTrouble as trouble:
            disarm()  # there is room again
            _tell(f"refused {n} {trouble.params.get('why')}")
            if n in self._counter.stored():
                _tell(f"partial {n}")
            number = self._counter.post(n).number
        self._points.at("answer")
        _tell(f"got {n} {number}")


class _Points:
    """Ends the process at a point of the program: begin, statement, commit, answer."""

    def __init__(self, engine: Engine) -> None:
        self._kind, self._left = "", 0
        event.listen(engine, "begin", self._listener("begin"))
        event.listen(engine, "after_cursor_execute", self._listener("statement"))
        event.listen(engine, "commit", self._listener("commit"))

    def arm(self, plan: Plan) -> None:
        """Let it happen from now on."""
        self._kind, self._left = plan.kind, plan.number

    def at(self, kind: str) -> None:
        """The program has come to a point."""
        if kind == self._kind:
            self._left -= 1
            if self._left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    def _listener(self, kind: str) -> Callable[..., None]:
        return lambda *_: self.at(kind)


def _keep(connection: Any, pages: int) -> None:
    connection.connection.dbapi_connection.execute(f"PRAGMA wal_autocheckpoint = {pages}")


def _tell(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """Carry out orders until there are no more."""
    for text in sys.stdin:
        child = os.fork()
        if child == 0:
            _tell(f"pid {os.getpid()}")
            Teller(order_of(text)).work()
            os._exit(0)
        _tell(f"end {os.waitpid(child, 0)[1]}")


if __name__ == "__main__":
    main()
