"""What vouchers by hand, months and days that are closed refuse."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "too-many-rows"): N_(
        "These are more than {most} entries. Choose fewer days."
    ),
    ("value-refused", "voucher-lines"): N_("A voucher has two to {most} lines."),
    ("value-refused", "no-such-account"): N_("There is no account {account}."),
    ("value-refused", "control-account"): N_(
        "Account {account} follows the loans or a till: only receipts, loans and the till move it."
    ),
    ("value-refused", "line-without-amount"): N_("Account {account} has no amount."),
    ("value-refused", "voucher-unbalanced"): N_(
        "Debits are {debit}, credits {credit}. Both must be the same."
    ),
    ("value-refused", "not-the-last-day"): N_(
        "Only the last closed day can be opened again: {last}."
    ),
    ("not-allowed-now", "opening-stands"): N_(
        "The opening balances stand in voucher {number}. Reverse it to key them anew."
    ),
    ("not-allowed-now", "opening-needs-checker"): N_(
        "A month is closed already. Opening balances now need a second person."
    ),
    ("not-allowed-now", "month-closed"): N_(
        "The books are closed until {until}. A manager can open the month again."
    ),
    ("not-allowed-now", "month-closed-already"): N_("The books are closed until {until} already."),
    ("not-allowed-now", "month-not-over"): N_(
        "The month ends on {last}. Every day of it must be closed first."
    ),
    ("not-allowed-now", "month-open"): N_("This month is not closed."),
    ("not-allowed-now", "no-day-to-reopen"): N_("No closed day waits: a business day is open."),
    ("not-allowed-now", "a-reversal-stays"): N_(
        "A reversal is not reversed. Write the voucher anew instead."
    ),
    ("not-allowed-now", "voucher-reversed"): N_("Voucher {number} was reversed already."),
    ("not-allowed-now", "day-unbalanced"): N_(
        "Debits and credits of {day} differ. Check the books before the day is closed."
    ),
    ("not-found", "entry"): N_("There is no such entry in the books."),
}
