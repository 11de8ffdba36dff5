"""The calc document (`kist-calc/1`): terms and events in, schedule, position and rate of cost out.

Money and rates are texts, dates ISO, unknown keys refused with their path. The same engine makes
the quote, the key fact statement and the living loan, so that anybody can check any loan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import NamedTuple

from app.domain.allocation import Head, Split
from app.domain.apr import apr_of
from app.domain.errors import ValueRefused
from app.domain.events import Event, EventKind, Opening, OpeningLine, Replan
from app.domain.loan import LinePaid, Position, ReceiptSplit, position_of
from app.domain.money import decimal_text, digits
from app.domain.playing import check_entries, play
from app.domain.reading import Node, percent_text
from app.domain.schedule import Line, schedule
from app.domain.terms import Terms, Tranche, doc_of, terms_of
from app.domain.terms_parts import MOST_LINES

FORMAT = "kist-calc/1"
# The disbursement that a calc document implies comes before every event of its list.
IMPLIED_REF = -1
_NOTHING = Split()


class Calculation(NamedTuple):
    """A calc document that was read."""

    terms: Terms
    events: tuple[Event, ...]
    as_on: date | None
    known_on: date | None


def calculation_of(doc: object) -> Calculation:
    """Read a calc document; raise TermsRefused at the first mistake. Events are named by place."""
    keys = Node("", doc).keys("format", "currency", "known_on", "as_on", "terms", "events")
    if keys["format"].value != FORMAT:
        raise keys["format"].refused(FORMAT)
    currency = _currency(keys["currency"])
    given = keys["terms"].value
    if not isinstance(given, dict):
        raise keys["terms"].refused("an object")
    terms = terms_of(given, currency)
    events = tuple(
        _event(node, at, currency, terms) for at, node in enumerate(keys["events"].items())
    )
    if not any(event.kind is EventKind.OPENING for event in events):
        events = (*implied(terms), *events)
    return Calculation(terms, events, _day(keys["as_on"]), _day(keys["known_on"]))


def implied(terms: Terms) -> tuple[Event, ...]:
    """The disbursements that a calc document implies, entered before every event of its list."""
    parts = terms.tranches or (Tranche(terms.disbursed_on, terms.principal),)
    first = IMPLIED_REF - len(parts) + 1
    return tuple(
        Event(EventKind.DISBURSEMENT, one.on, one.on, first + place, one.amount)
        for place, one in enumerate(parts)
    )


def document_of(
    terms: Terms,
    events: Sequence[Event],
    as_on: date | None = None,
    known_on: date | None = None,
) -> dict[str, object]:
    """The calc document of a living loan; reversals name their event by its place in the list."""
    listed = [event for event in events if event.kind is not EventKind.DISBURSEMENT]
    place = {event.ref: at for at, event in enumerate(listed)}
    return {
        "format": FORMAT,
        "currency": terms.currency,
        "known_on": known_on.isoformat() if known_on else None,
        "as_on": as_on.isoformat() if as_on else None,
        "terms": doc_of(terms),
        "events": [_event_doc(event, place, terms.currency) for event in listed],
    }


def result_of(calculation: Calculation) -> dict[str, object]:
    """The result as a document."""
    terms, events, as_on, known_on = calculation
    made = schedule(terms)
    check_entries(terms, events)
    played = play(terms, events, as_on, known_on)
    position = position_of(played)
    opened = any(event.kind is EventKind.OPENING for event in events)
    apr = None if opened else apr_of(terms)
    lines = position.lines or tuple(_unpaid(line) for line in made.lines)
    asked = [
        line.amount + row.rounding for line, row in zip(lines, played.book.lines, strict=False)
    ]
    return {
        "format": FORMAT,
        "schedule": [
            _line_doc(line, amount, terms.currency)
            for line, amount in zip(
                lines, asked or [line.amount for line in made.lines], strict=True
            )
        ],
        "receipts": [_receipt_doc(one, terms.currency) for one in position.receipts],
        "position": _position_doc(position, terms.currency),
        "totals": {
            name: decimal_text(value, terms.currency)
            for name, value in zip(made.totals._fields, made.totals, strict=True)
        },
        "apr": apr._asdict() if apr else None,
        "warnings": list(made.warnings),
    }


def _unpaid(line: Line) -> LinePaid:
    """A line of a loan that is not disbursed yet."""
    return LinePaid(
        line.number,
        line.due_on,
        line.principal,
        line.interest,
        line.charge,
        line.penalty,
        line.balance,
        _NOTHING,
        _NOTHING,
        None,
        line.scheduled_from,
    )


def _currency(node: Node) -> str:
    currency = node.text()
    try:
        digits(currency)
    except ValueRefused:
        raise node.refused("an ISO 4217 currency code such as INR") from None
    return currency


def _day(node: Node) -> date | None:
    return None if node.missing else node.day()


def _event(node: Node, ref: int, currency: str, terms: Terms) -> Event:
    """One event of the list; its place is its `ref`."""
    if not isinstance(node.value, dict):
        raise node.refused("an object")
    named = Node(f"{node.path}.kind", node.value.get("kind"))
    kind = next((kind for kind in _KEYS if kind.value == named.value), None)
    if kind is None:
        raise named.refused(", ".join(_KEYS))
    keys = node.keys("kind", "on", "booked_on", *_KEYS[kind])
    on = keys["on"].day()
    first = terms.disbursed_on
    if on < first and kind is not EventKind.OPENING:
        raise keys["on"].refused(f"a day on or after the disbursement of {first.isoformat()}")
    return Event(
        kind=kind,
        on=on,
        booked_on=on if keys["booked_on"].missing else keys["booked_on"].day(),
        ref=ref,
        amount=keys["amount"].amount(currency) if "amount" in keys else 0,
        head=_head(keys.get("head"), kind),
        of=keys["of"].whole(0, ref - 1) if "of" in keys else None,
        name=keys["name"].text() if "name" in keys else "",
        opening=_opening(keys, currency) if kind is EventKind.OPENING else None,
        annual_rate=keys["annual_rate"].percent() if "annual_rate" in keys else None,
        replan=_replan(keys, on) if kind is EventKind.RESCHEDULE else None,
    )


def _head(node: Node | None, kind: EventKind) -> Head | None:
    if node is None:
        return None
    allowed = (Head.CHARGE, Head.PENALTY) if kind is EventKind.CHARGE else tuple(Head)
    if node.value not in allowed:
        raise node.refused(", ".join(allowed))
    return Head(node.text())


def _replan(keys: dict[str, Node], on: date) -> Replan:
    count, first, heads = keys["instalments"], keys["first_due_on"], keys["capitalise"]
    first_due_on = None if first.missing else first.day()
    if first_due_on is not None and first_due_on <= on:
        raise first.refused("a day after the reschedule")
    allowed = tuple(head for head in Head if head is not Head.PENALTY)
    for node in heads.items():
        if node.value not in allowed:
            raise node.refused(", ".join(allowed))
    return Replan(
        None if count.missing else count.whole(1, MOST_LINES),
        first_due_on,
        tuple(dict.fromkeys(Head(node.text()) for node in heads.items())),
    )


def _opening(keys: dict[str, Node], currency: str) -> Opening:
    lines = tuple(_opening_line(node, currency) for node in keys["lines"].items())
    excess = keys["excess"]
    return Opening(lines, 0 if excess.missing else excess.amount(currency, low=0))


def _opening_line(node: Node, currency: str) -> OpeningLine:
    keys = node.keys("number", "due_on", *Head)
    heads = {
        head.value: 0 if keys[head].missing else keys[head].amount(currency, low=0) for head in Head
    }
    return OpeningLine(keys["number"].whole(0, 10_000), keys["due_on"].day(), **heads)


def _event_doc(event: Event, place: Mapping[int, int], currency: str) -> dict[str, object]:
    doc: dict[str, object] = {"kind": event.kind.value, "on": event.on.isoformat()}
    doc["booked_on"] = event.booked_on.isoformat()
    keys = _KEYS[event.kind]
    if "amount" in keys:
        doc["amount"] = decimal_text(event.amount, currency)
    if "head" in keys and event.head is not None:
        doc["head"] = event.head.value
    if "name" in keys:
        doc["name"] = event.name or event.kind.value
    if "of" in keys and event.of is not None:
        doc["of"] = place[event.of]
    if event.annual_rate is not None:
        doc["annual_rate"] = percent_text(event.annual_rate)
    if event.replan is not None:
        doc.update(_replan_doc(event.replan))
    if event.opening is not None:
        doc["lines"] = [_opening_doc(line, currency) for line in event.opening.lines]
        doc["excess"] = decimal_text(event.opening.excess, currency)
    return doc


def _replan_doc(replan: Replan) -> dict[str, object]:
    first = replan.first_due_on
    return {
        "instalments": replan.instalments,
        "first_due_on": first.isoformat() if first else None,
        "capitalise": [head.value for head in replan.capitalise],
    }


def _opening_doc(line: OpeningLine, currency: str) -> dict[str, object]:
    heads = {head.value: getattr(line, head.value) for head in Head}
    texts = {head: decimal_text(minor, currency) for head, minor in heads.items()}
    return {"number": line.number, "due_on": line.due_on.isoformat(), **texts}


def _split_doc(split: Split, currency: str) -> dict[str, str]:
    return {
        name: decimal_text(minor, currency)
        for name, minor in zip(split._fields, split, strict=True)
    }


def _line_doc(line: LinePaid, amount: int, currency: str) -> dict[str, object]:
    def text(minor: int) -> str:
        return decimal_text(minor, currency)

    return {
        "number": line.number,
        "due_on": line.due_on.isoformat(),
        "principal": text(line.principal - line.capitalised.principal),
        "interest": text(line.interest - line.capitalised.interest),
        "charge": text(line.charge - line.capitalised.charge),
        "penalty": text(line.penalty - line.capitalised.penalty),
        "amount": text(amount - line.capitalised.total),
        "balance": text(line.balance),
        "paid": _split_doc(line.paid, currency),
        "waived": text(line.waived.total),
        "settled_on": line.settled_on.isoformat() if line.settled_on else None,
    }


def _receipt_doc(receipt: ReceiptSplit, currency: str) -> dict[str, object]:
    def text(minor: int) -> str:
        return decimal_text(minor, currency)

    return {
        "event": receipt.ref,
        "on": receipt.on.isoformat(),
        "amount": text(receipt.amount),
        "principal": text(receipt.principal),
        "interest": text(receipt.interest),
        "charge": text(receipt.charge),
        "penalty": text(receipt.penalty),
        "excess": text(receipt.excess),
        "reversed": receipt.reversed,
    }


def _position_doc(position: Position, currency: str) -> dict[str, object]:
    oldest = position.oldest_unpaid_due_on
    return {
        "as_on": position.as_on.isoformat(),
        "principal_outstanding": decimal_text(position.principal_outstanding, currency),
        "arrears": _split_doc(position.arrears, currency),
        "excess": decimal_text(position.excess, currency),
        "oldest_unpaid_due_on": oldest.isoformat() if oldest else None,
        "days_past_due": position.days_past_due,
        "bucket": position.bucket,
        "asset_class": position.asset_class,
        "payoff": decimal_text(position.payoff, currency),
        "status": position.status,
    }


# The keys of each kind of event a document may hold, beside kind, on and booked_on.
_KEYS: Mapping[EventKind, tuple[str, ...]] = MappingProxyType(
    {
        EventKind.OPENING: ("lines", "excess"),
        EventKind.CHARGE: ("name", "head", "amount"),
        EventKind.WAIVER: ("head", "amount"),
        EventKind.FORECLOSURE: (),
        EventKind.RATE: ("annual_rate",),
        EventKind.RESCHEDULE: ("instalments", "first_due_on", "capitalise"),
        EventKind.RECEIPT: ("amount",),
        EventKind.WRITE_OFF: (),
        EventKind.RECOVERY: ("amount",),
        EventKind.REFUND: ("amount",),
        EventKind.REVERSAL: ("of",),
    }
)
