"""The change feed of a shared database: the chains of its stations, read by number.

Each change is a line of its station's chain, with the topics it touched, written in the same
transaction. Numbers of a chain have no gap and become visible in their order, since a writer
holds its chain's row until the commit; one sequence for all would show a later number before an
earlier one. So whoever knows how far each chain has come misses nothing, also after a cut.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Engine, Select, and_, or_, select

from app.commands.base import Topic
from app.domain.errors import StoreTrouble
from app.ports import Clock
from app.ports.program import Pulse, SharedAddress
from app.store.migrations import HEAD, MARK
from app.store.schema.system import audit, chains, meta

_SCHEMA = select(meta.c.value).where(meta.c.name == MARK).scalar_subquery()
_HEADS = select(chains.c.station_id, chains.c.number, _SCHEMA.label("schema"))


class Feed:
    """The Line port: what other stations changed since the last look, and how long it took."""

    def __init__(
        self, engine: Engine, station_id: int, clock: Clock, address: SharedAddress
    ) -> None:
        """Use an engine of its own (`open_pulse`); lines that are there already are not told."""
        self._address = address
        self._engine = engine.execution_options(isolation_level="AUTOCOMMIT")
        self._own, self._clock = station_id, clock
        self._known: dict[int, int] | None = None
        self._was_cut = False

    @property
    def address(self) -> SharedAddress:
        """Where the line leads."""
        return self._address

    def look(self) -> Pulse:
        """Ask once. After a cut the own lines are told too: their answers may be lost.

        Raises StoreTrouble (`why` gone where the line is cut, newer where another station
        brought the tables up to a later program).
        """
        try:
            pulse = self._looked()
        except StoreTrouble:
            self._was_cut = True
            raise
        self._was_cut = False
        return pulse

    def close(self) -> None:
        """Let go of the connection."""
        self._engine.dispose()

    def _looked(self) -> Pulse:
        began = self._clock.now()
        with self._engine.connect() as connection:
            found = connection.execute(_HEADS).all()
            took = self._clock.now() - began
            heads = {int(row.station_id): int(row.number) for row in found}
            if any(int(row.schema) > HEAD for row in found):
                raise StoreTrouble(why="newer")
            topics: set[str] = set()
            news = self._news(heads)
            if news:
                for row in connection.execute(_topics_beyond(news)):
                    topics.update(row.topics.split(","))
        self._known = heads
        known = frozenset(topic for topic in Topic if topic.value in topics)
        return Pulse(known, max(1, round(took.total_seconds() * 1000)))

    def _news(self, heads: Mapping[int, int]) -> Mapping[int, int]:
        """From which number on each chain has something to tell."""
        if self._known is None:
            return {}
        return {
            station: self._known.get(station, 0)
            for station, number in heads.items()
            if number > self._known.get(station, 0) and (station != self._own or self._was_cut)
        }


def _topics_beyond(news: Mapping[int, int]) -> Select[Any]:
    beyond = [and_(audit.c.station_id == s, audit.c.number > n) for s, n in news.items()]
    return select(audit.c.topics).where(or_(*beyond), audit.c.outcome == "done").distinct()
