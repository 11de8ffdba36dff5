"""Known people who may be the one at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz

from app.domain.errors import ValueRefused
from app.domain.identity import whole
from app.domain.party import cleaned, folded, phone_of
from app.domain.roles import Permission
from app.queries.origination import MatchParties, ShowParty
from app.rows.origination import PartyMatch, PartyView
from app.services.applications import GROUP
from app.services.households import household_facts
from app.services.parties import facts_of, identity_text
from app.services.registry import answers
from app.services.work import Reading
from app.store.parties import candidates, holders_of, loans_of, open_membership

ALIKE = 85  # of 100; below it names of one village are mostly other people
MOST_SHOWN = 10
_ORDER = ("identity", "phone", "name")


@answers(MatchParties, needs=Permission.VIEW_APPLICATIONS)
def match_parties(reading: Reading, query: MatchParties) -> tuple[PartyMatch, ...]:
    """Who has the same number or phone, or a like name with the same birth date or village.

    What is not yet a whole phone or number is left out: this is asked while somebody types.
    """
    phone = _phone(query.phone, reading.branch.country)
    number = whole("", query.identity)
    digest = reading.digest.of(identity_text(number)) if number else ""
    village = cleaned(query.village, "village")
    found = candidates(reading.connection, phone, digest, query.born_on, village)
    ids = [row["id"] for row in found]
    holders = holders_of(reading.connection, digest, ids) if digest and ids else frozenset()
    counts = loans_of(reading.connection, ids) if ids else {}
    made = []
    for row in found:
        why = _why(row, phone, holders, query)
        if why:
            made.append(_match(row, why, counts.get(row["id"], 0)))
    made.sort(key=lambda match: (_ORDER.index(match.why), match.full_name, match.party_id))
    return tuple(made[:MOST_SHOWN])


@answers(ShowParty, needs=Permission.VIEW_APPLICATIONS)
def show_party(reading: Reading, query: ShowParty) -> PartyView:
    """A known person with the household and the present group. Raises NotFound."""
    connection, party_id = reading.connection, query.party_id
    party, number = facts_of(connection, party_id)
    group = open_membership(connection, party_id, GROUP)
    return PartyView(
        party_id=party_id,
        member_number=number,
        party=party,
        household=household_facts(connection, party_id),
        group_id=None if group is None else group["of_id"],
        loans=loans_of(connection, [party_id]).get(party_id, 0),
    )


def alike(one: str, other: str) -> bool:
    """Whether two names may be of one person, whatever the order and spelling of their parts."""
    return fuzz.token_sort_ratio(folded(one), folded(other)) >= ALIKE


def _why(row: Mapping[Any, Any], phone: str, holders: frozenset[int], query: MatchParties) -> str:
    if row["id"] in holders:
        return "identity"
    if phone and row["phone"] == phone:
        return "phone"
    names = [name for name in (row["full_name"], row["local_name"]) if name]
    if query.full_name.strip() and any(alike(query.full_name, name) for name in names):
        return "name"
    return ""


def _match(row: Mapping[Any, Any], why: str, loans: int) -> PartyMatch:
    return PartyMatch(
        party_id=row["id"],
        full_name=row["full_name"],
        local_name=row["local_name"],
        village=row["village"],
        phone=row["phone"],
        born_on=row["born_on"],
        loans=loans,
        why=why,
    )


def _phone(text: str, country: str) -> str:
    try:
        return phone_of(text, country)
    except ValueRefused:
        return ""
