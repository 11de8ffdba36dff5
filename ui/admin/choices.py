"""The choices of every term with the words that people read for them."""

from __future__ import annotations

from collections.abc import Mapping

from app.texts import N_, translated
from ui.kit.inputs import Choices

SAME = "same"  # the fraction of the instalment goes as every other
NO, SHARE, AMOUNT = "none", "percent", "amount"

CHOICES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "repayment": (
        ("equal-instalments", N_("Equal instalments")),
        ("equal-principal", N_("Equal principal")),
        ("interest-only", N_("Interest, then principal")),
        ("bullet", N_("All at the end")),
    ),
    "month_end": (
        ("clamp", N_("Last day of that month")),
        ("next-month-first", N_("1st of the next month")),
        ("last-day", N_("Always the last day")),
    ),
    "interest": (("declining", N_("On balance")), ("flat", N_("Flat"))),
    "day_count": (
        ("periodic", N_("Full periods")),
        ("actual/365", N_("Days of 365")),
        ("actual/360", N_("Days of 360")),
        ("actual/364", N_("Days of 364")),
        ("actual/actual", N_("Days of the real year")),
        ("30/360", N_("Months of 30 days")),
        ("30E/360", N_("Months of 30, European")),
    ),
    "level_by": (
        ("period-rate", N_("Rate of a period")),
        ("day-factors", N_("Real days")),
    ),
    "broken_period": (
        ("first-instalment", N_("On the first instalment")),
        ("separate", N_("A line of their own")),
        ("spread", N_("Spread over all")),
    ),
    "recalculate": (
        ("never", N_("Never")),
        ("daily", N_("Every day")),
        ("daily-rounded", N_("Every day, rounded")),
    ),
    "mode": (
        ("half-up", N_("Half up")),
        ("half-even", N_("Half to the even")),
        ("up", N_("Up")),
        ("down", N_("Down")),
    ),
    "instalment_mode": (
        (SAME, N_("As every other")),
        ("half-up", N_("Half up")),
        ("half-even", N_("Half to the even")),
        ("up", N_("Up")),
        ("down", N_("Down")),
    ),
    "residue": (
        ("last", N_("On the last instalment")),
        ("first", N_("On the first instalment")),
        ("relevel", N_("Instalment found again")),
    ),
    "shift": (
        ("none", N_("Stays")),
        ("next", N_("Next day worked")),
        ("previous", N_("Day worked before")),
        ("cascade", N_("A period later, and all after")),
    ),
    "penalty": (
        (NO, N_("None")),
        (SHARE, N_("By the day")),
        (AMOUNT, N_("Fixed, once a line")),
    ),
    "penalty_of": (
        ("overdue-instalment", N_("Overdue instalment")),
        ("overdue-principal", N_("Overdue principal")),
    ),
    "closing_interest": (
        ("to-date", N_("To the day")),
        ("whole-line", N_("Of the running line")),
        ("all", N_("All to the end")),
    ),
    "across": (
        ("instalment", N_("Oldest line first")),
        ("head", N_("Head by head")),
    ),
    "advance_to": (
        ("next", N_("Next lines")),
        ("last", N_("Last lines")),
        ("hold", N_("Kept until due")),
        ("reduce-instalment", N_("Lowers the instalment")),
        ("reduce-term", N_("Shortens the loan")),
    ),
    "advance_own": ((SAME, N_("As above")), ("own", N_("Its own"))),
}


def choices(name: str) -> Choices:
    """The choices of a term, in the language of the screen."""
    return tuple((value, translated(words)) for value, words in CHOICES[name])
