"""Questions about messages to borrowers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Page, Paged, Query
from app.rows.messages import LateSettings, MessageRow, OutMessage


@dataclass(frozen=True, slots=True, kw_only=True)
class ListMessages(Paged[Page[MessageRow]]):
    """Messages, the newest first; `state` is empty for all, waiting, or a state."""

    name: ClassVar[str] = "message.list"
    state: str = ""
    loan_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DueMessages(Query[tuple[OutMessage, ...]]):
    """What may be handed over now, and what is in doubt; for the program itself."""

    name: ClassVar[str] = "message.due"
    limit: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowLateSettings(Query[LateSettings]):
    """Provisions and messages as they are set."""

    name: ClassVar[str] = "late.settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowWaysOut(Query[LateSettings]):
    """The same for the program itself, which sends."""

    name: ClassVar[str] = "message.ways"
