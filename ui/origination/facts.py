"""Between what is typed about a borrower and the facts that a command carries."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from app.commands.origination import (
    ExistingLoan,
    HouseholdFacts,
    IdentityNumber,
    Member,
    PartyFacts,
    RequestFacts,
)
from app.domain.errors import ValueRefused
from app.domain.identity import checked, compact, kept, masked
from app.rows.admin import ProductRow
from app.rows.origination import ApplicationView
from app.texts.figures import percent

NUMBERS = ("aadhaar", "pan", "voter")
PLAIN = (
    "full_name",
    "local_name",
    "language",
    "born_on",
    "gender",
    "phone",
    "relative_name",
    "house",
    "village",
    "pin",
)
LANGUAGES = (
    ("en", "English"),
    ("hi", "हिन्दी · Hindi"),
    ("bn", "বাংলা · Bengali"),
    ("mr", "मराठी · Marathi"),
    ("ta", "தமிழ் · Tamil"),
    ("te", "తెలుగు · Telugu"),
    ("kn", "ಕನ್ನಡ · Kannada"),
    ("ml", "മലയാളം · Malayalam"),
    ("gu", "ગુજરાતી · Gujarati"),
    ("pa", "ਪੰਜਾਬੀ · Punjabi"),
    ("or", "ଓଡ଼ିଆ · Odia"),
    ("as", "অসমীয়া · Assamese"),
    ("ur", "اردو · Urdu"),
    ("ne", "नेपाली · Nepali"),
)


def number_of(kind: str, known: Callable[[], PartyFacts | None]) -> Callable[[str], str]:
    """A check for one identity field; an Aadhaar leaves it masked.

    What is shown masked of a known person passes as it is: the record keeps the whole number.
    """

    def parse(text: str) -> str:
        if not text.strip() or text == _known_number(known(), kind):
            return text.strip()
        return kept(kind, checked(kind, text))

    return parse


def party_of(values: Mapping[str, Any], before: PartyFacts | None) -> PartyFacts:
    """The person as the form says; numbers that the form does not show stay."""
    numbers = [IdentityNumber(kind, values[kind]) for kind in NUMBERS if values.get(kind)]
    others = [] if before is None else [n for n in before.identities if n.kind not in NUMBERS]
    plain = {name: values.get(name) for name in PLAIN}
    born_on = plain.pop("born_on")
    texts = {name: value or "" for name, value in plain.items()}
    return PartyFacts(**texts, born_on=born_on, identities=(*numbers, *others))


def party_shown(party: PartyFacts) -> dict[str, Any]:
    """The values of the form for a person."""
    numbers = {number.kind: number.value for number in party.identities}
    return {name: getattr(party, name) for name in PLAIN} | {
        kind: numbers.get(kind, "") for kind in NUMBERS
    }


def household_of(
    members: list[dict[str, Any]], expenses_minor: int | None, loans: list[dict[str, Any]]
) -> HouseholdFacts:
    """The household as its rows say."""
    return HouseholdFacts(
        members=tuple(
            Member(**{**row, "age": row["age"] or 0, "income_minor": row["income_minor"] or 0})
            for row in members
        ),
        expenses_minor=expenses_minor or 0,
        loans=tuple(
            ExistingLoan(**{name: _none_is_nought(value) for name, value in row.items()})
            for row in loans
        ),
    )


def request_of(values: Mapping[str, Any], currency: str) -> RequestFacts:
    """What is asked for, as the form says."""
    return RequestFacts(
        product_id=values["product_id"],
        amount_minor=values["amount_minor"],
        currency=currency,
        instalments=values["instalments"],
        purpose=values["purpose"],
        group_id=values["group_id"] or None,
    )


def product_rate(row: ProductRow) -> Fraction:
    """The rate that a product names, as a share a year."""
    terms = json.loads(row.product.terms)
    return Fraction(str(terms.get("annual_rate", row.product.min_rate))) / 100


def rate_text(share: Fraction) -> str:
    """A share as exact per cent for a command: 6/25 is `24`."""
    return percent(share, 6).rstrip("%")


def safe_to_keep(kind: str, raw: str) -> str:
    """What of a typed number may lie in a draft: of an Aadhaar the mask, of half of one nothing."""
    if kind != "aadhaar" or not raw:
        return raw
    try:
        return kept(kind, checked(kind, raw))
    except ValueRefused:
        return ""


def _known_number(party: PartyFacts | None, kind: str) -> str:
    held = () if party is None else party.identities
    return next((n.value for n in held if n.kind == kind), "")


def is_masked(kind: str, value: str) -> bool:
    """Whether only a part of the number is shown."""
    return bool(value) and compact(masked(kind, value)) == compact(value)


def _none_is_nought(value: Any) -> Any:
    return 0 if value is None else value


def typed_facts(view: ApplicationView) -> tuple[PartyFacts, HouseholdFacts, RequestFacts]:
    """What of an application is typed, as against what happens to it."""
    return view.party, view.household, view.request
