"""What the counter, a living loan and the business day refuse."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "cash-disbursement"): N_(
        "In cash this must stay below {below}, with what is still owed counted in. "
        "Choose bank or cheque. ({citation})"
    ),
    ("value-refused", "cash-receipt"): N_(
        "In cash one receipt must stay below {below}. Choose another way. ({citation})"
    ),
    ("value-refused", "loan-twice"): N_("The same loan stands twice in this receipt."),
    ("value-refused", "quote-differs"): N_("Closing today asks {total}. Please look at it again."),
    ("value-refused", "kept-quote-differs"): N_(
        "The quote said {quoted}. Something was booked since, and closing now asks {total}. "
        "Make a new quote."
    ),
    ("value-refused", "more-than-excess"): N_("Only {excess} is held in excess."),
    ("value-refused", "same-rate"): N_("The loan bears this rate already."),
    ("value-refused", "nothing-changes"): N_(
        "Nothing would change. Give other instalments, another first due date or another rate."
    ),
    ("value-refused", "head-not-capitalised"): N_(
        "Only interest and charges can be added to the principal."
    ),
    ("value-refused", "not-an-act"): N_("This cannot be done to the loan in this way."),
    ("value-refused", "not-reversible"): N_(
        "A disbursement, an opening position or a reversal cannot be reversed here."
    ),
    ("value-refused", "reverse-the-receipt"): N_("This is money received. Reverse its receipt."),
    ("value-refused", "head-not-charged"): N_("Choose a charge or a penal charge."),
    ("value-refused", "more-than-due"): N_("Only {due} is due under this head."),
    ("value-refused", "day-not-after"): N_("The next business day is {next} or later."),
    ("value-refused", "day-differs"): N_("The open business day is {open}."),
    ("value-refused", "unbalanced-entry"): N_(
        "The books would not balance. Nothing was changed; please report this."
    ),
    ("not-allowed-now", "recovery-code"): N_(
        "The recovery code must be typed back before the first loan is paid out."
    ),
    ("not-allowed-now", "day-left-open"): N_("{day} is still open. Close it first."),
    ("event-refused", "loan-closed"): N_("The loan is closed."),
    ("event-refused", "waiver-above-unpaid"): N_("This is more than what is unpaid."),
}
