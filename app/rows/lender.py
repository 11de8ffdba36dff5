"""Who issues a paper."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class LenderHead:
    """Who issues the paper: printed at the top of each."""

    name: str
    registration: str  # of the regulator; may be empty
    address: str
    branch: str
    grievance_name: str
    grievance_phone: str
