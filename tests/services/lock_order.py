"""Watches that the station's own chain row is the last thing a transaction locks."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, Engine, event

CHAINS = "chains"
_LOCKING = re.compile(r"\bFOR (UPDATE|SHARE)\b")
_FIRST_TABLE = re.compile(r"\bFROM (\w+)")


class LockOrder:
    """What each transaction of an engine locked, and every lock that came too late.

    Whoever waits for a lock while holding its own chain row could be waited for in a circle; so
    what is shared is locked first (records, then loans by id with the open day), the chain last.
    """

    def __init__(self, engine: Engine) -> None:
        self.late: list[str] = []
        self.locked: list[str] = []
        self._engine = engine
        self._holding: set[int] = set()
        event.listen(engine, "begin", self._begin)
        event.listen(engine, "before_cursor_execute", self._see)

    def end(self) -> None:
        """Watch no more."""
        event.remove(self._engine, "begin", self._begin)
        event.remove(self._engine, "before_cursor_execute", self._see)

    def _begin(self, connection: Connection) -> None:
        self._holding.discard(id(connection.connection.dbapi_connection))

    def _see(
        self, connection: Connection, _cursor: Any, statement: str, _values: Any, *_more: Any
    ) -> None:
        if not _LOCKING.search(statement):
            return
        found = _FIRST_TABLE.search(statement)
        table = found.group(1) if found else statement
        mine = id(connection.connection.dbapi_connection)
        self.locked.append(table)
        if mine in self._holding and table != CHAINS:
            self.late.append(table)
        if table == CHAINS:
            self._holding.add(mine)
