"""The calendar of the branch: kept as a whole, and put into the terms of loans that are made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.commands.base import Topic
from app.commands.codec import build, canonical, plain
from app.commands.settings import CalendarSaved, SaveCalendar
from app.domain.errors import ValueRefused
from app.domain.holidays import (
    LONGEST_NAME,
    MOST_HOLIDAYS,
    MOST_STATES,
    Holiday,
    days_kept,
    terms_with,
)
from app.domain.key_facts import ValidityRule
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.settings import ShowCalendar
from app.rows.settings import CalendarView
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.calendars import calendar_row
from app.store.products import all_products
from app.store.schema.calendar import branch_calendars
from app.store.store import Snapshot

_WEEK = frozenset(range(1, 8))
Product = Mapping[Any, Any]


@use_case(
    SaveCalendar,
    needs=Permission.BRANCH_MANAGE,
    changes={Topic.BRANCH},
    answer=CalendarSaved,
    in_day=False,
)
def save_calendar(work: Work, command: SaveCalendar) -> CalendarSaved:
    """Set it at its version. Loans that run are not touched: their terms hold their own days."""
    values = {
        "off_days": canonical(sorted(_off_days(command))),
        "holidays": canonical(plain(_holidays(command))),
    }
    found = calendar_row(work.tx.connection, work.branch.branch_id)
    if found["id"] is None and not command.version:
        work.tx.insert(branch_calendars, branch_id=work.branch.branch_id, **values)
        return CalendarSaved(1)
    before = work.tx.locked(branch_calendars, found["id"] or 0, command.version)
    return CalendarSaved(work.tx.change(branch_calendars, before, **values))


@answers(ShowCalendar, needs=Permission.VIEW_SETTINGS)
def show_calendar(reading: Reading, _query: ShowCalendar) -> CalendarView:
    """What was kept, and whose due dates it moves."""
    found = calendar_row(reading.connection, reading.branch.branch_id)
    moved = [
        str(one["title"])
        for one in all_products(reading.connection, reading.day)
        if one["active"] and _moves(one)
    ]
    return CalendarView(
        version=found["version"] or 0,
        state=found["state"],
        off_days=tuple(json.loads(found["off_days"] or "[]")),
        holidays=_kept(found),
        products=tuple(moved),
    )


def with_calendar(
    snapshot: Snapshot, branch_id: int, product: Product, since: date
) -> dict[Any, Any]:
    """The product with the branch's calendar in its terms, holidays from `since` on."""
    made = dict(product)
    if not _moves(product):
        return made
    found = calendar_row(snapshot, branch_id)
    if found["id"] is None:
        return made
    days = days_kept(_kept(found), found["state"], since)
    terms = terms_with(json.loads(product["terms"]), json.loads(found["off_days"]), days)
    return {**made, "terms": canonical(terms)}


def rule_here(snapshot: Snapshot, branch_id: int, rule: ValidityRule, since: date) -> ValidityRule:
    """The rule with the branch's own days off: working days are those that the branch works."""
    found = calendar_row(snapshot, branch_id)
    if found["id"] is None:
        return rule
    off = frozenset(json.loads(found["off_days"]))
    days = days_kept(_kept(found), found["state"], since)
    weekdays = rule.weekdays - off or rule.weekdays
    return replace(rule, weekdays=weekdays, holidays=rule.holidays | frozenset(days))


def _moves(product: Product) -> bool:
    """Whether the due dates of a product move away from days off."""
    try:
        days = json.loads(product["terms"]).get("calendar") or {}
        return bool(days.get("shift", "none") != "none")
    except (ValueError, AttributeError):
        return False  # a draft that cannot be read is refused where its terms are


def _kept(found: Mapping[str, Any]) -> tuple[Holiday, ...]:
    return tuple(build(Holiday, one) for one in json.loads(found["holidays"] or "[]"))


def _off_days(command: SaveCalendar) -> frozenset[int]:
    off = frozenset(command.off_days)
    if not off < _WEEK:
        raise ValueRefused(field="off_days", why="no-day-left" if off == _WEEK else "not-a-choice")
    return off


def _holidays(command: SaveCalendar) -> tuple[Holiday, ...]:
    """In order, names cleaned. Raises ValueRefused at `holidays`."""
    if len(command.holidays) > MOST_HOLIDAYS:
        raise ValueRefused(field="holidays", why="too-many-holidays", most=MOST_HOLIDAYS)
    made = []
    for one in command.holidays:
        name = cleaned(one.name, "name")
        if not name or len(name) > LONGEST_NAME:
            raise ValueRefused(field="name", why="too-long" if name else "empty", most=LONGEST_NAME)
        codes = [code for code in one.states if code.isalpha() and code.isupper()]
        if len(codes) != len(one.states) or len(codes) > MOST_STATES:
            raise ValueRefused(field="states", why="not-a-choice")
        made.append(replace(one, name=name))
    if len({(one.on, one.name.casefold()) for one in made}) != len(made):
        raise ValueRefused(field="name", why="holiday-twice")
    return tuple(sorted(made, key=lambda one: (one.on, one.name)))
