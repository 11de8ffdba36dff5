"""Before a day is closed: what is open, not printed, not sent; the seal on the day book."""

from __future__ import annotations

import pytest

from app.commands.books import JournalLine, ProposeJournal
from app.commands.branch import CloseDay
from app.commands.servicing import NotePrint
from app.commands.settings import SaveAccount
from app.domain.errors import DayClosed
from app.queries.audit import ListDaySeals
from app.queries.day_end import ShowDayEnd
from app.queries.papers import DayBookForPaper
from app.rows.day_end import DayCheck
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receive, today


def checks(house: House) -> dict[str, DayCheck]:
    return {check.what: check for check in house.ask(house.manager, ShowDayEnd()).checks}


def test_the_day_in_figures_and_everything_in_order(house: House) -> None:
    end = house.ask(house.cashier, ShowDayEnd())
    assert (end.on, end.receipts, end.received_minor) == (OPENED, 0, 0)
    assert end.debit_minor == end.credit_minor == 10_50_000_00
    assert {check.state for check in end.checks} == {"ok"}
    assert not end.stops


def test_a_receipt_that_was_not_printed_and_an_act_that_waits_are_told(house: House) -> None:
    first, second = (receive(house, lent(house), 859_00) for _ in range(2))
    house.run(house.cashier, NotePrint(receipt_id=first.receipt_id))
    house.run(
        house.manager,
        SaveAccount(account_id=None, version=0, code="5100", title="Rent", kind="expense"),
    )
    lines = (JournalLine("5100", 10_00), JournalLine("1200", -10_00))
    house.run(
        house.cashier,
        ProposeJournal(lines=lines, currency="INR", on=today(house), reason="Rent"),
    )
    found = checks(house)
    assert (found["prints"].state, found["prints"].names) == ("warn", (second.number,))
    assert (found["checks"].state, found["checks"].count) == ("warn", 1)
    house.run(house.manager, CloseDay(on=today(house)))  # warned, not stopped
    with pytest.raises(DayClosed):
        house.ask(house.manager, ShowDayEnd())


def test_the_seal_is_printed_on_the_day_book_and_is_the_one_kept(house: House) -> None:
    lent(house)
    assert house.ask(house.manager, DayBookForPaper()).seal == ()  # still open
    shut = house.run(house.manager, CloseDay(on=OPENED))
    printed = house.ask(house.manager, DayBookForPaper(on=OPENED)).seal
    assert printed == shut.heads
    (day,) = house.ask(house.manager, ListDaySeals()).rows
    assert day.heads == printed


def test_a_day_that_was_caught_up_has_no_seal_of_its_own(house: House) -> None:
    next_day(house, 3)
    skipped = today(house).replace(day=OPENED.day + 1)
    assert house.ask(house.manager, DayBookForPaper(on=skipped)).seal == ()
