"""Users, their roles with limits, their passwords."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import groupby
from typing import Any

from app.commands.base import Topic
from app.commands.codec import canonical, encode
from app.commands.users import (
    GrantFacts,
    PasswordSet,
    ResetPassword,
    SaveUser,
    SetPassword,
    SignInNoted,
    UserSaved,
)
from app.domain.errors import NotAllowedNow, NotFound, ValueRefused
from app.domain.roles import Limit, Permission, Role
from app.queries.admin import ListOfficers, ListSignIns, ListUsers, WhoAmI
from app.rows.admin import Me, SignInCard, UserRow
from app.services.products import today_of
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.listing import rename_officer_in_lists
from app.store.people import as_row, grants_of, sign_ins, user_by_login, users_with_grants
from app.store.schema.system import grants, users

BEGINNING = date(2000, 1, 1)  # from which a grant without a first day holds
LONGEST_NAME = 120
LONGEST_LOGIN = 40


@use_case(
    SaveUser,
    needs=Permission.USER_MANAGE,
    changes={Topic.USER},
    answer=UserSaved,
    in_day=False,
)
def save_user(work: Work, command: SaveUser) -> UserSaved:
    """Add or change a user; the last manager can neither leave nor be switched off."""
    _check(command)
    earlier = user_by_login(work.tx.connection, command.login)
    if earlier is not None and earlier["id"] != command.user_id:
        raise ValueRefused(field="login", why="login-taken", given=command.login)
    if command.user_id is None:
        return add_user(work, command)
    before = work.tx.locked(users, command.user_id, command.version)
    _keep_a_manager(work, command)
    _not_own_grants(work, command)
    changes: dict[str, Any] = {
        "full_name": command.full_name.strip(),
        "login": command.login,
        "active": command.active,
    }
    if command.password_hash:
        changes["password_hash"] = command.password_hash
    version = work.tx.change(users, before, **changes)
    rename_officer_in_lists(work.tx, before["id"])
    _replace_grants(work, command.user_id, command.grants)
    return UserSaved(command.user_id, version)


def add_user(work: Work, command: SaveUser) -> UserSaved:
    """Insert a user with grants; also the founding of a branch comes here."""
    if not command.password_hash:
        raise ValueRefused(field="password", why="empty")
    user_id = work.tx.insert(
        users,
        full_name=command.full_name.strip(),
        login=command.login,
        password_hash=command.password_hash,
        active=command.active,
    )
    for grant in command.grants:
        insert_grant(work, user_id, work.branch.branch_id, grant)
    return UserSaved(user_id, 1)


def insert_grant(work: Work, user_id: int, branch_id: int, grant: GrantFacts) -> None:
    """Insert one grant; without a first day it holds from the beginning."""
    work.tx.insert(
        grants,
        user_id=user_id,
        branch_id=branch_id,
        role=grant.role.value,
        from_on=grant.from_on or BEGINNING,
        to_on=grant.to_on,
        limits=canonical(_limits(grant)),
        revoked=False,
    )


@use_case(
    SetPassword, needs=Permission.SESSION, changes={Topic.USER}, answer=PasswordSet, in_day=False
)
def set_password(work: Work, command: SetPassword) -> PasswordSet:
    """Replace the own password."""
    return _replaced(work, work.actor.user_id, command.password_hash)


@use_case(
    ResetPassword,
    needs=Permission.ANONYMOUS,
    changes={Topic.USER},
    answer=PasswordSet,
    in_day=False,
)
def reset_password(work: Work, command: ResetPassword) -> PasswordSet:
    """Replace a forgotten password; bootstrap runs this only after the recovery code opened."""
    found = user_by_login(work.tx.connection, command.login)
    if found is None:
        raise NotFound(what="user", field="login")
    return _replaced(work, found["id"], command.password_hash)


@answers(WhoAmI, needs=Permission.SESSION)
def who_am_i(reading: Reading, _query: WhoAmI) -> Me:
    """The user of the session with today's permissions."""
    rows = [
        row
        for row in users_with_grants(reading.connection, reading.branch.branch_id)
        if row["id"] == reading.session.user_id
    ]
    limits = tuple(sorted((k.value, v) for k, v in reading.actor.limits.items()))
    return Me(
        user_id=reading.session.user_id,
        full_name=reading.actor.name,
        login=rows[0]["login"] if rows else "",
        roles=tuple(row["role"] for row in rows),
        permissions=frozenset(p.value for p in reading.actor.permissions),
        limits=limits,
    )


@answers(ListSignIns, needs=Permission.ANONYMOUS)
def list_sign_ins(reading: Reading, _query: ListSignIns) -> tuple[SignInCard, ...]:
    """Active people as cards; nothing is said that the sign outside does not say."""
    return _cards(reading, None)


@answers(ListOfficers, needs=Permission.SESSION)
def list_officers(reading: Reading, _query: ListOfficers) -> tuple[SignInCard, ...]:
    """Active officers."""
    return _cards(reading, Role.OFFICER)


@answers(ListUsers, needs=Permission.USER_MANAGE)
def list_users(reading: Reading, _query: ListUsers) -> tuple[UserRow, ...]:
    """All users of the branch."""
    last = sign_ins(reading.connection)
    rows = users_with_grants(reading.connection, reading.branch.branch_id)
    return tuple(
        _user_row(list(group), last) for _, group in groupby(rows, key=lambda row: row["id"])
    )


def _check(command: SaveUser) -> None:
    name, login = command.full_name.strip(), command.login
    if not name or len(name) > LONGEST_NAME:
        raise ValueRefused(field="full_name", why="empty" if not name else "too-long")
    if not login or len(login) > LONGEST_LOGIN or not login.replace(".", "").isalnum():
        raise ValueRefused(field="login", why="login-shape", given=login)
    if not command.grants:
        raise ValueRefused(field="grants", why="empty")
    for grant in command.grants:
        if grant.to_on is not None and grant.to_on < (grant.from_on or BEGINNING):
            raise ValueRefused(field="grants", why="days-turned")


def _keep_a_manager(work: Work, command: SaveUser) -> None:
    today = today_of(work)
    stays = any(g.role is Role.MANAGER and not _ended(g.to_on, today) for g in command.grants)
    if stays and command.active:
        return
    others = [
        row
        for row in users_with_grants(work.tx.connection, work.branch.branch_id)
        if row["role"] == Role.MANAGER and row["active"] and row["id"] != command.user_id
        if not _ended(row["to_on"], today)
    ]
    if not others:
        raise NotAllowedNow(why="last-manager", field="grants")


def _not_own_grants(work: Work, command: SaveUser) -> None:
    """Nobody gives themselves more, or takes it away unseen: another manager does."""
    if command.user_id != work.actor.user_id:
        return
    rows = grants_of(work.tx.connection, work.actor.user_id, work.branch.branch_id)
    now = {_grant_facts(row) for row in rows}
    asked = {replace(grant, from_on=grant.from_on or BEGINNING) for grant in command.grants}
    if asked != now:
        raise NotAllowedNow(why="own-grants", field="grants")


def _ended(to_on: date | None, today: date) -> bool:
    return to_on is not None and to_on < today


def _replace_grants(work: Work, user_id: int, wanted: Sequence[GrantFacts]) -> None:
    """Revoke what is no longer held and add what is new; equal grants stay as they are."""
    left = list(wanted)
    for row in grants_of(work.tx.connection, user_id, work.branch.branch_id):
        held = next((g for g in left if _same(row, g)), None)
        if held is not None:
            left.remove(held)
        else:
            work.tx.change(grants, as_row(row), revoked=True)
    for grant in left:
        insert_grant(work, user_id, work.branch.branch_id, grant)


def _same(row: Any, grant: GrantFacts) -> bool:
    return bool(
        row["role"] == grant.role
        and json.loads(row["limits"]) == _limits(grant)
        and row["from_on"] == (grant.from_on or BEGINNING)
        and row["to_on"] == grant.to_on
    )


def _limits(grant: GrantFacts) -> dict[str, int]:
    """Every limit that the grant names."""
    named: dict[str, int | None] = {
        Limit.SANCTION.value: grant.sanction_minor,
        Limit.DISBURSE.value: grant.disburse_minor,
        Limit.REVERSE.value: grant.reverse_minor,
        Limit.WAIVE.value: grant.waive_minor,
        Limit.BACKDATE_DAYS.value: grant.backdate_days,
        Limit.CHARGE.value: grant.charge_minor,
        Limit.FORECLOSE.value: grant.foreclose_minor,
        Limit.RATE.value: grant.rate_minor,
        Limit.RESCHEDULE.value: grant.reschedule_minor,
        Limit.WRITE_OFF.value: grant.write_off_minor,
        Limit.REFUND.value: grant.refund_minor,
        Limit.TAKE_OVER.value: grant.take_over_minor,
        Limit.RESTATE.value: grant.restate_minor,
        Limit.JOURNAL.value: grant.journal_minor,
    }
    return {name: amount for name, amount in named.items() if amount is not None}


def _replaced(work: Work, user_id: int, password_hash: str) -> PasswordSet:
    before = work.tx.locked(users, user_id)
    work.tx.change(users, before, password_hash=password_hash)
    return PasswordSet(user_id)


def _cards(reading: Reading, role: Role | None) -> tuple[SignInCard, ...]:
    rows = users_with_grants(reading.connection, reading.branch.branch_id)
    cards = []
    for user_id, group in groupby(rows, key=lambda row: row["id"]):
        held = [row for row in group if row["active"]]
        roles = tuple(row["role"] for row in held)
        if held and (role is None or role.value in roles):
            cards.append(SignInCard(user_id, held[0]["full_name"], held[0]["login"], roles))
    return tuple(cards)


def _user_row(rows: Sequence[Any], last: dict[str, str]) -> UserRow:
    first = rows[0]
    at = last.get(encode(SignInNoted(first["id"])))
    return UserRow(
        user_id=first["id"],
        version=first["version"],
        full_name=first["full_name"],
        login=first["login"],
        active=first["active"],
        grants=tuple(_grant_facts(row) for row in rows),
        last_sign_in_at=datetime.fromisoformat(at) if at else None,
    )


def _grant_facts(row: Any) -> GrantFacts:
    limits = json.loads(row["limits"])
    return GrantFacts(
        role=Role(row["role"]),
        sanction_minor=limits.get(Limit.SANCTION.value, 0),
        disburse_minor=limits.get(Limit.DISBURSE.value, 0),
        reverse_minor=limits.get(Limit.REVERSE.value, 0),
        waive_minor=limits.get(Limit.WAIVE.value, 0),
        backdate_days=limits.get(Limit.BACKDATE_DAYS.value, 0),
        from_on=row["from_on"],
        to_on=row["to_on"],
        charge_minor=limits.get(Limit.CHARGE.value),
        foreclose_minor=limits.get(Limit.FORECLOSE.value),
        rate_minor=limits.get(Limit.RATE.value),
        reschedule_minor=limits.get(Limit.RESCHEDULE.value),
        write_off_minor=limits.get(Limit.WRITE_OFF.value),
        refund_minor=limits.get(Limit.REFUND.value),
        take_over_minor=limits.get(Limit.TAKE_OVER.value),
        restate_minor=limits.get(Limit.RESTATE.value),
        journal_minor=limits.get(Limit.JOURNAL.value),
    )
