"""Questions about key fact statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Query
from app.rows.facts import TranchePlan
from app.rows.key_facts import KeyFactsPaper
from app.rows.origination import KeyFactsRow, KeyFactsView


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowKeyFacts(Query[KeyFactsView | None]):
    """A statement by its id, else the newest of an application; None where there is none."""

    name: ClassVar[str] = "key-facts.show"
    statement_id: int | None = None
    application_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ListKeyFacts(Query[tuple[KeyFactsRow, ...]]):
    """The statements of an application, newest first."""

    name: ClassVar[str] = "key-facts.list"
    application_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewKeyFacts(Query[KeyFactsPaper]):
    """What IssueKeyFacts would say; raises what it would raise. It has no proposal number yet."""

    name: ClassVar[str] = "key-facts.preview"
    application_id: int
    disburse_on: date | None = None
    first_due_on: date | None = None
    tranches: tuple[TranchePlan, ...] = ()
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFactsForPaper(Query[KeyFactsPaper]):
    """A statement as it is printed, frozen as it was issued."""

    name: ClassVar[str] = "key-facts.paper"
    statement_id: int
