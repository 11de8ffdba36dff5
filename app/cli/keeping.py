"""`kist verify`, `kist backup` and `kist restore`."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterable
from pathlib import Path

from app.bootstrap.demonstrating import is_made, open_demonstration
from app.bootstrap.launching import LocalLauncher
from app.domain.errors import StoreTrouble
from app.paths import data_folder
from app.ports import Progress
from app.ports.program import Program, Standing
from app.rows.findings import finding
from app.rows.verify import Finding
from app.texts import _, ngettext

DONE, WRONG = 0, 1


class Never:
    """Nobody stops a verb; the terminal's own Ctrl+C ends it."""

    def wanted(self) -> bool:
        """Whether somebody asked to stop."""
        return False


def verify(asked: argparse.Namespace) -> int:
    """Check every invariant and print what is wrong; 0 when the books are whole."""
    program = opened(asked)
    try:
        found = program.verify(_say, Never())
    finally:
        program.close()
    return told(found)


def told(found: Iterable[Finding]) -> int:
    """Print the findings, or that there are none; returns the exit code."""
    findings = tuple(found)
    for one in findings:
        _print(finding(one))
    if not findings:
        _print(_("The books are whole: all nine invariants hold."))
        return DONE
    _print(
        ngettext("{count} thing is wrong.", "{count} things are wrong.", len(findings)).format(
            count=len(findings)
        )
    )
    return WRONG


def backup(asked: argparse.Namespace) -> int:
    """Make a backup and verify it by opening and counting."""
    program = opened(asked)
    try:
        made = program.backup(asked.file, _say, Never())
    finally:
        program.close()
    said = _("{path}: {rows} rows and {lines} audit lines, opened and counted. SHA-256 {hash}")
    _print(said.format(path=made.path, rows=made.rows, lines=made.lines, hash=made.sha256))
    return DONE


def restore(asked: argparse.Namespace) -> int:
    """Open a backup in an empty data folder with its recovery code, and verify it."""
    launcher = LocalLauncher(asked.folder or data_folder())
    program = launcher.restore(asked.file, _code(), _say)
    try:
        return told(program.verify(_say, Never()))
    finally:
        program.close()


def opened(asked: argparse.Namespace) -> Program:
    """The branch of the data folder that was named, or of the usual one."""
    folder: Path = asked.folder or data_folder()
    if is_made(folder):
        return open_demonstration(folder)
    launcher = LocalLauncher(folder)
    standing = launcher.standing()
    if standing is Standing.EMPTY:
        raise StoreTrouble(why="missing", path=str(folder))
    if asked.recovery_code:
        return launcher.open(recovery_code=_code())
    if standing is Standing.LOCKED and not launcher.vault_available():
        return launcher.open(passphrase=getpass.getpass(_("Passphrase: ")))
    return launcher.open()


def _code() -> str:
    return getpass.getpass(_("Recovery code: "))


def _say(progress: Progress) -> None:
    sys.stderr.write(progress.say + "\n")


def _print(line: str) -> None:
    sys.stdout.write(line + "\n")
