"""What every paper of the branch shares: the lender's head and foot, languages, sizes, UPI."""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any

from app.commands.base import Topic
from app.commands.codec import canonical
from app.commands.papers import PaperSettingsSaved, PaperSize, SavePaperSettings
from app.domain.errors import PaperTrouble, ValueRefused
from app.domain.party import cleaned
from app.domain.roles import Permission
from app.queries.papers import ShowPaperSettings
from app.rows.key_facts import KeyFactsPaper
from app.rows.lender import LenderHead
from app.rows.paper_settings import PaperSettings
from app.services.registry import answers, use_case
from app.services.work import Reading, Work
from app.store.paper_settings import settings_of
from app.store.schema.papers import paper_settings
from app.texts import SLIP_LANGUAGES
from app.texts.words import LANGUAGES

# The kinds of paper that come in more than one size; the first is the usual one.
SIZES: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "receipt": ("a5", "80mm", "58mm", "a4"),
        "letter": ("a4", "a5"),
        "card": ("a4", "a5"),
    }
)
MOST_LINES = 4
LONGEST_LINE = 120
LARGEST_LOGO = 512 * 1024  # bytes
WIDEST_LOGO = 1200  # pixels, either way
_PNG = b"\x89PNG\r\n\x1a\n"
_SHA256 = re.compile(r"[0-9a-f]{64}")
# A virtual payment address: what stands before the sign is up to the bank, the handle is letters.
_UPI_ID = re.compile(r"[A-Za-z0-9._\-]{2,60}@[A-Za-z][A-Za-z0-9.\-]{1,18}")
ENGLISH = "en"  # where a paper is not written in the language
_LONGEST = MappingProxyType({"grievance_name": 120, "grievance_phone": 40, "upi_name": 99})


@dataclass(frozen=True, slots=True)
class PaperLook:
    """The lender as papers show it, and the languages they are in."""

    lender: LenderHead
    borrower_language: str
    house_language: str

    def for_borrower(self, own: str) -> str:
        """The language of a paper for somebody whose own is this one."""
        wanted = self.borrower_language or own
        return wanted if wanted in LANGUAGES else ENGLISH

    def on_slips(self, own: str) -> str:
        """The language of a receipt or a loan card, which are written in more of them."""
        wanted = self.borrower_language or own
        return wanted if wanted in SLIP_LANGUAGES else ENGLISH

    def dressed(self, paper: KeyFactsPaper) -> KeyFactsPaper:
        """A statement with today's logo, head and foot; what it says stays as it was issued."""
        look = self.lender
        own = replace(
            paper.lender, logo=look.logo, head_text=look.head_text, foot_text=look.foot_text
        )
        return replace(paper, lender=own)


def paper_look(reading: Reading) -> PaperLook:
    """What was set for the branch of the session."""
    found = settings_of(reading.connection, reading.branch.branch_id)
    lender = LenderHead(
        name=found["lender_name"],
        registration=found["lender_registration"],
        address=found["address"],
        branch=found["branch_name"],
        grievance_name=found["grievance_name"] or "",
        grievance_phone=found["grievance_phone"] or found["branch_phone"],
        logo=found["logo"] or "",
        head_text=found["head_text"] or "",
        foot_text=found["foot_text"] or "",
        upi_id=found["upi_id"] or "",
        upi_name=found["upi_name"] or found["lender_name"],
        sizes=_sizes(found["sizes"]),
    )
    return PaperLook(
        lender=lender,
        borrower_language=found["borrower_language"] or "",
        house_language=found["house_language"] or found["language"],
    )


@answers(ShowPaperSettings, needs=Permission.VIEW_SETTINGS)
def show_paper_settings(reading: Reading, _query: ShowPaperSettings) -> PaperSettings:
    """What was set, as it was typed; version 0 where nothing was."""
    found = settings_of(reading.connection, reading.branch.branch_id)
    texts = (
        *("logo", "head_text", "foot_text", "grievance_name", "grievance_phone"),
        *("upi_id", "upi_name", "borrower_language", "house_language"),
    )
    return PaperSettings(
        version=found["version"] or 0,
        sizes=_sizes(found["sizes"]),
        lender_name=found["lender_name"],
        branch_phone=found["branch_phone"],
        branch_language=found["language"],
        look=paper_look(reading).lender,
        **{name: found[name] or "" for name in texts},
    )


@use_case(
    SavePaperSettings,
    needs=Permission.PAPER_MANAGE,
    changes={Topic.BRANCH},
    answer=PaperSettingsSaved,
    in_day=False,
)
def save_paper_settings(work: Work, command: SavePaperSettings) -> PaperSettingsSaved:
    """Set all of it at once; papers printed from now on show it."""
    values = _values(work, command)
    found = settings_of(work.tx.connection, work.branch.branch_id)
    if found["id"] is None and not command.version:
        work.tx.insert(paper_settings, branch_id=work.branch.branch_id, **values)
        return PaperSettingsSaved(1)
    before = work.tx.locked(paper_settings, found["id"] or 0, command.version)
    return PaperSettingsSaved(work.tx.change(paper_settings, before, **values))


def _values(work: Work, command: SavePaperSettings) -> dict[str, Any]:
    """The columns. Raises ValueRefused or PaperTrouble at the field."""
    _check_logo(work, command.logo)
    upi_id = cleaned(command.upi_id, "upi_id")
    if upi_id and not _UPI_ID.fullmatch(upi_id):
        raise ValueRefused(field="upi_id", why="not-a-upi-id", given=upi_id)
    for field, known in (("borrower_language", SLIP_LANGUAGES), ("house_language", LANGUAGES)):
        if getattr(command, field) not in ("", *known):
            raise ValueRefused(field=field, why="not-a-choice", given=getattr(command, field))
    return {
        "logo": command.logo,
        "head_text": _lines(command.head_text, "head_text"),
        "foot_text": _lines(command.foot_text, "foot_text"),
        "upi_id": upi_id,
        "borrower_language": command.borrower_language,
        "house_language": command.house_language,
        "sizes": canonical(_checked_sizes(command.sizes)),
        **{name: _line(getattr(command, name), name, most) for name, most in _LONGEST.items()},
    }


def _lines(text: str, field: str) -> str:
    """A few lines, each cleaned."""
    lines = [_line(line, field, LONGEST_LINE) for line in text.splitlines()]
    kept = [line for line in lines if line]
    if len(kept) > MOST_LINES:
        raise ValueRefused(field=field, why="too-many-lines", most=MOST_LINES)
    return "\n".join(kept)


def _line(text: str, field: str, most: int) -> str:
    kept = cleaned(text, field)
    if len(kept) > most:
        raise ValueRefused(field=field, why="too-long", most=most)
    return kept


def _checked_sizes(sizes: Sequence[PaperSize]) -> dict[str, str]:
    for one in sizes:
        if one.size not in SIZES.get(one.kind, ()):
            raise ValueRefused(field="sizes", why="not-a-choice", given=f"{one.kind} {one.size}")
    return {one.kind: one.size for one in sizes}


def _sizes(text: str | None) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(json.loads(text or "{}").items()))


def _check_logo(work: Work, name: str) -> None:
    """The bytes must be there and be a small PNG: one that our own helper has drawn anew."""
    if not name:
        return
    if not _SHA256.fullmatch(name):
        raise PaperTrouble(field="logo", why="damaged")
    data = work.tools.documents.get(name)
    if len(data) > LARGEST_LOGO:
        raise PaperTrouble(field="logo", why="too-big", most=LARGEST_LOGO)
    if not data.startswith(_PNG) or data[12:16] != b"IHDR":
        raise PaperTrouble(field="logo", why="not-allowed")
    wide, high = struct.unpack(">II", data[16:24])
    if not (0 < wide <= WIDEST_LOGO and 0 < high <= WIDEST_LOGO):
        raise PaperTrouble(field="logo", why="too-many-pixels", most=WIDEST_LOGO**2)
