"""Random histories for given terms."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from tests.oracle.terms import DIGITS, money, span_days

Event = dict[str, Any]
HEADS = ("principal", "interest", "charge", "penalty")


class History:
    """Makes the events of one loan."""

    def __init__(self, random: Random, given: dict[str, Any], currency: str) -> None:
        self.random, self.given, self.digits = random, given, DIGITS[currency]
        self.disbursed = date.fromisoformat(given["disbursed_on"])
        self.period = span_days(given["every"])
        self.count = given["instalments"] or 6
        self.length = self.period * self.count
        self.principal = round(float(given["principal"]) * 10**self.digits)
        self.events: list[Event] = []

    def made(self, features: Sequence[str]) -> list[Event]:
        """Some events, mostly in order of their days."""
        number = self.random.choices((0, 1, 2, 3, 5, 8, 12), (2, 3, 3, 3, 3, 2, 1))[0]
        days = [self._day() for _ in range(number)]
        if self.random.random() < 0.85:
            days.sort()
        kinds, weights = self._kinds(features)
        for on in days:
            kind = self.random.choices(kinds, weights)[0]
            event = getattr(self, "_" + kind.replace("-", "_"))(on)
            if self.random.random() < 0.12:
                event["booked_on"] = self._later(on)
            self.events.append(event)
        self._end(features)
        return self.events

    def _kinds(self, features: Sequence[str]) -> tuple[list[str], list[int]]:
        weights = {"receipt": 12, "charge": 2, "waiver": 1, "reversal": 2}
        flat = self.given.get("interest") == "flat"
        if "rate" in features and not flat:
            weights["rate"] = 1
        if "reschedule" in features:
            weights["reschedule"] = 1
        if "refund" in features:
            weights["refund"] = 1
        return list(weights), list(weights.values())

    def _day(self) -> date:
        if self.random.random() < 0.35:
            line = self.random.randint(0, self.count)
            first = self.given.get("first_due_on")
            start = date.fromisoformat(first) if first else self.disbursed
            if self.given["every"]["unit"] == "month":
                months = start.month - 1 + line * int(self.given["every"]["n"])
                return max(
                    self.disbursed,
                    date(start.year + months // 12, months % 12 + 1, min(start.day, 28)),
                )
            return start + timedelta(days=line * self.period)
        reach = self.length + 40 if self.random.random() < 0.8 else self.length + 150
        return self.disbursed + timedelta(days=self.random.randint(0, reach))

    def _later(self, on: date) -> str:
        return (on + timedelta(days=self.random.randint(0, 40))).isoformat()

    def _money(self, low: int, high: int) -> str:
        return money(self.random.randint(max(1, low), max(2, high)), self.digits)

    def _receipt(self, on: date) -> Event:
        share = self.principal // self.count
        kind = self.random.random()
        if (
            sum(float(one["amount"]) for one in self.events if one["kind"] == "receipt")
            * (10**self.digits)
            > 0.55 * self.principal
        ):
            kind = 0.85
        if kind < 0.6:
            amount = self._money(share // 2, share * 3 // 2)
        elif kind < 0.85:
            amount = self._money(share, share * 4)
        elif kind < 0.95:
            amount = self._money(1, share // 4)
        else:
            amount = self._money(self.principal // 2, self.principal * 3 // 2)
        return {"kind": "receipt", "on": on.isoformat(), "amount": amount}

    def _charge(self, on: date) -> Event:
        head = self.random.choice(("charge", "charge", "penalty"))
        amount = self._money(1, self.principal // 40)
        return {"kind": "charge", "name": "e", "head": head, "on": on.isoformat(), "amount": amount}

    def _waiver(self, on: date) -> Event:
        head = self.random.choices(HEADS, (3, 8, 1, 1))[0]
        amount = self._money(1, self.principal // self.random.choice((1000, 5000)))
        return {"kind": "waiver", "head": head, "amount": amount, "on": on.isoformat()}

    def _reversal(self, on: date) -> Event:
        undone = {one["of"] for one in self.events if one["kind"] == "reversal"}
        left = [
            at
            for at, one in enumerate(self.events)
            if one["kind"] != "reversal" and at not in undone
        ]
        if not left:
            return self._receipt(on)
        of = self.random.choice(left)
        day = max(on, date.fromisoformat(self.events[of]["on"]))
        return {"kind": "reversal", "of": of, "on": day.isoformat()}

    def _rate(self, on: date) -> Event:
        if self._late(on):
            return self._receipt(on)
        rate = self.random.choice(("10", "20", "23.5", "0", "48"))
        return {"kind": "rate", "on": on.isoformat(), "annual_rate": rate}

    def _late(self, on: date) -> bool:
        """Whether little of the loan is left; now and then a change is tried all the same."""
        late = (on - self.disbursed).days > self.length * 3 // 4
        return late and self.random.random() < 0.8

    def _reschedule(self, on: date) -> Event:
        if self._late(on):
            return self._receipt(on)
        first = on + timedelta(days=self.random.randint(1, self.period * 2))
        return {
            "kind": "reschedule",
            "on": on.isoformat(),
            "instalments": self.random.choice((None, self.random.randint(1, 10))),
            "first_due_on": self.random.choice((None, first.isoformat())),
            "capitalise": self.random.choice(([], ["interest"], ["interest", "charge"])),
        }

    def _paid(self) -> float:
        """About which share of the principal was paid."""
        paid = sum(float(one["amount"]) for one in self.events if one["kind"] == "receipt")
        return paid / float(self.given["principal"])

    def _refund(self, on: date) -> Event:
        paid = self._paid()
        held = self.given.get("allocation", {}).get("advance_to") == "hold"
        if paid < (0.35 if held else 1.3) and self.random.random() < 0.95:
            return self._receipt(on)
        amount = self._money(1, self.principal // self.count // 4)
        return {"kind": "refund", "on": on.isoformat(), "amount": amount}

    def _recovery(self, on: date) -> Event:
        amount = self._money(1, self.principal // 3)
        return {"kind": "recovery", "on": on.isoformat(), "amount": amount}

    def _end(self, features: Sequence[str]) -> None:
        """Close or write off some loans, and go on a little."""
        kind = self.random.random()
        last = max((one["on"] for one in self.events), default=self.given["disbursed_on"])
        day = date.fromisoformat(last)
        if kind < 0.15 and "foreclosure" in features:
            self._close("foreclosure", day)
        elif kind < 0.28 and "write-off" in features and self._paid() < 0.7:
            self._close("write-off", day)
            if "recovery" in features:
                for _ in range(self.random.randint(0, 2)):
                    day += timedelta(days=self.random.randint(5, 40))
                    self.events.append(self._recovery(day))
        if self.random.random() < 0.1 and self.events:
            self.events.append(self._reversal(day + timedelta(days=self.random.randint(0, 30))))

    def _close(self, kind: str, day: date) -> None:
        on = day + timedelta(days=self.random.randint(0, self.period))
        self.events.append({"kind": kind, "on": on.isoformat()})
        if kind == "foreclosure" and self.random.random() < 0.7:
            after = on + timedelta(days=self.random.choice((0, 0, 1, 20)))
            amount = self._money(self.principal // 2, self.principal * 5 // 4)
            self.events.append({"kind": "receipt", "on": after.isoformat(), "amount": amount})


def history(
    random: Random, given: dict[str, Any], currency: str, features: Sequence[str]
) -> tuple[list[Event], str | None, str | None]:
    """Events, the day asked for, the day of knowledge."""
    past = History(random, given, currency)
    events = past.made(features)
    as_on = known_on = None
    if random.random() < 0.5:
        day = past.disbursed + timedelta(days=random.randint(0, past.length + 130))
        as_on = day.isoformat()
    if random.random() < 0.15:
        day = past.disbursed + timedelta(days=random.randint(0, past.length + 60))
        known_on = day.isoformat()
    return events, as_on, known_on
