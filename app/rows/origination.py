"""Rows about applications, parties and documents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from app.rows.acts import ActEntry
from app.rows.amounts import HeadAmounts
from app.rows.facts import HouseholdFacts, PartyFacts, RequestFacts, TranchePlan
from app.rows.key_facts import KeyFactsPaper


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """One line of the queue."""

    application_id: int
    number: str
    borrower: str
    local_name: str
    village: str
    product: str
    amount_minor: int
    currency: str
    stage: str
    stage_since_on: date
    days_in_stage: int
    officer: str
    check_id: int | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One paper of an application."""

    document_id: int
    kind: str
    title: str
    media: str
    size: int
    sha256: str
    added_at: datetime
    added_by: str


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """One rule of a decision: what went in, what came out, and why in words."""

    rule: str  # its title in words
    outcome: str  # pass, refer, fail
    inputs: tuple[tuple[str, str], ...]  # label, shown value
    reason: str
    citation: str
    code: str = ""  # the rule's own name, the same in every language
    standing: str = ""  # primary, secondary, unverified, house


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision that was made, as a fact."""

    outcome: str  # approve, refer, decline
    offered_minor: int
    currency: str
    rules: tuple[RuleOutcome, ...]
    rule_set: str
    rule_version: str
    decided_at: datetime
    decided_by: str


@dataclass(frozen=True, slots=True)
class SanctionView:
    """What was sanctioned, and by whom (and who checked)."""

    amount_minor: int
    currency: str
    instalments: int
    annual_rate: str
    sanctioned_on: date
    maker: str
    checker: str
    override_reason: str


@dataclass(frozen=True, slots=True)
class StoryRow:
    """One thing that happened, for stories and histories; `what` is a code, `detail` shown text."""

    at: datetime
    on: date
    who: str
    what: str
    detail: str
    amount_minor: int | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """Everything the Application screen shows; `missing` are codes of what is still needed.

    `statement` is what the key fact statement still needs before the money can go out: issue, sign,
    or nothing.
    """

    application_id: int
    version: int
    number: str
    stage: str
    entered_on: date
    officer: str
    party_id: int
    party: PartyFacts  # identity numbers masked
    household: HouseholdFacts
    request: RequestFacts
    product: str
    group: str
    documents: tuple[DocumentRow, ...]
    missing: tuple[str, ...]
    decision: DecisionView | None
    sanction: SanctionView | None
    check_id: int | None
    check_version: int
    check_maker_id: int | None
    loan_id: int | None
    story: tuple[StoryRow, ...]
    member_number: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class QuoteLine:
    """A line of a quoted or living schedule, in minor units."""

    number: int
    due_on: date
    principal_minor: int
    interest_minor: int
    charge_minor: int
    amount_minor: int
    balance_minor: int


@dataclass(frozen=True, slots=True)
class Quote:
    """What a loan would cost; APR with its method.

    `charges_minor` is every charge of the terms with its tax. What is `disclosed` is of the exact
    run, each figure rounded by itself, as the key fact statement prints it; the others are what
    will be collected.
    """

    currency: str
    amount_minor: int
    instalment_minor: int
    interest_minor: int
    fee_minor: int
    tax_minor: int
    paid_out_minor: int
    repaid_minor: int
    apr_percent: str
    apr_method: str
    lines: tuple[QuoteLine, ...]
    warnings: tuple[str, ...] = ()
    charges_minor: int = 0
    disclosed_lines: tuple[QuoteLine, ...] = ()
    disclosed_instalment_minor: int = 0
    disclosed_interest_minor: int = 0
    disclosed_apr_percent: str = ""


@dataclass(frozen=True, slots=True)
class PartyMatch:
    """A known person who may be the same."""

    party_id: int
    full_name: str
    local_name: str
    village: str
    phone: str
    born_on: date | None
    loans: int
    why: str  # phone, name, identity


@dataclass(frozen=True, slots=True)
class PartyView:
    """A known person with the household, identity numbers masked."""

    party_id: int
    member_number: str
    party: PartyFacts
    household: HouseholdFacts
    group_id: int | None
    loans: int


@dataclass(frozen=True, slots=True)
class StageCount:
    """How many applications stand at a stage (or "check")."""

    stage: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group with its centre."""

    group_id: int
    version: int
    title: str
    centre: str
    members: int


@dataclass(frozen=True, slots=True)
class KeyFactsRow:
    """A key fact statement; `state` is open, acknowledged, expired or replaced.

    An open one can be acknowledged until the end of `valid_to`; an acknowledged one binds the
    lender until another takes its place.
    """

    statement_id: int
    application_id: int
    number: str
    state: str
    made_on: date
    made_by: str
    valid_to: date
    valid_days: int  # working days
    language: str
    disburse_on: date
    first_due_on: date
    tranches: tuple[TranchePlan, ...]  # the parts after the first
    apr_percent: str
    apr_method: str
    acknowledged_on: date | None
    acknowledged_at: datetime | None
    acknowledged_by: str  # who signed
    witnessed_by: str  # the user who saw it
    explained_in: str


@dataclass(frozen=True, slots=True)
class KeyFactsView:
    """A statement with both schedules: the disclosed one in the paper, and what is collected."""

    row: KeyFactsRow
    paper: KeyFactsPaper
    quote: Quote


@dataclass(frozen=True, slots=True)
class ClosableLoan:
    """A living loan of the applicant that the new one could close, and what that asks today."""

    loan_id: int
    number: str
    product: str
    outstanding_minor: int
    asks_minor: int
    currency: str


@dataclass(frozen=True, slots=True)
class ClosingLoan:
    """What an old loan asks by head when the new one closes it today; minor units."""

    loan_id: int
    number: str
    heads: HeadAmounts
    closing_charge_minor: int
    closing_tax_minor: int
    excess_minor: int
    total_minor: int


@dataclass(frozen=True, slots=True)
class DisbursementPreview:
    """What becomes of a disbursement, minor units: the parts, what is kept back, the hand.

    `now_minor` is the first part, `later` the others. With `disclosed` parts and first due day
    are those of the acknowledged statement, and cannot be others. `entries` are of the new loan,
    `closing_entries` of the old one.
    """

    currency: str
    sanctioned_minor: int
    now_minor: int
    later: tuple[TranchePlan, ...]
    fee_minor: int
    tax_minor: int
    closing: ClosingLoan | None
    paid_out_minor: int
    first_due_on: date
    disclosed: bool
    quote: Quote
    entries: tuple[ActEntry, ...]
    closing_entries: tuple[ActEntry, ...]
