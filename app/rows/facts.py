"""Values that both commands and rows carry: who a party is, what a product offers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.domain.identity import kept
from app.domain.roles import Role


class Mode(StrEnum):
    """How money moves."""

    CASH = "cash"
    UPI = "upi"
    CHEQUE = "cheque"
    BANK = "bank"


# How money of a new loan closes an old one: it is on no counter, and nobody may choose it.
ADJUSTMENT = "adjust"


@dataclass(frozen=True, slots=True)
class IdentityNumber:
    """A number on a person's paper; an Aadhaar is kept masked only (app.domain.identity)."""

    kind: str  # aadhaar, pan, voter, other
    value: str

    def as_kept(self) -> IdentityNumber:
        """The form in which it may be written down: of an Aadhaar the last four digits."""
        return IdentityNumber(self.kind, kept(self.kind, self.value))


@dataclass(frozen=True, slots=True)
class PartyFacts:
    """Who the borrower is, as on the papers."""

    full_name: str
    local_name: str = ""  # in `language`'s script
    language: str = "en"
    born_on: date | None = None
    gender: str = ""  # f, m, o
    phone: str = ""
    relative_name: str = ""  # husband or father
    house: str = ""
    village: str = ""
    pin: str = ""
    identities: tuple[IdentityNumber, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One of the household, with what comes in a month."""

    name: str
    relation: str  # self, spouse, child, parent, other
    age: int
    income_minor: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class ExistingLoan:
    """What the household already owes elsewhere."""

    lender: str
    outstanding_minor: int
    monthly_minor: int
    microfinance: bool = True
    overdue_days: int = 0
    overdue_minor: int = 0


@dataclass(frozen=True, slots=True)
class HouseholdFacts:
    """The household's month: members with incomes, expenses, existing loans (minor units)."""

    members: tuple[Member, ...] = ()
    expenses_minor: int = 0
    loans: tuple[ExistingLoan, ...] = ()


@dataclass(frozen=True, slots=True)
class RequestFacts:
    """What is asked for."""

    product_id: int
    amount_minor: int
    currency: str
    instalments: int
    purpose: str = ""
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """A role with its limits in minor units (days for back-dating).

    None follows an older limit of the same grant, as `app.domain.roles.FOLLOWS` says.
    """

    role: Role
    sanction_minor: int = 0
    disburse_minor: int = 0
    reverse_minor: int = 0
    waive_minor: int = 0
    backdate_days: int = 0
    from_on: date | None = None
    to_on: date | None = None
    charge_minor: int | None = None
    foreclose_minor: int | None = None
    rate_minor: int | None = None
    reschedule_minor: int | None = None
    write_off_minor: int | None = None
    refund_minor: int | None = None
    take_over_minor: int | None = None
    restate_minor: int | None = None
    journal_minor: int | None = None


@dataclass(frozen=True, slots=True)
class FeeNote:
    """What a key fact statement says of a charge of the terms, found by its name.

    `kind` is processing, insurance, valuation or other. A charge without a note is the lender's
    own and stands under other.
    """

    name: str
    kind: str = "other"
    third_party: bool = False  # goes through the lender to somebody else, such as an insurer


@dataclass(frozen=True, slots=True)
class KeyFactsNotes:
    """What a product's key fact statement says beside its terms; empty texts print a dash.

    With `required` a loan is not paid out before a statement of its very terms is acknowledged.
    """

    required: bool = True
    fees: tuple[FeeNote, ...] = ()
    stage_clause: str = ""
    other_penal: str = ""
    switching: str = ""
    other_contingent: str = ""
    recovery_clause: str = ""
    grievance_clause: str = ""
    grievance_name: str = ""
    grievance_email: str = ""
    transferable: bool | None = None
    co_lending: str = ""
    cooling_off_days: int | None = None
    recovery_agent: str = ""


@dataclass(frozen=True, slots=True)
class TranchePlan:
    """A part of the principal that is handed out later, and its day."""

    on: date
    amount_minor: int


@dataclass(frozen=True, slots=True)
class TakenLine:
    """What was still unpaid of one line of a loan that ran elsewhere, in minor units."""

    number: int
    due_on: date
    principal_minor: int = 0
    interest_minor: int = 0
    charge_minor: int = 0
    penalty_minor: int = 0


@dataclass(frozen=True, slots=True)
class TakenLoan:
    """A loan that ran elsewhere: its terms as they were agreed, and what is open on a day.

    `principal_minor`, `annual_rate`, `instalments`, `disbursed_on` and `first_due_on` (None: one
    period after) are those of the start. `lines` are what is unpaid at the end of `opening_on`,
    `excess_minor` the money held. Where `lines` are left out, they follow from `received_minor`:
    all that came in elsewhere, set on the dues by the product's rules as if paid on each day.
    """

    product_id: int
    currency: str
    old_number: str
    principal_minor: int
    annual_rate: str
    instalments: int
    disbursed_on: date
    opening_on: date
    officer_id: int
    first_due_on: date | None = None
    lines: tuple[TakenLine, ...] = ()
    excess_minor: int = 0
    received_minor: int | None = None
    group_id: int | None = None


@dataclass(frozen=True, slots=True)
class ProductFacts:
    """A product: terms as a template, and the bounds within which a loan may be sanctioned.

    `terms` is canonical JSON of kist-calc terms without principal, dates and count;
    rates are strings in percent a year. `key_facts` None: no statement is needed.
    """

    code: str
    title: str
    currency: str
    terms: str
    rule_set: str
    min_minor: int
    max_minor: int
    min_instalments: int
    max_instalments: int
    min_rate: str
    max_rate: str
    active: bool = True
    key_facts: KeyFactsNotes | None = None


@dataclass(frozen=True, slots=True)
class PromiseFacts:
    """What the borrower promised: an amount (minor units) by a day."""

    amount_minor: int
    currency: str
    promised_on: date
