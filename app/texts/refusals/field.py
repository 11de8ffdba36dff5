"""What a visit or a promise does not admit."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("not-found", "officer"): N_("There is no such officer."),
    ("not-allowed-now", "visit-ahead"): N_("This visit is planned for {visit}. Tell it then."),
    ("not-allowed-now", "promise-kept"): N_("This promise is kept already."),
    ("not-allowed-now", "promise-broken"): N_("This promise is broken. It stays on record."),
    ("not-allowed-now", "promise-cancelled"): N_("This promise is cancelled already."),
    ("value-refused", "must-be-met"): N_("This outcome needs the borrower to have been met."),
    ("value-refused", "cannot-be-met"): N_("With this outcome the borrower was not met."),
    ("value-refused", "no-amount-here"): N_("No money goes with this outcome."),
    ("value-refused", "promise-missing"): N_("Please note the amount and the day promised."),
    ("value-refused", "no-promise-here"): N_("No promise goes with this outcome."),
    ("value-refused", "note-missing"): N_("Please say in a few words what happened."),
    ("value-refused", "promise-too-far"): N_(
        "A promise may be for {days} days ahead at most, until {latest}."
    ),
    ("value-refused", "ends-before-it-begins"): N_("This ends before it begins."),
    ("value-refused", "not-the-planned-stops"): N_(
        "The stops of this day have changed. Please look at the list again."
    ),
}
