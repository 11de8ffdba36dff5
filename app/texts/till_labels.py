"""What counts and movements of tills are called."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.texts import N_

TILL_LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "till-kind": {
            "open": N_("Opened"),
            "close": N_("Closed"),
            "in": N_("Cash in"),
            "out": N_("Cash out"),
            "give": N_("Handed over"),
            "take": N_("Taken over"),
            "back": N_("Sent back"),
            "field": N_("Field cash"),
        },
        "till-state": {
            "closed": N_("closed"),
            "open": N_("open"),
            "counted": N_("counted, waits for a second person"),
        },
    }
)
