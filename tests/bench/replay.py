"""Replay of a loan of 104 weeks with 150 events, and of loans with 700 mixed ones."""

from __future__ import annotations

import random
from datetime import date, timedelta

from app.domain.allocation import Head
from app.domain.events import Event, EventKind
from app.domain.loan import project, replay
from app.domain.schedule import lines
from app.domain.terms import Terms, terms_of
from tests.bench.figures import Figure, cpu_ms

DAY = date(2024, 1, 15)
EVENTS = 150
ROUNDS = 60
MOST_MS = 1.0
LONG = 700
MOST_LONG_MS = 5.0


def figures() -> list[Figure]:
    """Milliseconds a replay, the position checked against the projection before."""
    terms, events = _loan()
    position = replay(terms, events)
    right = position == project(terms, events).position and len(position.lines) >= 104
    took = cpu_ms(lambda: replay(terms, events), ROUNDS)
    whole = cpu_ms(lambda: project(terms, events), ROUNDS)
    return [
        Figure(
            f"replay, 104 weeks, {EVENTS} events",
            f"{took:.2f} ms",
            aim="<= 1 ms",
            met=right and took <= MOST_MS,
        ),
        Figure("the same with spans and allocations", f"{whole:.2f} ms"),
        *(
            _long(*each, penal=penal)
            for each in (("week", 300, 3), ("day", 700, 1))
            for penal in (False, True)
        ),
    ]


def _long(unit: str, count: int, apart: int, *, penal: bool) -> Figure:
    """Replay of 700 receipts, charges, waivers and reversals, some of them back-dated."""
    terms, events = _mixed(unit, count, apart, penal=penal)
    position = replay(terms, events)
    right = position == project(terms, events).position and len(position.lines) >= count
    took = cpu_ms(lambda: replay(terms, events), ROUNDS)
    return Figure(
        f"replay, {count} {unit}s, {len(events)} mixed events{', penal' if penal else ''}",
        f"{took:.2f} ms",
        aim=f"<= {MOST_LONG_MS:g} ms",
        met=right and took <= MOST_LONG_MS,
    )


def _mixed(unit: str, count: int, apart: int, *, penal: bool) -> tuple[Terms, list[Event]]:
    chance = random.Random(count)
    document = {
        "principal": "200000.00",
        "disbursed_on": DAY.isoformat(),
        "annual_rate": "24",
        "instalments": count,
        "every": {"n": 1, "unit": unit},
        "penalty": {"percent_a_year": "12", "grace_days": 3} if penal else None,
    }
    terms = terms_of(document, "INR")
    level = lines(terms)[0].amount
    events = [Event(EventKind.DISBURSEMENT, DAY, DAY, 1, terms.principal)]
    standing: list[int] = []
    for ref in range(2, LONG + 1):
        booked_on = DAY + timedelta(2 + (ref - 2) * apart)
        on = max(DAY, booked_on - timedelta(chance.choice([0, 0, 0, 0, 5])))
        kind = chance.choices(
            [EventKind.RECEIPT, EventKind.CHARGE, EventKind.REVERSAL], [90, 5, 5]
        )[0]
        if kind is EventKind.REVERSAL and standing:
            of = standing.pop(chance.randrange(len(standing)))
            events.append(Event(kind, booked_on, booked_on, ref, of=of))
        elif kind is EventKind.CHARGE:
            events.append(Event(kind, on, booked_on, ref, 20_00, head=Head.CHARGE))
        else:
            amount = chance.choice([level // 2, level // 3, level])
            events.append(Event(EventKind.RECEIPT, on, booked_on, ref, amount))
            standing.append(ref)
    return terms, events


def _loan() -> tuple[Terms, list[Event]]:
    chance = random.Random(104)
    document = {
        "principal": "50000.00",
        "disbursed_on": DAY.isoformat(),
        "annual_rate": "24",
        "instalments": 104,
        "every": {"n": 1, "unit": "week"},
        "rounding": {"mode": "half-up", "instalment_to": "1", "instalment_mode": "up"},
    }
    terms = terms_of(document, "INR")
    level = lines(terms)[0].amount
    events = [Event(EventKind.DISBURSEMENT, DAY, DAY, 1, terms.principal)]
    for place in range(EVENTS - 1):
        on = DAY + timedelta(7 + int(place * 4.8) + chance.randint(0, 3))
        events.append(_event(place, on, level, chance))
    return terms, events


def _event(place: int, on: date, level: int, chance: random.Random) -> Event:
    if place % 15 == 0:
        return Event(EventKind.CHARGE, on, on, 2 + place, 50_00, head=Head.CHARGE)
    amount = chance.choice([300_00, 200_00, level, 400_00])
    return Event(EventKind.RECEIPT, on, on, 2 + place, amount)
