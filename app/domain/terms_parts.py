"""The parts of the terms read from their document, and written back to it."""

from __future__ import annotations

from app.domain.allocation import Across, AdvanceTo, AllocationRule, Head
from app.domain.calendar import Shift, Unit, WorkingDays
from app.domain.conventions import Grace, Residue, Rounding, Tranche
from app.domain.money import RoundingMode, decimal_text
from app.domain.reading import Node

MOST_LINES = 5000


def tranches_doc(tranches: tuple[Tranche, ...], currency: str) -> list[dict[str, str]] | None:
    made = [
        {"on": one.on.isoformat(), "amount": decimal_text(one.amount, currency)} for one in tranches
    ]
    return made or None


def rounding_doc(rounding: Rounding, currency: str) -> dict[str, object]:
    same = rounding.instalment_mode is rounding.mode
    return {
        "mode": rounding.mode.value,
        "interest_to": decimal_text(rounding.interest_to, currency),
        "instalment_to": decimal_text(rounding.instalment_to, currency),
        "instalment_mode": None if same else rounding.instalment_mode.value,
        "residue": rounding.residue.value,
    }


def calendar_doc(days: WorkingDays) -> dict[str, object]:
    return {
        "working_days": sorted(days.weekdays),
        "holidays": sorted(day.isoformat() for day in days.holidays),
        "shift": days.shift.value,
    }


def allocation_doc(rule: AllocationRule) -> dict[str, object]:
    ahead = rule.advance_order
    return {
        "order": [head.value for head in rule.order],
        "across": rule.across.value,
        "advance_order": [head.value for head in ahead] if ahead else None,
        "advance_to": rule.advance_to.value,
    }


def every_of(node: Node) -> tuple[Unit, int]:
    if node.missing:
        raise node.refused('an object such as {"n": 1, "unit": "month"}')
    keys = node.keys("n", "unit")
    if keys["unit"].missing:
        raise keys["unit"].refused(", ".join(Unit))
    return keys["unit"].choice(Unit, Unit.MONTH), keys["n"].whole(1, 366)


def rounding_of(node: Node, currency: str) -> Rounding:
    if node.missing:
        node = Node(node.path, {})
    keys = node.keys("mode", "interest_to", "instalment_to", "instalment_mode", "residue")
    mode = keys["mode"].choice(RoundingMode, RoundingMode.HALF_EVEN)
    instalment_mode = keys["instalment_mode"].choice(RoundingMode, mode)
    if instalment_mode is RoundingMode.NONE and mode is not RoundingMode.NONE:
        raise keys["instalment_mode"].refused("half-even, half-up, up, down or null")
    return Rounding(
        mode=mode,
        interest_to=_step(keys["interest_to"], currency),
        instalment_to=_step(keys["instalment_to"], currency),
        instalment_mode=mode if mode is RoundingMode.NONE else instalment_mode,
        residue=keys["residue"].choice(Residue, Residue.LAST),
    )


def _step(node: Node, currency: str) -> int:
    """A rounding step; the default is 0.01, and the smallest unit of a currency without cents."""
    return 1 if node.missing else node.amount(currency)


def grace_of(node: Node, count: int | None) -> Grace:
    if node.missing:
        return Grace()
    most = MOST_LINES if count is None else count - 1
    keys = node.keys("principal", "interest", "interest_free")
    return Grace(
        keys["principal"].whole(0, most, 0),
        keys["interest"].whole(0, most, 0),
        keys["interest_free"].whole(0, most, 0),
    )


def tranches_of(node: Node, currency: str) -> tuple[Tranche, ...]:
    """The parts in the order of their days; one alone is the whole, handed out at once."""
    made = []
    for item in node.items():
        keys = item.keys("on", "amount")
        made.append(Tranche(keys["on"].day(), keys["amount"].amount(currency)))
        if len(made) > 1 and made[-1].on < made[-2].on:
            raise keys["on"].refused("tranches in the order of their days")
    return tuple(made)


def calendar_of(node: Node) -> WorkingDays:
    if node.missing:
        return WorkingDays()
    keys = node.keys("working_days", "holidays", "shift")
    weekdays = frozenset(day.whole(1, 7) for day in keys["working_days"].items())
    if not weekdays and not keys["working_days"].missing:
        raise keys["working_days"].refused("at least one of 1 (Monday) to 7 (Sunday)")
    return WorkingDays(
        weekdays=weekdays or frozenset(range(1, 8)),
        holidays=frozenset(day.day() for day in keys["holidays"].items()),
        shift=keys["shift"].choice(Shift, Shift.NONE),
    )


def allocation_of(node: Node) -> AllocationRule:
    if node.missing:
        return AllocationRule()
    keys = node.keys("order", "across", "advance_order", "advance_to")
    advance_to = keys["advance_to"].choice(AdvanceTo, AdvanceTo.NEXT)
    return AllocationRule(
        order=_heads(keys["order"]) or AllocationRule().order,
        across=keys["across"].choice(Across, Across.INSTALMENT),
        advance_order=_heads(keys["advance_order"]),
        advance_to=advance_to,
    )


def _heads(node: Node) -> tuple[Head, ...] | None:
    if node.missing:
        return None
    heads = tuple(item.choice(Head, Head.PENALTY) for item in node.items())
    if sorted(heads) != sorted(Head):
        raise node.refused("each of penalty, charge, interest, principal once")
    return heads
