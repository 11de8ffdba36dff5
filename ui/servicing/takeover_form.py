"""What is asked of a loan that ran elsewhere, and its unpaid lines as they come out of Excel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from app.domain.errors import KistError
from app.rows.facts import PartyFacts, TakenLine, TakenLoan
from app.texts import _
from app.texts.errors import sentence
from app.texts.figures import plain
from app.texts.parsing import parse_amount, parse_day
from ui.kit.dialog import reason_field
from ui.kit.field import Field, Kind, Section
from ui.kit.screen_context import Station
from ui.servicing.act_plan import LONGEST, rate_text

HEADS = ("principal_minor", "interest_minor", "charge_minor", "penalty_minor")
LEAST = 3  # number, day, principal


def sections(station: Station) -> Sequence[Section]:
    """The fields under their headings; who, what was agreed, how it stood on a day."""
    return (
        Section(title=_("Borrower"), fields=_who(), columns=2),
        Section(title=_("As it was agreed"), fields=_agreed(station), columns=2),
        Section(title=_("As it stood"), fields=_stood(station), columns=2),
    )


def _who() -> Sequence[Field]:
    genders = [("f", _("Woman")), ("m", _("Man")), ("o", _("Other"))]
    return (
        Field(name="full_name", label=_("Name"), span=2, length=80),
        Field(name="phone", label=_("Phone"), kind=Kind.PHONE, optional=True),
        Field(name="village", label=_("Village"), length=60),
        Field(name="relative_name", label=_("Husband or father"), optional=True, length=80),
        Field(name="gender", label=_("Gender"), kind=Kind.CHOICE, choices=genders, optional=True),
    )


def _agreed(station: Station) -> Sequence[Field]:
    currency, today = station.currency, station.today
    return (
        Field(name="product_id", label=_("Product"), kind=Kind.CHOICE),
        Field(name="officer_id", label=_("Officer"), kind=Kind.CHOICE),
        Field(name="old_number", label=_("Its number until now"), length=40),
        Field(name="principal_minor", label=_("Principal"), kind=Kind.MONEY, currency=currency),
        Field(name="annual_rate", label=_("Rate, % a year"), kind=Kind.RATE),
        Field(name="instalments", label=_("Instalments"), kind=Kind.INT, least=1, most=LONGEST),
        Field(name="disbursed_on", label=_("Paid out"), kind=Kind.DATE, today=today),
        Field(
            name="first_due_on",
            label=_("First due"),
            kind=Kind.DATE,
            today=today,
            optional=True,
        ),
    )


def _stood(station: Station) -> Sequence[Field]:
    currency, today = station.currency, station.today
    return (
        Field(
            name="opening_on",
            label=_("At the end of"),
            kind=Kind.DATE,
            today=today,
            value=today,
            hint=_("From the day after on it runs here."),
        ),
        Field(
            name="excess_minor",
            label=_("Held in excess"),
            kind=Kind.MONEY,
            currency=currency,
            optional=True,
        ),
        Field(
            name="received_minor",
            label=_("All that was received"),
            kind=Kind.MONEY,
            currency=currency,
            optional=True,
            span=2,
            hint=_("Enough by itself: the unpaid lines are worked out by the product's terms."),
        ),
        Field(
            name="lines",
            label=_("Unpaid lines, pasted from a sheet"),
            kind=Kind.LINES,
            rows=6,
            length=60_000,
            optional=True,
            span=2,
            hint=_("A line each: number, due date, principal, interest, charge, penal charge."),
            parse=lambda text: lines_of(str(text), currency, today),
        ),
        reason_field(_("Reason, shown in the history")),
    )


def lines_of(text: str, currency: str, today: date) -> tuple[TakenLine, ...]:
    """Unpaid lines from pasted cells. Raises ValueError that names the line that is wrong."""
    rows = [row for row in text.splitlines() if row.strip()]
    return tuple(_line(at, row, currency, today) for at, row in enumerate(rows, 1))


def _line(at: int, row: str, currency: str, today: date) -> TakenLine:
    cells = [cell.strip() for cell in re.split(r"\t|;|\s{2,}", row.strip())]
    if not LEAST <= len(cells) <= LEAST + len(HEADS) - 1:
        said = _("Line {line}: give number, due date and amounts, with a tab between them.")
        raise ValueError(said.format(line=at))
    try:
        amounts = [parse_amount(cell, currency) if cell else 0 for cell in cells[2:]]
        due_on = parse_day(cells[1], today)
        number = int(cells[0])
    except KistError as error:
        raise ValueError(_("Line {line}: {why}").format(line=at, why=sentence(error))) from error
    except ValueError as error:
        raise ValueError(_("Line {line}: its number is missing.").format(line=at)) from error
    return TakenLine(number, due_on, **dict(zip(HEADS, amounts, strict=False)))


def text_of(lines: Sequence[TakenLine], currency: str) -> str:
    """Lines as they can be edited and pasted again."""
    return "\n".join(
        "\t".join(
            (
                str(line.number),
                line.due_on.isoformat(),
                *(plain(getattr(line, head), currency) for head in HEADS),
            )
        )
        for line in lines
    )


def party_of(values: dict[str, Any]) -> PartyFacts:
    """The new borrower of a filled form."""
    return PartyFacts(
        full_name=values["full_name"],
        phone=values["phone"] or "",
        village=values["village"],
        relative_name=values["relative_name"] or "",
        gender=values["gender"] or "",
    )


def taken_of(values: dict[str, Any], currency: str) -> TakenLoan | None:
    """The loan as it is filled in so far; None while something needed is missing."""
    needed = (
        "product_id",
        "officer_id",
        "old_number",
        "principal_minor",
        "annual_rate",
        "instalments",
        "disbursed_on",
        "opening_on",
    )
    if any(values.get(name) in (None, "") for name in needed):
        return None
    lines, received = values.get("lines") or (), values.get("received_minor")
    if not lines and received is None:
        return None
    plain_values = {name: values[name] for name in needed if name != "annual_rate"}
    return TakenLoan(
        currency=currency,
        annual_rate=rate_text(values["annual_rate"]),
        first_due_on=values.get("first_due_on"),
        lines=tuple(lines),
        excess_minor=values.get("excess_minor") or 0,
        received_minor=None if lines else received,
        **plain_values,
    )
