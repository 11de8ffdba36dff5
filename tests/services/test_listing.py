"""Lists, the find box and a day's interest say by kept rows what a look at everything says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, select

from app.commands.origination import Mode
from app.commands.servicing import ForecloseLoan, ReverseReceipt
from app.queries.servicing import QuoteForeclosure
from app.services.accruals import earned, earned_by_kinds
from app.services.standing import bucket_spans
from app.services.verify.projections import lists
from app.store.finding import Sought, hits
from app.store.late import Late
from app.store.listing import differing, list_all_anew, list_new_day
from app.store.loan_lists import (
    Wanted,
    found_loans,
    loan_page,
    loan_sums,
    looked_up_loans,
)
from app.store.loan_lists import looked_up_page as looked_up_loan_page
from app.store.loan_lists import looked_up_sums as looked_up_loan_sums
from app.store.overdue import (
    SORTS,
    late_buckets,
    late_page,
    late_sums,
    looked_up_buckets,
    looked_up_page,
    looked_up_sums,
)
from app.store.schema.lists import loan_list, loan_search
from tests.services.branch import House, founded, prepare
from tests.services.lending import lent, next_day, receive, today
from tests.services.planted import writing
from tests.services.portfolio import random_loans

LOAN_SORTS = (
    *("number", "borrower", "village", "product", "officer", "disbursed", "amount"),
    *("outstanding", "arrears", "status", "dpd", "nonsense"),
)
PARTS = (
    "person",
    "Person 01",
    "अ",
    "b",
    "is",
    "zq",
    "mishrikh",
    "stp-00",
    "stp-2526-l1-",
    "6-l1-0",
    "0",
    "pers 1",
    "m0",
    "%",
)


@pytest.fixture
def full_house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch with a portfolio of forty random loans, a day later."""
    house = founded(fresh_engine(prepare))
    random_loans(house, Random(7), 40)
    next_day(house)
    return house


def _late(house: House, **asked: Any) -> Late:
    return replace(Late(house.manager.branch_id, "INR", today(house)), **asked)


def _both_ways(sorts: Sequence[str]) -> list[str]:
    return [sign + sort for sort in sorts for sign in ("", "-")]


def test_every_order_of_the_overdue_list_is_as_looked_up(full_house: House) -> None:
    starts = {one.name: today(full_house) - timedelta(one.first) for one in bucket_spans()}
    officer = full_house.manager.user_id
    with full_house.store.read() as snapshot:
        for late in (
            _late(full_house),
            _late(full_house, due_today=True),
            _late(full_house, village="Biswan", officer_id=officer, promise="none"),
            _late(full_house, words=("person", "1")),
            _late(full_house, oldest=today(full_house) - timedelta(30)),
        ):
            assert late_sums(snapshot, late) == looked_up_sums(snapshot, late)
            if not late.due_today:
                wanted = looked_up_buckets(snapshot, late, starts)
                assert late_buckets(snapshot, late, starts) == wanted
            for sort in _both_ways(SORTS):
                for offset, limit in ((0, 7), (5, 6), (30, 50)):
                    page = (late, sort, offset, limit)
                    assert late_page(snapshot, *page) == looked_up_page(snapshot, *page), page


def test_every_order_of_the_loans_is_as_looked_up(full_house: House) -> None:
    branch_id, day = full_house.manager.branch_id, today(full_house)
    with full_house.store.read() as snapshot:
        for wanted in (
            *(Wanted(branch_id, day, status=one) for one in ("", "active", "closed")),
            Wanted(branch_id, day, ("biswan", "p")),
        ):
            assert loan_sums(snapshot, wanted) == looked_up_loan_sums(snapshot, wanted)
            for sort in _both_ways(LOAN_SORTS):
                for offset, limit in ((0, 9), (8, 7), (35, 20)):
                    page = (wanted, sort, offset, limit)
                    found = loan_page(snapshot, *page)
                    assert found == looked_up_loan_page(snapshot, *page), page


@pytest.mark.parametrize("looked_at", [1, 20, 2000])
def test_the_find_box_finds_what_a_look_through_all_texts_finds(
    full_house: House, monkeypatch: pytest.MonkeyPatch, looked_at: int
) -> None:
    for name in ("_SOON", "_SOON_IN_ORDER"):
        monkeypatch.setattr(f"app.store.finding.{name}", looked_at)
    monkeypatch.setattr("app.store.finding._FEW", 6)
    branch_id, day = full_house.manager.branch_id, today(full_house)
    with full_house.store.read() as snapshot:
        texts = snapshot.execute(select(loan_search.c.words)).scalars().all()
        random = Random(3)
        parts = [_part(random, random.choice(texts)) for _ in range(120)]
        for text in (*PARTS, *parts):
            words = tuple(text.casefold().split())
            if not words:
                continue
            wanted = Wanted(branch_id, day, words)
            found = found_loans(snapshot, wanted, 12)
            assert found == looked_up_loans(snapshot, wanted, 12), words


@pytest.mark.parametrize("strays", [0, 3, 500])
def test_numbers_that_do_not_follow_the_order_of_making_are_found_in_order(
    full_house: House, monkeypatch: pytest.MonkeyPatch, strays: int
) -> None:
    monkeypatch.setattr("app.store.finding._MOST_STRAYS", strays)
    monkeypatch.setattr("app.store.finding._FEW", 2)
    branch_id, random = full_house.manager.branch_id, Random(5)
    with writing(full_house) as tx:
        for loan_id in tx.connection.execute(select(loan_search.c.loan_id)).scalars().all()[::4]:
            number = f"STP-{random.randrange(10_000):05d}"
            tx.reproject(loan_search, loan_search.c.loan_id == loan_id, number=number)
    with full_house.store.read() as snapshot:
        query = select(loan_search).order_by(loan_search.c.ended, loan_search.c.number)
        rows = snapshot.execute(query).all()
        for words in (("person",), ("person", "1"), ("stp", "biswan"), ("per", "o")):
            held = [row.loan_id for row in rows if all(word in row.words for word in words)]
            for limit in (1, 3, 12, len(held)):
                sought = Sought(branch_id, words)
                assert list(hits(snapshot, sought, limit)) == held[:limit], (words, limit)


def _part(random: Random, text: str) -> str:
    start = random.randrange(len(text))
    return text[start : start + random.randint(1, 6)]


def test_rows_brought_to_a_day_are_as_made_anew(full_house: House) -> None:
    branch_id = full_house.manager.branch_id
    for days in (1, 6, 30):
        next_day(full_house, days)
        assert _differing(full_house) == []
        with full_house.store.read() as snapshot:
            before = snapshot.execute(select(loan_list).order_by(loan_list.c.loan_id)).all()
        with writing(full_house) as tx:
            list_all_anew(tx, branch_id, today(full_house))
        with full_house.store.read() as snapshot:
            after = snapshot.execute(select(loan_list).order_by(loan_list.c.loan_id)).all()
        assert before == after


def test_what_is_counted_by_kinds_earns_as_all_lines_do(house: House) -> None:
    loan_id, other_id = lent(house), lent(house, 20_000_00, product="JLG-F")
    posted = receive(house, loan_id, 500_00)
    next_day(house, 9)
    house.run(house.manager, ReverseReceipt(receipt_id=posted.receipt_id, reason="no"))
    _close_early(house, other_id)
    for days in (0, 1, 20, 200):
        on = today(house) + timedelta(days)
        with house.store.read() as snapshot:
            branch_id = house.manager.branch_id
            assert earned_by_kinds(snapshot, branch_id, on) == earned(snapshot, branch_id, on)


def test_a_changed_row_of_a_list_is_found(full_house: House) -> None:
    with full_house.store.read() as snapshot:
        assert list(lists(snapshot)) == []
        loan_id = snapshot.scalar(select(loan_list.c.loan_id).limit(1))
    with writing(full_house) as tx:
        tx.reproject(loan_list, loan_list.c.loan_id == loan_id, arrears_minor=1)
    with full_house.store.read() as snapshot:
        (found,) = lists(snapshot)
    assert (found.code, found.where) == ("projection-differs", f"loan_list {loan_id}")


def _close_early(house: House, loan_id: int) -> None:
    asked = house.ask(house.manager, QuoteForeclosure(loan_id=loan_id)).total_minor
    command = ForecloseLoan(
        loan_id=loan_id,
        quoted_minor=asked,
        currency="INR",
        mode=Mode.BANK,
        reference="1",
        payer="",
    )
    house.run(house.manager, command)


def _differing(house: House) -> Sequence[tuple[str, int]]:
    with house.store.read() as snapshot:
        return differing(snapshot)


def test_a_day_that_is_skipped_by_the_rows_is_looked_up(full_house: House) -> None:
    late = _late(full_house)
    with writing(full_house) as tx:
        list_new_day(tx, full_house.manager.branch_id, date(2026, 3, 1))
    with full_house.store.read() as snapshot:
        page = (late, "-dpd", 0, 10)
        assert late_page(snapshot, *page) == looked_up_page(snapshot, *page)
