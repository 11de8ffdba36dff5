"""Replay of a loan of 104 weeks with 150 events."""

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
    ]


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
