"""The proof of a living loan, asked for through the gate."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.commands.acts import RescheduleLoan
from app.commands.servicing import ReverseReceipt
from app.domain.errors import NotFound
from app.papers import Papers
from app.queries.papers import LoanProof
from tests.papers.reading import text_of
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today


def test_a_proof_tells_the_reversal_the_late_receipt_and_the_reschedule(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    first = receive(house, loan, 1_500_00)
    day = next_day(house, 9)
    house.run(house.manager, ReverseReceipt(receipt_id=first.receipt_id, reason="Bounced"))
    late = receive(house, loan, 700_00, day - timedelta(1))
    day = next_day(house, 5)
    act = RescheduleLoan(loan_id=loan, on=day, instalments=15, reason="Flood")
    house.run(house.manager, act)
    paper = house.ask(house.officer, LoanProof(loan_id=loan))
    assert [step.kind for step in paper.steps] == [
        *("disbursement", "receipt", "receipt", "reversal", "reschedule")
    ]
    assert all(one.agrees for one in paper.sums)
    assert paper.position.principal_outstanding == shown(house, loan).outstanding_minor
    text = text_of(Papers().pdf(paper))
    assert f"Receipt {first.number} · ₹1,500.00" in text
    assert "Bounced. It counts for nothing, from its own day on." in text
    assert f"Receipt {late.number} · ₹700.00" in text
    assert "Entered on" in text
    assert "Rescheduling" in text


def test_a_proof_of_an_earlier_day_knows_only_what_was_known(house: House) -> None:
    loan = lent(house)
    day = next_day(house, 7)
    receive(house, loan, 1_500_00)
    next_day(house)
    receive(house, loan, 300_00, day)
    paper = house.ask(house.officer, LoanProof(loan_id=loan, known_on=day))
    assert [step.amount_minor for step in paper.steps if step.kind == "receipt"] == [1_500_00]
    assert paper.position.as_on == day < today(house)


def test_a_loan_of_another_branch_has_no_proof_here(house: House) -> None:
    with pytest.raises(NotFound):
        house.ask(house.officer, LoanProof(loan_id=999_999))
