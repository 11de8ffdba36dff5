"""Loans and histories to test with."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from app.domain.allocation import Head
from app.domain.events import Event, EventKind
from app.domain.schedule import lines
from app.domain.terms import Terms, terms_of

START = date(2024, 1, 31)


def terms(**changes: Any) -> Terms:
    """A small monthly loan, changed by the keys of its document."""
    document: dict[str, Any] = {
        "principal": "20000.00",
        "disbursed_on": START.isoformat(),
        "annual_rate": "24",
        "instalments": 6,
        "every": {"n": 1, "unit": "month"},
    }
    return terms_of({**document, **changes}, "INR")


def disbursed(loan: Terms, ref: int = 1) -> Event:
    """The fact that starts the loan."""
    on = loan.disbursed_on
    return Event(EventKind.DISBURSEMENT, on, on, ref, loan.principal)


def receipt(on: date, amount: int, ref: int, booked_on: date | None = None) -> Event:
    """Money that came in."""
    return Event(EventKind.RECEIPT, on, booked_on or on, ref, amount)


def charge(on: date, amount: int, ref: int, head: Head = Head.CHARGE) -> Event:
    """A charge that was levied."""
    return Event(EventKind.CHARGE, on, on, ref, amount, head, name="Visit")


def waiver(on: date, amount: int, ref: int, head: Head = Head.INTEREST) -> Event:
    """A due that was forgiven."""
    return Event(EventKind.WAIVER, on, on, ref, amount, head)


def reversal(on: date, of: int, ref: int) -> Event:
    """An event that never was."""
    return Event(EventKind.REVERSAL, on, on, ref, of=of)


_EVERY = st.sampled_from([(1, "month"), (3, "month"), (1, "week"), (2, "week"), (30, "day")])
_PENALTY: dict[str, Any] = {"percent_a_year": "24", "grace_days": 3, "tax_percent": "18"}
_CHARGES: list[dict[str, Any]] = [
    {"name": "Fee", "on": "disbursement", "percent": "1", "tax_percent": "18", "deduct": True},
    {"name": "Card", "on": "disbursement", "amount": "10.00"},
    {"name": "Service", "on": "instalment", "percent": "0.5", "of": "instalment"},
    {"name": "Late fee", "on": "2024-04-11", "amount": "25.00", "head": "penalty"},
    {"name": "After all", "on": "2031-01-01", "amount": "5.00"},
]


@st.composite
def any_terms(draw: st.DrawFn, *, events: bool = False) -> Terms:
    """Terms of every kind the engine knows; with `events` only those that are really collected."""
    n, unit = draw(_EVERY)
    count = draw(st.integers(1, 40))
    modes = ["half-even", "half-up", "up", "down"]
    flat = draw(st.booleans())
    fixed = not flat and draw(st.integers(0, 4)) == 0
    repayment = draw(st.sampled_from(_REPAYMENTS)) if not fixed else "equal-instalments"
    principal = draw(st.integers(1000, 5_000_000))
    document: dict[str, Any] = {
        "principal": f"{principal // 100}.{principal % 100:02d}",
        "annual_rate": str(draw(st.integers(0, 60))),
        "interest": "flat" if flat else "declining",
        "repayment": repayment,
        "instalments": None if fixed else count,
        "instalment": f"{principal // 400 + 1}.00" if fixed else None,
        "every": {"n": n, "unit": unit},
        "day_count": draw(st.sampled_from(_COUNTS)),
        "level_by": draw(st.sampled_from(["period-rate", "day-factors"])),
        "month_end": draw(st.sampled_from(["clamp", "next-month-first", "last-day"])),
        "broken_period": draw(st.sampled_from(["first-instalment", "spread", "separate"])),
        "rounding": {
            "mode": draw(st.sampled_from(modes)),
            "interest_to": draw(st.sampled_from(["0.01", "0.01", "1"])),
            "instalment_to": draw(st.sampled_from(["0.01", "1", "5"])),
            "instalment_mode": draw(st.sampled_from([None, *modes])),
            "residue": draw(st.sampled_from(["last", "first", "relevel"])),
        },
        "grace": _grace(draw, count) if not fixed else None,
        "charges": draw(st.lists(st.sampled_from(_CHARGES), max_size=3)),
        "penalty": draw(st.sampled_from([None, None, _PENALTY])) if events else None,
        "first_due_on": _first_due_on(draw),
        "allocation": {
            "order": draw(st.permutations([head.value for head in Head])),
            "across": draw(st.sampled_from(["instalment", "head"])),
            "advance_to": draw(st.sampled_from(["next", "last"])),
        },
    }
    return terms(**document)


def _first_due_on(draw: st.DrawFn) -> str | None:
    days = draw(st.sampled_from([None, 1, 12, 29, 31, 60, 100]))
    return (START + timedelta(days)).isoformat() if days else None


def _grace(draw: st.DrawFn, count: int) -> dict[str, int]:
    most = st.integers(0, min(count - 1, 4))
    return {
        "principal": draw(most) if draw(st.booleans()) else 0,
        "interest": draw(most) if draw(st.booleans()) else 0,
        "interest_free": draw(most) if draw(st.booleans()) else 0,
    }


_REPAYMENTS = [
    "equal-instalments",
    "equal-instalments",
    "equal-principal",
    "interest-only",
    "bullet",
]
_COUNTS = [
    "periodic",
    "periodic",
    "30/360",
    "30E/360",
    "actual/360",
    "actual/365",
    "actual/actual",
]


@st.composite
def histories(draw: st.DrawFn, loan: Terms) -> list[Event]:
    """A disbursement and what may follow, in the order of entry; value dates go back and forth."""
    made = [disbursed(loan)]
    asked = lines(loan)
    last = (asked[-1].due_on - loan.disbursed_on).days
    largest = max(line.amount for line in asked)
    booked = loan.disbursed_on
    for ref in range(2, draw(st.integers(2, 12))):
        booked += timedelta(draw(st.integers(0, max(1, last // 6))))
        back = draw(st.sampled_from([0, 0, 0, 5, 40]))
        on = max(loan.disbursed_on, booked - timedelta(back))
        made.append(_event(draw, ref, on, booked, largest, made))
    return made


def _event(
    draw: st.DrawFn, ref: int, on: date, booked: date, largest: int, made: Sequence[Event]
) -> Event:
    kind = draw(st.sampled_from(["receipt"] * 6 + ["charge", "waiver", "reversal", "close"]))
    amount = draw(st.integers(1, 2 * largest))
    void = {event.of for event in made}
    free = [e.ref for e in made[1:] if e.kind is not EventKind.REVERSAL and e.ref not in void]
    if kind == "reversal" and free:
        return Event(EventKind.REVERSAL, booked, booked, ref, of=draw(st.sampled_from(free)))
    if kind == "close":
        return Event(EventKind.FORECLOSURE, on, booked, ref)
    if kind == "charge":
        head = draw(st.sampled_from([Head.CHARGE, Head.PENALTY]))
        return Event(EventKind.CHARGE, on, booked, ref, amount // 10 + 1, head)
    if kind == "waiver":
        head = draw(st.sampled_from(list(Head)))
        return Event(EventKind.WAIVER, on, booked, ref, amount // 10 + 1, head)
    return Event(EventKind.RECEIPT, on, booked, ref, amount)
