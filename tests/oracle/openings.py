"""Random loans that ran elsewhere: what was open of them, and their facts from that day on."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.terms import DIGITS, money, span_days

Document = dict[str, Any]


def opened(seed: int, given: Document, events: list[Document], currency: str) -> date | None:
    """Let some loans begin with an opening; the day of it. Changes terms and events."""
    random = Random(-1 - seed)
    if random.random() > 0.08:
        return None
    given.pop("tranches", None)
    digits, period = DIGITS[currency], span_days(given["every"])
    count = given["instalments"] or 6
    start = date.fromisoformat(given["disbursed_on"])
    on = start + timedelta(days=random.randint(0, period * count))
    _later(random, events, on)
    principal = round(float(given["principal"]) * 10**digits)
    lines = _lines(random, (start, on), (period, count), principal, digits)
    opening = {"kind": "opening", "on": on.isoformat(), "lines": lines}
    if random.random() < 0.3:
        opening["excess"] = money(random.randint(1, max(2, principal // count)), digits)
    for one in events:
        if one["kind"] == "reversal":
            one["of"] += 1
    events.insert(0, opening)
    return on


def _later(random: Random, events: list[Document], on: date) -> None:
    """Move the facts to the opening or after it; few are such as an opening refuses."""
    first = on.isoformat()
    for one in events:
        for key in ("on", "booked_on"):
            if key in one:
                one[key] = max(one[key], first)
        if one["kind"] in ("rate", "reschedule") and random.random() < 0.9:
            for key in ("annual_rate", "instalments", "first_due_on", "capitalise"):
                one.pop(key, None)
            one.update(kind="receipt", amount=money(1, 0))


def _lines(
    random: Random, days: tuple[date, date], size: tuple[int, int], principal: int, digits: int
) -> list[Document]:
    (start, on), (period, count) = days, size
    lines = []
    for number in range(1, count + 1):
        due_on = start + timedelta(days=number * period + random.choice((0, 0, 0, 1)))
        if due_on < on and random.random() < 0.6:
            continue
        line: Document = {"number": number, "due_on": due_on.isoformat()}
        line["principal"] = money(random.randint(0, max(1, principal // count)), digits)
        if random.random() < 0.8:
            line["interest"] = money(random.randint(0, max(1, principal // count // 5)), digits)
        for head in ("charge", "penalty"):
            if random.random() < 0.15:
                line[head] = money(random.randint(1, max(2, principal // 100)), digits)
        lines.append(line)
    last = {"number": count + 1, "due_on": (on + timedelta(days=random.randint(1, 40))).isoformat()}
    last["principal"] = money(random.randint(1, max(2, principal // count)), digits)
    lines.append(last)
    random.shuffle(lines)
    return lines
