"""The walk over the lines of a flat loan."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.oracle.model_spans import Spans
from tests.oracle.model_terms import Number, Terms
from tests.oracle.model_walk import Move, Row


class Flat:
    """Interest on the whole principal over the whole term, divided over the lines."""

    def __init__(self, terms: Terms, spans: Spans) -> None:
        assert terms.instalments is not None
        self.terms, self.spans, self.count = terms, spans, terms.instalments
        self.round = terms.rounding
        self.balance: Number = 0
        self.to_come: Number = 0
        self.line_interest: Number = 0
        self.line_principal: Number = 0
        self.carried: Number = 0  # interest of grace, not yet asked
        self.base: Number = 0  # what interest runs on
        self.gathered: Number = 0  # by the lines of a bullet so far
        self.exact_interest = Fraction(0)
        self.level: Number = 0
        if terms.rest and terms.repayment == "bullet":
            self.gathered = terms.rest.gathered
        elif terms.rest:
            self.carried = terms.rest.gathered

    def rows(self, balance: Number, base: Number, moves: Sequence[Move]) -> list[Row]:
        """All lines; `balance` is financed, interest is on `base`."""
        self.balance, self.base = balance, base
        self.to_come = self._brought(0, base, self.gathered)
        moves = sorted(moves, key=lambda move: move.on)
        rows: list[Row] = []
        self._divide(0)
        taken = 0
        for index in range(self.count):
            span, changed = self.spans[index], False
            while taken < len(moves) and moves[taken].on < span.due:
                self.balance += moves[taken].amount
                self.to_come += self._brought(index, moves[taken].amount)
                self.base += moves[taken].amount
                taken, changed = taken + 1, True
            if changed:
                self._divide(index)
            rows.append(self._row(index, more=taken < len(moves)))
            if self.balance == 0 and taken >= len(moves):
                break
        return rows

    def _brought(self, index: int, amount: Number, more: Number = 0) -> Number:
        spans = [self.spans[number] for number in range(index, self.count)]
        term = sum((span.years for span in spans), Fraction(0))
        return self.round.currency(more + amount * self.terms.rate * term)

    def _divide(self, index: int) -> None:
        bearing = self.count - max(index, self.terms.grace_free)
        repaying = self.count - max(index, self.terms.grace_principal)
        interest = Fraction(self.to_come) / bearing
        principal = Fraction(self.balance) / repaying
        self.line_interest = self.round.interest(interest)
        if self.terms.repayment == "equal-principal":
            self.line_principal = self.round.instalment(principal)
        else:
            self.line_principal = principal
        self.exact_interest = interest
        self.level = self.round.instalment(principal + interest)

    def _row(self, index: int, *, more: bool) -> Row:
        terms, span = self.terms, self.spans[index]
        last = index + 1 == self.count
        free = index < terms.grace_free
        interest: Number = 0 if free or terms.repayment == "bullet" else self.line_interest
        interest = min(interest, self.to_come)
        principal = self._principal(index, interest, free=free)
        if last:
            principal = self.balance
        principal = max(0, min(principal, self.balance))
        self.balance -= principal
        if last or (self.balance == 0 and not more):
            interest = self.to_come
        self.to_come -= interest
        own, before = interest, self.carried
        if terms.repayment == "bullet":
            own, before = self.base * terms.rate * span.years, self.gathered
            self.gathered += own
        if index < terms.grace_interest and not last and (self.balance or more):
            self.carried, interest = self.carried + interest, 0
        else:
            self.carried, interest = 0, interest + self.carried
        return Row(span.number, span.due, principal, interest, self.balance, own, before)

    def _principal(self, index: int, interest: Number, *, free: bool) -> Number:
        terms = self.terms
        if index < terms.grace_principal or terms.repayment in ("bullet", "interest-only"):
            return 0
        if terms.repayment == "equal-principal":
            return self.line_principal
        exact = 0 if free else self.exact_interest
        return self.round.instalment(self.line_principal + exact) - interest
