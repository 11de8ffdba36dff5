"""The norm that provisions follow, and how messages leave the branch."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from app.commands.base import Topic
from app.commands.codec import build, encode
from app.commands.messages import LateSettingsSaved, SaveLateSettings
from app.domain.errors import StaleVersion, ValueRefused
from app.domain.roles import Permission
from app.queries.messages import ShowLateSettings, ShowWaysOut
from app.reports.grouping import NORMS
from app.rows.messages import GatewayFacts, LateSettings, MailFacts
from app.services.contact import looks_like_email
from app.services.message_texts import shipped_templates
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.late_settings import settings_row
from app.store.schema.late import late_settings
from app.store.store import Snapshot

MOST_TEMPLATES = 100
HIGHEST_PORT = 65_535
METHODS = ("post-form", "post-json", "get")
SECURITY = ("starttls", "tls", "none")
_HTTP = ("http", "https")


@use_case(
    SaveLateSettings,
    needs=Permission.BRANCH_MANAGE,
    changes={Topic.BRANCH, Topic.MESSAGE},
    answer=LateSettingsSaved,
    in_day=False,
)
def save_late_settings(work: Work, command: SaveLateSettings) -> LateSettingsSaved:
    """Keep them at their version; a norm that is chosen is followed from the next month's end."""
    if command.provision_norm not in ("", *NORMS):
        raise ValueRefused(field="provision_norm", why="not-a-choice", given=command.provision_norm)
    check_mail(command.mail)
    check_gateway(command.gateway)
    values = {
        "provision_norm": command.provision_norm,
        "mail": encode(command.mail),
        "gateway": encode(command.gateway),
    }
    before = settings_row(work.tx.connection, work.branch.branch_id)
    if before is None:
        if command.version:
            raise StaleVersion()
        work.tx.insert(late_settings, branch_id=work.branch.branch_id, **values)
        return LateSettingsSaved(1)
    locked = work.tx.locked(late_settings, before["id"], command.version)
    return LateSettingsSaved(work.tx.change(late_settings, locked, **values))


@answers(ShowLateSettings, needs=Permission.VIEW_SETTINGS)
def show_late_settings(reading: Reading, _query: ShowLateSettings) -> LateSettings:
    """What was kept, else nothing."""
    return _settings(reading)


@answers(ShowWaysOut, needs=Permission.SYSTEM)
def show_ways_out(reading: Reading, _query: ShowWaysOut) -> LateSettings:
    """What was kept, for the outbox."""
    return _settings(reading)


def _settings(reading: Reading) -> LateSettings:
    row = settings_row(reading.connection, reading.branch.branch_id)
    names = tuple(dict.fromkeys(one.name for one in shipped_templates()))
    if row is None:
        return LateSettings(0, "", MailFacts(), GatewayFacts(), names)
    return LateSettings(
        row["version"],
        row["provision_norm"],
        _read(MailFacts, row["mail"]),
        _read(GatewayFacts, row["gateway"]),
        names,
    )


def gateway_of(snapshot: Snapshot, branch_id: int) -> GatewayFacts:
    """The gateway as set."""
    row = settings_row(snapshot, branch_id)
    return GatewayFacts() if row is None else _read(GatewayFacts, row["gateway"])


def check_mail(mail: MailFacts) -> None:
    """Raise ValueRefused where the server or the sender cannot be."""
    if not mail.host:
        return
    if not 0 < mail.port <= HIGHEST_PORT:
        raise ValueRefused(field="mail.port", why="not-a-port", given=str(mail.port))
    if mail.security not in SECURITY:
        raise ValueRefused(field="mail.security", why="not-a-choice", given=mail.security)
    if not looks_like_email(mail.sender):
        raise ValueRefused(field="mail.sender", why="not-an-email", given=mail.sender)


def check_gateway(gateway: GatewayFacts) -> None:
    """Raise ValueRefused where the addresses or the texts cannot be."""
    if not gateway.url:
        return
    for field in ("url", "status_url"):
        address = getattr(gateway, field)
        parts = urlsplit(address)
        if address and (parts.scheme not in _HTTP or not parts.hostname):
            raise ValueRefused(field=f"gateway.{field}", why="not-a-url", given=address)
    if gateway.method not in METHODS:
        raise ValueRefused(field="gateway.method", why="not-a-choice", given=gateway.method)
    if any("=" not in one for one in gateway.more):
        raise ValueRefused(field="gateway.more", why="not-name-value")
    names = {one.name for one in shipped_templates()}
    if len(gateway.templates) > MOST_TEMPLATES or any(
        one.template not in names or not one.template_id for one in gateway.templates
    ):
        raise ValueRefused(field="gateway.templates", why="not-a-template", names=sorted(names))


def _read(kind: Any, text: str) -> Any:
    return build(kind, json.loads(text))
