"""Why something was found: which of its texts holds the words typed, and where in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.domain.party import folded
from app.rows.servicing import FoundLoan
from app.texts import _
from ui.kit.cells import Cell, Marks
from ui.kit.found import Spans

JOINT = " · "


@dataclass(frozen=True, slots=True)
class Matched:
    """The places of a thing that hold a word typed, with where in them."""

    spans: Mapping[str, Spans] = field(default_factory=dict)

    def of(self, place: str) -> Spans:
        """Where in a place; nothing where none of it was found."""
        return self.spans.get(place, ())


def spans_of(text: str, words: Sequence[str]) -> Spans:
    """Where the folded words stand in a text, whatever its case or script."""
    letters = [(sign, at) for at, plain in enumerate(text) for sign in folded(plain)]
    flat = "".join(sign for sign, _at in letters)
    found = []
    for word in words:
        start = flat.find(word)
        if word and start >= 0:
            found.append((letters[start][1], letters[start + len(word) - 1][1] + 1))
    return tuple(sorted(found))


def matched(places: Mapping[str, str], typed: str) -> Matched:
    """Each word counts where it is found first, in the order of the places."""
    found: dict[str, Spans] = {}
    for word in folded(typed).split():
        for name, text in places.items():
            spans = spans_of(text, [word])
            if spans:
                found[name] = tuple(sorted({*found.get(name, ()), *spans}))
                break
    return Matched(found)


def places_of(loan: FoundLoan) -> dict[str, str]:
    """What a loan is known by, the surest first."""
    return {
        "number": loan.number,
        "name": loan.borrower,
        "local": loan.local_name,
        "phone": loan.phone,
        "centre": loan.centre,
        "group": loan.group,
        "village": loan.village,
    }


def loan_cell(loan: FoundLoan, typed: str) -> Cell:
    """Two lines: who, then the loan and, by its name, whatever else holds the words."""
    places = places_of(loan)
    hits = matched(places, typed)
    line = _Line()
    line.add(loan.number, hits.of("number"))
    named = {name: spans for name, spans in hits.spans.items() if name in titles()}
    for name, spans in named.items():
        line.add(places[name], spans, titles()[name])
    if "village" not in named:
        line.add(loan.village, ())
    return Cell(
        loan.borrower,
        strong=True,
        after=loan.local_name,
        under=line.text,
        marks=(*_of("text", hits.of("name")), *_of("after", hits.of("local")), *line.marks),
    )


def why(places: Mapping[str, str], hits: Matched) -> tuple[str, Spans]:
    """In one line: the place that was found by its name, where it is not seen anyway."""
    for name, spans in hits.spans.items():
        if name in titles():
            line = _Line()
            line.add(places[name], spans, titles()[name])
            return line.text, tuple((first, end) for _part, first, end in line.marks)
    return "", ()


def titles() -> dict[str, str]:
    """The names of places that say why something was found."""
    return {
        "phone": _("phone"),
        "centre": _("centre"),
        "group": _("group"),
        "village": _("village"),
    }


class _Line:
    """Parts of a line with what is marked in them."""

    def __init__(self) -> None:
        self.text = ""
        self.marks: Marks = ()

    def add(self, text: str, spans: Spans, title: str = "") -> None:
        """Add a part, after its title."""
        if not text:
            return
        before = (JOINT if self.text else "") + (f"{title} " if title else "")
        self.text += before
        start = len(self.text)
        self.marks += tuple(("under", start + first, start + end) for first, end in spans)
        self.text += text


def _of(part: str, spans: Spans) -> Marks:
    return tuple((part, first, end) for first, end in spans)
