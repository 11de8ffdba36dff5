"""Whether a borrower may be contacted now: hours and days by dated rules, stops by people."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from app.commands.base import Topic
from app.commands.messages import AllowContact, ContactStopped, EmailKept, KeepEmail, StopContact
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.outbox import SilentDays, silent_days_of, silent_days_on
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.paths import resources
from app.queries.late import ShowContact
from app.rows.late import ContactRow
from app.services.field_rules import hours_of
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.calendars import calendar_row
from app.store.outbox import email_row, reached_by, stopped
from app.store.schema.late import contact_stops, party_emails
from app.store.schema.people import parties
from app.store.store import Snapshot

HOURS, SILENT, STOPPED = "outside-hours", "silent-day", "stopped"
LONGEST_REASON, LONGEST_ADDRESS = 500, 200
_MOST_DAYS = 30  # a way to the next allowed hour is found within


@use_case(
    StopContact,
    needs=Permission.VISIT_RECORD,
    changes={Topic.MESSAGE},
    answer=ContactStopped,
    in_day=False,
)
def stop_contact(work: Work, command: StopContact) -> ContactStopped:
    """Keep that a borrower must not be written to; with the reason."""
    reason = cleaned(command.reason, "reason")
    if not reason or len(reason) > LONGEST_REASON:
        raise ValueRefused(field="reason", why="too-long" if reason else "reason-missing")
    today = work.now.astimezone(ZoneInfo(work.branch.time_zone)).date()
    if command.until_on is not None and command.until_on < today:
        raise ValueRefused(field="until_on", why="ends-before-it-begins")
    work.tx.locked(parties, command.party_id)
    if command.party_id in stopped(work.tx.connection, [command.party_id], today):
        raise NotAllowedNow(why="contact-stopped")
    made = work.tx.insert(
        contact_stops,
        branch_id=work.branch.branch_id,
        party_id=command.party_id,
        from_on=today,
        until_on=command.until_on,
        reason=reason,
        user_id=work.actor.user_id,
    )
    return ContactStopped(made, 1)


@use_case(
    AllowContact,
    needs=Permission.VISIT_RECORD,
    changes={Topic.MESSAGE},
    answer=ContactStopped,
    in_day=False,
)
def allow_contact(work: Work, command: AllowContact) -> ContactStopped:
    """Lift a stop; it stays on record."""
    before = work.tx.locked(contact_stops, command.stop_id, command.version)
    if before["lifted_at"] is not None:
        raise NotAllowedNow(why="contact-allowed")
    version = work.tx.change(contact_stops, before, lifted_at=work.at)
    return ContactStopped(command.stop_id, version)


@use_case(
    KeepEmail,
    needs=Permission.VISIT_RECORD,
    changes={Topic.PARTY},
    answer=EmailKept,
    in_day=False,
)
def keep_email(work: Work, command: KeepEmail) -> EmailKept:
    """Keep where a borrower gets e-mail."""
    address = command.address.strip()
    if len(address) > LONGEST_ADDRESS or (address and not looks_like_email(address)):
        raise ValueRefused(field="address", why="not-an-email", given="")
    work.tx.locked(parties, command.party_id)
    before = email_row(work.tx.connection, command.party_id)
    if before is None:
        work.tx.insert(party_emails, party_id=command.party_id, address=address)
    else:
        work.tx.change(party_emails, dict(before), address=address)
    return EmailKept(command.party_id)


@answers(ShowContact, needs=Permission.VIEW_LOANS)
def show_contact(reading: Reading, query: ShowContact) -> ContactRow:
    """Phone, e-mail, and the stop that holds today."""
    row = reached_by(reading.connection, [query.loan_id]).get(query.loan_id)
    if row is None or row["branch_id"] != reading.branch.branch_id:
        raise NotFound(what="loan", id=query.loan_id)
    stop = stopped(reading.connection, [row["party_id"]], reading.today).get(row["party_id"])
    held = (
        {}
        if stop is None
        else {
            "stop_id": stop["id"],
            "stop_version": stop["version"],
            "until_on": stop["until_on"],
            "reason": stop["reason"],
        }
    )
    return ContactRow(row["party_id"], row["full_name"], row["phone"], row["address"] or "", **held)


def looks_like_email(address: str) -> bool:
    """Whether it has the shape of an address, in one line."""
    name, at, host = address.rpartition("@")
    plain = not any(one.isspace() or one in ',;<>"' for one in address)
    return bool(at and name and plain and "." in host.strip("."))


def why_not_now(snapshot: Snapshot, branch_id: int, rule_set: str, at: datetime) -> str:
    """Why a borrower may not be contacted at this local time; "" where it is allowed."""
    hours = hours_of(rule_set, at.date())
    if hours is not None and not hours.allow(at.time().replace(tzinfo=None)):
        return HOURS
    return SILENT if is_silent(snapshot, branch_id, at.date()) else ""


def next_allowed(snapshot: Snapshot, branch_id: int, rule_set: str, at: datetime) -> datetime:
    """The first moment from then on at which a borrower may be contacted."""
    moment = at
    for _day in range(_MOST_DAYS):
        hours = hours_of(rule_set, moment.date())
        opens = time() if hours is None else hours.opens
        over = hours is not None and moment.time() > hours.closes
        if not over and not is_silent(snapshot, branch_id, moment.date()):
            return max(moment, datetime.combine(moment.date(), opens, moment.tzinfo))
        moment = datetime.combine(moment.date() + timedelta(1), time(), moment.tzinfo)
    return moment


def is_silent(snapshot: Snapshot, branch_id: int, on: date) -> bool:
    """Whether it is a day on which nobody is contacted, by the rules or the branch's holidays."""
    rule = silent_days_on(_silent_days(), on)
    if rule is None:
        return False
    return rule.holds(on) or (rule.holidays and on in _holidays(snapshot, branch_id))


def _holidays(snapshot: Snapshot, branch_id: int) -> frozenset[date]:
    kept = calendar_row(snapshot, branch_id)
    rows: Sequence[Mapping[str, Any]] = json.loads(kept["holidays"] or "[]")
    states = kept["state"]
    mine = [row for row in rows if not row.get("states") or states in row["states"]]
    return frozenset(date.fromisoformat(row["on"]) for row in mine)


@cache
def _silent_days() -> tuple[SilentDays, ...]:
    text = (resources() / "rules" / "contact-days.json").read_text("utf-8")
    return silent_days_of(json.loads(text))
