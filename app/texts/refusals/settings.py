"""Refusals of the settings: the audit log, the branch, its calendar, its accounts, its backups."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "days-turned"): N_("The last day is before the first one."),
    ("value-refused", "money-booked"): N_(
        "The currency stays as it is: money was booked in it already."
    ),
    ("not-allowed-now", "own-grants"): N_(
        "Your own roles and limits are changed by another manager."
    ),
    ("not-allowed-now", "station-is-here"): N_(
        "Counter {counter} is this PC. Close it from another one."
    ),
    ("not-allowed-now", "station-closed"): N_("Counter {counter} is closed already."),
    ("not-allowed-now", "station-ended"): N_(
        "This PC was closed as a station of the branch: it can be looked at, but books nothing."
    ),
    ("not-allowed-now", "station-holds-cash"): N_(
        "There is cash in the till of counter {counter}. Move it first."
    ),
    ("value-refused", "no-day-left"): N_("At least one day of the week is worked."),
    ("value-refused", "too-many-holidays"): N_("No more than {most} holidays can be kept."),
    ("value-refused", "holiday-twice"): N_("This day carries this name already."),
    ("paper-trouble", "not-a-text"): N_("This file cannot be read as text (UTF-8)."),
    ("value-refused", "account-code"): N_("A code is 2 to 16 digits or capitals, such as 5510."),
    ("value-refused", "account-code-fixed"): N_("The code stays: entries name the account by it."),
    ("value-refused", "account-kind-fixed"): N_("The kind of an account stays as it is."),
    ("not-found", "audit-line"): N_("There is no such line in the history."),
}
