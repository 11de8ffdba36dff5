"""What a check of the books found, as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from app.rows.verify import Finding
from app.texts import N_, _

INVARIANTS: Mapping[int, str] = {
    1: N_("Receipts"),
    2: N_("Debits and credits"),
    3: N_("Splits of receipts"),
    4: N_("Balances against the facts"),
    5: N_("Audit chain"),
    6: N_("Facts"),
    7: N_("Documents"),
    8: N_("Accounts against the loans"),
    9: N_("Guards against changes"),
}

SENTENCES: Mapping[str, str] = {
    "projection-differs": N_("what is shown differs from what the facts give"),
    "facts-do-not-replay": N_("the facts do not make a loan"),
    "row-of-no-loan": N_("a row belongs to no loan"),
    "number-differs": N_("the number is not the one of its place"),
    "parts-differ": N_("the parts do not add up to the receipt"),
    "meeting-differs": N_("the receipts do not add up to the meeting"),
    "meeting-rows-differ": N_("the rows do not add up to the meeting"),
    "meeting-notes-differ": N_("the notes counted are not the cash of the meeting"),
    "leaf-astray": N_("a leaf is not of its book, or its receipt is not there"),
    "printed-split-differs": N_("the printed split does not add up"),
    "event-without-part": N_("a receipt of the loan belongs to no receipt"),
    "refund-without-voucher": N_("a refund and its voucher do not fit"),
    "event-differs": N_("the loan's fact differs from its receipt"),
    "row-missing": N_("a row that was written is gone"),
    "row-without-line": N_("a row was written past the gate"),
    "written-twice": N_("two lines say they wrote this"),
    "document-bad": N_("the file does not match its hash"),
    "personal-value-changed": N_("a personal value was changed"),
    "link-broken": N_("the line does not follow the one before"),
    "line-missing": N_("a line is missing"),
    "line-changed": N_("a line was changed"),
    "head-missing": N_("the head of the chain is missing"),
    "head-differs": N_("the head differs from the last line"),
    "facts-list-changed": N_("a line's list of rows was changed"),
    "voucher-differs": N_("a voucher and its entry do not fit"),
    "voucher-on-control": N_("a voucher by hand stands on an account that follows the loans"),
    "line-apart": N_("a leg stands apart from its entry"),
    "entry-out-of-balance": N_("debits and credits differ"),
    "books-out-of-balance": N_("all debits and all credits differ"),
    "cash-differs": N_("cash differs from the receipts and disbursements"),
    "till-differs": N_("a till differs from what its last closing counted"),
    "till-session-differs": N_("a closing count does not add up from its opening"),
    "transit-differs": N_("cash on its way differs from the hand-overs"),
    "claim-differs": N_("what an officer holds differs from receipts and what was handed in"),
    "account-differs": N_("the account differs from the loans"),
    "trigger-missing": N_("a guard is missing"),
    "fact-may-change": N_("a fact could be changed"),
    "serial-missing": N_("numbers are missing before this one"),
    "serial-twice": N_("the number stands twice"),
    "row-changed": N_("a fact was changed"),
    "record-changed": N_("a record was changed past the gate"),
    "tail-cut": N_("the end of the chain was cut off"),
    "kept-head-differs": N_("the chain is not the one that was sealed"),
    "unreadable": N_("something cannot be read"),
}


def finding(one: Finding) -> str:
    """The finding as a line: which rule, where, what is wrong, what was expected and found."""
    name = _(INVARIANTS.get(one.invariant, "")) or str(one.invariant)
    said = _(SENTENCES[one.code]) if one.code in SENTENCES else one.code
    line = _("{rule}: {where}: {what}").format(rule=name, where=one.where, what=said)
    if not one.expected and not one.found:
        return line
    both = _("{line} (expected {expected}, found {found})")
    return both.format(line=line, expected=one.expected or "-", found=one.found or "-")
