"""What the branch is called, where it is, and which stations it has."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from app.commands.base import Topic
from app.commands.settings import BranchSaved, CloseStation, SaveBranch, StationClosed
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.money import digits
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.settings import ShowBranchSettings
from app.rows.settings import BranchSettings, StationRow
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.branch_settings import branch_row, has_money, station_rows
from app.store.money import till_of
from app.store.schema.system import branches, stations
from app.texts.words import LANGUAGES

MOST_LINES = 6
_LONGEST = {
    "branch_name": 120,
    "lender_name": 160,
    "lender_registration": 80,
    "grievance_phone": 40,
    "state": 40,
}
_NEEDED = ("branch_name", "lender_name")


@use_case(
    SaveBranch,
    needs=Permission.BRANCH_MANAGE,
    changes={Topic.BRANCH},
    answer=BranchSaved,
    in_day=False,
)
def save_branch(work: Work, command: SaveBranch) -> BranchSaved:
    """Change the branch at its version; papers printed from now on say the new names."""
    before = work.tx.locked(branches, work.branch.branch_id, command.version)
    values = {name: _line(getattr(command, name), name) for name in _LONGEST}
    values["name"] = values.pop("branch_name")
    if command.currency != before["currency"]:
        _check_currency(work, command.currency)
    if command.time_zone not in available_timezones():
        raise ValueRefused(field="time_zone", why="time-zone", given=command.time_zone)
    if command.language not in LANGUAGES:
        raise ValueRefused(field="language", why="not-a-choice", given=command.language)
    version = work.tx.change(
        branches,
        before,
        **values,
        address=_address(command.address),
        currency=command.currency,
        time_zone=ZoneInfo(command.time_zone).key,
        language=command.language,
    )
    return BranchSaved(version)


@use_case(
    CloseStation,
    needs=Permission.BRANCH_MANAGE,
    changes={Topic.BRANCH},
    answer=StationClosed,
    in_day=False,
)
def close_station(work: Work, command: CloseStation) -> StationClosed:
    """Close another station of this branch. Raises NotFound, and NotAllowedNow with why."""
    cleaned(command.reason, "reason", needed=True)
    rows = {row["id"]: row for row in station_rows(work.tx.connection, work.branch.branch_id)}
    if command.station_id not in rows:
        raise NotFound(what="station", id=command.station_id)
    code = rows[command.station_id]["counter_code"]
    if command.station_id == work.session.station_id:
        raise NotAllowedNow(why="station-is-here", counter=code)
    before = work.tx.locked(stations, command.station_id)
    if before["closed_at"] is not None:
        raise NotAllowedNow(why="station-closed", counter=code)
    if _cash_of(work, code):
        raise NotAllowedNow(why="station-holds-cash", counter=code)
    work.tx.change(stations, before, closed_at=work.at)
    return StationClosed(code)


def _cash_of(work: Work, counter: str) -> int:
    """What should be in the till of a counter, in minor units."""
    branch, account = work.branch, work.tools.rules.money_account("cash", counter)
    day = work.business_on or work.now.date()
    opening, received, paid = till_of(
        work.tx.connection, branch.branch_id, account, branch.currency, day
    )
    return opening + received - paid


@answers(ShowBranchSettings, needs=Permission.VIEW_SETTINGS)
def show_branch_settings(reading: Reading, _query: ShowBranchSettings) -> BranchSettings:
    """The branch with its stations, those that were closed as well."""
    branch_id = reading.branch.branch_id
    row = branch_row(reading.connection, branch_id)
    same = ("code", "lender_name", "lender_registration", "address", "grievance_phone", "country")
    more = ("state", "currency", "time_zone", "language", "version")
    found = station_rows(reading.connection, branch_id)
    return BranchSettings(
        branch_name=row["name"],
        currency_fixed=has_money(reading.connection, branch_id),
        stations=tuple(_station(one, reading.session.station_id) for one in found),
        **{name: row[name] for name in (*same, *more)},
    )


def _station(row: Mapping[Any, Any], here: int) -> StationRow:
    return StationRow(
        station_id=row["id"],
        counter_code=row["counter_code"],
        opened_at=datetime.fromisoformat(row["opened_at"]),
        closed_at=None if row["closed_at"] is None else datetime.fromisoformat(row["closed_at"]),
        last_seen_at=None if row["at"] is None else datetime.fromisoformat(row["at"]),
        lines=row["number"] or 0,
        here=row["id"] == here,
    )


def _check_currency(work: Work, currency: str) -> None:
    digits(currency)
    if has_money(work.tx.connection, work.branch.branch_id):
        raise ValueRefused(field="currency", why="money-booked", given=currency)


def _line(text: str, field: str) -> str:
    kept = cleaned(text, field)
    if not kept and field in _NEEDED:
        raise ValueRefused(field=field, why="empty")
    if len(kept) > _LONGEST[field]:
        raise ValueRefused(field=field, why="too-long", most=_LONGEST[field])
    return kept


def _address(text: str) -> str:
    lines = [kept for line in text.splitlines() if (kept := cleaned(line, "address"))]
    if len(lines) > MOST_LINES:
        raise ValueRefused(field="address", why="too-many-lines", most=MOST_LINES)
    return "\n".join(lines)
