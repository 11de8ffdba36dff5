"""Random terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

DIGITS = {"INR": 2, "KES": 2, "JPY": 0, "KWD": 3}
Given = dict[str, Any]


def money(value: int, digits: int) -> str:
    """Minor units as the document writes them."""
    if digits == 0:
        return str(value)
    return f"{value // 10**digits}.{value % 10**digits:0{digits}d}"


_PERIODS = ((1, "month"), (1, "week"), (2, "week"), (3, "month"), (1, "day"), (10, "day"))


def terms(random: Random, currency: str, features: Sequence[str]) -> Given:
    """Terms that mostly go together."""
    digits = DIGITS[currency]
    flat = random.random() < 0.2
    repayment = random.choices(
        ("equal-instalments", "equal-principal", "interest-only", "bullet"), (12, 3, 2, 2)
    )[0]
    n, unit = random.choices(_PERIODS, (12, 4, 2, 1, 1, 1))[0]
    every = {"n": n, "unit": unit}
    count = random.randint(1, 12) if random.random() < 0.95 else random.randint(13, 24)
    disbursed = date(2023, 1, 1) + timedelta(days=random.randrange(800))
    if random.random() < 0.2:
        disbursed = date(2024, random.choice((1, 3, 5, 8, 10, 12)), random.choice((29, 30, 31)))
    principal = _principal(random, digits)
    given: Given = {
        "principal": money(principal, digits),
        "disbursed_on": disbursed.isoformat(),
        "annual_rate": random.choice(
            ("0", "12", "18", "21.75", "24", "26.5", "36", "60", "7.125", "9.99")
        ),
        "every": every,
        "instalments": count,
    }
    if flat:
        given["interest"] = "flat"
    if repayment != "equal-instalments":
        given["repayment"] = repayment
    if not flat and repayment == "equal-instalments" and random.random() < 0.1:
        given["instalments"] = None
        given["instalment"] = money(principal * 115 // (100 * count) + 1, digits)
    _time(random, given, disbursed)
    _rounding(random, given, digits)
    _grace(random, given, count)
    _charges(random, given, digits, principal, disbursed)
    _rules(random, given, digits, principal, features)
    _special(random, given, digits, principal, disbursed, features)
    return given


def _principal(random: Random, digits: int) -> int:
    unit = int(10**digits)
    kind = random.random()
    if kind < 0.5:
        return random.randrange(1, 100) * 1000 * unit
    if kind < 0.9:
        return random.randrange(500 * unit, 60000 * unit)
    return random.randrange(1, 100) * unit + random.randrange(unit)


def span_days(every: dict[str, Any]) -> int:
    """About how many days a period has."""
    return int(every["n"]) * {"day": 1, "week": 7, "month": 30}[every["unit"]]


def _time(random: Random, given: Given, disbursed: date) -> None:
    if random.random() < 0.45:
        given["day_count"] = random.choice(
            ("30/360", "30E/360", "actual/360", "actual/364", "actual/365", "actual/actual")
        )
    if random.random() < 0.35:
        given["level_by"] = "day-factors"
    if random.random() < 0.3:
        given["month_end"] = random.choice(("next-month-first", "last-day"))
    if random.random() < 0.4:
        days = span_days(given["every"])
        first = disbursed + timedelta(
            days=random.randint(1, max(2, days * random.choice((1, 2, 2, 3))))
        )
        given["first_due_on"] = first.isoformat()
    if random.random() < 0.4:
        given["broken_period"] = random.choice(("separate", "spread"))
    if random.random() < 0.25:
        _calendar(random, given, disbursed)


def _calendar(random: Random, given: Given, disbursed: date) -> None:
    given["calendar"] = {
        "working_days": sorted(random.sample(range(1, 8), random.randint(4, 6))),
        "holidays": [
            (disbursed + timedelta(days=random.randrange(400))).isoformat()
            for _ in range(random.randint(0, 6))
        ],
        "shift": random.choice(("next", "previous", "cascade")),
    }
    if span_days(given["every"]) < 7:
        given["calendar"]["shift"] = "cascade"
    if span_days(given["every"]) % 7 == 0:
        first = date.fromisoformat(given.get("first_due_on") or given["disbursed_on"])
        given["calendar"]["working_days"] = sorted(
            {*given["calendar"]["working_days"], first.isoweekday()}
        )


def _rounding(random: Random, given: Given, digits: int) -> None:
    if random.random() < 0.4:
        return
    small = ("0.01", "0.01", "0.01", "0.05", "0.10", "1")
    large = ("0.01", "0.05", "0.50", "1", "1", "5", "10")
    if digits == 0:
        small, large = ("1",) * 5 + ("5",), ("1", "1", "5", "10", "50", "1", "1")
    if digits == 3:
        small, large = (
            ("0.001",) * 4 + ("0.005", "0.01"),
            ("0.001", "0.001", "0.010", "0.5", "1", "1", "0.25"),
        )
    given["rounding"] = {
        "mode": random.choices(("half-even", "half-up", "up", "down", "none"), (4, 4, 2, 2, 2))[0],
        "interest_to": random.choice(small),
        "instalment_to": random.choice(large),
        "instalment_mode": random.choice((None, None, "up", "half-up", "down", "half-even")),
        "residue": random.choice(("last", "first", "relevel")),
    }
    if random.random() < 0.5:
        for key in random.sample(list(given["rounding"]), random.randint(1, 3)):
            del given["rounding"][key]


def _grace(random: Random, given: Given, count: int) -> None:
    if random.random() < 0.25 and count > 1:
        grace = given["grace"] = {}
        for key in ("principal", "interest", "interest_free"):
            if random.random() < 0.5:
                grace[key] = random.randint(0, min(count - 1, 3))


def _charges(random: Random, given: Given, digits: int, principal: int, disbursed: date) -> None:
    if random.random() < 0.55:
        return
    days = span_days(given["every"]) * (given["instalments"] or 6)
    charges = []
    for number in range(random.randint(1, 3)):
        on = random.choice(("disbursement", "instalment", "date"))
        if on == "date":
            on = (disbursed + timedelta(days=random.randint(0, days + 20))).isoformat()
        charge: Given = {"name": f"c{number}", "head": "charge", "on": on}
        if random.random() < 0.15:
            charge["head"] = "penalty"
        if random.random() < 0.5:
            charge["amount"] = money(random.randint(1, max(2, principal // 50)), digits)
        else:
            charge["percent"] = random.choice(("1", "2.5", "0.35", "3"))
            charge["of"] = random.choice(("principal", "principal", "instalment", "interest"))
        if random.random() < 0.5:
            charge["tax_percent"] = random.choice(("18", "5", "16"))
        if on == "disbursement" and random.random() < 0.6:
            charge["deduct"] = True
        charges.append(charge)
    given["charges"] = charges


def _rules(
    random: Random, given: Given, digits: int, principal: int, features: Sequence[str]
) -> None:
    if random.random() < 0.45:
        penalty: Given = {"grace_days": random.choice((0, 0, 1, 3, 10))}
        if random.random() < 0.7:
            penalty["percent_a_year"] = random.choice(("12", "24", "36.5", "3"))
            penalty["of"] = random.choice(("overdue-principal", "overdue-instalment"))
        else:
            penalty["amount"] = money(random.randint(1, max(2, principal // 100)), digits)
        if random.random() < 0.3:
            penalty["cap_percent"] = random.choice(("1", "2", "10"))
        if random.random() < 0.3:
            penalty["tax_percent"] = "18"
        given["penalty"] = penalty
    if random.random() < 0.4:
        given["foreclosure"] = {
            "interest": random.choice(("to-date", "whole-line", "all")),
            "charge_percent": random.choice((None, "2", "4.5")),
            "tax_percent": random.choice((None, "18")),
        }
    if random.random() < 0.6:
        _allocation(random, given, features)


def _allocation(random: Random, given: Given, features: Sequence[str]) -> None:
    heads = ["penalty", "charge", "interest", "principal"]
    ahead = heads.copy()
    random.shuffle(heads)
    random.shuffle(ahead)
    ways = ["next", "next", "last"]
    if "hold" in features:
        ways.append("hold")
    if "reduce" in features and given.get("interest") != "flat":
        ways += ["reduce-instalment", "reduce-term"]
    given["allocation"] = {
        "order": heads,
        "across": random.choice(("instalment", "head")),
        "advance_order": random.choice((None, ahead)),
        "advance_to": random.choice(ways),
    }


def _special(
    random: Random,
    given: Given,
    digits: int,
    principal: int,
    disbursed: date,
    features: Sequence[str],
) -> None:
    count = given["instalments"] or 6
    if random.random() < 0.1:
        given["down_payment_percent"] = random.choice(("10", "20", "12.5"))
        if random.random() < 0.9 and given.get("broken_period") == "separate":
            del given["broken_period"]
    elif "tranches" in features and random.random() < 0.18:
        days = span_days(given["every"]) * count
        parts = random.randint(2, 3)
        cuts = (
            sorted(random.randrange(1, principal) for _ in range(parts - 1))
            if principal > parts
            else [1]
        )
        amounts = [b - a for a, b in zip([0, *cuts], [*cuts, principal], strict=True)]
        later = sorted(random.randint(0, max(1, days * 3 // 4)) for _ in amounts[1:])
        on = [disbursed + timedelta(days=number) for number in [0, *later]]
        given["tranches"] = [
            {"on": day.isoformat(), "amount": money(amount, digits)}
            for day, amount in zip(on, amounts, strict=True)
            if amount
        ]
    exact = given.get("rounding", {}).get("mode") == "none"
    if (
        "daily" in features
        and given.get("interest") != "flat"
        and not exact
        and random.random() < 0.18
    ):
        given["recalculate"] = random.choice(("daily", "daily-rounded"))
