"""A calc document worked out in exact rationals, apart from the engine."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from tests.oracle.model_book import Entry, Money
from tests.oracle.model_cost import nominal
from tests.oracle.model_plan import Plan
from tests.oracle.model_replay import Fact, Replay
from tests.oracle.model_terms import DIGITS, HEADS, Number, Refused, Terms, day, terms_of

Answer = dict[str, Any]


def answer(document: Mapping[str, Any]) -> Answer:
    """The result document; raise Refused where the conventions refuse."""
    terms, digits = terms_of(document), DIGITS[document["currency"]]
    events = document.get("events", ())
    if any(one.get("first_due_on") and one["first_due_on"] <= one["on"] for one in events):
        raise Refused("a first due date that is not after the reschedule")
    known = date.max if document.get("known_on") is None else day(document["known_on"])
    _check(events, terms, digits)
    believed = [one for one in events if day(one.get("booked_on") or one["on"]) <= known]
    days = [terms.disbursed_on, *(on for on, _ in terms.tranches if on <= known)]
    on = max([*days, *(day(one["on"]) for one in believed)])
    as_on = on if document.get("as_on") is None else day(document["as_on"])
    replay = Replay(terms, _facts(events, known), digits, _newest(events, known))
    replay.handed = [one for one in replay.handed if one[0] <= max(known, terms.disbursed_on)]
    replay.run(as_on)
    return Printed(terms, replay, digits).answer(as_on, _undone(events, known, as_on))


def _check(events: Any, terms: Terms, digits: int) -> None:
    """Hold what lapses in the end to what was there when it was entered."""
    facts = _facts(events, date.max)
    if not facts:
        return
    whole = Replay(terms, facts, digits, -1)
    whole.run(max(fact.on for fact in facts))
    for last in sorted(whole.lapsed):
        before = _facts(events[: last + 1], date.max)
        Replay(terms, before, digits, last).run(day(events[last]["on"]))


def _newest(events: Any, known: date) -> int:
    """The entry made last of those known; a reversal of nothing is refused."""
    newest = -1
    for at, event in enumerate(events):
        if day(event.get("booked_on") or event["on"]) <= known:
            newest = at
            if event["kind"] == "reversal":
                undone = events[event["of"]]
                if day(undone.get("booked_on") or undone["on"]) > known:
                    raise Refused("a reversal of nothing")
    return newest


def _voided(events: Any, known: date) -> set[int]:
    return {
        one["of"]
        for one in events
        if one["kind"] == "reversal" and day(one.get("booked_on") or one["on"]) <= known
    }


def _facts(events: Any, known: date) -> list[Fact]:
    void = _voided(events, known)
    return [
        Fact(at, day(one["on"]), one["kind"], one)
        for at, one in enumerate(events)
        if at not in void
        and one["kind"] != "reversal"
        and day(one.get("booked_on") or one["on"]) <= known
    ]


def _undone(events: Any, known: date, as_on: date) -> list[Fact]:
    return [
        Fact(at, day(events[at]["on"]), events[at]["kind"], events[at])
        for at in sorted(_voided(events, known))
        if events[at]["kind"] in ("receipt", "recovery")
        and day(events[at].get("booked_on") or events[at]["on"]) <= known
        and day(events[at]["on"]) <= as_on
    ]


class Printed:
    """The figures of a replayed loan as the result document writes them."""

    def __init__(self, terms: Terms, replay: Replay, digits: int) -> None:
        self.terms, self.replay, self.digits = terms, replay, digits

    def money(self, value: Number) -> str:
        """Minor units as text."""
        units, sign = int(value), "-" if value < 0 else ""
        if self.digits == 0:
            return f"{sign}{abs(units)}"
        whole, rest = divmod(abs(units), 10**self.digits)
        return f"{sign}{whole}.{rest:0{self.digits}d}"

    def answer(self, as_on: date, undone: list[Fact]) -> Answer:
        """All of it."""
        plan = self.replay.plan
        lines = [self._line(entry) for entry in self.replay.entries]
        return {
            "format": "kist-calc/1",
            "schedule": lines,
            "receipts": self._receipts(undone),
            "position": self._position(as_on),
            "totals": self._totals(plan),
            "apr": self._apr(plan),
            "warnings": self._warnings(plan),
        }

    def _line(self, entry: Entry) -> Answer:
        asked = {head: self.replay.asked(entry, head) for head in HEADS}
        return {
            "number": entry.number,
            "due_on": entry.due_on.isoformat(),
            **{head: self.money(amount) for head, amount in asked.items()},
            "amount": self.money(sum(asked.values()) + entry.rounded),
            "balance": self.money(entry.balance),
            "paid": {head: self.money(entry.paid[head]) for head in HEADS},
            "waived": self.money(sum(entry.waived.values())),
            "settled_on": entry.settled_on.isoformat() if entry.settled_on else None,
        }

    def _receipts(self, undone: list[Fact]) -> list[Answer]:
        rows = [
            (
                one.on,
                2 if one.event is None else int(one.amount < 0),
                one.event or 0,
                self._row(one),
            )
            for one in self.replay.monies
            if one.listed
        ]
        for fact in undone:
            sign = -1 if fact.kind == "refund" else 1
            amount = sign * int(Fraction(fact.given["amount"]) * 10**self.digits)
            money = Money(fact.at, fact.on, amount, reversed=True)
            rows.append((fact.on, int(amount < 0), fact.at, self._row(money)))
        rows.sort(key=lambda row: row[:3])
        return [row[3] for row in rows]

    def _row(self, money: Money) -> Answer:
        return {
            "event": money.event,
            "on": money.on.isoformat(),
            "amount": self.money(money.amount),
            **{head: self.money(money.split[head]) for head in HEADS},
            "excess": self.money(money.excess),
            "reversed": money.reversed,
        }

    def _position(self, as_on: date) -> Answer:
        replay = self.replay
        arrears = {
            head: sum(replay.due(entry, head, as_on) for entry in replay.entries) for head in HEADS
        }
        oldest, excess = replay.oldest_due(as_on), replay.excess()
        outstanding = replay.outstanding()
        days = 0 if oldest is None else (as_on - oldest).days
        npa, status = replay.npa, self._status()
        payoff = self._payoff(as_on)
        return {
            "as_on": as_on.isoformat(),
            "principal_outstanding": self.money(outstanding),
            "arrears": {head: self.money(amount) for head, amount in arrears.items()},
            "excess": self.money(excess),
            "oldest_unpaid_due_on": None if oldest is None else oldest.isoformat(),
            "days_past_due": days,
            "bucket": _bucket(days),
            "asset_class": "npa" if npa or status == "written-off" else _class(days, oldest),
            "payoff": self.money(payoff),
            "status": status,
        }

    def _status(self) -> str:
        replay = self.replay
        if replay.ended == "write-off":
            return "written-off"
        owed = sum(replay.unpaid(entry, head) for entry in replay.entries for head in HEADS)
        if owed or replay.handed:
            return "active"
        return "overpaid" if replay.excess() > 0 else "closed"

    def _payoff(self, as_on: date) -> int:
        replay = self.replay
        if replay.ended == "write-off":
            return -replay.excess()
        if not any(replay.unpaid(entry, head) for entry in replay.entries for head in HEADS):
            return -replay.excess()
        if not replay.ended and replay.coming(as_on):
            replay.close(as_on, self.terms.closure.interest, charged=False)
        others = sum(replay.unpaid(entry, head) for entry in replay.entries for head in HEADS[1:])
        return replay.outstanding() + others - replay.excess()

    def _totals(self, plan: Plan) -> Answer:
        interest = sum(line.interest for line in plan.lines)
        extras = [one for line in plan.lines for one in line.extras] + plan.deducted
        charge = sum(one.amount for one in extras if one.head == "charge")
        everything = sum(line.principal for line in plan.lines) + interest
        everything += sum(one.amount for one in extras)
        return {
            "interest": self.money(self._shown(interest)),
            "charge": self.money(self._shown(charge)),
            "amount": self.money(self._shown(everything)),
        }

    def _shown(self, value: Number) -> Number:
        return self.terms.rounding.printed(value)

    def _apr(self, plan: Plan) -> Answer | None:
        percent = None if self.replay.given else self._percent(plan)
        return None if percent is None else {"method": "irr-nominal", "percent": percent}

    def _percent(self, plan: Plan) -> str | None:
        terms = self.terms
        flows: list[Number] = [0] * (max(line.number for line in plan.lines) + 1)
        for on, amount in terms.tranches or ((terms.disbursed_on, terms.principal),):
            later = [line.number for line in plan.lines if line.number and on < line.due_on]
            flows[later[0] - 1] += amount
        flows[0] -= sum(one.amount for one in plan.deducted if one.head == "charge")
        for line in plan.lines:
            charges = sum(one.amount for one in line.extras if one.head == "charge")
            flows[line.number] -= line.principal + line.interest + charges
        if flows[0] <= 0:
            return None
        return nominal(flows, Fraction(terms.periods_a_year, terms.n))

    def _warnings(self, plan: Plan) -> list[str]:
        if self.terms.repayment in ("interest-only", "bullet"):
            return []
        last = [line for line in plan.lines if line.number and line.principal][-1]
        amount = self._shown(last.principal) + self._shown(last.interest)
        large = amount > 2 * self._shown(plan.level) > 0
        return ["last-line-over-twice-the-instalment"] if large else []


def _bucket(days: int) -> str:
    edges = ((0, "0"), (30, "1-30"), (60, "31-60"), (90, "61-90"), (180, "91-180"))
    return next((name for edge, name in edges if days <= edge), "180+")


def _class(days: int, oldest: date | None) -> str:
    if oldest is None:
        return "standard"
    return "sma-0" if days < 30 else "sma-1" if days < 60 else "sma-2" if days < 90 else "npa"
