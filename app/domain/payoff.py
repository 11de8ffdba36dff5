"""What closes a loan on a day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from app.domain.accrual import accrued
from app.domain.allocation import INTEREST, PRINCIPAL
from app.domain.bearing import accrued_to
from app.domain.book import Book, LineBook
from app.domain.changing import plan_in
from app.domain.charges import ForeclosureInterest
from app.domain.money import rounded
from app.domain.reading import WHOLE
from app.domain.terms import Repayment


class Closure(NamedTuple):
    """What an early closure asks beyond what is due: interest, its own charge and the tax of it."""

    interest: int
    charge: int
    tax: int


def closure(book: Book, on: date) -> Closure:
    """The interest by the terms' foreclosure rule, and the charge on the principal outstanding."""
    terms = book.terms
    coming = [line for line in book.lines if line.due_on > on]
    mode = terms.rounding.mode
    outstanding = max(book.principal, 0)  # the prints of an exact run may ask more than was lent
    charge = rounded(outstanding * terms.foreclosure.charge_percent, WHOLE, mode)
    tax = rounded(charge * terms.foreclosure.tax_percent, WHOLE, mode)
    return Closure(_interest(book, coming, on), charge, tax)


def payoff(book: Book, on: date) -> int:
    """What a foreclosure on that day would ask, before its own charge.

    Principal, unpaid interest and charges of what is due, the running line's interest for the days
    run, penal charges so far; less interest and charges that were paid ahead of their day, and less
    the excess. Once nothing is unpaid the loan is over, and only the excess is left to give back.
    """
    if book.next_due_on() is None:
        return -book.excess
    due = book.arrears(on)
    coming = [line for line in book.lines if line.due_on > on]
    interest = _interest(book, coming, on)
    forgiven = sum(line.waived[INTEREST] for line in coming)
    interest -= min(forgiven, interest) + _ahead(book, coming, on)
    return sum(due) - due[PRINCIPAL] + book.principal + interest - book.excess


def _ahead(book: Book, coming: list[LineBook], on: date) -> int:
    """Interest and charges that were paid before they were due."""
    if not any(any(line.paid[INTEREST:]) for line in coming):
        return 0
    return sum(
        amount
        for receipt in book.receipts
        for due, head, amount, _ in receipt.parts
        if due.due_on > on and head != PRINCIPAL
    )


def _interest(book: Book, coming: list[LineBook], on: date) -> int:
    """The interest a closure asks beyond what is due: deferred lines whole, then by the rule."""
    if not coming:
        return 0
    rule, rounding = book.terms.foreclosure.interest, book.terms.rounding
    if rule is ForeclosureInterest.ALL:
        return sum(line.asked[INTEREST] for line in coming)
    running = _running(book, coming)
    alone = running.number == 0  # the broken days, in a line before the first
    carried, whole = (not alone and _deferred(book, on)) or (0, running.asked[INTEREST])
    if rule is ForeclosureInterest.WHOLE_LINE:
        return carried + whole
    if book.follows_days:
        return carried + accrued_to(book, plan_in(book), on)
    return carried + accrued(
        whole, running.scheduled_from, running.due_on, on, rounding.mode, rounding.interest_to
    )


def _deferred(book: Book, on: date) -> tuple[int, int] | None:
    """Inside grace on interest: what earlier lines bore, and what the running line bears itself."""
    terms = book.terms
    if not terms.grace.interest or not book.scheduled or terms.repayment is Repayment.BULLET:
        return None
    plan = plan_in(book)
    place = plan.place_of(on)
    if place > min(plan.deferring, plan.count - 1):
        return None
    bears = plan.interest_before_deferral()
    printed = plan.points.printed
    return printed(sum(bears[:place], 0)), printed(bears[place])


def _running(book: Book, coming: list[LineBook]) -> LineBook:
    """The line whose interest runs: the next one, of a bullet the one with the whole sum."""
    if book.terms.repayment is not Repayment.BULLET:
        return coming[0]
    return next((line for line in coming if line.asked[INTEREST]), coming[0])
