"""A file of loans that ran elsewhere: everything in it goes on here, or nothing does."""

from __future__ import annotations

import pytest

from app.commands.takeover import TakeOverFile
from app.domain.errors import KistError, LimitExceeded, NotPermitted, ValueRefused
from app.domain.roles import Role
from app.queries.servicing import FindLoans, ListLoans
from app.queries.takeover import CheckTakeOverFile
from app.rows.takeover import FileCheck
from app.texts.errors import sentence
from tests.services.acting import another, end
from tests.services.branch import House
from tests.services.lending import lent, shown

HEAD = (
    "old_number,product,officer,full_name,phone,village,principal,annual_rate,instalments,"
    "disbursed_on,opening_on,received,excess,line_number,line_due_on,line_principal,line_interest"
)
DAYS = "24,12,2025-12-01,2026-01-05"
PAID = (
    "A-1,JLG-W,officer1,Sunita Devi,9876543210,Rampur,10000.00,24,12,2025-12-01,2026-01-05,{0},,,,,"
)
OPEN = (
    f"A-2,JLG-W,officer1,Geeta Bai,,Rampur,8000.00,{DAYS},,,11,2026-01-02,700.00,5.50",
    "A-2,,,,,,,,,,,,,12,2026-01-09,710.00,2.25",
)


def filed(*rows: str) -> str:
    return "\n".join((HEAD, *rows))


def check(house: House, text: str) -> FileCheck:
    return house.ask(house.manager, CheckTakeOverFile(text=text))


def command(text: str) -> TakeOverFile:
    return TakeOverFile(text=text, reason="portfolio bought")


GOOD = filed(PAID.format("3000.00"), *OPEN)


def test_a_file_is_taken_over_whole(house: House) -> None:
    seen = check(house, GOOD)
    assert not seen.refusals
    assert [one.old_number for one in seen.loans] == ["A-1", "A-2"]
    done = house.run(house.manager, command(GOOD))
    assert (done.loans, done.outstanding_minor) == (2, seen.outstanding_minor)
    loans = house.ask(house.manager, ListLoans()).rows
    assert [row.number for row in loans] == ["STP-2526-L1-00001", "STP-2526-L1-00002"]
    second = shown(house, loans[1].loan_id)
    assert second.outstanding_minor == 1_410_00
    assert second.arrears.interest_minor == 5_50
    assert house.ask(house.manager, FindLoans(text="geeta"))
    end(house, second.loan_id)


def test_every_mistake_has_its_line_and_column(house: House) -> None:
    text = filed(
        PAID.format("3000.00"),
        PAID.format("12.5.0"),
        *(OPEN[0], OPEN[1].replace("2026-01-09", "9 January")),
        PAID.replace("A-1", "A-3").replace("JLG-W", "NONE").format("0.00"),
        PAID.replace("A-1", "A-4").replace("officer1", "nobody").format("0.00"),
        PAID.replace("A-1", "A-5").replace("Sunita Devi", "").format("0.00"),
        PAID.replace("A-1", "A-6").replace(",24,12,", ",24,0,").format("0.00"),
    )
    seen = check(house, text)
    assert [(one.line, one.column) for one in seen.refusals] == [
        (3, "old_number"),
        (5, "line_due_on"),
        (6, "product"),
        (7, "officer"),
        (8, "full_name"),
        (9, "instalments"),
    ]
    assert not seen.loans
    assert all("(" not in one.reason for one in seen.refusals)


def test_one_mistake_refuses_the_whole_file(house: House) -> None:
    bad = filed(PAID.format("3000.00"), PAID.replace("A-1", "A-9").format("a lot"))
    with pytest.raises(ValueRefused) as refusal:
        house.run(house.manager, command(bad))
    assert refusal.value.field == "text"
    assert "line 3" in sentence(refusal.value)
    assert house.ask(house.manager, ListLoans()).count == 0


def test_the_same_file_twice_is_refused_by_its_old_numbers(house: House) -> None:
    house.run(house.manager, command(GOOD))
    assert [one.column for one in check(house, GOOD).refusals] == ["old_number", "old_number"]
    with pytest.raises(ValueRefused):
        house.run(house.manager, command(GOOD))


def test_a_known_borrower_is_named_by_the_member_number(house: House) -> None:
    known = shown(house, lent(house))
    with house.store.read() as snapshot:
        number = snapshot.exec_driver_sql("select number from parties").scalar()
    text = GOOD.replace("full_name", "member_number").replace("Sunita Devi", str(number))
    seen = check(house, text.replace("Geeta Bai", str(number)))
    assert all(one.known_party and one.borrower == known.borrower for one in seen.loans)


def test_semicolons_and_a_mark_at_the_start_are_read_too(house: House) -> None:
    assert not check(house, "\ufeff" + GOOD.replace(",", ";")).refusals


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "file-columns"),
        (HEAD, "file-empty"),
        (HEAD.replace("village", "colour"), "file-column-unknown"),
        (HEAD.replace("village", "phone"), "file-column-twice"),
        (HEAD.replace("principal,", "excess,", 1), "file-column-twice"),
        (filed('"A-1'), "file-cells"),
        (filed(PAID.format("3,000,000,000,000,000")), "file-cells"),
    ],
)
def test_a_file_of_another_shape_is_refused(house: House, text: str, why: str) -> None:
    with pytest.raises(KistError) as refusal:
        check(house, text)
    assert refusal.value.params["why"] == why
    assert "(" not in sentence(refusal.value)


def test_only_a_manager_within_the_limit_may(house: House) -> None:
    with pytest.raises(NotPermitted):
        house.run(house.cashier, command(GOOD))
    with pytest.raises(LimitExceeded):
        house.run(another(house, "deputy", Role.MANAGER, take_over_minor=5_00), command(GOOD))
