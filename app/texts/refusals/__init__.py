"""The sentences for refusals, a table for each room: (code, why) to text; why "" is the rest."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts.refusals import (
    access,
    books,
    field,
    fields,
    lending,
    machine,
    meetings,
    messages,
    origination,
    papers,
    servicing,
    settings,
    terms,
    tills,
)

SENTENCES: Mapping[tuple[str, str], str] = {
    **access.SENTENCES,
    **books.SENTENCES,
    **field.SENTENCES,
    **fields.SENTENCES,
    **lending.SENTENCES,
    **machine.SENTENCES,
    **meetings.SENTENCES,
    **messages.SENTENCES,
    **origination.SENTENCES,
    **papers.SENTENCES,
    **servicing.SENTENCES,
    **settings.SENTENCES,
    **terms.SENTENCES,
    **tills.SENTENCES,
}
