"""What a product's key fact statement says beside the terms: fields, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from app.rows.facts import FeeNote, KeyFactsNotes
from app.texts import _
from ui.kit.field import Field, Kind

TEXTS = (
    "grievance_name",
    "grievance_email",
    "recovery_clause",
    "grievance_clause",
    "stage_clause",
    "other_penal",
    "switching",
    "other_contingent",
    "co_lending",
    "recovery_agent",
)
UNSAID, YES, NO = "unsaid", "yes", "no"
_TRANSFER = {None: UNSAID, True: YES, False: NO}


def key_fact_fields() -> list[Field]:
    """The fields of the section, in the order of the statement."""

    def text(name: str, label: str, span: int = 2) -> Field:
        return Field(name=name, label=label, optional=True, span=span, length=300)

    transfer = ((UNSAID, _("not said")), (YES, _("yes")), (NO, _("no")))
    return [
        Field(
            name="kfs_required",
            label=_("Signed before the loan is paid out"),
            kind=Kind.CHECK,
            span=2,
        ),
        text("grievance_name", _("Grievance officer"), 1),
        text("grievance_email", _("Their e-mail"), 1),
        text("grievance_clause", _("How a grievance is handled")),
        text("recovery_clause", _("Recovery agents")),
        text("recovery_agent", _("Digital loan: who acts as recovery agent")),
        text("stage_clause", _("Paid out in parts: the clause")),
        text("other_penal", _("Other penal charges")),
        text("switching", _("Switching between fixed and floating")),
        text("other_contingent", _("Other charges that may come")),
        text("co_lending", _("Lent together with")),
        Field(
            name="transferable",
            label=_("May be transferred"),
            kind=Kind.CHOICE,
            choices=transfer,
            value=UNSAID,
        ),
        Field(
            name="cooling_off_days",
            label=_("Cooling-off days"),
            kind=Kind.INT,
            least=0,
            most=365,
            optional=True,
        ),
    ]


def notes_shown(notes: KeyFactsNotes | None) -> dict[str, Any]:
    """The values of the section; a product without notes shows none."""
    said = notes or KeyFactsNotes(required=False)
    return {
        "kfs_required": said.required,
        "transferable": _TRANSFER[said.transferable],
        "cooling_off_days": said.cooling_off_days,
        **{name: getattr(said, name) for name in TEXTS},
    }


def notes_of(
    values: Mapping[str, Any], fees: tuple[FeeNote, ...], before: KeyFactsNotes | None
) -> KeyFactsNotes | None:
    """The notes that the section and the charges say; None where they say nothing."""
    plain = all(fee == FeeNote(fee.name) for fee in fees)
    kept = before is not None and bool(before.fees)
    transfer = {shown: value for value, shown in _TRANSFER.items()}
    made = replace(
        before or KeyFactsNotes(),
        required=bool(values["kfs_required"]),
        fees=() if plain and not kept else fees,
        transferable=transfer[values["transferable"]],
        cooling_off_days=values["cooling_off_days"],
        **{name: values[name] or "" for name in TEXTS},
    )
    nothing = before is None and made == KeyFactsNotes(required=False)
    return None if nothing else made
