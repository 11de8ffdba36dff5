"""Terms that were keyed wrongly are put right from the beginning; closed days stay as they were."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.commands.acts import ProposeAct, wanted
from app.commands.checks import AcceptCheck
from app.commands.takeover import RestateLoan
from app.domain.errors import KistError, LimitExceeded, NotPermitted
from app.domain.roles import Role
from app.queries.admin import RunReport
from app.queries.papers import LoanProof
from app.queries.servicing import PreviewAct
from app.queries.takeover import ListLoanTerms
from app.texts.errors import sentence
from tests.services.acting import another, end, posted_on
from tests.services.branch import House
from tests.services.lending import lent, next_day, receive, shown, today


def right(house: House, loan_id: int, **changes: Any) -> RestateLoan:
    """The command that puts these terms of a loan right."""
    doc = {**json.loads(shown(house, loan_id).terms), **changes}
    return RestateLoan(loan_id=loan_id, terms=json.dumps(doc), reason="keyed 24 for 20")


def why(house: House, command: RestateLoan) -> str:
    with pytest.raises(KistError) as refusal:
        house.run(house.manager, command)
    assert refusal.value.field == "terms"
    assert "(" not in sentence(refusal.value)
    return str(refusal.value.params.get("why", refusal.value.code))


def test_a_restated_loan_is_what_it_would_have_been(house: House) -> None:
    wrong, plain = lent(house), lent(house, rate="20")
    next_day(house, 8)
    for loan in (wrong, plain):
        receive(house, loan, 900_00)
    house.run(house.manager, right(house, wrong, annual_rate="20"))
    one, two = shown(house, wrong), shown(house, plain)
    assert one.annual_rate == two.annual_rate == "20"
    assert one.instalments == two.instalments
    assert one.outstanding_minor == two.outstanding_minor
    assert one.payoff_minor == two.payoff_minor


def test_today_posts_the_difference_and_closed_days_keep_theirs(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    receive(house, loan, 859_00)
    closed = today(house)
    next_day(house, 1)
    before = posted_on(house, closed)
    house.run(house.manager, right(house, loan, annual_rate="20"))
    assert posted_on(house, closed) == before
    assert sum(posted_on(house, today(house)).values()) == 0
    assert posted_on(house, today(house))["1300"] != 0
    end(house, loan)


def test_a_report_of_a_closed_day_still_says_what_it_said(house: House) -> None:
    loan = lent(house)
    next_day(house, 20)
    day = today(house)
    next_day(house, 1)
    query = RunReport(report="overdue", from_on=day, to_on=day)
    said = house.ask(house.manager, query).rows
    assert said
    house.run(house.manager, right(house, loan, first_due_on="2026-03-02"))
    assert not shown(house, loan).arrears.total_minor
    assert house.ask(house.manager, query).rows == said


def test_the_proof_of_a_day_before_works_with_the_old_terms(house: House) -> None:
    loan = lent(house)
    day = today(house)
    next_day(house, 1)
    old = house.ask(house.manager, LoanProof(loan_id=loan, known_on=day))
    house.run(house.manager, right(house, loan, annual_rate="20"))
    assert house.ask(house.manager, LoanProof(loan_id=loan, known_on=day)).lines == old.lines
    assert house.ask(house.manager, LoanProof(loan_id=loan)).lines != old.lines


def test_every_version_is_kept_with_its_reason(house: House) -> None:
    loan = lent(house)
    house.run(house.manager, right(house, loan, annual_rate="20"))
    house.run(house.manager, right(house, loan, annual_rate="21"))
    versions = house.ask(house.manager, ListLoanTerms(loan_id=loan))
    assert [one.number for one in versions] == [3, 2, 1]
    assert [one.annual_rate for one in versions] == ["21", "20", "24"]
    assert versions[0].reason == "keyed 24 for 20"
    assert versions[0].by == "Meena Khanna"
    (change,) = versions[0].changes
    assert (change.what, change.was, change.now) == ("Rate of interest a year", "20%", "21%")
    assert not versions[2].changes


def test_the_day_earns_by_the_terms_in_force(house: House) -> None:
    loan = lent(house)
    next_day(house, 3)
    penal = {"percent_a_year": "12", "of": "overdue-principal", "grace_days": 0}
    house.run(house.manager, right(house, loan, penalty=penal))
    next_day(house, 20)
    assert shown(house, loan).due_today.penalty_minor > 0
    end(house, loan)


def test_a_preview_shows_both_sides_and_posts_nothing(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    receive(house, loan, 859_00)
    was = shown(house, loan)
    command = right(house, loan, annual_rate="20")
    seen = house.ask(house.manager, PreviewAct(loan_id=loan, act=wanted(command)))
    assert (seen.before.annual_rate, seen.after.annual_rate) == ("24", "20")
    assert any(line.changed for line in seen.lines)
    assert sum(leg.debit_minor - leg.credit_minor for leg in seen.entries) == 0
    assert seen.entries
    assert shown(house, loan) == was
    house.run(house.manager, command)
    now = shown(house, loan)
    assert now.outstanding_minor == seen.after.outstanding_minor
    assert now.payoff_minor == seen.after.payoff_minor


def test_what_happened_stays(house: House) -> None:
    loan = lent(house)
    assert why(house, right(house, loan, principal="12000.00")) == "restate-fixed"
    assert why(house, right(house, loan, disbursed_on="2026-01-02")) == "restate-fixed"
    assert why(house, right(house, loan)) == "restate-same"
    assert why(house, right(house, loan, annual_rate="-1")) == "terms-refused"


def test_terms_that_the_history_does_not_fit_are_refused_whole(house: House) -> None:
    loan = lent(house)
    next_day(house, 8)
    for amount in (10_050_00, 20_00):  # without interest the first would have been enough
        receive(house, loan, amount)
    before = shown(house, loan)
    assert why(house, right(house, loan, annual_rate="0")) == "restate-history"
    assert shown(house, loan) == before


def test_only_a_manager_within_the_limit_may(house: House) -> None:
    loan = lent(house)
    command = right(house, loan, annual_rate="20")
    with pytest.raises(NotPermitted):
        house.run(house.officer, command)
    small = another(house, "deputy", Role.MANAGER, restate_minor=5_000_00)
    with pytest.raises(LimitExceeded):
        house.run(small, command)
    asked = house.run(small, ProposeAct(loan_id=loan, act=wanted(command)))
    house.run(house.manager, AcceptCheck(check_id=asked.check_id, version=asked.version))
    assert shown(house, loan).annual_rate == "20"
