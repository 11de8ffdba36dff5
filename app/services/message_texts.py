"""The text of a message: by stage and language, as registered, with its places filled."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from app.domain.errors import ValueRefused
from app.domain.outbox import (
    ENGLISH,
    SMS,
    Template,
    by_stage,
    filled,
    templates_of,
    templates_on,
)
from app.paths import resources
from app.rows.messages import GatewayFacts, TemplateFacts
from app.texts import Language
from app.texts.figures import amount, day

NO_TEMPLATE = "not-registered"


@dataclass(frozen=True, slots=True)
class Written:
    """What a borrower will read."""

    template: str
    template_id: str
    language: str
    subject: str
    body: str


def template_for(name: str, dpd: int, on: date) -> Template | None:
    """The text asked for, or that of the stage. Raises ValueRefused for a name that is none."""
    every = templates_on(shipped_templates(), on)
    if name and name not in every:
        raise ValueRefused(field="template", why="not-a-choice", given=name)
    return every[name] if name else by_stage(every, dpd)


def written(
    template: Template,
    channel: str,
    gateway: GatewayFacts,
    language: str,
    values: Mapping[str, str],
) -> Written | None:
    """The message in the borrower's language, else English; None where no such SMS is registered.

    An SMS goes out only in a text that is registered, by its id.
    """
    if channel != SMS:
        spoken = language if language in template.texts else ENGLISH
        subject = filled(template.subjects[spoken], values)
        body = filled(template.texts[spoken], values)
        return Written(template.name, "", spoken, subject, body)
    found = _registered(template.name, language, gateway)
    if found is None:
        return None
    text = found.text or template.texts.get(found.language, template.texts[ENGLISH])
    return Written(template.name, found.template_id, found.language, "", filled(text, values))


def values_for(
    row: Mapping[Any, Any], branch: Mapping[str, Any], owed: int, since: date, dpd: int
) -> dict[str, str]:
    """What fills the places of a text, as people write it."""
    local = row["local_name"] if row["language"] != ENGLISH else ""
    return {
        "name": local or row["full_name"],
        "loan": row["number"],
        "amount": amount(owed, row["currency"], symbol=True, trim=True),
        "since": day(since, _spoken(row["language"])),
        "days": str(dpd),
        "branch": branch["name"],
        "phone": branch["grievance_phone"],
        "lender": branch["lender_name"],
    }


@cache
def _spoken(code: str) -> Language:
    """The language of a borrower, for figures and days."""
    return Language(code)


@cache
def shipped_templates() -> tuple[Template, ...]:
    """The texts as shipped."""
    text = (resources() / "rules" / "messages.json").read_text("utf-8")
    return templates_of(json.loads(text))


def _registered(name: str, language: str, gateway: GatewayFacts) -> TemplateFacts | None:
    own = {one.language: one for one in gateway.templates if one.template == name}
    return own.get(language) or own.get(ENGLISH)
