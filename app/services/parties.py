"""People: entered and changed with an application, found again, their numbers shown on demand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from app.commands.origination import IdentityNumber, IdentityShown, PartyFacts, ShowIdentity
from app.domain.errors import NotFound, ValueRefused
from app.domain.identity import checked, compact, kept, masked, whole
from app.domain.party import GENDERS, birth_of, cleaned, folded, phone_of, pin_of, script_of
from app.domain.roles import Permission
from app.services.registry import use_case
from app.services.work import Work
from app.store.listing import rename_in_lists
from app.store.parties import (
    identities_of,
    last_number,
    lock_party,
    names_of,
    owner_of_identity,
    party_by_id,
)
from app.store.schema.people import identities, parties, party_names
from app.store.store import Snapshot

LANGUAGES = ("en", "hi", "bn", "mr", "ta", "te", "kn", "ml", "gu", "pa", "or", "as", "ur", "ne")
_COLUMNS = (
    *("full_name", "local_name", "language", "born_on", "gender", "phone"),
    *("relative_name", "house", "village", "pin"),
)


@use_case(
    ShowIdentity,
    needs=Permission.IDENTITY_SHOW,
    changes=set(),
    answer=IdentityShown,
    in_day=False,
)
def show_identity(work: Work, command: ShowIdentity) -> IdentityShown:
    """The number as it is kept; who asked stands in the audit line, the number does not."""
    for row in identities_of(work.tx.connection, command.party_id):
        if row["kind"] == command.kind and row["value"]:
            return IdentityShown(row["value"])
    raise NotFound(what="identity", id=command.party_id)


def clean_party(work: Work, facts: PartyFacts) -> PartyFacts:
    """The facts as they may be stored. Raises ValueRefused at the first field that may not."""
    return clean_facts(facts, work.branch.country, work.day)


def clean_facts(facts: PartyFacts, country: str, day: date) -> PartyFacts:
    """The facts as they may be stored in a branch of a country on a day."""
    if facts.gender not in GENDERS:
        raise ValueRefused(field="gender", why="not-a-choice", given=facts.gender)
    if facts.language not in LANGUAGES:
        raise ValueRefused(field="language", why="not-a-choice", given=facts.language)
    return replace(
        facts,
        full_name=cleaned(facts.full_name, "full_name", needed=True),
        local_name=cleaned(facts.local_name, "local_name"),
        born_on=birth_of(facts.born_on, day),
        phone=phone_of(facts.phone, country),
        relative_name=cleaned(facts.relative_name, "relative_name"),
        house=cleaned(facts.house, "house"),
        village=cleaned(facts.village, "village"),
        pin=pin_of(facts.pin, country),
        identities=_clean_identities(facts.identities),
    )


def add_party(work: Work, facts: PartyFacts) -> int:
    """Insert a new person; the facts are clean. Refuses a number that somebody else holds."""
    _refuse_taken(work, None, facts.identities)
    party_id = work.tx.new_id()
    number = _next_number(work)
    values = {name: getattr(facts, name) for name in _COLUMNS}
    work.tx.insert(
        parties, id=party_id, **values, number=number, find_text=_find_text(facts, number)
    )
    for text in _names(facts):
        work.tx.insert(party_names, party_id=party_id, script=script_of(text), text=text)
    for identity in facts.identities:
        _insert_identity(work, party_id, identity)
    return party_id


def lock_and_compare(work: Work, party_id: int, facts: PartyFacts) -> dict[str, Any] | None:
    """Lock a known person; the row where the clean facts would change it, else None.

    Raises NotFound, or ValueRefused where a number belongs to somebody else.
    """
    before = lock_party(work.tx, party_id)
    if before is None:
        raise NotFound(what="party", id=party_id)
    _refuse_taken(work, party_id, facts.identities)
    same = all(before[name] == getattr(facts, name) for name in _COLUMNS)
    return None if same and not _changed_identities(work, party_id, facts) else before


def change_party(work: Work, before: dict[str, Any], facts: PartyFacts) -> None:
    """Change a locked person to the clean facts."""
    party_id = int(before["id"])
    changes = {name: getattr(facts, name) for name in _COLUMNS}
    changes = {name: value for name, value in changes.items() if before[name] != value}
    if changes:
        changes["find_text"] = _find_text(facts, before["number"])
        work.tx.change(parties, before, **changes)
        rename_in_lists(work.tx, party=party_id)
    _change_names(work, party_id, facts)
    for row, identity in _changed_identities(work, party_id, facts):
        if row is None and identity is not None:
            _insert_identity(work, party_id, identity)
        elif row is not None:
            value = "" if identity is None else kept(identity.kind, identity.value)
            digest = "" if identity is None else _digest(work, identity)
            work.tx.change(identities, dict(row), value=value, digest=digest)


def facts_of(connection: Snapshot, party_id: int) -> tuple[PartyFacts, str]:
    """The person with masked numbers, and the member number. Raises NotFound."""
    row = party_by_id(connection, party_id)
    if row is None:
        raise NotFound(what="party", id=party_id)
    numbers = tuple(
        IdentityNumber(found["kind"], masked(found["kind"], found["value"]))
        for found in identities_of(connection, party_id)
        if found["value"]
    )
    facts = PartyFacts(**{name: row[name] for name in _COLUMNS}, identities=numbers)
    return facts, str(row["number"])


def identity_text(number: str) -> str:
    """What the keyed digest of a whole identity number is made of; the kind is not part of it."""
    return f"identity {number}"


def _clean_identities(given: Iterable[IdentityNumber]) -> tuple[IdentityNumber, ...]:
    """The numbers checked, empty ones left out; one a kind. Shown masks are let through."""
    made: list[IdentityNumber] = []
    for identity in given:
        number = compact(identity.value)
        if not number:
            continue
        if any(one.kind == identity.kind for one in made):
            raise ValueRefused(field=identity.kind, why="twice")
        is_mask = "XXXX" in number
        number = number if is_mask else checked(identity.kind, number)
        made.append(IdentityNumber(identity.kind, number))
    return tuple(made)


def _changed_identities(
    work: Work, party_id: int, facts: PartyFacts
) -> list[tuple[Any | None, IdentityNumber | None]]:
    """Pairs of what is stored and what is wanted, where they differ; a shown mask is no change."""
    stored = {row["kind"]: row for row in identities_of(work.tx.connection, party_id)}
    wanted = {identity.kind: identity for identity in facts.identities}
    pairs: list[tuple[Any | None, IdentityNumber | None]] = []
    for kind, identity in wanted.items():
        row = stored.get(kind)
        if row is None or not _is_same(kind, row["value"], identity.value):
            pairs.append((row, identity))
    gone = (row for kind, row in stored.items() if kind not in wanted and row["value"])
    pairs.extend((row, None) for row in gone)
    for _, changed in pairs:
        if changed is not None:
            checked(changed.kind, changed.value)
    return pairs


def _is_same(kind: str, stored: str, given: str) -> bool:
    return compact(given) in (compact(stored), compact(masked(kind, stored)))


def _refuse_taken(work: Work, party_id: int | None, given: Iterable[IdentityNumber]) -> None:
    for identity in given:
        digest = _digest(work, identity)
        owner = owner_of_identity(work.tx.connection, digest) if digest else None
        if owner is not None and owner["id"] != party_id:
            raise ValueRefused(
                field=identity.kind,
                why="known-identity",
                number=owner["number"],
                name=owner["full_name"],
            )


def _insert_identity(work: Work, party_id: int, identity: IdentityNumber) -> None:
    work.tx.insert(
        identities,
        party_id=party_id,
        kind=identity.kind,
        value=kept(identity.kind, checked(identity.kind, identity.value)),
        digest=_digest(work, identity),
    )


def _digest(work: Work, identity: IdentityNumber) -> str:
    number = whole(identity.kind, identity.value)
    return "" if number is None or "XXXX" in number else work.tx.digest.of(identity_text(number))


def _names(facts: PartyFacts) -> tuple[str, ...]:
    return tuple(text for text in (facts.full_name, facts.local_name) if text)


def _change_names(work: Work, party_id: int, facts: PartyFacts) -> None:
    """One name a script is kept: the newest spelling of each."""
    stored = {row["script"]: dict(row) for row in names_of(work.tx.connection, party_id)}
    for script, text in {script_of(text): text for text in _names(facts)}.items():
        if script not in stored:
            work.tx.insert(party_names, party_id=party_id, script=script, text=text)
        elif stored[script]["text"] != text:
            work.tx.change(party_names, stored[script], text=text)


def _find_text(facts: PartyFacts, number: str) -> str:
    return folded(facts.full_name, facts.local_name, facts.phone, facts.village, number)


def _next_number(work: Work) -> str:
    """M-<branch>-<counter>-<serial>: the member number, without a gap in each counter."""
    last = last_number(work.tx, parties, work.session.station_id)
    serial = 1 + (int(last.rpartition("-")[2]) if last else 0)
    return f"M-{work.branch.code}-{work.branch.counter_code}-{serial:05d}"
