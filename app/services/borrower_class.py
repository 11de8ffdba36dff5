"""Which borrowers are NPAs on a day, through whichever of their loans."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.domain.borrower import Arrears, npa_since
from app.domain.playing import play
from app.services.earned import not_received
from app.services.loan_now import LoanNow
from app.services.report_stock import lives, stock
from app.services.suspense import with_arrears
from app.services.work import Reading
from app.store.arrears import ACTIVE
from app.store.borrowers import (
    Spans,
    arrears_spans,
    late_now,
    late_then,
    loan_numbers,
    maybe_npas,
    parties_of,
)
from app.store.report_stock import Scope, dims_of

NPA = "npa"


@dataclass(frozen=True, slots=True)
class NotPerforming:
    """Since when a borrower is an NPA, through which loans; interest of a loan not received."""

    since_on: date | None = None
    through: tuple[str, ...] = ()
    suspended_minor: int = 0


def npas_of_loans(reading: Reading, loan_ids: Collection[int], day: date) -> dict[int, date]:
    """Of some loans those whose borrower is an NPA at the end of a day, and since when."""
    parties = parties_of(reading.connection, loan_ids)
    spans = arrears_spans(
        reading.connection, reading.branch.branch_id, day, frozenset(parties.values())
    )
    since = _since(spans, day)
    return {loan_id: since[party_id] for loan_id, party_id in parties.items() if party_id in since}


def not_performing(reading: Reading, now: LoanNow) -> NotPerforming:
    """How the borrower of a loan stands on the day of its figures."""
    party_id, day = now.record.party_id, now.day
    spans = arrears_spans(reading.connection, reading.branch.branch_id, day, [party_id])
    kept = spans.get(party_id, [])
    since = npa_since([span for _, span in kept], day)
    if since is None or now.position.status != ACTIVE:
        return NotPerforming()
    late = {loan_id for loan_id, span in kept if npa_since([span], day) is not None}
    others = late or {loan_id for loan_id, span in kept if _held(span, day)}
    out = max(not_received(now.position, now.terms, day), 0)
    return NotPerforming(since, tuple(loan_numbers(reading.connection, others)), out)


def npas_known(reading: Reading, scope: Scope, day: date, known_on: date) -> Mapping[int, date]:
    """All borrowers who are NPAs at the end of a day, as known until another. Read once."""
    key = ("npas", scope, day, known_on)
    return reading.once(key, lambda: _npas_known(reading, scope, day, known_on))


def _npas_known(reading: Reading, scope: Scope, day: date, known_on: date) -> dict[int, date]:
    at, branch_id = stock(reading, scope, day, known_on), scope.branch_id
    late = late_then(branch_id, day) if day < reading.day else late_now(branch_id, day)
    told = {row["party_id"] for row in dims_of(reading.connection, scope, at.retold)}
    some = {*maybe_npas(reading.connection, branch_id, day, late), *told}
    spans: Spans = {
        party_id: [one for one in kept if one[0] not in at.retold]
        for party_id, kept in arrears_spans(reading.connection, branch_id, day, some).items()
    }
    for row, terms, facts in lives(reading, scope, at.retold, known_on):
        states = play(terms, facts, day, known_on).spans
        own = spans.setdefault(row["party_id"], [])
        own += [(row["loan_id"], span) for span in with_arrears(states, day)]
    return _since(spans, day)


def _since(spans: Spans, day: date) -> dict[int, date]:
    found = {
        party_id: npa_since([span for _, span in kept], day) for party_id, kept in spans.items()
    }
    return {party_id: since for party_id, since in found.items() if since is not None}


def _held(span: Arrears, day: date) -> bool:
    """Whether the loan is in arrears at the end of the day."""
    return span.to_on is None or span.to_on >= day
