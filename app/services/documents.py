"""Papers of an application: the bytes are kept first, then named here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from app.commands.base import Topic
from app.commands.origination import AttachDocument, DocumentAttached
from app.domain.application import attached_to
from app.domain.errors import NotFound, PaperTrouble, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.services.applications import change_stage, hold_day
from app.services.facts import record
from app.services.registry import use_case
from app.services.work import Work
from app.store.applications import SUBJECT, lock_application
from app.store.documents_index import is_attached
from app.store.schema.people import documents

KINDS = ("identity", "address", "photo", "income", "agreement", "other")
# What a file of each allowed type begins with.
MEDIA: Mapping[str, bytes] = MappingProxyType(
    {
        "image/jpeg": b"\xff\xd8\xff",
        "image/png": b"\x89PNG\r\n\x1a\n",
        "application/pdf": b"%PDF-",
    }
)
MOST_BYTES = 20 * 2**20
_SHA256 = re.compile(r"[0-9a-f]{64}")


@use_case(
    AttachDocument,
    needs=Permission.APPLICATION_ENTER,
    changes={Topic.APPLICATION},
    answer=DocumentAttached,
)
def attach_document(work: Work, command: AttachDocument) -> DocumentAttached:
    """Name a paper whose bytes are there; the first one moves a fresh application on."""
    _check(command)
    title = cleaned(_file_name(command.title), "title") or command.kind
    hold_day(work)
    before = lock_application(work.tx, command.application_id, work.branch.branch_id)
    stage = attached_to(before["stage"], command.kind)
    _check_bytes(work, command)
    application_id = int(before["id"])
    if is_attached(work.tx.connection, SUBJECT, application_id, command.kind, command.sha256):
        raise ValueRefused(field="sha256", why="already-attached")
    document_id = work.tx.insert(
        documents,
        branch_id=work.branch.branch_id,
        subject_kind=SUBJECT,
        subject_id=application_id,
        kind=command.kind,
        title=title,
        media=command.media,
        size=command.size,
        sha256=command.sha256,
        added_at=work.at,
        added_by=work.actor.user_id,
    )
    record(
        work,
        SUBJECT,
        application_id,
        "document",
        payload={"kind": command.kind, "title": title, "document_id": document_id},
    )
    if stage != before["stage"]:
        change_stage(work, before, stage)
    return DocumentAttached(document_id)


def _check(command: AttachDocument) -> None:
    if command.kind not in KINDS:
        raise ValueRefused(field="kind", why="not-a-choice", given=command.kind)
    if command.media not in MEDIA:
        raise PaperTrouble(field="media", why="not-allowed", given=command.media)
    if not 0 < command.size <= MOST_BYTES:
        raise PaperTrouble(field="size", why="too-big", most=MOST_BYTES)
    if not _SHA256.fullmatch(command.sha256):
        raise NotFound(field="sha256", what="document")


def _check_bytes(work: Work, command: AttachDocument) -> None:
    """The bytes must be there, as long as said, and begin as their type does."""
    data = work.tools.documents.get(command.sha256)
    if len(data) != command.size or not data.startswith(MEDIA[command.media]):
        raise PaperTrouble(field="media", why="damaged")


def _file_name(title: str) -> str:
    """The last part of a path of either kind: a name does not travel with its folders."""
    return re.split(r"[/\\]", title)[-1][-120:]
