"""The parts of a loan that are handed out later, a line each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.domain.errors import KistError
from app.rows.facts import TranchePlan
from app.texts import _
from app.texts.errors import sentence
from app.texts.figures import day, plain
from app.texts.parsing import parse_amount, parse_day
from ui.kit.field import Field, Kind

NAME = "tranches"


def parts_field(currency: str, today: date) -> Field:
    """Asks for them; its value is a tuple of TranchePlan."""
    return Field(
        name=NAME,
        label=_("Handed out later"),
        kind=Kind.LINES,
        rows=2,
        optional=True,
        span=2,
        length=2_000,
        hint=_("A line each: the day, then the amount."),
        parse=lambda text: parts_of(str(text), currency, today),
    )


def parts_of(text: str, currency: str, today: date) -> tuple[TranchePlan, ...]:
    """The parts of lines such as `15-12-2026 50,000`. Raises ValueError that names the line."""
    rows = [row.split(maxsplit=1) for row in text.splitlines() if row.strip()]
    return tuple(_part(at, row, currency, today) for at, row in enumerate(rows, 1))


def text_of(parts: Sequence[TranchePlan], currency: str) -> str:
    """Parts as they are typed."""
    return "\n".join(
        f"{part.on.isoformat()} {plain(part.amount_minor, currency)}" for part in parts
    )


def part_words(part: TranchePlan) -> str:
    """A later part with its day."""
    return _("Handed out on {day}").format(day=day(part.on))


def _part(at: int, row: Sequence[str], currency: str, today: date) -> TranchePlan:
    if len(row) == 1:
        said = _("Line {line}: give the day and the amount, with a space between them.")
        raise ValueError(said.format(line=at))
    try:
        return TranchePlan(parse_day(row[0], today), parse_amount(row[1], currency))
    except KistError as error:
        raise ValueError(_("Line {line}: {why}").format(line=at, why=sentence(error))) from error
