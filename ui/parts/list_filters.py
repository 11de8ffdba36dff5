"""The chips that lists of loans and applications share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.rows.lists import Choice
from app.texts import _
from app.texts.labels import named
from ui.kit.chips import FilterChip
from ui.kit.listing import Listing

OFFICER, PRODUCT, VILLAGE, CENTRE = "officer", "product", "village", "centre"
_BY_ID = (OFFICER, PRODUCT)
CLASSES = ("standard", "sma-0", "sma-1", "sma-2", "npa")


def place_chips(names: Sequence[str]) -> dict[str, FilterChip]:
    """A chip for each of officer, product, village and centre; their choices are read."""
    titles = {
        OFFICER: _("Officer"),
        PRODUCT: _("Product"),
        VILLAGE: _("Village"),
        CENTRE: _("Centre"),
    }
    return {name: FilterChip(titles[name], [(_nothing(name), _("all"))]) for name in names}


def class_chip() -> FilterChip:
    """The asset class of running loans."""
    classes = [(one, named("asset-class", one)) for one in CLASSES]
    return FilterChip(_("Class"), [("", _("all")), *classes])


def offer_choices(listing: Listing, found: Iterable[Choice]) -> None:
    """Give the chips of a list what was found, the most frequent first."""
    by_field: dict[str, list[Choice]] = {}
    for choice in found:
        by_field.setdefault(choice.field, []).append(choice)
    for name in (OFFICER, PRODUCT, VILLAGE, CENTRE):
        if name in listing.chips:
            _offer(listing, name, by_field.get(name, []))


def _offer(listing: Listing, name: str, found: Sequence[Choice]) -> None:
    chip = listing.chips[name]
    values = {_value(name, choice): choice for choice in found}
    now = [(chip.value(), chip.word())] if chip.narrows and chip.value() not in values else []
    choices = [(_nothing(name), _("all")), *now]
    choices += [(value, choice.words) for value, choice in values.items()]
    counts: Mapping[object, int] = {
        value: choice.count for value, choice in values.items() if choice.count >= 0
    }
    listing.offer(name, choices, counts)
    chip.setVisible(bool(found) or chip.narrows)


def _nothing(name: str) -> int | str | None:
    return None if name in _BY_ID else ""


def _value(name: str, choice: Choice) -> int | str:
    return int(choice.value) if name in _BY_ID else choice.value
