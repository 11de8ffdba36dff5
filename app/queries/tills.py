"""Questions about tills."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.till_papers import TillSlipPaper
from app.rows.tills import TillRoom, TillsView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTillRoom(Query[TillRoom]):
    """A counter's till with its movements and sessions; `counter` "" is the own one."""

    name: ClassVar[str] = "till.room"
    counter: str = ""
    latest: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ListTills(Query[TillsView]):
    """All tills of the branch."""

    name: ClassVar[str] = "till.list"


@dataclass(frozen=True, slots=True, kw_only=True)
class TillSlipForPaper(Query[TillSlipPaper]):
    """The slip of a count or movement."""

    name: ClassVar[str] = "till.paper"
    move_id: int
