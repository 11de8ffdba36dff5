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
    logo: str = ""  # sha-256 of a PNG among the documents
    head_text: str = ""  # further lines of the head
    foot_text: str = ""  # lines at the foot of every page
    upi_id: str = ""  # where money is sent to
    upi_name: str = ""
    sizes: tuple[tuple[str, str], ...] = ()  # kind of paper and the size it usually has
