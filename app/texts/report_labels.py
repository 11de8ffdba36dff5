"""What reports call what happened to loans, and the classes of provisions."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.texts import N_
from app.texts.late_labels import LATE_LABELS

REPORT_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **LATE_LABELS,
        "ended": {
            "closed": N_("Closed"),
            "closed-early": N_("Closed early"),
            "written-off": N_("Written off"),
            "recovered": N_("Recovered"),
        },
        "provision": {
            "standard": N_("Standard"),
            "sub-standard": N_("Sub-standard"),
            "doubtful-1": N_("Doubtful up to 1 year"),
            "doubtful-2": N_("Doubtful 1 to 3 years"),
            "doubtful-3": N_("Doubtful over 3 years"),
            "loss": N_("Loss"),
        },
        "moved": {
            "stayed": N_("Stayed"),
            "added": N_("Added"),
            "upgraded": N_("Upgraded"),
            "worsened": N_("Worsened"),
            "closed": N_("Ended"),
        },
    }
)
