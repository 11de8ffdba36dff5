"""The names that people use for heads, stages, roles and the like.

`name_of(member)` names any member of an enum; where only the stored value is known, say the kind:
`named("mode", "upi")`. A kind is the enum's class name in small letters with dashes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum

from app.texts import N_, SCREEN, Language
from app.texts.event_labels import EVENT_LABELS
from app.texts.late_labels import LATE_LABELS
from app.texts.report_labels import REPORT_LABELS
from app.texts.till_labels import TILL_LABELS

LABELS: Mapping[str, Mapping[str, str]] = {
    **EVENT_LABELS,
    **LATE_LABELS,
    **REPORT_LABELS,
    **TILL_LABELS,
    "head": {
        "principal": N_("Principal"),
        "interest": N_("Interest"),
        "penalty": N_("Penal charge"),
        "charge": N_("Charge"),
        "tax": N_("GST"),
        "excess": N_("Excess"),
        "fee": N_("Fee"),
    },
    "bucket": {
        "0": N_("Not overdue"),
        "1-30": N_("1\u201330 days"),
        "31-60": N_("31\u201360 days"),
        "61-90": N_("61\u201390 days"),
        "91-180": N_("91\u2013180 days"),
        "180+": N_("Over 180 days"),
    },
    "asset-class": {
        "standard": N_("Standard"),
        "sma-0": N_("SMA-0"),
        "sma-1": N_("SMA-1"),
        "sma-2": N_("SMA-2"),
        "npa": N_("NPA"),
    },
    "stage": {
        "entered": N_("Entered"),
        "documents": N_("Documents"),
        "verified": N_("Verified"),
        "decided": N_("Decided"),
        "sanctioned": N_("Sanctioned"),
        "ready": N_("Ready"),
        "disbursed": N_("Disbursed"),
        "rejected": N_("Rejected"),
        "withdrawn": N_("Withdrawn"),
    },
    "decision-outcome": {
        "approve": N_("Approved"),
        "refer": N_("Referred"),
        "decline": N_("Declined"),
    },
    "rule-outcome": {
        "pass": N_("Passed"),
        "refer": N_("Referred"),
        "fail": N_("Failed"),
    },
    "identity-kind": {
        "aadhaar": N_("Aadhaar"),
        "pan": N_("PAN"),
        "voter": N_("Voter card"),
        "other": N_("Other"),
    },
    "document-kind": {
        "identity": N_("Identity"),
        "address": N_("Address"),
        "photo": N_("Photo"),
        "income": N_("Income"),
        "agreement": N_("Signed agreement"),
        "other": N_("Other"),
    },
    "relation": {
        "self": N_("Self"),
        "spouse": N_("Spouse"),
        "child": N_("Child"),
        "parent": N_("Parent"),
        "other": N_("Other"),
    },
    "application-event": {
        "entered": N_("Application entered"),
        "revised": N_("Application changed"),
        "document": N_("Document attached"),
        "verified": N_("Verified"),
        "decided": N_("Decision made"),
        "sanction-asked": N_("Sanction waits for a checker"),
        "key-facts": N_("Key fact statement issued"),
        "key-facts-signed": N_("Key fact statement acknowledged"),
        "sanction-declined": N_("Sanction declined by the checker"),
        "sanctioned": N_("Sanctioned"),
        "rejected": N_("Rejected"),
        "withdrawn": N_("Withdrawn"),
        "disbursed": N_("Disbursed"),
    },
    "standing": {
        "primary": N_("Read in the rule itself"),
        "secondary": N_("Read about the rule"),
        "unverified": N_("Not verified"),
        "house": N_("The lender's own rule"),
    },
    "role": {
        "cashier": N_("Cashier"),
        "officer": N_("Officer"),
        "manager": N_("Manager"),
    },
    "limit": {
        "sanction": N_("Sanction up to"),
        "disburse": N_("Disburse up to"),
        "reverse": N_("Reverse up to"),
        "waive": N_("Waive up to"),
        "charge": N_("Charge up to"),
        "foreclose": N_("Close early up to"),
        "rate": N_("Change the rate up to"),
        "reschedule": N_("Reschedule up to"),
        "write-off": N_("Write off up to"),
        "refund": N_("Refund up to"),
        "take-over": N_("Take over up to"),
        "restate": N_("Correct terms up to"),
        "journal": N_("Vouchers up to"),
        "backdate-days": N_("Days back"),
    },
    "mode": {
        "cash": N_("Cash"),
        "upi": N_("UPI"),
        "cheque": N_("Cheque"),
        "adjust": N_("Out of a new loan"),
        "bank": N_("Bank transfer"),
    },
    "outcome": {
        "paid-full": N_("Paid in full"),
        "paid-part": N_("Paid in part"),
        "ptp": N_("Promised to pay"),
        "promised": N_("Promised to pay"),
        "refused": N_("Refused"),
        "not-met": N_("Not met"),
        "locked": N_("House locked"),
        "moved": N_("Moved away"),
        "address-not-found": N_("Address not found"),
        "met-family": N_("Met the family"),
        "dispute": N_("Disputes the amount"),
        "deceased": N_("Deceased"),
        "already-paid": N_("Already paid"),
        "unsafe": N_("Not safe"),
        "approve": N_("Can be sanctioned"),
        "refer": N_("For the manager to decide"),
        "decline": N_("Not to be sanctioned"),
        "verified": N_("Verified"),
        "other": N_("Other"),
    },
    "promise-state": {
        "open": N_("Open"),
        "active": N_("Open"),
        "kept": N_("Kept"),
        "broken": N_("Broken"),
        "cancelled": N_("Cancelled"),
    },
    "why": {
        "promise-due": N_("Promise due"),
        "promise-broken": N_("Promise broken"),
        "overdue": N_("Overdue"),
        "due": N_("Due that day"),
        "first-visit": N_("First visit"),
        "verification": N_("Verification"),
        "utilisation": N_("Use of the loan"),
        "documents": N_("Documents"),
        "meeting": N_("Centre meeting"),
        "spot-check": N_("Spot check"),
        "other": N_("Other"),
    },
    "result": {
        "pass": N_("Met"),
        "refer": N_("To be looked at"),
        "fail": N_("Not met"),
    },
    "step": {
        "revise": N_("Revise"),
        "attach": N_("Attach a document"),
        "verify": N_("Verify"),
        "decide": N_("Decide"),
        "sanction": N_("Sanction"),
        "disburse": N_("Disburse"),
        "reject": N_("Reject"),
        "withdraw": N_("Withdraw"),
    },
    "missing": {
        "born-on": N_("date of birth"),
        "phone": N_("phone"),
        "address": N_("address"),
        "identity-document": N_("identity document"),
        "identity-number": N_("identity number"),
        "household-income": N_("household income"),
        "verification": N_("verification"),
        "decision": N_("decision"),
        "sanction": N_("sanction"),
        "agreement": N_("signed agreement"),
    },
    "kind": {
        "aadhaar": N_("Aadhaar"),
        "pan": N_("PAN"),
        "voter": N_("Voter card"),
        "other": N_("Other"),
    },
    "act": {
        "loan.charge": N_("Charge"),
        "loan.waive": N_("Waiver"),
        "loan.foreclose": N_("Early closure"),
        "loan.change-rate": N_("Change of rate"),
        "loan.reschedule": N_("Rescheduling"),
        "loan.write-off": N_("Write-off"),
        "loan.recover": N_("Recovery"),
        "loan.refund": N_("Refund of excess"),
        "loan.reverse": N_("Reversal"),
        "loan.restate": N_("Correction of the terms"),
        "loan.disburse-tranche": N_("Next part paid out"),
        "loan.take-over": N_("Take-over"),
        "receipt.reverse": N_("Reversal of a receipt"),
        "application.sanction": N_("Sanction"),
        "journal.post": N_("Journal voucher"),
        "till.propose": N_("Count of a till"),
        "journal.reverse": N_("Reversal of a journal voucher"),
    },
    "account-kind": {
        "asset": N_("Asset"),
        "liability": N_("Liability"),
        "equity": N_("Equity"),
        "income": N_("Income"),
        "expense": N_("Expense"),
    },
    "key-facts-state": {
        "open": N_("To be acknowledged"),
        "acknowledged": N_("Acknowledged"),
        "expired": N_("Run out"),
        "replaced": N_("Replaced"),
    },
    "version-state": {
        "coming": N_("Will hold"),
        "in-force": N_("In force"),
        "past": N_("Held before"),
        "replaced": N_("Replaced before it held"),
    },
    "quote-state": {
        "open": N_("Holds today"),
        "coming": N_("Holds on its day"),
        "expired": N_("Run out"),
    },
    "interest": {
        "declining": N_("On the reducing balance"),
        "flat": N_("Flat"),
    },
    "repayment": {
        "equal-instalments": N_("Equal instalments"),
        "equal-principal": N_("Equal principal"),
        "interest-only": N_("Interest only, principal at the end"),
        "bullet": N_("All at the end"),
    },
    "unit": {
        "day": N_("day"),
        "week": N_("week"),
        "month": N_("month"),
    },
    "visit-state": {
        "planned": N_("Planned"),
        "assigned": N_("Assigned"),
        "started": N_("Started"),
        "done": N_("Done"),
        "cannot-complete": N_("Could not be done"),
        "skipped": N_("Skipped"),
        "rescheduled": N_("Moved"),
        "cancelled": N_("Cancelled"),
        "missed": N_("Missed"),
    },
    "loan-state": {
        "sanctioned": N_("Sanctioned"),
        "active": N_("Active"),
        "open": N_("Active"),
        "closed": N_("Closed"),
        "foreclosed": N_("Closed early"),
        "written-off": N_("Written off"),
        "overpaid": N_("Overpaid"),
    },
    "fee-kind": {
        "processing": N_("Processing fee"),
        "insurance": N_("Insurance"),
        "valuation": N_("Valuation"),
        "other": N_("Other charge"),
    },
    "every": {
        "instalment": N_("with every instalment"),
    },
    "apr-method": {
        "irr-nominal": N_("internal rate of return a period × periods a year, nominal"),
    },
    "language": {
        "en": N_("English"),
        "hi": N_("Hindi"),
    },
    "frequency": {
        "week": N_("weekly"),
        "weekly": N_("weekly"),
        "fortnight": N_("fortnightly"),
        "fortnightly": N_("fortnightly"),
        "month": N_("monthly"),
        "monthly": N_("monthly"),
    },
    "permission": {
        "application.enter": N_("Enter applications"),
        "application.verify": N_("Verify applications"),
        "application.decide": N_("Run the decision"),
        "application.sanction": N_("Sanction applications"),
        "application.override": N_("Sanction against the decision"),
        "loan.disburse": N_("Disburse loans"),
        "loan.take-over": N_("Take over loans that ran elsewhere"),
        "loan.restate": N_("Correct the terms of loans"),
        "key-facts": N_("Issue key fact statements"),
        "receipt.post": N_("Take receipts"),
        "receipt.reverse": N_("Reverse receipts"),
        "receipt.reprint": N_("Reprint receipts"),
        "loan.charge": N_("Levy charges"),
        "loan.waive": N_("Waive dues"),
        "loan.foreclose": N_("Close loans early"),
        "loan.quote": N_("Quote early closures"),
        "loan.rate": N_("Change rates"),
        "loan.reschedule": N_("Reschedule loans"),
        "loan.write-off": N_("Write loans off"),
        "loan.recover": N_("Take recoveries"),
        "loan.refund": N_("Refund excess"),
        "loan.reverse": N_("Undo what was agreed on a loan"),
        "check": N_("Check what others propose"),
        "visit.plan": N_("Plan visits"),
        "visit.record": N_("Record visits"),
        "day.open": N_("Open the day"),
        "day.close": N_("Close the day"),
        "till": N_("Open, count and close the own till"),
        "till.manage": N_("Close any till, set limits of tills"),
        "day.reopen": N_("Open a closed day again"),
        "month.close": N_("Close months, and open them again"),
        "journal.post": N_("Write journal vouchers"),
        "view.books": N_("See the books"),
        "user.manage": N_("Manage users"),
        "branch.manage": N_("Change the branch, its holidays and its accounts"),
        "station.join": N_("Let another PC join the shared database"),
        "product.manage": N_("Manage products"),
        "paper.manage": N_("Set what papers look like"),
        "identity.show": N_("See identity numbers"),
        "report.export": N_("Save reports as files"),
        "backup.make": N_("Make backups"),
        "view.applications": N_("See applications"),
        "view.loans": N_("See loans"),
        "view.counter": N_("See the counter"),
        "view.field": N_("See visits"),
        "view.reports": N_("See reports"),
        "view.settings": N_("See settings"),
        "view.audit": N_("See the history of changes"),
        "session": N_("Own session"),
        "anonymous": N_("Before sign-in"),
        "system": N_("The program itself"),
    },
}


def name_of(member: Enum, language: Language = SCREEN) -> str:
    """The name of an enum's member, for people."""
    return named(_kind(type(member).__name__), str(member.value), language)


def named(kind: str, value: str, language: Language = SCREEN) -> str:
    """The name of a stored value; one that is not in the table is shown as words."""
    key = value.replace("_", "-")
    table = LABELS.get(kind, {})
    template = table.get(value, table.get(key))
    return language.gettext(template) if template is not None else _as_words(key)


def _kind(name: str) -> str:
    return re.sub(r"(?<=[a-z])(?=[A-Z])", "-", name).lower()


def _as_words(value: str) -> str:
    words = re.sub(r"[-.]", " ", value)
    return words[:1].upper() + words[1:]
