"""Refusals of the settings: the audit log, the branch, its calendar, its accounts, its backups."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_

SENTENCES: Mapping[tuple[str, str], str] = {
    ("value-refused", "days-turned"): N_("The last day is before the first one."),
    ("not-found", "audit-line"): N_("There is no such line in the history."),
}
