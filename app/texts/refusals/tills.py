"""What tills refuse."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("not-found", "handover"): N_("There is no such hand-over of cash."),
    ("not-allowed-now", "till-counted-at-close"): N_(
        "The count of the till of counter {counter} waits for a second person. Let it happen or "
        "decline it first."
    ),
    ("not-allowed-now", "till-is-open"): N_("The till of counter {counter} is open already."),
    ("not-allowed-now", "till-is-closed"): N_("The till of counter {counter} is closed already."),
    ("not-allowed-now", "till-never-opened"): N_(
        "The till of counter {counter} was never opened. It has limits from its first opening on."
    ),
    ("limit-exceeded", "till-difference"): N_(
        "A difference of {difference} is more than a cashier signs for alone ({limit}). "
        "Hand the count to a second person."
    ),
    ("value-refused", "count-empty"): N_(
        "Nothing is counted yet. Where the drawer is empty, type 0 at one of the notes."
    ),
    ("value-refused", "same-counter"): N_("Choose another counter than this one."),
    ("value-refused", "handover-differs"): N_(
        "{given} was given and {counted} counted. Count again together; if it stays so, send the "
        "cash back with a reason."
    ),
    ("not-allowed-now", "for-another-counter"): N_("This cash is on its way to counter {counter}."),
    ("not-allowed-now", "handover-over"): N_("Hand-over {number} was taken or returned already."),
    ("not-allowed-now", "handover-waiting"): N_(
        "Cash {number} is still on its way to counter {counter}. Take it there or send it back "
        "first."
    ),
    ("value-refused", "collected-in-cash"): N_("Only cash is collected by an officer."),
    ("value-refused", "more-than-collected"): N_(
        "{counted} was counted, but only {owed} was collected by receipts. Key the other receipts "
        "first."
    ),
}
