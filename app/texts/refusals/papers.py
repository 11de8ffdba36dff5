"""What papers and the codes on them do not admit."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "not-a-receipt-code"): N_(
        "This is not the whole code of a receipt. It begins with KIST1; scan it again."
    ),
    ("value-refused", "newer-receipt-code"): N_(
        "This code was made by a newer Kist. Update this one, then check it again."
    ),
    ("value-refused", "not-a-key"): N_("This is not a public key."),
    ("value-refused", "not-a-upi-id"): N_("This is not a UPI id. One looks like lender@bank."),
    ("value-refused", "too-many-lines"): N_("At most {most} lines have room here."),
    ("value-refused", "too-many-days"): N_("This can be printed for at most {most} days at once."),
    ("not-found", "day"): N_("There was no business day on this date."),
    ("not-allowed-now", "not-closed"): N_(
        "Loan {number} is not closed: {owed} is still to be paid. A no-dues letter is for closed "
        "loans."
    ),
    ("not-allowed-now", "written-off-no-dues"): N_(
        "Loan {number} was written off and is not paid. There is no no-dues letter for it."
    ),
    ("not-allowed-now", "nothing-to-demand"): N_("Nothing is due on loan {number}."),
}
