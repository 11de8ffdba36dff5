"""What the palette shows: loans, applications, screens and acts, with what was found marked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.domain.party import folded
from app.rows.origination import ApplicationRow
from app.rows.servicing import FoundLoan
from app.texts import _
from app.texts.labels import named
from ui.kit.cells import Cell
from ui.kit.found import Spans
from ui.kit.router import Router
from ui.kit.table import Column
from ui.parts.found import Matched, matched, places_of, spans_of, why

LATE_TONES = ((60, "late3"), (30, "late2"), (0, "late1"))


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that can be opened or done."""

    text: str
    run: Callable[[], object]
    kind: str = ""  # what it is, or its number
    keys: str = ""
    icon: str = "caret-right"
    after: str = ""  # the name in the other script, or on what it was found
    chip: str = ""
    tone: str = ""
    found: Spans = ()  # in the text
    found_after: Spans = ()
    found_kind: Spans = ()


def loan_hit(router: Router, loan: FoundLoan, typed: str) -> Hit:
    """A loan by its borrower; its state as a chip."""
    late = _("{days} days late").format(days=loan.dpd) if loan.dpd else ""
    tone = next((name for least, name in LATE_TONES if loan.dpd > least), "neutral")
    places = places_of(loan)
    hits = matched(places, typed)
    after, spans = _after(places, hits, loan.local_name or loan.village)
    return Hit(
        text=loan.borrower,
        run=lambda: router.go("loan", loan_id=loan.loan_id),
        kind=loan.number,
        icon="user",
        after=after,
        chip=late or named("loan-state", loan.status),
        tone=tone if late else "neutral",
        found=hits.of("name"),
        found_after=spans,
        found_kind=hits.of("number"),
    )


def application_hit(router: Router, row: ApplicationRow, typed: str) -> Hit:
    """An application by its borrower; its stage as a chip."""
    places = {
        "number": row.number,
        "name": row.borrower,
        "local": row.local_name,
        "village": row.village,
    }
    hits = matched(places, typed)
    after, spans = _after(places, hits, row.local_name or row.village)
    return Hit(
        text=row.borrower,
        run=lambda: router.go("application", application_id=row.application_id),
        kind=row.number,
        icon="file-text",
        after=after,
        chip=named("stage", row.stage),
        tone="neutral",
        found=hits.of("name"),
        found_after=spans,
        found_kind=hits.of("number"),
    )


def fitting(known: Sequence[Hit], typed: str) -> list[Hit]:
    """Of what the palette knows by itself: what has all the words, beginnings first."""
    words = folded(typed).split()
    marked = [(hit, spans_of(hit.text, words)) for hit in known]
    whole = [(hit, spans) for hit, spans in marked if _has_all(hit, words)]
    ordered = sorted(whole, key=lambda pair: not (pair[1] and pair[1][0][0] == 0))
    return [_with(hit, spans) for hit, spans in ordered]


def _has_all(hit: Hit, words: Sequence[str]) -> bool:
    text = folded(hit.text)
    return all(word in text for word in words)


def _with(hit: Hit, spans: Spans) -> Hit:
    return Hit(hit.text, hit.run, hit.kind, hit.keys, hit.icon, hit.after, found=spans)


def _after(places: dict[str, str], hits: Matched, otherwise: str) -> tuple[str, Spans]:
    """What stands beside the name: on what it was found, else the name in the other script."""
    words, spans = why(places, hits)
    if words:
        return words, spans
    return otherwise, hits.of("local") if otherwise == places["local"] else ()


def _what(hit: Hit) -> Cell:
    marks = (
        *(("text", first, end) for first, end in hit.found),
        *(("after", first, end) for first, end in hit.found_after),
    )
    return Cell(hit.text, after=hit.after, icon=hit.icon, marks=marks)


def _number(hit: Hit) -> Cell:
    marks = tuple(("text", first, end) for first, end in hit.found_kind)
    return Cell(hit.kind, tone="text2", marks=marks)


def _state(hit: Hit) -> Cell:
    if hit.chip:
        return Cell(hit.chip, chip=hit.tone)
    return Cell(hit.keys, tone="text2")


def hit_columns() -> Sequence[Column[Hit]]:
    """The columns of the palette."""
    return (
        Column(title="", text=_what, stretch=1, name="what"),
        Column(title="", text=_number, name="number"),
        Column(title="", text=_state, name="state"),
    )
