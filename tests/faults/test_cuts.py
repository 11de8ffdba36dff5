"""The line to the shared database is cut before, within and after a commit, and at any moment."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from app.domain.errors import StoreTrouble
from tests.databases import Databases
from tests.faults.cuts import SMALL, CutCounter, cut_at_moments, everywhere, go_silent
from tests.services.lending import receipt, today


@pytest.fixture(scope="module")
def counter(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[CutCounter]:
    with CutCounter.opened(databases, tmp_path_factory.mktemp("cuts")) as opened:
        yield opened


def test_cut_at_any_piece_of_a_receipt_it_is_taken_once_and_answered(counter: CutCounter) -> None:
    places, met = everywhere(counter, SMALL)
    assert met == places
    counter.whole()


def test_cut_again_and_again_under_four_cashiers_every_receipt_is_there_once(
    counter: CutCounter,
) -> None:
    taken = cut_at_moments(counter, SMALL.moments, random.Random(5))
    assert taken == SMALL.moments * 4
    counter.whole()


def test_a_silent_line_is_given_up_and_the_receipt_taken_once(counter: CutCounter) -> None:
    for _ in range(SMALL.silences):
        go_silent(counter)
    counter.whole()


def test_without_patience_a_cut_is_told_as_one(counter: CutCounter) -> None:
    amount = next(counter.amounts)
    counter.line.cut("refuse")
    command = receipt(counter.loan_id, amount, today(counter.house))
    with pytest.raises(StoreTrouble) as raised:
        counter.gate.run(counter.house.cashier, command, f"r{amount}")
    counter.line.cut("ok")
    assert raised.value.params["why"] == "gone"
    counter.looked_at(amount, counter.post(amount))
