"""What meetings, collection sheets, centres and receipt books refuse."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("not-found", "sheet"): N_("There is no collection sheet with this number."),
    ("not-found", "receipt-book"): N_("There is no such receipt book."),
    ("value-refused", "notes-differ"): N_(
        "The notes come to {counted}, the receipts to {cash}: {difference} differ. "
        "Nothing was booked."
    ),
    ("not-allowed-now", "sheet-booked"): N_(
        "Sheet {number} was booked on {booked} with {total}. A sheet is booked once."
    ),
    ("not-allowed-now", "meeting-taken"): N_(
        "The meeting of {centre} on {held} is booked already for {loans}. Nothing was booked twice."
    ),
    ("value-refused", "sheet-day"): N_(
        "A sheet is drawn up for the business date or at most {days} days ahead."
    ),
    ("not-allowed-now", "member-closed"): N_(
        "{name}, {number}: the loan takes no money any more. Nothing was booked."
    ),
    ("not-allowed-now", "member-paid"): N_(
        "{name}, {number}: money came in since this meeting was opened. Nothing was booked."
    ),
    ("not-allowed-now", "nobody-pays"): N_("Nobody of {centre} has a running loan."),
    ("value-refused", "first-meeting"): N_("Give a day on which the centre meets."),
    ("value-refused", "not-a-time"): N_("Give a time of day, such as 14:30."),
    ("value-refused", "series"): N_("A series has at most {most} letters and no figures."),
    ("value-refused", "too-many-leaves"): N_("A book has at most {most} leaves."),
    ("value-refused", "leaf-in-a-book"): N_("Leaf {leaf} is in a book that was issued already."),
    ("value-refused", "leaf-unknown"): N_("Leaf {leaf} is in no book that was issued."),
    ("value-refused", "leaf-twice"): N_("The same leaf is named twice."),
    ("not-allowed-now", "leaf-used"): N_("Leaf {leaf} is accounted for already."),
}
