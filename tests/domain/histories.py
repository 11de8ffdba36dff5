"""Loans with any terms and any history, by seed: every event fitted when it was entered."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from app.domain.calculation import Calculation, calculation_of
from app.domain.errors import KistError
from app.domain.loan import replay

Doc = dict[str, Any]
_HEADS = ("penalty", "charge", "interest", "principal")
_KINDS = (
    *("receipt",) * 6,
    *("charge", "waiver", "rate", "reschedule", "foreclosure", "write-off"),
    *("recovery", "refund", "reversal"),
)


def lived(seed: int) -> Calculation | None:
    """A loan with a history; None where the terms of this seed make no schedule."""
    luck = Random(seed)
    document: Doc = {
        "format": "kist-calc/1",
        "currency": "INR",
        "terms": _terms(luck),
        "events": [],
    }
    try:
        replay(*calculation_of(document))
    except KistError:
        return None
    for _ in range(luck.randint(0, 9)):
        event = _event(luck, document)
        longer = {**document, "events": [*document["events"], event]}
        try:
            replay(*calculation_of(longer))
        except KistError:
            continue
        document = longer
    return calculation_of(document)


def _terms(luck: Random) -> Doc:
    on = date(2024, 1, 1) + timedelta(luck.randint(0, 400))
    principal = luck.randint(100, 200_000)
    terms: Any = {
        "principal": _money(principal),
        "disbursed_on": on.isoformat(),
        "annual_rate": luck.choice(["0", "12", "24", "7.25", "60"]),
        "instalments": luck.randint(1, 9),
        "every": {"n": luck.choice([1, 1, 2, 4]), "unit": luck.choice(["month", "week", "day"])},
        "interest": luck.choice(["declining", "declining", "flat"]),
        "repayment": luck.choice(
            ["equal-instalments", "equal-instalments", "equal-principal", "interest-only", "bullet"]
        ),
        "day_count": luck.choice(["periodic", "30/360", "actual/360", "actual/actual"]),
        "level_by": luck.choice(["period-rate", "day-factors"]),
        "month_end": luck.choice(["clamp", "next-month-first", "last-day"]),
        "broken_period": luck.choice(["first-instalment", "separate", "spread"]),
        "rounding": {
            "mode": luck.choice(["half-even", "half-up", "up", "down"]),
            "instalment_to": luck.choice(["0.01", "1.00", "0.50"]),
            "residue": luck.choice(["last", "first", "relevel"]),
        },
        "allocation": {
            "across": luck.choice(["instalment", "head"]),
            "advance_to": luck.choice(["next", "last", "hold", "reduce-instalment", "reduce-term"]),
        },
        "recalculate": luck.choice(["never", "never", "daily", "daily-rounded"]),
    }
    return {**terms, **_more(luck, on, principal)}


def _more(luck: Random, on: date, principal: int) -> Doc:
    """What not every loan has: grace, a first date, tranches, charges, a penal charge."""
    made: Doc = {}
    if luck.random() < 0.3:
        made["grace"] = {luck.choice(["principal", "interest", "interest_free"]): 1}
    if luck.random() < 0.5:
        made["first_due_on"] = (on + timedelta(luck.randint(1, 120))).isoformat()
    if luck.random() < 0.3:
        part = principal // 2
        second = on + timedelta(luck.randint(0, 60))
        made["tranches"] = [
            {"on": on.isoformat(), "amount": _money(part)},
            {"on": second.isoformat(), "amount": _money(principal - part)},
        ]
    if luck.random() < 0.3:
        made["charges"] = [
            {"name": "a", "on": "instalment", "percent": "1", "of": "instalment"},
            {"name": "b", "on": (on + timedelta(luck.randint(0, 200))).isoformat(), "amount": "7"},
        ]
    if luck.random() < 0.3:
        made["penalty"] = {"percent_a_year": "24", "of": "overdue-instalment", "grace_days": 3}
    return made


def _event(luck: Random, document: Doc) -> Doc:
    start = date.fromisoformat(document["terms"]["disbursed_on"])
    on = start + timedelta(luck.randint(0, 300))
    kind = luck.choice(_KINDS)
    amount = _money(luck.randint(1, 150_000))
    made: Doc = {"kind": kind, "on": on.isoformat()}
    booked = [date.fromisoformat(event["booked_on"]) for event in document["events"]]
    late = on + timedelta(luck.choice([0, 0, 5, 40]))
    made["booked_on"] = max([late, *booked]).isoformat()  # entered one after the other
    if kind in ("receipt", "recovery", "refund"):
        made["amount"] = amount
    elif kind == "charge":
        made |= {"name": "x", "head": luck.choice(_HEADS[:2]), "amount": amount}
    elif kind == "waiver":
        made |= {"head": luck.choice(_HEADS), "amount": amount}
    elif kind == "rate":
        made["annual_rate"] = luck.choice(["0", "10", "30"])
    elif kind == "reschedule":
        first = (on + timedelta(luck.randint(1, 60))).isoformat()
        made |= {
            "instalments": luck.choice([None, 3, 8]),
            "first_due_on": luck.choice([None, first]),
            "capitalise": luck.choice([[], ["interest"], ["principal", "interest", "charge"]]),
        }
    elif kind == "reversal":
        made["of"] = luck.randrange(max(len(document["events"]), 1))
    return made


def _money(minor: int) -> str:
    return f"{minor // 100}.{minor % 100:02d}"
