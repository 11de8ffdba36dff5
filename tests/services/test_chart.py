"""The chart of accounts: added to and renamed; the posting rules say what is posted."""

from __future__ import annotations

from typing import Any

import pytest

from app.commands.settings import SaveAccount
from app.domain.errors import NotPermitted, StaleVersion, ValueRefused
from app.queries.settings import ShowChart
from app.rows.settings import AccountRow, ChartView
from tests.services.branch import House


def chart(house: House) -> ChartView:
    return house.ask(house.manager, ShowChart())


def account(house: House, code: str) -> AccountRow:
    return next(row for row in chart(house).accounts if row.code == code)


def asked(row: AccountRow, **changes: Any) -> SaveAccount:
    facts = {"code": row.code, "title": row.title, "kind": row.kind, "version": row.version}
    return SaveAccount(account_id=row.account_id, **{**facts, **changes})


def test_an_account_is_added_and_renamed_at_its_version(house: House) -> None:
    house.run(house.manager, SaveAccount(code="5510", title="Stationery", kind="expense"))
    row = account(house, "5510")
    assert (row.used, row.ruled) == (False, False)
    house.run(house.manager, asked(row, title=" Paper  and ink "))
    assert account(house, "5510").title == "Paper and ink"
    with pytest.raises(StaleVersion):
        house.run(house.manager, asked(row, title="Late"))
    with pytest.raises(NotPermitted):
        house.run(house.cashier, asked(row))


def test_an_account_of_the_program_is_renamed_and_never_recoded(house: House) -> None:
    cash = account(house, "1100-1")
    assert (cash.used, cash.ruled) == (True, True)
    house.run(house.manager, asked(cash, title="Till one"))
    assert account(house, "1100-1").title == "Till one"
    now = account(house, "1100-1")
    for field, value in (("code", "1101"), ("kind", "income")):
        with pytest.raises(ValueRefused) as refused:
            house.run(house.manager, asked(now, **{field: value}))
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("code", "title", "kind", "field"),
    [
        ("1", "Short", "asset", "code"),
        ("12 4", "Blank", "asset", "code"),
        ("1200", "Bank again", "asset", "code"),
        ("5511", " ", "expense", "title"),
        ("5511", "Odd", "odd", "kind"),
    ],
)
def test_what_no_account_is_is_refused(
    house: House, code: str, title: str, kind: str, field: str
) -> None:
    with pytest.raises(ValueRefused) as refused:
        house.run(house.manager, SaveAccount(code=code, title=title, kind=kind))
    assert refused.value.field == field


def test_the_rules_name_both_accounts_of_every_event(house: House) -> None:
    house.run(house.manager, asked(account(house, "4100"), title="Interest earned"))
    said = {(row.event, row.part): (row.debit, row.credit) for row in chart(house).postings}
    assert said["accrual", "interest"] == ("1310 Interest receivable", "4100 Interest earned")
    assert said["receipt", "principal"] == ("", "1300 Loans outstanding")
    assert said["waiver", "penalty"] == (
        "5320 Penal charges waived",
        "1330 Penal charges receivable",
    )
    assert said["charge", "charge"] == ("1320 Charges receivable", "4210 Charges levied")
