"""Questions about the audit log and the seals of business days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from app.queries.base import Page, Paged, Query
from app.rows.audit import AuditChoices, AuditDetails, AuditRow, DaySeal, KeptHead


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAudit(Paged[Page[AuditRow]]):
    """The lines of all stations, the latest first; days are of the branch's clock, inclusive.

    `text` is the number of a subject: a loan, receipt, application, member or sign-in name.
    """

    name: ClassVar[str] = "audit.list"

    user_id: int | None = None
    command: str = ""
    outcome: str = ""
    from_on: date | None = None
    to_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowAuditLine(Query[AuditDetails]):
    """One line with all it says; personal values stay masked."""

    name: ClassVar[str] = "audit.line"

    station_id: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAuditChoices(Query[AuditChoices]):
    """By what the log can be filtered."""

    name: ClassVar[str] = "audit.choices"


@dataclass(frozen=True, slots=True, kw_only=True)
class ListDaySeals(Paged[Page[DaySeal]]):
    """The business days, the latest first, each with its seal."""

    name: ClassVar[str] = "audit.days"


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareHeads(Query[tuple[KeptHead, ...]]):
    """Whether heads kept outside ("station:number:hash") are in the chains."""

    name: ClassVar[str] = "audit.heads"

    heads: tuple[str, ...]
