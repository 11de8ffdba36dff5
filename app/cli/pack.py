"""`kist pack`: the month pack as one workbook and one PDF, without a window."""

from __future__ import annotations

import argparse
import calendar
import getpass
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4
from zoneinfo import ZoneInfo

from app.cli.keeping import Never, opened
from app.commands.checks import NoteExport
from app.domain.errors import PaperTrouble, ValueRefused
from app.ports import Session
from app.ports.program import Program
from app.queries.admin import ShowBranch, WhoAmI
from app.reports import About, PackPart
from app.reports.pack import FORMS, between, gathered, questions, title
from app.texts import _

DONE = 0
PACK = "pack"  # the name it is written down under
_DECEMBER = 12


def pack(asked: argparse.Namespace, password: Callable[[str], str] = getpass.getpass) -> int:
    """Sign in, make the pack of a month and say where it lies."""
    program = opened(asked)
    try:
        session = program.sign_in(asked.login, password(_("Password: ")))
        for path in make(program, session, _month(program, session, asked.month), asked.to):
            sys.stdout.write(f"{path}\n")
    finally:
        program.close()
    return DONE


def make(program: Program, session: Session, first: date, folder: Path) -> list[Path]:
    """Write both files of the month that begins on a day; returns where they are."""
    last = first.replace(day=calendar.monthrange(first.year, first.month)[1])
    about, name = _about(program, session, last), title(last)
    asked = questions(first, last)

    def tell(done: int, what: str) -> None:
        sys.stderr.write(f"{done}/{len(asked)} {what}\n")

    results = program.asks.each(session, asked)
    parts = gathered(results, about, tell, Never().wanted)
    made = []
    for form in FORMS:
        rows = sum(len(part.rows) for part in parts)
        note = NoteExport(report=PACK, format=form, rows=rows)
        program.gate.run(session, note, uuid4().hex)
        to = folder / f"{PACK}-{first:%Y-%m}.{form}"
        made.append(_written(program, form, (name, parts, about), to))
    return made


def _written(
    program: Program, form: str, what: tuple[str, Sequence[PackPart], About], to: Path
) -> Path:
    """Write beside the place and put it there whole. Raises PaperTrouble (cannot-write)."""
    beside = to.with_name(f".{to.name}.part")
    try:
        with beside.open("wb") as file:
            program.papers.pack(form, *what, file, lambda _title: None)
        os.replace(beside, to)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise PaperTrouble(why="cannot-write", path=str(to)) from error
    return to


def _about(program: Program, session: Session, last: date) -> About:
    branch = program.asks.ask(session, ShowBranch())
    return About(
        lender=branch.lender,
        branch=branch.name,
        period=between(last.replace(day=1), last),
        currency=branch.currency,
        made_at=program.clock.now().astimezone(ZoneInfo(branch.time_zone)),
        made_by=program.asks.ask(session, WhoAmI()).full_name,
    )


def _month(program: Program, session: Session, text: str | None) -> date:
    """The first day of the month that was asked for, or of the one before the business day."""
    if not text:
        branch = program.asks.ask(session, ShowBranch())
        this = (branch.business_on or branch.today).replace(day=1)
        year, month = (this.year - 1, _DECEMBER) if this.month == 1 else (this.year, this.month - 1)
        return date(year, month, 1)
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        raise ValueRefused(field="month", why="not-a-day", given=text) from None
