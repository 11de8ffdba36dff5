"""Turns a refusal into the sentence that a person reads.

A sentence is found by the error's `code` and its `why` (or `what`), then by `code` and the name
of a parameter that it carries ("+limit_minor"), then by the code alone. To add one, add a line to
the table of the room in `app/texts/refusals`: `("code", "why"): N_("…")`.
The names in braces are the error's parameters, written for people: `limit_minor=…, currency="INR"`
gives `{limit}` as ₹1,25,000; days, lists and the names of things are written out too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from fractions import Fraction

from app.domain.errors import KistError
from app.texts import N_, _
from app.texts.figures import amount, day, moment, percent
from app.texts.labels import name_of
from app.texts.refusals import SENTENCES

UNKNOWN = N_("This was refused ({code}). Nothing was changed.")


def sentence(error: KistError) -> str:
    """What went wrong and what can be done, in one or two plain sentences."""
    shown = _shown(error.params)
    for key in _keys(error):
        template = SENTENCES.get(key)
        if template is None:
            continue
        try:
            return _(template).format_map(shown)
        except (KeyError, IndexError):
            continue  # a parameter is missing: the plainer sentence stands without it
    return _(UNKNOWN).format(code=error.code)


def _keys(error: KistError) -> Iterator[tuple[str, str]]:
    """The keys to look under, the most exact first; a subclass falls back on its parents."""
    said = [str(error.params[name]) for name in ("why", "what") if error.params.get(name)]
    carried = [f"+{name}" for name in error.params if error.params[name] is not None]
    kinds = [kind for kind in type(error).__mro__ if issubclass(kind, KistError)]
    for why in (*said, *carried, ""):
        for kind in kinds:
            yield kind.code, why


def _shown(params: Mapping[str, object]) -> dict[str, str]:
    """The parameters written for people."""
    currency = str(params.get("currency", ""))
    shown = {name: _text(value) for name, value in params.items()}
    if currency:
        for name, value in params.items():
            if isinstance(value, int) and (name.endswith("_minor") or name == "amount"):
                short = name.removesuffix("_minor")
                shown[short] = amount(value, currency, symbol=True, trim=True)
    for name, value in params.items():
        if isinstance(value, date) and name.endswith("_on"):
            shown[name.removesuffix("_on")] = day(value)
    return shown


def _text(value: object) -> str:
    match value:
        case Enum():
            text = name_of(value)
        case datetime():
            text = moment(value)
        case date():
            text = day(value)
        case Fraction():
            text = percent(value)
        case list() | tuple() | set() | frozenset():
            text = ", ".join(sorted(_text(part) for part in value))
        case _:
            text = str(value)
    return text
