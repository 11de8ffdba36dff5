"""Maker and checker; exports and backups that are written down."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.commands.base import Command


@dataclass(frozen=True, slots=True)
class CheckClosed:
    """The answer to AcceptCheck and DeclineCheck; `state` is accepted or declined."""

    check_id: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptCheck(Command[CheckClosed]):
    """A second person lets a maker's command happen, within the own limit."""

    name: ClassVar[str] = "check.accept"

    check_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineCheck(Command[CheckClosed]):
    """A second person (or the maker) says no, with a reason."""

    name: ClassVar[str] = "check.decline"

    check_id: int
    version: int
    reason: str


@dataclass(frozen=True, slots=True)
class Noted:
    """The answer to NoteExport, NoteBackup and NoteBackupTried."""

    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteExport(Command[Noted]):
    """Rows with people's names leave the program as a file."""

    name: ClassVar[str] = "report.export"

    report: str
    format: str  # xlsx, csv, pdf
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBackup(Command[Noted]):
    """A verified backup was made."""

    name: ClassVar[str] = "backup.note"

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBackupTried(Command[Noted]):
    """A backup was restored aside and verified, with so many findings."""

    name: ClassVar[str] = "backup.tried"

    sha256: str
    made_at: str  # of the backup; UTC, ISO
    rows: int
    findings: int
