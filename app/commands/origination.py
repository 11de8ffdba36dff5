"""From application to disbursement."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from app.commands.base import KEEPS, SECRET, Command, personal
from app.rows.facts import ExistingLoan as ExistingLoan
from app.rows.facts import HouseholdFacts as HouseholdFacts
from app.rows.facts import IdentityNumber as IdentityNumber
from app.rows.facts import Member as Member
from app.rows.facts import Mode as Mode
from app.rows.facts import PartyFacts as PartyFacts
from app.rows.facts import RequestFacts as RequestFacts
from app.rows.facts import TranchePlan as TranchePlan


@dataclass(frozen=True, slots=True)
class ApplicationEntered:
    """The answer to EnterApplication."""

    application_id: int
    number: str
    party_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterApplication(Command[ApplicationEntered]):
    """Take an application from a new borrower (`party_id` None) or a known one."""

    name: ClassVar[str] = "application.enter"

    party_id: int | None = None
    party: PartyFacts = personal()
    household: HouseholdFacts = personal()
    request: RequestFacts


@dataclass(frozen=True, slots=True)
class ApplicationChanged:
    """The answer to every later step of an application; `stage` is where it stands now."""

    application_id: int
    version: int
    stage: str
    check_id: int | None = None  # set when a checker must accept first


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseApplication(Command[ApplicationChanged]):
    """Change borrower, household and request before the decision; a decided one is decided anew."""

    name: ClassVar[str] = "application.revise"

    application_id: int
    version: int
    party: PartyFacts = personal()
    household: HouseholdFacts = personal()
    request: RequestFacts


@dataclass(frozen=True, slots=True)
class DocumentAttached:
    """The answer to AttachDocument."""

    document_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachDocument(Command[DocumentAttached]):
    """A paper whose bytes were kept first; `kind` says what it proves."""

    name: ClassVar[str] = "document.attach"

    application_id: int
    kind: str  # identity, address, photo, income, agreement, other
    title: str = personal()  # the file's own name, cleaned
    media: str  # image/jpeg, image/png, application/pdf
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyApplication(Command[ApplicationChanged]):
    """A person has looked at borrower and documents; the stage moves to verified."""

    name: ClassVar[str] = "application.verify"

    application_id: int
    version: int
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideApplication(Command[ApplicationChanged]):
    """Run the product's rule set; the decision with its trace becomes a fact."""

    name: ClassVar[str] = "application.decide"

    application_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SanctionApplication(Command[ApplicationChanged]):
    """Sanction an amount within the product's bounds; above the own limit a checker must accept.

    `override_reason` is needed where the decision was not approve.
    """

    name: ClassVar[str] = "application.sanction"

    application_id: int
    version: int
    amount_minor: int
    instalments: int
    annual_rate: str  # percent a year
    override_reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectApplication(Command[ApplicationChanged]):
    """Reject with a reason."""

    name: ClassVar[str] = "application.reject"

    application_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawApplication(Command[ApplicationChanged]):
    """The borrower does not want it any more."""

    name: ClassVar[str] = "application.withdraw"

    application_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class LoanDisbursed:
    """The answer to DisburseLoan.

    `paid_out_minor` is what left the till or bank: the first part, net of deducted charges with
    tax and of what closed the old loan. `closed_receipt_id` names the old loan's receipt.
    """

    loan_id: int
    number: str
    paid_out_minor: int
    currency: str
    closed_minor: int = 0
    closed_receipt_id: int | None = None
    closed_receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DisburseLoan(Command[LoanDisbursed]):
    """Pay a sanctioned loan out today; the loan starts here.

    `first_due_on` None is that of the acknowledged statement where the product needs one, else one
    whole period after today. `tranches` are the parts after the first, which is paid out now;
    left out, they are those of the statement. `closes_loan_id` is a loan of the same borrower
    that is closed out of the new one for `closes_for_minor`, what it asks today.
    """

    name: ClassVar[str] = "loan.disburse"

    application_id: int
    version: int
    mode: Mode
    reference: str = ""
    first_due_on: date | None = None
    tranches: tuple[TranchePlan, ...] = ()
    closes_loan_id: int | None = None
    closes_for_minor: int = 0


@dataclass(frozen=True, slots=True)
class TrancheDisbursed:
    """The answer to DisburseTranche; `number` is the voucher's."""

    loan_id: int
    event_id: int
    voucher_id: int
    number: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DisburseTranche(Command[TrancheDisbursed]):
    """Hand out the next planned part of a loan, on its day or later; `amount_minor` is as planned.

    Refused before its day, and once the loan is over.
    """

    name: ClassVar[str] = "loan.disburse-tranche"

    loan_id: int
    amount_minor: int
    currency: str
    mode: Mode
    reference: str = ""
    payee: str = personal("")  # "" is the borrower


@dataclass(frozen=True, slots=True)
class IdentityShown:
    """The answer to ShowIdentity; the audit line leaves `value` out, so asking again shows ""."""

    value: str = field(default="", metadata={KEEPS: SECRET}, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowIdentity(Command[IdentityShown]):
    """Somebody wants to see an identity number in full; that is written down."""

    name: ClassVar[str] = "identity.show"

    party_id: int
    kind: str


@dataclass(frozen=True, slots=True)
class GroupSaved:
    """The answer to SaveGroup."""

    group_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveGroup(Command[GroupSaved]):
    """Add or rename a group of borrowers (with its centre)."""

    name: ClassVar[str] = "group.save"

    group_id: int | None = None
    version: int = 0
    title: str
    centre: str = ""
