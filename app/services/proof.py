"""The proof of a loan: its terms, lines and history worked out, to be checked by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction

from app.domain.allocation import AdvanceTo
from app.domain.conventions import Recalculate
from app.domain.errors import NotFound
from app.domain.events import Event, EventKind
from app.domain.explaining import worked_out
from app.domain.loan import Position
from app.domain.roles import Permission
from app.domain.terms import Terms
from app.queries.papers import LoanProof
from app.rows.proof import ProofLevel, ProofPaper, ProofStep, ProofSum
from app.services.loan_now import loan_now
from app.services.paper_settings import paper_look
from app.services.projecting import LOAN, terms_of_loan
from app.services.proof_history import AFTER_ALL, History, Told, at, history_of
from app.services.proof_lines import levels_of, lines_of
from app.services.proof_penal import penals_of
from app.services.proof_steps import held_steps, steps_of
from app.services.receipt_papers import Row, centre_of, full_name
from app.services.registry import answers
from app.services.work import Reading
from app.store.ledger import event_facts
from app.store.money import loan_for_paper
from app.store.products import product_by_id

_REPLANS = (EventKind.DISBURSEMENT, EventKind.RATE, EventKind.RESCHEDULE)
_MONEY_IN = (EventKind.RECEIPT, EventKind.RECOVERY)


@answers(LoanProof, needs=Permission.VIEW_LOANS)
def loan_proof(reading: Reading, query: LoanProof) -> ProofPaper:
    """The loan worked out to the business date, or as it was believed on a day before."""
    now = loan_now(reading, query.loan_id)
    known_on = query.known_on
    day = reading.day if known_on is None else min(known_on, reading.day)
    events = [e for e in now.events if known_on is None or e.booked_on <= known_on]
    about = loan_for_paper(reading.connection, query.loan_id)
    if about is None or not events:
        raise NotFound(what=LOAN, id=query.loan_id)
    told = {
        ref: Told(number, who, title)
        for ref, title, who, number, *_ids in event_facts(reading.connection, query.loan_id)
    }
    terms = terms_of_loan(reading.connection, now.record, known_on)
    product = product_by_id(reading.connection, about["product_id"])
    title = "" if product is None else str(product["title"])
    look = paper_look(reading)
    lent = {**about, "language": look.for_borrower(about["language"]), "lender": look.lender}
    return proof_of(lent, title, history_of(terms, events, told), (day, reading.day), known_on)


def proof_of(
    about: Row, product: str, history: History, days: tuple[date, date], known_on: date | None
) -> ProofPaper:
    """The paper as on the first of the days, printed on the second."""
    worked = worked_out(history.terms, history.events, days[0])
    told = list(steps_of(history))
    steps = [*(step for step, _after in told), *held_steps(history, worked.position)]
    ends = _day_ends(history, [after for _step, after in told if after], worked.position)
    return ProofPaper(
        lender=about["lender"],
        loan_number=about["number"],
        borrower=full_name(about),
        member_number=about["member_number"],
        centre=centre_of(about),
        product=product,
        currency=history.terms.currency,
        terms=history.terms,
        opened=any(event.kind is EventKind.OPENING for event in history.events),
        levels=tuple(_levels(history)),
        lines=tuple(lines_of(worked)),
        steps=tuple(sorted(steps, key=_when)),
        penals=tuple(penals_of(history.terms, ends, worked.position)),
        position=worked.position,
        sums=tuple(sums_of(history, worked.position)),
        known_on=known_on,
        printed_on=days[1],
        language=about["language"],
    )


def _when(step: ProofStep) -> date:
    return step.on


def _levels(history: History) -> Iterator[ProofLevel]:
    """The instalments of the first plan, then those found again at each change of it."""
    standing = history.live_before(len(history.events))
    seen: set[tuple[int, Fraction]] = set()
    for place, event in enumerate(standing):
        if event.kind in _REPLANS or (event.kind is EventKind.RECEIPT and _reduces(history.terms)):
            events = [*standing[: place + 1], AFTER_ALL]
            for one in levels_of(worked_out(history.terms, events, event.on), event.on):
                if (one.first_line, one.level) not in seen:
                    seen.add((one.first_line, one.level))
                    yield one


def _reduces(terms: Terms) -> bool:
    """Whether money ahead changes the lines to come."""
    ahead = (AdvanceTo.REDUCE_INSTALMENT, AdvanceTo.REDUCE_TERM)
    return terms.allocation.advance_to in ahead


def _day_ends(history: History, afters: Sequence[Position], end: Position) -> list[Position]:
    """The positions at the end of each day on which something happened.

    Due days too, where money that is held is set by itself on them.
    """
    by_day = {position.as_on: position for position in afters}
    if history.terms.allocation.advance_to is AdvanceTo.HOLD or _follows_days(history.terms):
        standing = history.live_before(len(history.events))
        for on in {line.due_on for line in end.lines if line.due_on < end.as_on} - by_day.keys():
            by_day[on] = at(history.terms, [e for e in standing if e.on <= on], on)
    return [by_day[on] for on in sorted(by_day)]


def _follows_days(terms: Terms) -> bool:
    return terms.recalculate is not Recalculate.NEVER


def sums_of(history: History, position: Position) -> Iterator[ProofSum]:
    """What must come out: the principal handed out, and the money received."""
    standing = history.live_before(len(history.events))
    lines = position.lines
    waived = sum(line.waived.principal for line in lines) - position.written_off.principal
    yield ProofSum(
        "handed-out",
        _handed_out(history.terms, standing) + sum(position.capitalised),
        (
            ("repaid", sum(line.paid.principal for line in lines)),
            ("waived", waived),
            ("written-off", position.written_off.principal),
            ("outstanding", position.principal_outstanding),
        ),
    )
    money = sum(event.amount for event in standing if event.kind in _MONEY_IN)
    back = sum(event.amount for event in standing if event.kind is EventKind.REFUND)
    rows = position.receipts
    yield ProofSum(
        "received",
        money - back,
        (
            ("penalty", sum(row.penalty for row in rows)),
            ("charge", sum(row.charge for row in rows)),
            ("interest", sum(row.interest for row in rows)),
            ("principal", sum(row.principal for row in rows)),
            ("held", sum(row.excess for row in rows if not row.reversed)),
        ),
    )


def _handed_out(terms: Terms, standing: Sequence[Event]) -> int:
    """The principal of the loan so far; of one taken over, what was left of it."""
    total = 0
    for event in standing:
        if event.kind is EventKind.DISBURSEMENT:
            total += event.amount or terms.first_amount
        elif event.kind is EventKind.OPENING and event.opening is not None:
            total += sum(line.principal for line in event.opening.lines)
    return total
