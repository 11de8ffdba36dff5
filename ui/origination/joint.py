"""Three steps' forms as one, for the keeper of drafts."""

from __future__ import annotations

from ui.kit.form import Form
from ui.origination.borrower import BorrowerStep
from ui.origination.facts import safe_to_keep
from ui.origination.household import HouseholdStep
from ui.origination.request import RequestStep

HOUSEHOLD = "household"
PARTY = "party_id"


class Joint(Form):
    """Shows nothing itself: what was typed into borrower, household and request together."""

    def __init__(
        self, borrower: BorrowerStep, household: HouseholdStep, request: RequestStep
    ) -> None:
        self._steps = (borrower, household, request)
        self.party_id: int | None = None  # a known person whose record was taken
        super().__init__([])
        borrower.form.edited.connect(self.edited.emit)
        request.form.edited.connect(self.edited.emit)
        household.edited.connect(lambda: self.edited.emit(HOUSEHOLD))
        self.hide()

    def draft(self) -> dict[str, str]:
        """What was typed; of an Aadhaar only what may be kept."""
        borrower, household, request = self._steps
        person = {name: safe_to_keep(name, raw) for name, raw in borrower.form.draft().items()}
        known = "" if self.party_id is None else str(self.party_id)
        return {**person, **request.form.draft(), HOUSEHOLD: household.draft(), PARTY: known}

    def restore(self, draft: dict[str, str]) -> None:
        """Put a draft back into the three forms."""
        borrower, household, request = self._steps
        known = draft.get(PARTY, "")
        self.party_id = int(known) if known.isdecimal() else None
        borrower.form.restore(draft)
        request.form.restore(draft)
        if HOUSEHOLD in draft:
            household.restore(draft[HOUSEHOLD])
