"""The proof of a loan: every figure of it worked out again here, by hand."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest

from app.domain.allocation import Across, AdvanceTo, Head
from app.domain.calendar import DayCount, MonthEnd, Shift
from app.domain.charges import Base, ForeclosureInterest, PenaltyBase
from app.domain.conventions import BrokenPeriod, Interest, LevelBy, Recalculate, Repayment, Residue
from app.domain.events import Event, EventKind
from app.domain.loan import replay
from app.domain.money import RoundingMode
from app.papers import Papers
from app.papers.numbers import decimal, exact_amount, year_part_text
from app.texts import Language
from app.texts.conventions import meaning_of, name_of_choice
from tests.papers import proofs
from tests.papers.reading import drawn_strings, page_sizes, text_of

CHOICES: tuple[type[StrEnum], ...] = (
    *(Interest, Repayment, MonthEnd, DayCount, LevelBy, RoundingMode, Residue, BrokenPeriod),
    *(Shift, Across, AdvanceTo, Recalculate, ForeclosureInterest, Base, PenaltyBase),
)
KINDS: dict[str, dict[str, Any]] = {
    "flat": {"interest": "flat"},
    "equal-principal": {"repayment": "equal-principal"},
    "interest-only": {"repayment": "interest-only"},
    "bullet": {"repayment": "bullet"},
    "fixed": {"instalments": None, "instalment": "1900.00"},
    "grace": {"grace": {"principal": 2, "interest": 1}},
    "interest-free": {"grace": {"interest_free": 2}},
    "down-payment": {"down_payment_percent": "10"},
    "broken": {"first_due_on": "2025-03-01", "broken_period": "separate"},
    "spread": {"first_due_on": "2025-03-01", "broken_period": "spread"},
    "by-days": {"level_by": "day-factors", "day_count": "actual/actual"},
    "relevel": {"rounding": {"mode": "half-up", "instalment_to": "1.00", "residue": "relevel"}},
    "hold": {"allocation": {"advance_to": "hold"}},
    "reduce-term": {"allocation": {"advance_to": "reduce-term"}},
    "reduce-instalment": {"allocation": {"advance_to": "reduce-instalment"}},
    "daily": {"recalculate": "daily"},
    "daily-rounded": {"recalculate": "daily-rounded"},
    "tranches": {
        "tranches": [
            {"on": "2025-01-10", "amount": "12000.00"},
            {"on": "2025-03-20", "amount": "8000.00"},
        ]
    },
}


def test_each_line_is_what_a_hand_finds(papers: Papers) -> None:
    text = text_of(papers.pdf(proofs.proof()))
    rates = {date(2025, 1, 10): Fraction(24, 100), date(2025, 5, 2): Fraction(22, 100)}
    days = [date(2025, 1, 10), *(date(2025, month, 10) for month in range(2, 7))]
    balance = Fraction(20_000)
    for number, (start, end) in enumerate(pairwise(days), start=1):
        cuts = [start, *(on for on in rates if start < on < end), end]
        exact = Fraction(0)
        for one, two in pairwise(cuts):
            rate = [rate for on, rate in rates.items() if on <= one][-1]
            exact += balance * rate * (two - one).days / 365
        interest = Fraction(int(exact * 100 + Fraction(1, 2)), 100)
        principal = (1891 if number < 4 else 1877) - interest
        said = f"interest {_plain(exact, 8)}, rounded (Half up, to ₹0.01): {_plain(interest, 2)}"
        assert said in text
        assert f"− interest = {_plain(principal, 2)}" in text
        balance -= principal
    assert f"balance {_plain(balance + Fraction('556.07'), 2)}" in text


def test_the_instalment_is_shown_from_its_formula(papers: Papers) -> None:
    text = text_of(papers.pdf(proofs.proof()))
    f, g = Fraction(24, 1200), Fraction(22, 1200)
    exact = 20_000 * f * (1 + f) ** 12 / ((1 + f) ** 12 - 1)
    assert f"= {_plain(exact, 8)}, rounded (Half up, to ₹1.00): 1,891.00" in text
    after = Fraction("12779.56") * g * (1 + g) ** 12 / ((1 + g) ** 12 - 1)
    assert f"= {_plain(after, 8)}, rounded (Half up, to ₹1.00): 1,196.00" in text
    assert "1,877.00" in text


def test_each_rupee_of_a_receipt_has_its_reason(papers: Papers) -> None:
    text = text_of(papers.pdf(proofs.proof()))
    for said in (
        "407.67 to interest of line 1: due that day",
        "9.00 to interest of line 2: ahead, due on 10 Mar 2025",
        "663.76 to principal of line 2: late since 10 Mar 2025 (10 days)",
        "118.00 to charge of line 3: late since 14 Mar 2025 (27 days)",
        "1.50 of penal charge, line 3, is no longer asked",
        "556.07 of interest that was due is now principal",
    ):
        assert said in text


def test_reversed_and_late_entries_are_marked_with_what_they_changed(papers: Papers) -> None:
    text = text_of(papers.pdf(proofs.proof()))
    for said in (
        "Reversed on 14 Mar 2025: Cheque returned unpaid.",
        "voids the receipt of 10 Mar 2025",
        "Entered on 22 Apr 2025 for 20 Mar 2025 · Rakesh Kumar",
        "principal outstanding: 15,822.87, without it 16,829.74",
        "STP-1-2526-000012, set on interest: 345.84, without it 677.75",
    ):
        assert said in text


def test_a_penal_charge_is_counted_day_by_day(papers: Papers) -> None:
    text = text_of(papers.pdf(proofs.proof()))
    first = Fraction(1882) * 12 * 7 / 36500
    second = Fraction("886.33") * 12 * 21 / 36500
    assert f"1,882.00 × 12% × 7/365 = {_plain(first, 8)}" in text
    assert f"886.33 × 12% × 21/365 = {_plain(second, 8)}" in text
    assert f"together {_plain(first + second, 8)}" in text
    assert "rounded 10.45 · at most 189.10 · asked ₹10.45" in text


def test_the_sums_come_out_and_one_that_does_not_is_said(papers: Papers) -> None:
    paper = proofs.proof()
    assert all(one.agrees for one in paper.sums)
    text = text_of(papers.pdf(paper))
    assert text.count("It comes out.") == 2
    assert "It does not come out." not in text


@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_page_is_numbered_and_no_glyph_is_missing(papers: Papers, language: str) -> None:
    pdf = papers.pdf(proofs.proof(language=language))
    pages = len(page_sizes(pdf))
    text = text_of(pdf)
    said = f"Page {pages} of {pages}" if language == "en" else f"{pages} / {pages}"
    assert said in text
    assert not [s for s in drawn_strings(pdf) if b"\\000" in s or b"\x00" in s]


@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("language", ["en", "hi"])
def test_every_choice_of_the_terms_has_its_words(kind: type[StrEnum], language: str) -> None:
    said = [name_of_choice(choice, Language(language)) for choice in kind]
    assert len(set(said)) == len(kind)
    assert all(isinstance(meaning_of(choice, Language(language)), str) for choice in kind)


@pytest.mark.parametrize("name", KINDS)
def test_a_loan_of_any_kind_is_worked_out(papers: Papers, name: str) -> None:
    agreed = proofs.terms(**KINDS[name])
    amounts = [1_900_00, 700_00, 3_500_00, 50_00, 2_200_00, 4_000_00]
    events = proofs.paid_on_time(agreed, amounts)
    if agreed.tranches:
        on = agreed.tranches[1].on
        events.append(Event(EventKind.DISBURSEMENT, on, on, 90, agreed.tranches[1].amount))
    paper = proofs.proof(agreed, events, date(2025, 9, 30))
    assert all(one.agrees for one in paper.sums)
    asked = sum(one.net_minor + one.tax_minor for one in paper.penals)
    assert asked == sum(line.penalty for line in paper.position.lines)
    for line in paper.lines:
        parts = sum((part.interest for part in line.work.parts), Fraction(0))
        assert not line.work.parts or parts == line.work.unrounded
    assert "The schedule, line by line" in text_of(papers.pdf(paper))


@pytest.mark.parametrize(
    "kind", [EventKind.FORECLOSURE, EventKind.WRITE_OFF], ids=lambda kind: str(kind)
)
def test_the_end_of_a_loan_is_worked_out(papers: Papers, kind: EventKind) -> None:
    agreed = proofs.terms(foreclosure={"charge_percent": "2", "tax_percent": "18"})
    events = proofs.paid_on_time(agreed, [1_900_00])
    on = date(2025, 3, 25)
    events.append(Event(kind, on, on, 50))
    after = EventKind.RECEIPT if kind is EventKind.FORECLOSURE else EventKind.RECOVERY
    events.append(Event(after, on, on, 51, 25_000_00))
    events.append(Event(EventKind.REFUND, on, on, 52, 100_00))
    paper = proofs.proof(agreed, events, date(2025, 4, 1))
    assert all(one.agrees for one in paper.sums)
    text = text_of(papers.pdf(paper))
    if kind is EventKind.FORECLOSURE:
        assert "15 of 31 days gone" in text
        assert "charge of the closure with its tax" in text
    else:
        assert "is no longer asked" in text
        assert "to principal that was written off" in text


def test_money_held_is_a_step_of_its_own_on_the_day_it_is_set(papers: Papers) -> None:
    agreed = proofs.terms(allocation={"advance_to": "hold"})
    events = proofs.paid_on_time(agreed, [4_000_00])
    on = date(2025, 2, 20)
    events.append(Event(EventKind.CHARGE, on, on, 60, 50_00, Head.CHARGE))
    text = text_of(papers.pdf(proofs.proof(agreed, events, date(2025, 3, 15))))
    assert text.count("50.00 to charge of line 2: due that day") == 1
    assert "10 Feb 2025 · Money held is set · ₹1,891.00" in text


def test_exact_figures_keep_their_decimals() -> None:
    assert exact_amount(Fraction(1, 3), "INR") == "0.00333333"
    assert exact_amount(Fraction(-250_000_050, 2), "INR", 3) == "−12,50,000.250"
    assert decimal(Fraction(1, 50)) == "0.0200000000"
    assert decimal(Fraction(2, 3), 4) == "0.6667…"
    assert year_part_text(Fraction(31, 365), date(2025, 1, 1), date(2025, 2, 1)) == "31/365"
    assert year_part_text(Fraction(1, 12), date(2025, 1, 1), date(2025, 2, 1)) == "1/12"


def _plain(value: Fraction, places: int) -> str:
    """A positive figure with grouped whole rupees, without the program's own helpers."""
    scaled = int(value * 10**places + Fraction(1, 2))
    whole, part = divmod(scaled, 10**places)
    return f"{whole:,}.{part:0{places}d}"


@pytest.mark.parametrize("name", ["plain", *KINDS])
def test_each_step_leaves_what_a_replay_up_to_it_leaves(name: str) -> None:
    agreed = proofs.terms(**KINDS.get(name, {}))
    events = proofs.paid_on_time(agreed, [1_900_00, 700_00, 3_500_00, 50_00, 9_000_00, 9_000_00])
    events = events if agreed.tranches == () else events[:2]
    paper = proofs.proof(agreed, events, date(2025, 9, 30))
    told = [step for step in paper.steps if step.kind != "held"]
    assert len(told) == len(events)
    for place, step in enumerate(told):
        position = replay(agreed, events[: place + 1], events[place].on)
        assert step.outstanding_minor == position.principal_outstanding
        assert step.arrears == position.arrears
        assert step.held_minor == position.excess
        own = [receipt for receipt in position.receipts if receipt.ref == events[place].ref]
        if own:
            parts = [(p.line, p.head.value, p.amount) for p in own[0].parts]
            assert [(s.line, s.head, s.amount_minor) for s in step.sets[: len(parts)]] == parts
