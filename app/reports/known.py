"""What may be known of the days a report tells of, in words."""

from __future__ import annotations

from app.texts import N_

MEANINGS = (
    (
        N_("As told at the time"),
        N_(
            "Loans stand as was known at the end of their own day, and money counts on the"
            " business day it was booked in. What was brought in late or taken back since changes"
            " later periods alone: told again, a period says what it said then."
        ),
    ),
    (
        N_("As known on a day"),
        N_(
            "Everything booked by the end of that day counts, each fact on the day it is of. A"
            " receipt brought in late for an earlier day is in that day; one reversed is not."
        ),
    ),
)
