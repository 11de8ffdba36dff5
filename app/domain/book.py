"""The working paper of a replay: dues, what settled them, and the state at the end of each day."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import deque
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter

from app.domain.allocation import (
    CHARGE,
    INTEREST,
    PENALTY,
    PRINCIPAL,
    AdvanceTo,
    Course,
    Due,
    Settled,
    settle,
    settle_capped,
    settle_due,
)
from app.domain.plan import Plan
from app.domain.schedule import Line
from app.domain.terms import Recalculate, Terms

NOTHING = (0, 0, 0, 0)


@dataclass(slots=True)
class LineBook:
    """One line while it is replayed; figures by head in the order of `Split`."""

    number: int
    due_on: date
    asked: list[int]
    balance: int
    scheduled_from: date
    main: Due
    paid: list[int]
    waived: list[int]
    settled_on: date | None = None
    rounding: int = 0  # what printing the whole of an exact run adds to its printed heads
    own: bool = False  # money that lowered the principal ahead stands here, settled
    capitalised: tuple[int, int, int, int] = NOTHING
    penal: int = 0  # derived penal charge so far, tax included
    penal_base_days: int = 0  # minor units × days behind it
    penal_to: date | None = None


@dataclass(slots=True)
class ReceiptBook:
    """One row of money while it is replayed: a receipt, recovery or refund, or held money set.

    `excess` is what is still held of it, `held` what was set of that on due days. A row of held
    money has no `ref`; its `parts` are those of the receipts it came from.
    """

    ref: int | None
    on: date
    amount: int
    excess: int
    split: list[int]
    parts: list[Settled]
    listed: bool = True  # an opening's excess is money, but not a receipt
    kind: str = "receipt"
    held: tuple[Settled, ...] = ()


@dataclass(slots=True)
class Book:
    """What a replay knows while it runs. `dues` is sorted by date; `first` is the first open."""

    terms: Terms
    course: Course
    lines: list[LineBook] = field(default_factory=list)
    dues: list[Due] = field(default_factory=list)
    first: int = 0
    grown: int = 0  # lines before it bear no more penal charge
    principal: int = 0
    excess: int = 0
    receipts: list[ReceiptBook] = field(default_factory=list)
    pools: deque[ReceiptBook] = field(default_factory=deque)
    levied: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    levied_tax: int = 0  # of what events levied
    lapsed: list[int] = field(default_factory=list)  # events that found nothing unpaid
    plan: Plan | None = None  # once it has changed, or follows the days
    first_charges: tuple[int, int] = (0, 0)  # of line 1 on disbursement: charge, penalty
    scheduled: bool = True  # by its terms; not a loan that was taken over
    undisbursed: int = 0  # of the tranches still to come
    # Principal by day, if interest follows it.
    steps: list[tuple[date, int]] = field(default_factory=list)
    frozen: int = 0  # lines whose interest is fixed, if it follows the days
    struck: list[list[int]] = field(default_factory=list)  # written off, by line
    recovered: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    apart: list[int] = field(default_factory=lambda: [0, 0, 0, 0])  # capitalised of lines to come
    asked_back: int = 0  # of refunds that earlier-dated facts no longer cover
    written_off_on: date | None = None
    closed_early: bool = False
    holds: bool = field(init=False)  # money ahead is kept until its due day
    follows_days: bool = field(init=False)  # interest follows the principal really outstanding
    moves: bool = field(init=False)  # figures change on days without an event
    limited: bool = field(init=False)  # money ahead is not simply set on the lines to come
    npa_since_on: date | None = None
    started_on: date | None = None

    def __post_init__(self) -> None:
        self.holds = self.terms.allocation.advance_to is AdvanceTo.HOLD
        self.follows_days = self.terms.recalculate is not Recalculate.NEVER
        self.moves = self.holds or self.follows_days or len(self.terms.tranches) > 1
        self.limited = self.course.due_only

    def hand_out(self, undisbursed: int, amount: int) -> None:
        """Note principal handed out, or never to be, of what was still to come."""
        self.principal += amount
        self.undisbursed = undisbursed
        self.limited = self.course.due_only or bool(undisbursed)

    def take_lines_as_given(self) -> None:
        """Hold a loan that ran elsewhere: nothing of it is found again, money ahead goes on."""
        self.scheduled = self.follows_days = False
        self.moves = self.holds
        if not self.holds:
            self.course = self.course._replace(due_only=False)
            self.limited = bool(self.undisbursed)

    @property
    def plan_follows_money(self) -> bool:
        """Whether a receipt may change the lines to come, or not all is handed out."""
        return self.terms.allocation.reduces or bool(self.undisbursed)

    def next_due_on(self) -> date | None:
        """The earliest due date with anything unpaid."""
        dues, first = self.dues, self.first
        for at in range(first, len(dues)):
            if any(dues[at].unpaid):
                self.first = at
                return dues[at].due_on
        self.first = len(dues)
        return None

    def open_line(self, line: Line) -> None:
        """Write a line of the schedule into the book."""
        number, due_on, principal, interest, charge, penalty, balance, scheduled_from, amount = line
        asked = [principal, interest, charge, penalty]
        main = Due(len(self.lines), due_on, asked[:], asked[:])
        self.dues.append(main)
        none = [0, 0, 0, 0]
        row = LineBook(number, due_on, asked, balance, scheduled_from, main, none, none.copy())
        row.rounding = amount - principal - interest - charge - penalty
        self.lines.append(row)

    def date_charge(self, place: int, on: date, head: int, amount: int) -> None:
        """Give a charge that stands in a line a due date of its own."""
        main = self.lines[place].main
        if main.due_on >= on:
            main.unpaid[head] -= amount
            main.asked[head] -= amount
            self.insert(place, on, head, amount)

    def levy(self, on: date, head: int, amount: int) -> None:
        """Add a charge due on its own date to its line, or to a new line after the last."""
        place = self.place_of(on)
        line = self.lines[place]
        line.asked[head] += amount
        line.settled_on = None
        self.levied[head] += amount
        self.insert(place, on, head, amount)
        if not self.holds:
            self.use_excess(on)

    def receive(self, ref: int, on: date, amount: int) -> ReceiptBook:
        """Set received money on dues; the rest is excess."""
        dues, first = self.dues, self.first
        while first < len(dues) and not any(dues[first].unpaid):
            first += 1
        self.first = first
        if self.limited:
            settled, left = self._settle_due(amount, on, ahead=not self.course.due_only)
        else:
            settled, left = settle(amount, dues, first, on, self.course)
        receipt = ReceiptBook(ref, on, amount, left, [0, 0, 0, 0], [])
        self.receipts.append(receipt)
        self._write(receipt, settled, on)
        if left:
            self.excess += left
            self.pools.append(receipt)
        return receipt

    def use_excess(self, on: date) -> None:
        """Set money held in excess on what has become due, the oldest money first."""
        while self.pools and self.next_due_on() is not None:
            pool, before = self.pools[0], self.excess
            self._spend(pool, on)
            if not pool.excess:
                self.pools.popleft()
            elif self.excess == before:
                break

    def set_ahead(self, receipt: ReceiptBook, amount: int, after: date, on: date) -> None:
        """Set money that stood on lines due after a day on those that stand there now."""
        coming = [due for due in self.dues if due.due_on > after]
        cap = self.principal if self.undisbursed else amount
        settled, left = settle_capped(amount, coming, on, self.course, cap)
        self.excess += left - amount
        receipt.excess += left - amount
        self._write(receipt, settled, on)

    def set_held(self, on: date) -> None:
        """Set held money on what is due at the end of a day, oldest first, in a row of its own."""
        row = ReceiptBook(None, on, 0, 0, [0, 0, 0, 0], [], kind="held")
        for pool in self.pools:
            settled, left = self._settle_due(pool.excess, on, ahead=False)
            self.excess += left - pool.excess
            pool.excess = left
            pool.held += tuple(settled)
            self._write(row, settled, on)
        self.pools = deque(pool for pool in self.pools if pool.excess)
        if row.parts:
            self.receipts.append(row)

    def waive(self, head: int, amount: int, on: date) -> int:
        """Forgive up to `amount` of a head, oldest first; return what was left over."""
        for due in self.dues[self.first :]:
            part = min(due.unpaid[head], amount)
            if part:
                due.unpaid[head] -= part
                self.lines[due.place].waived[head] += part
                self.after(due, on)
                amount -= part
                if head == PRINCIPAL:
                    self.principal -= part
        return amount

    def add_penal(self, line: LineBook, amount: int) -> None:
        """Raise the derived penal charge of a line."""
        line.penal += amount
        line.asked[PENALTY] += amount
        line.main.asked[PENALTY] += amount
        line.main.unpaid[PENALTY] += amount

    def arrears(self, on: date) -> list[int]:
        """What is unpaid of everything due by the end of a day, by head."""
        end = bisect_right(self.dues, on, self.first, key=_due_on)
        unpaid = [due.unpaid for due in self.dues[self.first : end]]
        return [sum(head) for head in zip(*unpaid, strict=True)] if unpaid else [0, 0, 0, 0]

    def close_early(self, on: date, interest: int, charge: int) -> None:
        """Replace every line still to come by one closing line, due on this day.

        It asks the rest of the principal, the interest the terms allow and the closure's charge.
        Money already set on the lines to come is set again, on the closing line.
        """
        place = bisect_right(self.lines, on, key=_due_on)
        coming = self.lines[place:]
        dated = [due for due in self.dues if due.place >= place and due.due_on <= on]
        asked = self._closing_principal(coming, place)
        closing = self._closing_line(coming, place, on, [asked, interest, charge, 0])
        for due in dated:
            due.place = place
            for head in (CHARGE, PENALTY):
                closing.asked[head] += due.asked[head]
                closing.waived[head] += due.asked[head] - due.unpaid[head]
        self.hand_out(0, 0)
        self.closed_early = True
        self.levied[CHARGE] += charge
        self.lines = [*self.lines[:place], closing]
        dated += [due for due in self.dues if due.place < place]
        self.dues = sorted([*dated, closing.main], key=_due_key)
        self.first = self.grown = 0
        self._set_again(closing, on)

    def _closing_principal(self, coming: list[LineBook], place: int) -> int:
        """All principal that earlier lines do not ask: in the exact run their prints do not add up.

        What was already set on the lines to come, or forgiven of them, is still among it.
        """
        late = sum(line.main.unpaid[PRINCIPAL] for line in self.lines[:place])
        set_ahead = sum(line.paid[PRINCIPAL] + line.waived[PRINCIPAL] for line in coming)
        return max(self.principal + set_ahead - late, 0)

    def _closing_line(
        self, coming: list[LineBook], place: int, on: date, asked: list[int]
    ) -> LineBook:
        """The closing line, with what was forgiven of the lines it replaces.

        Interest that was forgiven beyond what is asked now is not forgiven twice. Charges already
        due by their own date stay dues of their own; those to come are no longer asked.
        """
        principal = sum(line.waived[PRINCIPAL] for line in coming)
        interest = min(sum(line.waived[INTEREST] for line in coming), asked[INTEREST])
        forgiven = [principal, interest, 0, 0]
        unpaid = [one - two for one, two in zip(asked, forgiven, strict=True)]
        main = Due(place, on, asked.copy(), unpaid)
        number = coming[0].number if coming else self.lines[-1].number + 1
        starts_on = coming[0].scheduled_from if coming else on
        return LineBook(number, on, asked, 0, starts_on, main, [0, 0, 0, 0], forgiven)

    def _set_again(self, closing: LineBook, on: date) -> None:
        """Take back what was set on lines that are gone; what was already due stays settled."""
        place = closing.main.place
        for receipt in self.receipts:
            kept = []
            for part in receipt.parts:
                due, head, amount, _ = part
                if due.place < place:
                    kept.append(part)
                elif due.due_on <= on:
                    kept.append(part)
                    closing.paid[head] += amount
                    closing.waived[head] -= amount
                else:
                    self.take_back(receipt, head, amount)
            receipt.parts = kept
        self.pools = deque(receipt for receipt in self.receipts if receipt.excess)
        self.use_excess(on)

    def take_back(self, receipt: ReceiptBook, head: int, amount: int) -> None:
        receipt.split[head] -= amount
        receipt.excess += amount
        self.excess += amount
        if head == PRINCIPAL:
            self.principal += amount

    def _spend(self, receipt: ReceiptBook, on: date) -> None:
        if self.undisbursed:
            settled, left = self._settle_due(receipt.excess, on, ahead=not self.holds)
        else:
            settled, left = settle(receipt.excess, self.dues, self.first, on, self.course)
        self.excess += left - receipt.excess
        receipt.excess = left
        self._write(receipt, settled, on)

    def _settle_due(self, amount: int, on: date, *, ahead: bool) -> tuple[list[Settled], int]:
        """Settle what is due; `ahead` what is to come too, up to the principal handed out."""
        self.next_due_on()
        end = bisect_right(self.dues, on, key=_due_on)
        first, cap = min(self.first, end), self.principal if self.undisbursed else None
        settled, left = settle_due(amount, self.dues[first:end], on, self.course, cap)
        if left and ahead:
            paid = sum(part for _, head, part, _ in settled if head == PRINCIPAL)
            coming, rule = self.dues[max(end, self.first) :], self.course
            more, left = settle_capped(left, coming, on, rule, self.principal - paid)
            settled += more
        return settled, left

    def _write(self, receipt: ReceiptBook, settled: list[Settled], on: date) -> None:
        """Note what a receipt settled, in its lines and in itself."""
        split, lines = receipt.split, self.lines
        receipt.parts += settled
        for due, head, amount, _ in settled:
            lines[due.place].paid[head] += amount
            split[head] += amount
            if head == PRINCIPAL:
                self.principal -= amount
            if not any(due.unpaid):
                self.after(due, on)

    def after(self, due: Due, on: date) -> None:
        """Date the line if nothing of it is left."""
        line = self.lines[due.place]
        settled = sum(line.paid) + sum(line.waived)
        if line.capitalised is not NOTHING:
            settled += sum(line.capitalised)
        if sum(line.asked) == settled:
            line.settled_on = on

    def insert(self, place: int, on: date, head: int, amount: int) -> None:
        unpaid = [0, 0, 0, 0]
        unpaid[head] = amount
        at = bisect_left(self.dues, (on, place), key=_due_key)
        self.dues.insert(at, Due(place, on, unpaid.copy(), unpaid))
        self.first = min(self.first, at)

    def place_of(self, on: date) -> int:
        """The place of the line with previous due < `on` ≤ due; a line is added after the last."""
        place = bisect_left(self.lines, on, key=_line_due_on)
        lines = self.lines
        while place < len(lines) and (
            lines[place].own
            or lines[place].due_on == self.terms.disbursed_on
            or (lines[place].number < 1 and on == self.terms.disbursed_on)
        ):
            place += 1  # neither a down payment's line nor one of money ahead takes charges
        if place == len(lines) and lines and lines[-1].own and on <= lines[-1].due_on:
            return place - 1  # but where no other is left
        if place < len(self.lines):
            return place
        last = self.lines[-1]
        main, none = Due(len(self.lines), on, [0] * 4, [0] * 4), ([0] * 4, [0] * 4)
        self.lines.append(LineBook(last.number + 1, on, [0] * 4, 0, last.due_on, main, *none))
        return main.place


_line_due_on = _due_on = attrgetter("due_on")


def _due_key(due: Due) -> tuple[date, int]:
    return due.due_on, due.place
