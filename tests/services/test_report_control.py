"""Exceptions somebody should look at, what ended, and what officers did."""

from __future__ import annotations

from datetime import timedelta

from app.domain.allocation import Head
from app.rows.reports import GroupRow
from tests.services.acting import recover, undo_receipt, write_off
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receive, today
from tests.services.planted import Wish, paid, plant, waived
from tests.services.portfolio import RUPEES
from tests.services.reporting import figure, groups, run


def _what(house: House, report: str) -> list[tuple[object, object]]:
    rows = run(house, report, OPENED - timedelta(30), today(house)).rows
    return [
        (row.figures["what"], row.figures["amount_minor"])
        for row in rows
        if isinstance(row, GroupRow)
    ]


def test_what_is_out_of_the_ordinary_stands_in_the_audit_report(house: House) -> None:
    loan = lent(house)
    wish = Wish(OPENED - timedelta(28), 4_000 * RUPEES, 4)
    wish.facts = [
        paid(OPENED - timedelta(20), 500 * RUPEES, OPENED - timedelta(18)),
        waived(OPENED - timedelta(10), 100 * RUPEES, Head.PRINCIPAL),
    ]
    plant(house, wish)
    posted = receive(house, loan, 859_00)
    undo_receipt(house, posted.receipt_id)
    told = _what(house, "audit")
    assert ("Back-dated: Receipt", 500 * RUPEES) in told
    assert ("Waived: Principal", 100 * RUPEES) in told
    assert ("Reversed: Receipt", 859_00) in told


def test_cash_from_one_person_at_the_limit_and_cash_reversed_are_exceptions(house: House) -> None:
    wish = Wish(OPENED - timedelta(28), 5_00_000 * RUPEES, 4)
    wish.facts = [paid(OPENED, 1_00_000 * RUPEES), paid(OPENED, 1_00_000 * RUPEES)]
    loan = lent(house)
    plant(house, wish)
    posted = receive(house, loan, 859_00)
    undo_receipt(house, posted.receipt_id)
    assert set(_what(house, "cash")) == {
        ("Cash receipt reversed", 859_00),
        ("Cash taken from one person on a day", 2_00_000 * RUPEES),
    }


def test_closings_write_offs_and_recoveries_are_told_apart(house: House) -> None:
    early = Wish(OPENED - timedelta(14), 1_000 * RUPEES, 4)
    early.facts = [paid(OPENED - timedelta(3), 1_000 * RUPEES)]
    loan = lent(house)
    plant(house, early)
    next_day(house, 8)
    struck = write_off(house, loan)
    recover(house, loan, 1_000_00)
    rows = groups(run(house, "ended-by", OPENED - timedelta(10), today(house), "kind"))
    assert list(rows) == ["Closed early", "Written off", "Recovered"]
    assert figure(rows["Closed early"], "lent_minor") == 1_000 * RUPEES
    assert figure(rows["Written off"], "written_off_minor") > 0
    assert figure(rows["Recovered"], "recovered_minor") == 1_000_00
    assert struck


def test_an_officer_is_told_with_what_was_lent_and_asked(house: House) -> None:
    loan = lent(house)
    next_day(house, 7)
    receive(house, loan, 859_00)
    (row,) = groups(run(house, "officers", OPENED, today(house))).values()
    assert (figure(row, "lent"), figure(row, "loans"), figure(row, "borrowers")) == (1, 1, 1)
    assert figure(row, "current_minor") == figure(row, "asked_minor") == 859_00
