"""What loans and their money are grouped by, in words."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from app.texts import N_

OFFICER, CENTRE, PRODUCT, VILLAGE = "officer", "centre", "product", "village"
DAY, LOAN, CYCLE, MODE, KIND = "day", "loan", "cycle", "mode", "kind"
CLASS = "class"  # the asset class of a borrower
PLACES = (OFFICER, CENTRE, PRODUCT, VILLAGE)  # what a loan is grouped by on any day

# The norm that provisions are reckoned by is chosen the same way.
MICROFINANCE, BASE_LAYER, MIDDLE_LAYER = "nbfc-mfi", "nbfc-base", "nbfc-middle"
NORMS = (MICROFINANCE, BASE_LAYER, MIDDLE_LAYER)

TITLES: Mapping[str, str] = MappingProxyType(
    {
        OFFICER: N_("Officer"),
        CENTRE: N_("Centre"),
        PRODUCT: N_("Product"),
        VILLAGE: N_("Village"),
        DAY: N_("Day"),
        LOAN: N_("Loan"),
        CYCLE: N_("Loan cycle"),
        MODE: N_("Paid by"),
        KIND: N_("What happened"),
        CLASS: N_("Class"),
        MICROFINANCE: N_("NBFC-MFI"),
        BASE_LAYER: N_("NBFC, base layer"),
        MIDDLE_LAYER: N_("NBFC, middle layer"),
    }
)


def titled(grouping: str) -> str:
    """The head of the column of a grouping, to be translated; norms group by class."""
    return N_("Class") if grouping in NORMS else TITLES[grouping]
