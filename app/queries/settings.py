"""Questions of the settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.queries.base import Query
from app.rows.settings import BranchSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowBranchSettings(Query[BranchSettings]):
    """The branch and its stations."""

    name: ClassVar[str] = "branch.settings"
