"""What left the program, written down: exports and backups."""

from __future__ import annotations

from app.commands.checks import NoteBackup, NoteBackupTried, Noted, NoteExport
from app.domain.roles import Permission
from app.services.registry import use_case
from app.services.work import Work


@use_case(NoteExport, needs=Permission.REPORT_EXPORT, changes=set(), answer=Noted, in_day=False)
def note_export(_work: Work, command: NoteExport) -> Noted:
    """Rows with names leave as a file; the audit line is the record."""
    return Noted(command.rows)


@use_case(NoteBackup, needs=Permission.BACKUP_MAKE, changes=set(), answer=Noted, in_day=False)
def note_backup(_work: Work, command: NoteBackup) -> Noted:
    """A verified backup was made."""
    return Noted(command.size)


@use_case(NoteBackupTried, needs=Permission.BACKUP_MAKE, changes=set(), answer=Noted, in_day=False)
def note_backup_tried(_work: Work, command: NoteBackupTried) -> Noted:
    """A restore was tried aside; the audit line is the record."""
    return Noted(command.findings)
