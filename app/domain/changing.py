"""Changes of a living loan's plan: lines to come are lifted out of the book, found again, laid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import replace
from datetime import date
from operator import add, attrgetter
from typing import NamedTuple

from app.domain.allocation import CHARGE, HEADS, INTEREST, PENALTY, PRINCIPAL, Due, Head
from app.domain.bearing import run_to, stands_alone
from app.domain.book import Book, LineBook, ReceiptBook
from app.domain.charges import When
from app.domain.charging import Rows, charge_rows
from app.domain.events import Replan
from app.domain.finding import change, find_replaced, plan_of, replace_lines
from app.domain.plan import ALONE, Move, Plan, Rate
from app.domain.schedule import Line, lines_of, plan_rows
from app.domain.terms import Repayment

_due_on = attrgetter("due_on")


class DatedPart(NamedTuple):
    """A charge with a date of its own, and what of it is settled."""

    due: Due
    paid: list[int]
    waived: list[int]


class Lifted(NamedTuple):
    """What stays of lines that were lifted: what was forgiven of them, and their dated charges.

    `ahead` is what was set on them, by receipt.
    """

    forgiven: list[int]
    dated: list[DatedPart]
    ahead: list[tuple[ReceiptBook, int]]


def plan_in(book: Book) -> Plan:
    """The book's plan; made of the terms when it is first needed."""
    if book.plan is None:
        book.plan = plan_of(book.terms)
    return book.plan


def lift(book: Book, on: date) -> Lifted:
    """Take the lines due after a day out of the book, and back what was set on them."""
    place = bisect_right(book.lines, on, key=_due_on)
    mains = {id(line.main) for line in book.lines[place:]}
    kept: dict[int, list[int]] = {}
    lifted = Lifted([0, 0, 0, 0], [], [])
    for receipt in book.receipts:
        before = receipt.excess
        _take_back(book, receipt, place, on, mains, kept)
        if receipt.excess > before:
            lifted.ahead.append((receipt, receipt.excess - before))
    for due in book.dues:
        if due.place < place:
            continue
        if id(due) in mains:
            for head in range(4):
                lifted.forgiven[head] += due.asked[head] - due.unpaid[head]
        else:
            paid = kept.get(id(due), [0, 0, 0, 0])
            lifted.dated.append(DatedPart(due, paid, _less(_less(due.asked, due.unpaid), paid)))
    book.lines = book.lines[:place]
    book.dues = [due for due in book.dues if due.place < place]
    book.first = book.grown = 0
    book.pools = deque(receipt for receipt in book.receipts if receipt.excess)
    return lifted


def _less(one: list[int], other: list[int]) -> list[int]:
    return [a - b for a, b in zip(one, other, strict=True)]


def _take_back(
    book: Book,
    receipt: ReceiptBook,
    place: int,
    on: date,
    mains: set[int],
    kept: dict[int, list[int]],
) -> None:
    """Take back what a receipt set on lines to come; a dated charge already due stays settled."""
    stay = []
    for part in receipt.parts:
        due, head, amount, _ = part
        if due.place < place:
            stay.append(part)
        elif id(due) in mains or due.due_on > on:
            due.unpaid[head] += amount
            book.take_back(receipt, head, amount)
        else:
            stay.append(part)
            kept.setdefault(id(due), [0, 0, 0, 0])[head] += amount
    receipt.parts = stay


def lay(book: Book, lifted: Lifted, after: date, on: date) -> None:
    """Lay the plan's lines due after a day, with what was lifted.

    Money that was set ahead is set ahead again; what is free then goes to what is due first.
    """
    for line in _plan_lines(book):
        if line.due_on > after:
            number = book.lines[-1].number + 1 if book.lines else line.number
            book.open_line(line._replace(number=number))
    for due, paid, waived in lifted.dated:
        due.place = book.place_of(due.due_on)
        line_book = book.lines[due.place]
        for head in range(4):
            line_book.asked[head] += due.asked[head]
            line_book.paid[head] += paid[head]
            line_book.waived[head] += waived[head]
        at = bisect_left(book.dues, (due.due_on, due.place), key=_due_key)
        book.dues.insert(at, due)
        if any(due.asked):
            book.after(due, on)
    _forgive(book, lifted.forgiven, after, on)
    book.first = book.grown = 0
    if not book.holds:
        for receipt, amount in lifted.ahead:
            book.set_ahead(receipt, min(amount, receipt.excess), after, on)
        book.pools = deque(receipt for receipt in book.receipts if receipt.excess)
        book.use_excess(on)


def _due_key(due: Due) -> tuple[date, int]:
    return due.due_on, due.place


def _forgive(book: Book, forgiven: list[int], after: date, on: date) -> None:
    """Let what was forgiven ahead follow onto the new lines, oldest first; principal has left."""
    for head in (INTEREST, CHARGE, PENALTY):
        amount = forgiven[head]
        for line in book.lines:
            if line.due_on > after and amount:
                part = min(line.main.unpaid[head], amount)
                line.main.unpaid[head] -= part
                line.waived[head] += part
                amount -= part
                if part and not any(line.main.unpaid):
                    book.after(line.main, on)


def _plan_lines(book: Book) -> list[Line]:
    """The plan's lines with the charges of every instalment; those on disbursement stay as was."""
    plan, terms = plan_in(book), book.terms
    rows = plan_rows(plan)
    _drop_empty(rows)
    each = tuple(one for one in terms.charges if one.on is When.INSTALMENT)
    charge_rows(replace(terms, charges=each), plan.points, rows)
    if any(book.first_charges):
        if 1 not in rows.number:
            _put_empty(rows, plan)
        at = rows.number.index(1)
        rows.charge[at] += book.first_charges[0]
        rows.penalty[at] += book.first_charges[1]
    return list(lines_of(terms, plan.points, rows))


def _put_empty(rows: Rows, plan: Plan) -> None:
    """Put line 1 back for what is asked with it, where everything was repaid before it was due."""
    rows.number.append(1)
    rows.due_on.append(plan.stretches[0].due_on)
    rows.scheduled_from.append(plan.scheduled_from(0))
    for column in (rows.principal, rows.interest, rows.charge, rows.penalty, rows.balance or []):
        column.append(0)


def _drop_empty(rows: Rows) -> None:
    """Drop lines after the balance is 0 that ask nothing."""
    left = rows.balance or []
    while left and not (left[-1] or rows.principal[-1] or rows.interest[-1]):
        for column in (rows.number, rows.due_on, rows.principal, rows.interest, left):
            column.pop()
        rows.scheduled_from.pop()


def change_rate(book: Book, on: date, annual_rate: int) -> None:
    """Let the lines to come bear another rate from a day on."""
    plan, lifted = plan_in(book), lift(book, on)
    forgiven_leaves(plan, on, lifted)
    run_to(book, plan, plan.place_of(on), on)
    plan.rates.append(Rate(on, annual_rate))
    change(plan, on, keep=book.terms.repayment is Repayment.EQUAL_PRINCIPAL)
    lay(book, lifted, on, on)


def forgiven_leaves(plan: Plan, on: date, lifted: Lifted) -> None:
    """Principal forgiven on lines to come leaves the plan's balance."""
    if lifted.forgiven[PRINCIPAL]:
        plan.moves.append(Move(on, -lifted.forgiven[PRINCIPAL]))


def can_change_rate(book: Book, on: date) -> bool:
    """Whether a line of the plan that asks anything is still to come."""
    plan = plan_in(book)
    place = plan.place_of(on)
    asks = any(any(line.asked[:CHARGE]) for line in book.lines if line.due_on > on)
    return place < plan.count and (asks or any(plan.principal[place:]))


def can_change_lines(book: Book, on: date, replan: Replan) -> bool:
    """Whether there is principal to come or to capitalise, and where to put it."""
    plan = plan_in(book)
    if plan.place_of(on) >= plan.count and None in (replan.instalments, replan.first_due_on):
        return False
    coming = sum(line.main.asked[PRINCIPAL] for line in book.lines if line.due_on > on)
    heads = [HEADS.index(head) for head in replan.capitalise]
    late = sum(due.unpaid[head] for due in book.dues if due.due_on <= on for head in heads)
    return coming + late > 0 or any(plan.principal[plan.place_of(on) :])


def change_lines(book: Book, on: date, replan: Replan) -> None:
    """Reschedule: new lines in place of those not yet due; arrears join them where agreed."""
    plan, joined = plan_in(book), _capitalise(book, on, replan.capitalise)
    lifted = lift(book, on)
    forgiven_leaves(plan, on, lifted)
    replace_lines(plan, on, replan, joined)
    run_to(book, plan, plan.place_of(on), on)
    find_replaced(plan, on)
    lay(book, lifted, on, on)


def _capitalise(book: Book, on: date, heads: tuple[Head, ...]) -> int:
    """Take what is due and unpaid of some heads out of its lines; it becomes principal."""
    total = 0
    for due in book.dues:
        if due.due_on > on:
            break
        line, moved = book.lines[due.place], [0, 0, 0, 0]
        for head in map(HEADS.index, heads):
            moved[head], due.unpaid[head] = due.unpaid[head], 0
        if any(moved) and line.due_on > on:
            _leaves(book, due, line, moved)
        elif any(moved):
            one, two, three, four = map(add, line.capitalised, moved)
            line.capitalised = (one, two, three, four)
            book.after(due, on)
        total += sum(moved)
        book.principal += sum(moved) - moved[PRINCIPAL]
    return total


def _leaves(book: Book, due: Due, line: LineBook, moved: list[int]) -> None:
    """Let a charge due by its own date leave its line, which is still to come."""
    for head, amount in enumerate(moved):
        due.asked[head] -= amount
        line.asked[head] -= amount
        book.apart[head] += amount


def prepay(book: Book, receipt: ReceiptBook, on: date, interest: int) -> None:
    """Let what is left of a receipt after the due lines lower the principal, in a line of its own.

    `interest` is what the days run ask first, where interest follows the days.
    """
    plan = plan_in(book)
    place = plan.place_of(on)
    taken = min(interest, receipt.excess)
    forgiven = sum(line.waived[PRINCIPAL] for line in book.lines if line.due_on > on)
    left = plan.balance_before(place) + plan.known(place, on) - forgiven
    principal = max(min(receipt.excess - taken, book.principal, int(left)), 0)
    if place >= plan.count or not taken + principal:
        return
    lifted = lift(book, on)
    forgiven_leaves(plan, on, lifted)
    run_to(book, plan, place, on)
    running = ALONE if taken and stands_alone(plan, on) else place
    plan.taken[running] = plan.taken.get(running, 0) + taken
    plan.moves.append(Move(on, -principal))
    left = plan.points.printed(left - principal)
    _own_line(book, receipt, on, [principal, taken, 0, 0], left)
    keep = book.terms.allocation.keeps_instalment
    change(plan, on, keep=keep, settled=book.follows_days)
    lay(book, lifted, on, on)


def _own_line(book: Book, receipt: ReceiptBook, on: date, asked: list[int], left: int) -> None:
    """The settled line that money ahead stands in, with what is scheduled after it."""
    number = book.lines[-1].number + 1 if book.lines else 1
    due = Due(len(book.lines), on, asked.copy(), [0, 0, 0, 0])
    line = LineBook(number, on, asked, left, on, due, asked.copy(), [0, 0, 0, 0])
    line.own, line.settled_on = True, on
    book.lines.append(line)
    at = bisect_right(book.dues, (on, due.place), key=_due_key)
    book.dues.insert(at, due)
    for head in (PRINCIPAL, INTEREST):
        if asked[head]:
            receipt.parts.append((due, head, asked[head], on))
            receipt.split[head] += asked[head]
    total = sum(asked)
    receipt.excess -= total
    book.excess -= total
    book.principal -= asked[PRINCIPAL]
    book.pools = deque(one for one in book.receipts if one.excess)
