"""What the state of a loan, an application or a day does not admit."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("not-allowed-now", ""): N_("This cannot be done in the present state."),
    ("not-allowed-now", "not-disbursed"): N_("The loan is not paid out yet."),
    ("not-allowed-now", "already-disbursed"): N_("The loan is already paid out."),
    ("not-allowed-now", "loan-closed"): N_("The loan is closed."),
    ("not-allowed-now", "written-off"): N_("The loan is written off."),
    ("not-allowed-now", "already-reversed"): N_("This receipt is already reversed."),
    ("not-allowed-now", "nothing-due"): N_("Nothing is due on this loan."),
    ("not-allowed-now", "stage"): N_("The application is not at the stage for this."),
    ("not-allowed-now", "not-decided"): N_("The application has no decision yet."),
    ("not-allowed-now", "not-sanctioned"): N_("The application is not sanctioned yet."),
    ("not-allowed-now", "rejected"): N_("The application was rejected."),
    ("not-allowed-now", "withdrawn"): N_("The application was withdrawn."),
    ("not-allowed-now", "documents-missing"): N_("Documents are still missing."),
    ("not-allowed-now", "waiting-for-checker"): N_("This waits for a second person to check it."),
    ("not-allowed-now", "not-waiting"): N_("Nothing waits to be checked here."),
    ("not-allowed-now", "till-closed"): N_(
        "The till of counter {counter} is closed, so no cash moves there. "
        "Open it with a count: Till, Alt+T at the counter. Nothing was booked."
    ),
    ("not-allowed-now", "till-counted"): N_(
        "The till of counter {counter} was counted and waits for a second person. "
        "No cash moves there until then. Nothing was booked."
    ),
    ("not-allowed-now", "till-short"): N_("There is not enough cash in the till for this."),
    ("not-allowed-now", "till-open"): N_(
        "The till of counter {counter} is still open. Count and close it first; the manager can do "
        "so at Till for any counter."
    ),
    ("not-allowed-now", "day-open"): N_("A business day is already open."),
    ("not-allowed-now", "no-day-open"): N_("No business day is open. Open the day first."),
    ("not-allowed-now", "visit-done"): N_("This visit is already done."),
    ("not-allowed-now", "promise-active"): N_(
        "A promise for this day exists already. Cancel it before you note another."
    ),
    ("not-allowed-now", "contact-hours"): N_(
        "Borrowers may be visited between {from} and {to} only."
    ),
    ("not-allowed-now", "quote-expired"): N_(
        "The quote was for {closes} and has run out. Make a new one."
    ),
    ("not-allowed-now", "quote-not-yet"): N_(
        "The quote is for {closes}. To close the loan today, make one for today."
    ),
    ("not-allowed-now", "recover-instead"): N_(
        "The loan is written off. What comes in is a recovery."
    ),
    ("not-allowed-now", "not-written-off"): N_(
        "The loan is not written off. Take the money as a receipt."
    ),
    ("not-allowed-now", "refund-today"): N_(
        "Excess of this loan was given back today. Do this on the next business day, "
        "or reverse the refund first."
    ),
    ("not-allowed-now", "act-reversed"): N_("This is already reversed."),
    ("not-allowed-now", "branch-exists"): N_("There is a branch here already."),
    ("not-allowed-now", "backup-on-server"): N_(
        "The books of this branch lie on a server and are backed up there, by whoever looks after "
        "it. This PC alone could lose nothing but drafts."
    ),
    ("not-allowed-now", "no-recovery-code"): N_(
        "No recovery code was made yet, and a backup without one could never be opened."
    ),
    ("not-allowed-now", "not-signed-in"): N_("Please sign in first."),
    ("not-allowed-now", "stopped"): N_("This was stopped. Nothing was changed."),
    ("not-allowed-now", "last-manager"): N_("The last manager cannot be taken away."),
    ("day-closed", ""): N_("The business day is closed. Post it on the open day."),
    ("day-closed", "never-opened"): N_("No business day is open. Open the day first."),
    ("day-closed", "+on"): N_("{on} is closed. Post it on the open day."),
    ("event-refused", ""): N_("This does not fit the history of the loan."),
    ("event-refused", "before-disbursement"): N_("This is before the loan was paid out."),
    ("event-refused", "not-disbursed"): N_("The loan is not paid out yet."),
    ("event-refused", "already-disbursed"): N_("The loan is already paid out."),
    ("event-refused", "disbursed-amount-differs"): N_(
        "The amount paid out is not the one of the terms."
    ),
    ("event-refused", "disbursed-on-differs"): N_(
        "The day of the disbursement is not the one of the terms."
    ),
    ("event-refused", "head-not-allowed"): N_("This cannot be charged or waived here."),
    ("event-refused", "opening-without-lines"): N_("The opening position has no instalments."),
    ("event-refused", "reversal-before-its-event"): N_(
        "A reversal cannot come before what it reverses."
    ),
    ("event-refused", "reversal-of-nothing"): N_("What this would reverse is not there."),
    ("event-refused", "reversal-of-reversal"): N_("A reversal cannot be reversed."),
    ("event-refused", "unknown-ref"): N_("The receipt that this refers to is not in the history."),
    ("event-refused", "already-reversed"): N_("This receipt is already reversed."),
    ("event-refused", "more-than-due"): N_("This is more than what is due."),
    ("event-refused", "rate-of-flat"): N_("The rate of a flat loan cannot be changed."),
    ("event-refused", "rate-missing"): N_("This change of rate names no rate."),
    ("event-refused", "nothing-to-come"): N_("No instalment of this loan is still to come."),
    ("event-refused", "penalty-capitalised"): N_(
        "Penal charges can never be added to the principal."
    ),
    ("event-refused", "first-due-not-after"): N_(
        "The first due date must come after the day of the rescheduling."
    ),
    ("value-refused", "cash-never-bounces"): N_("Only what a bank can send back is charged for."),
    ("event-refused", "taken-over"): N_(
        "The loan was taken over with its lines. It has no terms to change them by."
    ),
    ("event-refused", "written-off"): N_("The loan is written off."),
    ("event-refused", "not-written-off"): N_(
        "The loan is not written off. Take the money as a receipt."
    ),
    ("event-refused", "more-than-excess"): N_("This is more than what is held in excess."),
    ("event-refused", "out-of-order"): N_("The dates of the history are not in order."),
}
