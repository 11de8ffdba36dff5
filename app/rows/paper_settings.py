"""What was set for the papers of a branch."""

from __future__ import annotations

from dataclasses import dataclass

from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperSettings:
    """The settings as they were typed, and what stands where one was left empty."""

    version: int  # 0: nothing was set
    logo: str  # sha-256 of a PNG
    head_text: str
    foot_text: str
    grievance_name: str
    grievance_phone: str
    upi_id: str
    upi_name: str
    borrower_language: str  # empty: each borrower's own
    house_language: str  # empty: the branch's
    sizes: tuple[tuple[str, str], ...]
    lender_name: str
    branch_phone: str
    branch_language: str
    look: LenderHead  # as papers show it
