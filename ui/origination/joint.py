"""Three steps' forms as one, for the keeper of drafts."""

from __future__ import annotations

from ui.kit.form import Form
from ui.origination.borrower import BorrowerStep
from ui.origination.facts import safe_to_keep
from ui.origination.household import HouseholdStep
from ui.origination.request import RequestStep

HOUSEHOLD = "household"


class Joint(Form):
    """Shows nothing itself: what was typed into borrower, household and request together."""

    def __init__(
        self, borrower: BorrowerStep, household: HouseholdStep, request: RequestStep
    ) -> None:
        self._steps = (borrower, household, request)
        super().__init__([])
        borrower.form.edited.connect(self.edited.emit)
        request.form.edited.connect(self.edited.emit)
        household.edited.connect(lambda: self.edited.emit(HOUSEHOLD))
        self.hide()

    def draft(self) -> dict[str, str]:
        """What was typed; of an Aadhaar only what may be kept."""
        borrower, household, request = self._steps
        person = {name: safe_to_keep(name, raw) for name, raw in borrower.form.draft().items()}
        return {**person, **request.form.draft(), HOUSEHOLD: household.draft()}

    def restore(self, draft: dict[str, str]) -> None:
        """Put a draft back into the three forms."""
        borrower, household, request = self._steps
        borrower.form.restore(draft)
        request.form.restore(draft)
        if HOUSEHOLD in draft:
            household.restore(draft[HOUSEHOLD])
