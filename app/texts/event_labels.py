"""The names of what happens to loans, at meetings and to leaves of receipt books."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

EVENT_LABELS: Mapping[str, Mapping[str, str]] = {
    "event-kind": {
        "opening": N_("Opening position"),
        "disbursement": N_("Disbursement"),
        "charge": N_("Charge"),
        "waiver": N_("Waiver"),
        "foreclosure": N_("Early closure"),
        "receipt": N_("Receipt"),
        "reversal": N_("Reversal"),
        "rate": N_("Change of rate"),
        "reschedule": N_("Rescheduling"),
        "write-off": N_("Write-off"),
        "recovery": N_("Recovery"),
        "refund": N_("Refund of excess"),
        "restated": N_("Terms corrected"),
        "accrual": N_("Interest earned"),
        "suspense": N_("Interest of non-performing loans, not yet received"),
        "provision": N_("Provision for losses on loans"),
        "call": N_("Call"),
        "letter": N_("Letter"),
        "message": N_("Message"),
        "held": N_("Money held, set on what fell due"),
        "journal": N_("Journal voucher"),
        "till-opening": N_("Difference at opening the till"),
        "till-closing": N_("Difference at closing the till"),
        "till-in": N_("Cash into the till"),
        "till-out": N_("Cash out of the till"),
        "till-give": N_("Cash given to another counter"),
        "till-take": N_("Cash taken from another counter"),
        "till-back": N_("Hand-over sent back"),
        "till-field": N_("Field cash counted in"),
        "journal-reversal": N_("Voucher reversed"),
        "came": N_("Came to the meeting"),
        "absent": N_("Not at the meeting"),
        "act-asked": N_("Waits for a second person"),
        "act-allowed": N_("Confirmed by a second person"),
        "act-declined": N_("Declined by a second person"),
    },
    "meets": {
        "week": N_("Every week"),
        "fortnight": N_("Every other week"),
        "month": N_("Every month"),
    },
    "move": {
        "next": N_("Later, on the next working day"),
        "previous": N_("Earlier, on the working day before"),
    },
    "leaf-state": {
        "used": N_("Given"),
        "void": N_("Void"),
        "missing": N_("Missing"),
        "open": N_("Not used yet"),
    },
}
