"""What messages, letters and calls do not admit."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("not-found", "message"): N_("There is no such message."),
    ("not-found", "letter"): N_("There is no such letter."),
    ("not-allowed-now", "message-gone"): N_("This message has left or was taken back already."),
    ("not-allowed-now", "outside-hours"): N_("Borrowers may not be contacted at this hour."),
    ("not-allowed-now", "silent-day"): N_("Nobody is contacted on this day."),
    ("not-allowed-now", "contact-stopped"): N_("This borrower is not to be contacted already."),
    ("not-allowed-now", "contact-allowed"): N_("This borrower may be contacted already."),
    ("value-refused", "not-an-email"): N_("This is no e-mail address, such as name@example.in."),
    ("value-refused", "not-a-url"): N_("This is no web address, such as https://sms.example.in."),
    ("value-refused", "not-a-port"): N_("A port is a number from 1 to 65535."),
    ("value-refused", "not-name-value"): N_("Write fixed values as name=value, one a line."),
    ("value-refused", "too-many"): N_("No more than {most} at once, please."),
    ("value-refused", "not-letter-rules"): N_("These are not the rules of letters."),
    ("value-refused", "not-message-rules"): N_("These are not the texts of messages."),
    ("value-refused", "not-contact-days"): N_("These are not days without contact."),
    ("value-refused", "not-a-template"): N_(
        "Each text needs the name of a message and its registered id."
    ),
}
