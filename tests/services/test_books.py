"""The books by hand: vouchers with two people, months closed and opened again, whole balances."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.commands.base import Command
from app.commands.books import (
    CloseMonth,
    JournalLine,
    PostJournal,
    ProposeJournal,
    ProposeReversal,
    ReopenDay,
    ReopenMonth,
    ReverseJournal,
)
from app.commands.branch import CloseDay, OpenDay
from app.commands.checks import AcceptCheck, DeclineCheck
from app.commands.users import SaveUser
from app.domain.errors import (
    KistError,
    LimitExceeded,
    NotPermitted,
    ValueRefused,
)
from app.domain.roles import Role
from app.ports import Session
from app.queries.admin import ListChecks, RunReport
from app.queries.books import ListBooksChoices, ListEntries, ShowEntry, ShowLedger
from app.rows.reports import GroupRow
from app.store.balances import moved, summed_until
from app.texts.errors import sentence
from tests.services.bookkeeping import RENT, keeper_of, voucher, whole
from tests.services.branch import MANY, OPENED, House, user
from tests.services.lending import lent, next_day, receive, today


def proposed(command: PostJournal) -> ProposeJournal:
    return ProposeJournal(
        lines=command.lines,
        currency=command.currency,
        on=command.on,
        reason=command.reason,
        kind=command.kind,
    )


@pytest.fixture
def keeper(house: House) -> Session:
    """A second manager, whose limit is wide."""
    return keeper_of(house)


def rows(house: House, report: str, on: date | None = None) -> dict[str, GroupRow]:
    """The rows of a report of the branch by their names."""
    day = on or today(house)
    result = house.ask(house.manager, RunReport(report=report, from_on=OPENED, to_on=day))
    return {row.name: row for row in result.rows if isinstance(row, GroupRow)}


def refused(house: House, who: Session, command: Command[object]) -> str:
    """The code of a refusal; it has a sentence."""
    with pytest.raises(KistError) as refusal:
        house.run(who, command)
    assert sentence(refusal.value)
    return str(refusal.value.params.get("why"))


def test_a_voucher_within_the_limit_is_written_at_once(house: House, keeper: Session) -> None:
    made = house.run(keeper, voucher(house))
    assert made.number == "STP-2526-J1-00001"
    view = house.ask(house.cashier, ShowEntry(entry_id=made.entry_id))
    assert [(leg.account, leg.debit_minor, leg.credit_minor) for leg in view.legs] == [
        (RENT, 1_500_00, 0),
        ("1200", 0, 1_500_00),
    ]
    assert view.row.narration == "Rent of the office"
    assert view.journal is not None
    assert (view.journal.number, view.journal.checker) == (made.number, "")
    assert view.line is not None
    assert whole(house)


def test_above_the_limit_a_second_person_lets_it_happen(house: House, keeper: Session) -> None:
    with pytest.raises(LimitExceeded):
        house.run(house.cashier, voucher(house))
    asked = house.run(house.cashier, proposed(voucher(house)))
    (check,) = house.ask(keeper, ListChecks())
    assert (check.command, check.subject_kind) == ("journal.post", "journal")
    with pytest.raises(NotPermitted):
        house.run(house.cashier, AcceptCheck(check_id=asked.check_id, version=1))
    house.run(keeper, AcceptCheck(check_id=asked.check_id, version=1))
    page = house.ask(keeper, ListEntries(kind="journal"))
    view = house.ask(keeper, ShowEntry(entry_id=page.rows[0].entry_id))
    assert view.journal is not None
    assert (view.journal.maker, view.journal.checker) == ("Cashier One", "Manager One")
    assert whole(house)


def test_a_declined_voucher_leaves_no_entry(house: House, keeper: Session) -> None:
    asked = house.run(house.cashier, proposed(voucher(house)))
    house.run(keeper, DeclineCheck(check_id=asked.check_id, version=1, reason="Paid last week"))
    assert house.ask(keeper, ListEntries(kind="journal")).count == 0
    assert whole(house)


def test_what_a_voucher_is_refused_for(house: House, keeper: Session) -> None:
    def of(*lines: tuple[str, int]) -> PostJournal:
        legs = tuple(JournalLine(account, amount) for account, amount in lines)
        return PostJournal(lines=legs, currency="INR", on=today(house), reason="x")

    assert refused(house, keeper, of((RENT, 100), ("1200", -90))) == "voucher-unbalanced"
    assert refused(house, keeper, of((RENT, 100))) == "voucher-lines"
    assert refused(house, keeper, of((RENT, 100), ("9999", -100))) == "no-such-account"
    assert refused(house, keeper, of((RENT, 0), ("1200", 0))) == "line-without-amount"
    for control in ("1300", "1310", "1320", "1330", "2100", "1100-1", "1100-7", "1230"):
        chosen = of((RENT, 100), (control, -100))
        assert refused(house, keeper, chosen) in ("control-account", "no-such-account"), control
    ahead = voucher(house, on=today(house) + timedelta(1))
    assert refused(house, keeper, ahead) == "in-the-future"
    assert house.ask(keeper, ListEntries(kind="journal")).count == 0


def test_a_voucher_is_taken_back_by_another_once(house: House, keeper: Session) -> None:
    made = house.run(keeper, voucher(house))
    back = house.run(keeper, ReverseJournal(voucher_id=made.voucher_id, reason="Keyed twice"))
    view = house.ask(keeper, ShowEntry(entry_id=made.entry_id))
    assert view.journal is not None
    assert view.journal.reversed_by == back.number
    again = ReverseJournal(voucher_id=made.voucher_id, reason="Again")
    assert refused(house, keeper, again) == "voucher-reversed"
    of_back = ReverseJournal(voucher_id=back.voucher_id, reason="Back")
    assert refused(house, keeper, of_back) == "a-reversal-stays"
    assert RENT not in {row.key for row in rows(house, "trial-balance").values()}
    assert whole(house)


def test_a_reversal_above_the_limit_waits(house: House, keeper: Session) -> None:
    made = house.run(keeper, voucher(house))
    ask = ProposeReversal(voucher_id=made.voucher_id, reason="Keyed twice")
    waits = house.run(house.cashier, ask)
    assert refused(house, house.cashier, ask) == "waiting-for-checker"
    house.run(keeper, AcceptCheck(check_id=waits.check_id, version=1))
    assert house.ask(keeper, ListEntries(kind="journal-reversal")).count == 1


def test_opening_balances_are_keyed_once(house: House, keeper: Session) -> None:
    lines = (JournalLine("1200", 5_000_00), JournalLine("3100", -5_000_00))
    opening = PostJournal(lines=lines, currency="INR", on=OPENED, reason="Moved in", kind="opening")
    next_day(house, 9)  # further back than the limit: the opening may be
    made = house.run(keeper, opening)
    assert refused(house, keeper, opening) == "opening-stands"
    house.run(keeper, ReverseJournal(voucher_id=made.voucher_id, reason="Wrong bank"))
    next_day(house, 31)
    house.run(keeper, CloseMonth(on=OPENED))
    late = PostJournal(
        lines=lines, currency="INR", on=today(house), reason="Moved in", kind="opening"
    )
    assert refused(house, keeper, late) == "opening-needs-checker"
    asked = house.run(keeper, proposed(late))
    third = house.run(house.manager, _third_manager()).user_id
    other = Session(house.manager.station_id, house.manager.branch_id, third)
    house.run(other, AcceptCheck(check_id=asked.check_id, version=1))
    assert whole(house)


def test_a_closed_month_takes_no_entry_until_it_is_opened_again(
    house: House, keeper: Session
) -> None:
    last = date(2026, 1, 31)
    assert refused(house, keeper, CloseMonth(on=OPENED)) == "month-not-over"
    next_day(house, 27)
    booked = voucher(house, on=last)
    house.run(keeper, booked)
    shut = house.run(keeper, CloseMonth(on=OPENED))
    assert (shut.last_on, [head.split(":")[0] for head in shut.heads]) == (last, ["1"])
    assert refused(house, keeper, CloseMonth(on=last)) == "month-closed-already"
    assert refused(house, keeper, booked) == "month-closed"
    assert refused(house, house.cashier, ReopenMonth(on=last, reason="x")) == "None"
    with pytest.raises(ValueRefused):
        house.run(keeper, ReopenMonth(on=last, reason=" "))
    opened = house.run(keeper, ReopenMonth(on=last, reason="Rent came late"))
    assert opened.last_on == last
    assert refused(house, keeper, ReopenMonth(on=last, reason="x")) == "month-open"
    house.run(keeper, booked)
    house.run(keeper, CloseMonth(on=last, reason="Rent is in"))
    assert refused(house, keeper, booked) == "month-closed"
    assert whole(house)


def test_opening_a_month_again_opens_what_follows_it(house: House, keeper: Session) -> None:
    next_day(house, 60)
    house.run(keeper, CloseMonth(on=date(2026, 2, 10)))
    house.run(keeper, ReopenMonth(on=date(2026, 1, 10), reason="From the start"))
    house.run(keeper, CloseMonth(on=date(2026, 1, 10)))
    assert refused(house, keeper, ReopenMonth(on=date(2026, 2, 1), reason="x")) == "month-open"


def test_the_last_closed_day_is_opened_again_and_closed_with_the_same_earnings(
    house: House, keeper: Session
) -> None:
    loan = lent(house)
    next_day(house, 3)
    day = today(house)
    house.run(house.manager, CloseDay(on=day))
    before = rows(house, "trial-balance", day)
    assert refused(house, house.cashier, ReopenDay(on=day, reason="x")) == "None"
    earlier = ReopenDay(on=day - timedelta(1), reason="x")
    assert refused(house, keeper, earlier) == "not-the-last-day"
    house.run(keeper, ReopenDay(on=day, reason="A receipt was left in the drawer"))
    assert today(house) == day
    assert refused(house, keeper, ReopenDay(on=day, reason="x")) == "no-day-to-reopen"
    house.run(house.manager, CloseDay(on=day))
    assert rows(house, "trial-balance", day) == before
    house.run(keeper, ReopenDay(on=day, reason="Once more"))
    receive(house, loan, 859_00)
    house.run(house.manager, CloseDay(on=day))
    assert rows(house, "trial-balance", day) != before
    assert whole(house)
    house.clock.move(days=1)
    house.run(house.manager, OpenDay(on=day + timedelta(1)))
    assert whole(house)


def test_a_day_of_a_closed_month_stays_closed(house: House, keeper: Session) -> None:
    next_day(house, 26)
    last = today(house)
    assert last == date(2026, 1, 31)
    house.run(keeper, CloseDay(on=last))
    house.run(keeper, CloseMonth(on=last))
    assert refused(house, keeper, ReopenDay(on=last, reason="x")) == "month-closed"


def test_balances_of_closed_days_are_kept_and_are_those_of_the_entries(
    house: House, keeper: Session
) -> None:
    receive(house, lent(house), 859_00)
    next_day(house, 8)
    house.run(keeper, voucher(house, on=OPENED + timedelta(2)))
    with house.store.read() as snapshot:
        branch_id = house.manager.branch_id
        kept = summed_until(snapshot, branch_id)
        assert kept is not None
        assert kept < today(house)
        held = moved(snapshot, branch_id, "INR", today(house))
        assert sum(one.balance for one in held.values()) == 0
        until = moved(snapshot, branch_id, "INR", OPENED + timedelta(1))
        assert RENT not in until
        since = moved(snapshot, branch_id, "INR", today(house), OPENED + timedelta(2))
        assert since[RENT].balance == 1_500_00
    assert whole(house)


def test_the_three_statements_say_the_same(house: House, keeper: Session) -> None:
    receive(house, lent(house), 859_00)
    next_day(house, 8)
    house.run(keeper, voucher(house))
    trial = rows(house, "trial-balance")
    assert _sum(trial, "debit_minor") == _sum(trial, "credit_minor") > 0
    income = rows(house, "income-statement")
    earned, rent = income["Interest income"], income["Rent"]
    profit = income["Loss"].figures["amount_minor"]
    whole_income = income["Income together"].figures["amount_minor"]
    assert rent.figures["amount_minor"] == 1_500_00
    assert earned.figures["amount_minor"] == trial["Interest income"].figures["credit_minor"]
    assert isinstance(whole_income, int)
    assert profit == whole_income - 1_500_00
    balance = rows(house, "balance-sheet")
    assert balance["Profit of the year"].figures["amount_minor"] == profit
    both = [balance[name].figures["amount_minor"] for name in _SIDES]
    assert both[0] == both[1]


def test_the_profit_of_a_year_is_kept_in_the_next(house: House, keeper: Session) -> None:
    house.run(keeper, voucher(house))
    next_day(house, 90)
    assert today(house) == date(2026, 4, 5)
    balance = rows(house, "balance-sheet")
    assert balance["Profit of earlier years, kept"].figures["amount_minor"] == -1_500_00
    assert "Profit of the year" not in balance
    income = rows(house, "income-statement")
    assert income["Rent"].figures["amount_minor"] == 1_500_00  # of the period asked about
    assert income["Rent"].figures["year_minor"] == 0


def test_a_ledger_runs_from_opening_to_closing_over_its_pages(
    house: House, keeper: Session
) -> None:
    for amount in (100_00, 200_00, 300_00):
        house.run(keeper, voucher(house, amount))
        next_day(house)
    span = ShowLedger(account="1200", from_on=OPENED + timedelta(1), to_on=today(house))
    whole_page = house.ask(house.cashier, span)
    assert dict(whole_page.totals) == {
        "opening": 10_00_000_00 - 100_00,
        "debit": 0,
        "credit": 500_00,
        "closing": 10_00_000_00 - 600_00,
    }
    second = house.ask(house.cashier, replace(span, offset=1, limit=1))
    assert second.rows == whole_page.rows[1:]
    assert second.rows[0].balance_minor == 10_00_000_00 - 600_00
    assert second.rows[0].against == "Rent"


def test_the_journal_is_found_by_number_account_day_and_kind(house: House, keeper: Session) -> None:
    loan = lent(house)
    receive(house, loan, 859_00)
    made = house.run(keeper, voucher(house))

    def numbers(**wanted: object) -> list[str]:
        return [row.number for row in house.ask(keeper, ListEntries(**wanted)).rows]  # type: ignore[arg-type]

    assert numbers(text=made.number) == [made.number]
    (receipt,) = numbers(kind="receipt")
    assert numbers(text=receipt) == [receipt]
    assert len(numbers(text=receipt[:4])) == 3  # the loan, its receipt, the voucher
    assert numbers(account=RENT) == [made.number]
    assert numbers(to_on=OPENED - timedelta(1)) == []
    choices = house.ask(keeper, ListBooksChoices())
    assert {"receipt", "journal", "opening"} <= set(choices.kinds)
    assert {one.code for one in choices.accounts if one.controlled} >= {"1300", "1100-1"}


_SIDES = ("Assets together", "Liabilities and equity together")


def _sum(found: dict[str, GroupRow], key: str) -> int:
    return sum(value for row in found.values() if isinstance(value := row.figures[key], int))


def _third_manager() -> SaveUser:
    grants = user(Role.MANAGER, sanction_minor=MANY).grants
    return SaveUser(full_name="Third Manager", login="third", grants=grants, password_hash="x")
