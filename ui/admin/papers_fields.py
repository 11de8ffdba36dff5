"""The form of the paper settings: fields, and the command that they make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from app.commands.papers import PaperSize, SavePaperSettings
from app.rows.lender import LenderHead
from app.rows.paper_settings import PaperSettings
from app.texts import SLIP_LANGUAGES, _
from app.texts.labels import named
from ui.kit.field import Field, Kind, Section
from ui.kit.printing import CARD, LETTER, RECEIPT, PaperKind

OWN = "own"  # stands for what is not set
LANGUAGES = ("en", "hi")
SIZES = {"a4": "A4", "a5": "A5", "80mm": "80 mm", "58mm": "58 mm"}
SIZED = (RECEIPT, LETTER, CARD)
_TEXTS = ("head_text", "foot_text", "grievance_name", "grievance_phone", "upi_id", "upi_name")
_CHOSEN = ("borrower_language", "house_language")


def sections() -> Sequence[Section]:
    """The fields as they stand one under another."""
    return (
        Section(title=_("Head and foot"), fields=_head_and_foot()),
        Section(title=_("Complaints and UPI"), fields=_people()),
        Section(title=_("Languages and sizes"), fields=(*_languages(), *_sizes())),
    )


def values_of(settings: PaperSettings) -> dict[str, Any]:
    """What was set, as the form shows it."""
    sizes = dict(settings.sizes)
    return {
        **{name: getattr(settings, name) for name in _TEXTS},
        **{name: getattr(settings, name) or OWN for name in _CHOSEN},
        **{size_name(kind): sizes.get(kind.name, kind.sizes[0]) for kind in SIZED},
    }


def command_of(values: dict[str, Any], settings: PaperSettings, logo: str) -> SavePaperSettings:
    """What is to be set."""
    chosen = {name: _set(values[name]) for name in _CHOSEN}
    sizes = tuple(PaperSize(kind.name, str(values[size_name(kind)])) for kind in SIZED)
    texts = {name: str(values[name] or "") for name in _TEXTS}
    return SavePaperSettings(version=settings.version, logo=logo, sizes=sizes, **texts, **chosen)


def look_of(values: dict[str, Any], settings: PaperSettings, logo: str) -> LenderHead:
    """The lender as papers would show it."""
    return replace(
        settings.look,
        logo=logo,
        head_text=str(values.get("head_text") or ""),
        foot_text=str(values.get("foot_text") or ""),
        grievance_name=str(values.get("grievance_name") or ""),
        grievance_phone=str(values.get("grievance_phone") or settings.branch_phone),
    )


def language_of(values: dict[str, Any], settings: PaperSettings) -> str:
    """The language of the paper that is shown beside."""
    return _set(values.get("borrower_language")) or settings.branch_language


def size_name(kind: PaperKind) -> str:
    """The name of the field for a kind's size."""
    return f"size_{kind.name}"


def _set(value: object) -> str:
    return "" if value in (None, OWN) else str(value)


def _head_and_foot() -> Sequence[Field]:
    return (
        Field(
            name="head_text",
            label=_("Further lines of the head"),
            kind=Kind.LINES,
            optional=True,
            rows=2,
            length=500,
            span=2,
            hint=_("Below name, branch and address; four lines at most."),
        ),
        Field(
            name="foot_text",
            label=_("Lines at the foot"),
            kind=Kind.LINES,
            optional=True,
            rows=2,
            length=500,
            span=2,
            hint=_("On every page; four lines at most."),
        ),
    )


def _people() -> Sequence[Field]:
    return (
        Field(
            name="grievance_name",
            label=_("Grievance officer"),
            optional=True,
            length=120,
            hint=_("Whom borrowers complain to"),
        ),
        Field(
            name="grievance_phone",
            label=_("Phone for complaints"),
            kind=Kind.PHONE,
            optional=True,
            hint=_("Empty: the branch's own"),
        ),
        Field(
            name="upi_id",
            label=_("UPI id"),
            optional=True,
            length=80,
            placeholder=_("lender@bank"),
            hint=_("For the code on demands"),
        ),
        Field(
            name="upi_name",
            label=_("Name at the bank"),
            optional=True,
            length=99,
            hint=_("Empty: the lender's"),
        ),
    )


def _languages() -> Sequence[Field]:
    names = [(code, named("language", code)) for code in LANGUAGES]
    slips = [(code, named("language", code)) for code in SLIP_LANGUAGES]
    return (
        Field(
            name="borrower_language",
            label=_("Papers for borrowers"),
            kind=Kind.CHOICE,
            choices=[(OWN, _("Each borrower's own")), *slips],
            hint=_("Of receipts and loan cards; other papers are in English or Hindi"),
        ),
        Field(
            name="house_language",
            label=_("Papers of the house"),
            kind=Kind.CHOICE,
            choices=[(OWN, _("The branch's")), *names],
        ),
    )


def _sizes() -> Sequence[Field]:
    labels = {RECEIPT: _("Receipts"), LETTER: _("Letters"), CARD: _("Loan cards")}
    return tuple(
        Field(
            name=size_name(kind),
            label=labels[kind],
            kind=Kind.CHOICE,
            choices=[(size, SIZES[size]) for size in kind.sizes],
        )
        for kind in SIZED
    )
