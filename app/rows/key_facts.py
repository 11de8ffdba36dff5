"""The key fact statement: what a loan costs, before it is taken. Money in minor units.

Its items are those of the annexes of RBI/2024-25/18 (15 Apr 2024), numbered as there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.domain.charges import ForeclosureTerms, PenaltyTerms
from app.rows.lender import LenderHead


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCharge:
    """A fee of item 8: its amount before tax with the tax beside it.

    `kind` is processing, insurance, valuation or other; `every` is empty for one that is taken
    once, else how often; `percent` is the share it is taken as, empty for an amount; `ceiling`
    marks the most it can come to.
    """

    kind: str
    name: str
    third_party: bool
    amount_minor: int
    tax_minor: int = 0
    every: str = ""
    percent: str = ""
    ceiling: bool = False

    @property
    def total_minor(self) -> int:
        """The charge with its tax."""
        return self.amount_minor + self.tax_minor


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFloating:
    """Item 7, for floating rates alone. Rates are texts such as 6.5%."""

    benchmark: str
    benchmark_rate: str
    spread: str
    final_rate: str
    benchmark_reset_months: int
    spread_reset_months: int
    instalment_rise_minor: int  # for 25 basis points more
    instalments_more: int


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A row of the disclosed schedule; each figure is rounded from the exact run by itself."""

    number: int
    due_on: date
    outstanding_minor: int  # before the instalment
    principal_minor: int
    interest_minor: int
    instalment_minor: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyFactsPaper:
    """The key fact statement with its computation of the APR and its repayment schedule.

    `rate` and `apr` are texts such as 15%; `stages` are (day, amount) where the loan is handed
    out in parts; empty clauses print a dash. `acknowledged_on` None leaves the place to sign.
    """

    lender: LenderHead
    officer_email: str
    proposal_number: str
    borrower: str
    member_number: str
    loan_type: str
    currency: str
    sanctioned_minor: int
    stages: tuple[tuple[date, int], ...] = ()
    stage_clause: str = ""
    count: int
    every: int
    unit: str  # day, week, month
    instalment_minor: int
    starts_on: date
    first_due_on: date
    rate: str
    rate_kind: str = "fixed"  # fixed, floating, hybrid
    floating: KeyFloating | None = None
    charges: tuple[KeyCharge, ...] = ()
    interest_minor: int
    net_minor: int
    total_minor: int
    apr: str
    apr_method: str
    penalty: PenaltyTerms | None = None
    other_penal: str = ""
    foreclosure: ForeclosureTerms
    switching: str = ""
    other_contingent: str = ""
    recovery_clause: str = ""
    grievance_clause: str = ""
    transferable: bool | None = None
    co_lending: str = ""
    cooling_off_days: int | None = None
    recovery_agent: str = ""  # the service provider that acts as one, for digital loans
    lines: tuple[KeyLine, ...]
    made_on: date
    valid_days: int  # working days
    valid_to: date
    acknowledged_on: date | None = None
    explained_in: str = ""  # the language it was explained in, as a code
    language: str = "en"

    @property
    def lender_charges_minor(self) -> int:
        """What goes to the lender at the start, with tax."""
        return sum(one.total_minor for one in self.charges if not one.third_party)

    @property
    def third_party_minor(self) -> int:
        """What goes through the lender to others, with tax."""
        return sum(one.total_minor for one in self.charges if one.third_party)
