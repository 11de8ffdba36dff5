"""The audit log: who did what, filtered and masked; the seals of the days against the chains."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

import pytest
from sqlalchemy import Engine, Select, delete, select

from app.commands.branch import CloseDay
from app.commands.users import SaveUser
from app.domain.errors import NotPermitted, ValueRefused
from app.queries.admin import ListUsers
from app.queries.audit import (
    CompareHeads,
    ListAudit,
    ListAuditChoices,
    ListDaySeals,
    ShowAuditLine,
)
from app.services.all import REGISTRY
from app.store.audit import Wanted, count_lines
from app.store.audit import lines as list_lines
from app.store.audit_subjects import list_all_subjects
from app.store.branch import heads
from app.store.schema.loans import loans, receipts
from app.store.schema.people import parties, products
from app.store.schema.system import audit, audit_subjects, users
from app.store.store import Snapshot
from app.texts.command_labels import COMMANDS
from tests.services.branch import OPENED, House, founded, prepare
from tests.services.lending import lent, next_day, receive
from tests.services.planted import writing
from tests.services.portfolio import random_loans
from tests.services.tampering import tamper


@pytest.fixture
def full_house(fresh_engine: Callable[..., Engine]) -> House:
    """A branch with some random loans."""
    house = founded(fresh_engine(prepare))
    random_loans(house, Random(3), 4)
    return house


def commands(house: House, **asked: object) -> list[str]:
    page = house.ask(house.manager, ListAudit(**asked))  # type: ignore[arg-type]
    assert page.count == len(page.rows)
    return [row.command for row in page.rows]


def test_lines_are_listed_the_latest_first_with_who_what_and_how_much(house: House) -> None:
    loan = lent(house)
    posted = receive(house, loan, 500_00)
    row = house.ask(house.manager, ListAudit()).rows[0]
    assert (row.command, row.who, row.subject) == ("receipt.post", "Cashier One", posted.number)
    assert (row.amount_minor, row.currency, row.outcome) == (500_00, "INR", "done")


def test_filters_narrow_by_person_command_outcome_day_and_number(house: House) -> None:
    loan = lent(house)
    receive(house, loan, 500_00)
    with pytest.raises(NotPermitted):
        house.run(house.cashier, CloseDay(on=OPENED))
    cashier = house.cashier.user_id
    assert "receipt.post" in commands(house, user_id=cashier)
    assert commands(house, command="receipt.post") == ["receipt.post"]
    assert commands(house, outcome="refused") == ["day.close"]
    assert "receipt.post" in commands(house, from_on=OPENED, to_on=OPENED)
    assert commands(house, to_on=OPENED.replace(year=2025)) == []
    number = house.ask(house.manager, ListAudit(command="loan.disburse")).rows[0].subject
    assert commands(house, text=number.lower()) == ["receipt.post", "loan.disburse"]
    assert commands(house, text="no such number") == []
    with pytest.raises(ValueRefused):
        commands(house, from_on=OPENED, to_on=OPENED.replace(day=1))


def test_a_number_finds_the_lines_whose_texts_name_it(full_house: House) -> None:
    with full_house.store.read() as snapshot:
        lines = snapshot.execute(select(audit)).mappings().all()
        ids = [
            one
            for table in (loans, receipts, parties, users, products)
            for one in snapshot.execute(select(table.c.id)).scalars()
        ]
        for one in ids:
            held = {
                (line["station_id"], line["number"])
                for line in lines
                if any(
                    f"{before}{one}{after}" in line[name]
                    for name in ("payload", "result", "facts")
                    for before, after in ((":", ","), (":", "}"), (",", ","))
                )
            }
            wanted = Wanted(None, about=(one,))
            found = [(row["station_id"], row["number"]) for row in found_lines(snapshot, wanted)]
            assert set(found) == held
            assert len(found) == len(held) == count_lines(snapshot, wanted)
    with writing(full_house) as tx:
        stood = tx.connection.execute(_every_subject()).all()
        tx.connection.execute(delete(audit_subjects))
        list_all_subjects(tx.connection)
        assert tx.connection.execute(_every_subject()).all() == stood


def _every_subject() -> Select[Any]:
    one = audit_subjects.c
    return select(audit_subjects).order_by(one.subject_id, one.station_id, one.number)


def found_lines(snapshot: Snapshot, wanted: Wanted) -> Sequence[Any]:
    return list_lines(snapshot, wanted, 0, 100_000)


def test_a_line_shows_its_values_and_masks_what_names_a_person(house: House) -> None:
    before = next(r for r in house.ask(house.manager, ListUsers()) if r.login == "officer1")
    house.run(
        house.manager,
        SaveUser(
            user_id=before.user_id,
            version=before.version,
            full_name="Ravi Shukla",
            login="officer1",
            grants=before.grants,
            password_hash="secret-hash",
        ),
    )
    row = house.ask(house.manager, ListAudit(command="user.save")).rows[0]
    query = ShowAuditLine(station_id=row.station_id, number=row.number)
    details = house.ask(house.manager, query)
    said = {field.path: field for field in details.asked}
    assert said["full_name"].masked
    assert said["full_name"].value.startswith("R")
    assert said["grants.1.role"].value == "officer"
    whole = json.dumps([(field.path, field.value) for field in details.asked])
    assert "Shukla" not in whole
    assert "secret" not in whole
    assert ("users", 1) in details.rows


def test_choices_are_people_and_commands_that_were_used(house: House) -> None:
    choices = house.ask(house.manager, ListAuditChoices())
    assert (house.cashier.user_id, "Cashier One") in choices.people
    assert choices.commands == ("branch.open", "recovery.confirm", "user.save")


def test_every_command_has_words() -> None:
    assert sorted(COMMANDS) == sorted(REGISTRY.commands)


def test_a_closed_day_carries_its_seal_and_a_changed_line_breaks_it(house: House) -> None:
    next_day(house)
    now, before = house.ask(house.manager, ListDaySeals()).rows
    assert (now.state, before.state) == ("open", "whole")
    assert (before.day_on, before.closed_by) == (OPENED, "Meena Khanna")
    number = int(before.heads[0].split(":")[1])
    other = "f" * 64
    assert tamper(house, f"UPDATE audit SET hash = '{other}' WHERE number = {number}") == 1
    assert house.ask(house.manager, ListDaySeals()).rows[1].state == "broken"


def test_heads_kept_outside_agree_differ_or_were_cut_off(house: House) -> None:
    with house.store.read() as snapshot:
        kept = heads(snapshot)
    station, number, made = kept[0].split(":")
    assert house.ask(house.manager, CompareHeads(heads=kept))[0].state == "agrees"
    other = f"{station}:{number}:{'0' * 64}"
    assert house.ask(house.manager, CompareHeads(heads=(other,)))[0].state == "differs"
    later = f"{station}:{int(number) + 5}:{made}"
    assert house.ask(house.manager, CompareHeads(heads=(later,)))[0].state == "cut"


def test_only_who_may_see_the_history_sees_it(house: House) -> None:
    with pytest.raises(NotPermitted):
        house.ask(house.officer, ListAudit())
