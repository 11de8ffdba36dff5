"""The audit log for people: who did what and when, and whether the seals of the days hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from app.domain.errors import NotFound, ValueRefused
from app.domain.roles import Permission
from app.queries.audit import (
    CompareHeads,
    ListAudit,
    ListAuditChoices,
    ListDaySeals,
    ShowAuditLine,
)
from app.queries.base import Page
from app.rows.audit import (
    AuditChoices,
    AuditDetails,
    AuditField,
    AuditRow,
    DaySeal,
    KeptHead,
)
from app.services.registry import answers
from app.services.work import Reading
from app.store import audit as store
from app.store.audit import SUBJECTS, Wanted

LONGEST_PAGE = 500
MOST_FIELDS = 300
MASK = "\u2022\u2022\u2022"
_ONE_DAY = timedelta(1)
_AMOUNTS = ("amount_minor", "principal_minor", "charge_minor", "cash_minor")
Line = Mapping[Any, Any]
Subject = tuple[str, int]


@answers(ListAudit, needs=Permission.VIEW_AUDIT)
def list_audit(reading: Reading, query: ListAudit) -> Page[AuditRow]:
    """One page of lines as filtered, the latest first. Raises ValueRefused of a turned span."""
    wanted = _wanted(reading, query)
    limit, offset = min(max(query.limit, 1), LONGEST_PAGE), max(query.offset, 0)
    found = store.lines(reading.connection, wanted, offset, limit)
    count = store.count_lines(reading.connection, wanted)
    return Page(tuple(_rows(reading, found)), offset, count)


@answers(ShowAuditLine, needs=Permission.VIEW_AUDIT)
def show_audit_line(reading: Reading, query: ShowAuditLine) -> AuditDetails:
    """One line. Raises NotFound."""
    place = (query.station_id, query.number)
    found = store.line(reading.connection, reading.branch.branch_id, *place)
    if found is None:
        raise NotFound(what="audit-line", id=query.number)
    people = store.personal_of(reading.connection, *place)
    currency = reading.branch.currency
    written: dict[str, int] = {}
    booked: list[int] = []
    for table, row_id, *_rest in json.loads(found["facts"]):
        written[table] = written.get(table, 0) + 1
        booked += [int(row_id)] if table == "entries" else []
    return AuditDetails(
        row=next(_rows(reading, (found,))),
        asked=_fields(_of(found["payload"]), people, currency),
        answered=_fields(_of(found["result"]), {}, currency),
        rows=tuple(written.items()),
        hash=found["hash"],
        previous=found["previous"],
        entries=tuple(booked),
    )


@answers(ListAuditChoices, needs=Permission.VIEW_AUDIT)
def list_audit_choices(reading: Reading, _query: ListAuditChoices) -> AuditChoices:
    """People and commands."""
    snapshot = reading.connection
    return AuditChoices(tuple(store.people(snapshot)), tuple(store.commands(snapshot)))


@answers(ListDaySeals, needs=Permission.VIEW_AUDIT)
def list_day_seals(reading: Reading, query: ListDaySeals) -> Page[DaySeal]:
    """One page of business days; each seal is compared with the chains as they are now."""
    limit, offset = min(max(query.limit, 1), LONGEST_PAGE), max(query.offset, 0)
    branch_id = reading.branch.branch_id
    found = store.days(reading.connection, branch_id, offset, limit)
    seals = [_seal(row) for row in found]
    places = [place for heads in seals for place, _hash in map(_head, heads)]
    known = store.hashes_at(reading.connection, places)
    rows = tuple(_day(row, heads, known) for row, heads in zip(found, seals, strict=True))
    return Page(rows, offset, store.count_days(reading.connection, branch_id))


@answers(CompareHeads, needs=Permission.VIEW_AUDIT)
def compare_heads(reading: Reading, query: CompareHeads) -> tuple[KeptHead, ...]:
    """Each head that was kept outside against its chain."""
    heads = [_head(text) for text in query.heads]
    known = store.hashes_at(reading.connection, [place for place, _hash in heads])
    chains = store.chain_lengths(reading.connection)
    return tuple(_kept(place, made, known, chains) for place, made in sorted(heads))


def _wanted(reading: Reading, query: ListAudit) -> Wanted:
    first, last = query.from_on, query.to_on
    if first is not None and last is not None and first > last:
        raise ValueRefused(field="to_on", why="days-turned")
    text = query.text.strip()
    return Wanted(
        branch_id=None if store.is_only_branch(reading.connection) else reading.branch.branch_id,
        user_id=query.user_id,
        command=query.command,
        outcome=query.outcome,
        since="" if first is None else _midnight(reading, first),
        before="" if last is None else _midnight(reading, last + _ONE_DAY),
        about=store.ids_by_number(reading.connection, text) if text else None,
    )


def _midnight(reading: Reading, on: date) -> str:
    """The beginning of a day at the branch, as lines write instants."""
    begins = datetime.combine(on, time(), ZoneInfo(reading.branch.time_zone))
    return begins.astimezone(UTC).isoformat(timespec="milliseconds")


def _rows(reading: Reading, found: Any) -> Iterator[AuditRow]:
    subjects = [_subject(line) for line in found]
    wanted: dict[str, set[int]] = {}
    for subject in subjects:
        if isinstance(subject, tuple):
            wanted.setdefault(subject[0], set()).add(subject[1])
    numbers = store.numbers_of(reading.connection, wanted)
    for line, subject in zip(found, subjects, strict=True):
        words = subject if isinstance(subject, str) else numbers.get(subject, "")
        yield _row(line, words, reading.branch.currency)


def _row(line: Line, subject: str, currency: str) -> AuditRow:
    payload = _of(line["payload"])
    named = payload.get("currency")
    return AuditRow(
        station_id=line["station_id"],
        number=line["number"],
        at=datetime.fromisoformat(line["at"]),
        business_on=line["business_on"],
        user_id=line["user_id"],
        who=line["full_name"] or "",
        counter=line["counter_code"] or "",
        command=line["command"],
        outcome=line["outcome"],
        subject=subject,
        amount_minor=_amount(payload),
        currency=named if isinstance(named, str) else currency,
    )


def _subject(line: Line) -> Subject | str:
    """What a line is about: the number it gave, else the thing that it names."""
    payload, answer = _of(line["payload"]), _of(line["result"])
    number = answer.get("number")
    if isinstance(number, str) and number:
        return number
    for values in (payload, answer):
        for key in SUBJECTS:
            if isinstance(values.get(key), int):
                return key, int(values[key])
    login = payload.get("login")
    return login if isinstance(login, str) else ""


def _amount(payload: Mapping[str, Any]) -> int | None:
    named = [payload[key] for key in _AMOUNTS if isinstance(payload.get(key), int)]
    return named[0] if named else None


def _of(text: str) -> dict[str, Any]:
    made = json.loads(text or "{}")
    return made if isinstance(made, dict) else {}


def _fields(
    values: Mapping[str, Any], people: Mapping[str, str], currency: str
) -> tuple[AuditField, ...]:
    named = values.get("currency")
    money = named if isinstance(named, str) else currency
    made = []
    for path, value, masked in _flat("", values, people):
        amounts = money if path.endswith("_minor") else ""
        made.append(AuditField(path, value, masked, amounts))
    return tuple(made[:MOST_FIELDS])


def _flat(path: str, value: Any, people: Mapping[str, str]) -> Iterator[tuple[str, str, bool]]:
    """Every value with its path; what names a person is masked, an erased one is empty."""
    if isinstance(value, dict) and set(value) == {"digest"}:
        yield path, _masked(people[path]) if path in people else "", True
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value, start=1)
        for key, item in items:
            yield from _flat(f"{path}.{key}" if path else str(key), item, people)
    elif isinstance(value, str) and value[:1] == "{":
        yield from _flat(path, _of(value), people)
    else:
        yield path, "" if value is None else str(value), False


def _masked(kept: str) -> str:
    """The first letter of a personal value and no more; of values in values nothing."""
    value = json.loads(kept)
    return f"{value[:1]}{MASK}" if isinstance(value, str) else MASK


def _seal(row: Line) -> tuple[str, ...]:
    heads = _of(row["seal"] or "").get("heads", [])
    return tuple(str(head) for head in heads)


def _day(row: Line, heads: tuple[str, ...], known: Mapping[tuple[int, int], str]) -> DaySeal:
    closed_at = row["closed_at"]
    return DaySeal(
        day_on=row["day_on"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
        opened_by=row["opened_by"] or "",
        closed_at=None if closed_at is None else datetime.fromisoformat(closed_at),
        closed_by=row["closed_by"] or "",
        heads=heads,
        state=_state(row["state"], heads, known),
    )


def _state(state: str, heads: tuple[str, ...], known: Mapping[tuple[int, int], str]) -> str:
    if state == "open":
        return "open"
    if not heads:
        return "unsealed"
    held = all(known.get(place) == made for place, made in map(_head, heads) if place[1])
    return "whole" if held else "broken"


def _head(text: str) -> tuple[tuple[int, int], str]:
    station, number, made = text.split(":")
    return (int(station), int(number)), made


def _kept(
    place: tuple[int, int],
    made: str,
    known: Mapping[tuple[int, int], str],
    chains: Mapping[int, tuple[str, int]],
) -> KeptHead:
    station_id, number = place
    counter, lines = chains.get(station_id, ("", 0))
    agrees = not number or known.get(place) == made
    state = "agrees" if agrees else "differs" if place in known else "cut"
    return KeptHead(station_id, counter, number, made, lines, state)
