"""The one line that takes the place of all lines to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction

from tests.oracle.model_book import Accounts, Entry, Set
from tests.oracle.model_terms import Number, Rounding, to_step


def closing_entry(
    book: Accounts,
    kept: Sequence[Entry],
    coming: Sequence[Entry],
    day: date,
    rule: str,
    principal: int,
) -> Entry:
    """The closing line: all principal, interest by the rule, the charges that are due."""
    interest = closing_interest(book, kept, coming, day, rule)
    extras = [one for entry in coming for one in entry.extras if one.due_on <= day]
    number = coming[0].number if coming else (kept[-1].number + 1 if kept else 1)
    return Entry(number, day, principal, interest, 0, extras, until=day)


def closing_interest(
    book: Accounts, kept: Sequence[Entry], coming: Sequence[Entry], day: date, rule: str
) -> int:
    """Interest asked on the day: to the day, of the whole line, or all."""
    if not coming or rule == "all":
        return sum(entry.interest for entry in coming)
    running = coming[0]
    rounding = book.terms.rounding
    if book.past is not None and rule == "to-date" and any(one.span for one in coming):
        return _by_the_day(book, running, day)
    if book.given:
        return _of_given(book, coming, day, rule)
    if book.terms.repayment == "bullet" and not running.zero:
        return _of_bullet(book, kept, coming, day, rule)
    opened = book.terms.disbursed_on if running.span is None else running.span.opens
    zero = [entry.due_on for entry in kept if entry.zero]
    opened = max(opened, *zero) if zero else opened
    days = (running.due_on - opened).days
    if rule == "whole-line":
        return rounding.printed(running.before) + rounding.printed(running.own)
    gone = Fraction((day - opened).days, days)
    return rounding.printed(running.before) + _so_far(rounding, running.own, gone)


def _by_the_day(book: Accounts, running: Entry, day: date) -> int:
    """What was really borne up to the day, with what grace put off."""
    own = running.zero or book.terms.repayment == "bullet"
    return book.terms.rounding.printed(0 if own else running.before) + book.accrued(day)


def _of_given(book: Accounts, coming: Sequence[Entry], day: date, rule: str) -> int:
    """A line of a loan that ran elsewhere: its interest counts from the opening on."""
    running = coming[0]
    if book.terms.repayment == "bullet":
        running = next((entry for entry in coming if entry.interest), running)
    if rule == "whole-line" or running.opens is None:
        return running.interest
    days = (running.due_on - running.opens).days
    gone = max(0, (day - running.opens).days)
    if not gone:
        return 0
    rounding = book.terms.rounding
    part = to_step(running.interest * Fraction(gone, days), rounding.interest_to, rounding.mode)
    return min(int(part), running.interest)


def _of_bullet(
    book: Accounts, kept: Sequence[Entry], coming: Sequence[Entry], day: date, rule: str
) -> int:
    """A bullet is one line from the first day to the last."""
    asking = [entry for entry in (*kept, *coming) if entry.interest or entry.principal]
    last = asking[-1] if asking else None
    if last is None or last in kept:
        return 0
    zero = [entry.due_on for entry in kept if entry.zero]
    opened = book.borne_from or (zero[0] if zero else book.terms.disbursed_on)
    gone = Fraction((day - opened).days, (last.due_on - opened).days)
    rounding = book.terms.rounding
    if rule == "whole-line":
        return last.interest
    return _so_far(rounding, last.interest, gone)


def _so_far(rounding: Rounding, interest: Number, gone: Fraction) -> int:
    """The part of a line's printed interest; rounding does not ask more than all of it."""
    whole = rounding.printed(interest)
    return min(int(to_step(whole * gone, rounding.interest_to, rounding.mode)), whole)


def parted(entry: Entry, day: date, pool: list[Set], stays: list[Set]) -> None:
    """Part what was set on a line: charges that are due keep theirs, the rest is set again."""
    for one in entry.sets:
        due = one.extra is not None and one.extra.due_on <= day
        (stays if due else pool).append(replace(one))
