"""A branch lived from a seed: the same again, whole, and with everything that happens in one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine

from app.queries.admin import CountWaiting, ListUsers, ShowBranch
from app.queries.field import ListOverdue, ListPromises, ShowVisitDay
from app.queries.origination import ListGroups, SummariseApplications
from app.queries.servicing import ListLoans, ShowTill
from tests.demo.lives import SHORT, UNTIL, Life
from tests.services.branch import prepare

ONE = pytest.mark.parametrize("engine_kind", ["sqlite"], indirect=True)


@pytest.fixture
def life(fresh_engine: Callable[..., Engine]) -> Life:
    return Life(fresh_engine(prepare, "demonstration"))


def test_the_books_of_a_life_are_whole(life: Life) -> None:
    assert life.findings() == ()
    assert life.lived.borrowers >= SHORT.borrowers * 3 // 4
    assert life.lived.loans >= life.lived.borrowers
    assert life.lived.receipts > life.lived.loans


@ONE
def test_the_same_seed_and_day_give_the_same_heads_whatever_the_salts(
    fresh_engine: Callable[..., Engine],
) -> None:
    one = Life(fresh_engine(prepare, "one"), salt="salt")
    other = Life(fresh_engine(prepare, "other"), salt="pepper")
    assert one.heads() == other.heads()
    assert one.lived == other.lived


@ONE
@pytest.mark.parametrize("change", [{"seed": 8}, {"until": date(2026, 4, 2)}])
def test_another_seed_or_day_gives_other_heads(
    fresh_engine: Callable[..., Engine], change: dict[str, object]
) -> None:
    one = Life(fresh_engine(prepare, "one"))
    other = Life(fresh_engine(prepare, "other"), replace(SHORT, **change))  # type: ignore[arg-type]
    assert one.heads() != other.heads()
    assert other.findings() == ()


@ONE
def test_a_life_may_end_on_a_sunday(fresh_engine: Callable[..., Engine]) -> None:
    life = Life(fresh_engine(prepare, "sunday"), replace(SHORT, until=date(2026, 4, 5)))
    assert life.asks.ask(life.who("meena"), ShowBranch()).business_on == date(2026, 4, 5)
    assert life.findings() == ()


@ONE
def test_the_last_day_stays_open_with_money_taken_and_visits_ahead(life: Life) -> None:
    branch = life.asks.ask(life.who("meena"), ShowBranch())
    assert (branch.business_on, branch.demonstration) == (UNTIL, True)
    assert branch.recovery_confirmed
    till = life.asks.ask(life.who("sunita"), ShowTill())
    assert till.received_minor > 0
    stops = [
        stop
        for login in ("ravi", "pooja")
        for stop in life.asks.ask(
            life.who("meena"), ShowVisitDay(officer_id=life.lived.people[login], on=UNTIL)
        ).visits
    ]
    assert stops
    assert {stop.state for stop in stops} == {"planned"}


@ONE
def test_applications_lie_at_every_stage(life: Life) -> None:
    counts = life.asks.ask(life.who("meena"), SummariseApplications())
    standing = {row.stage for row in counts if row.count}
    assert standing >= {
        *("entered", "documents", "verified", "decided", "sanctioned", "ready"),
        *("disbursed", "rejected", "withdrawn", "check"),
    }


@ONE
def test_some_loans_are_late_and_promises_stand_every_way(life: Life) -> None:
    meena = life.who("meena")
    late = life.asks.ask(meena, ListOverdue()).rows
    assert any(row.dpd > 30 for row in late)
    loans = life.asks.ask(meena, ListLoans(limit=200)).rows
    promises = [
        promise.state
        for loan in loans
        for promise in life.asks.ask(meena, ListPromises(loan_id=loan.loan_id))
    ]
    assert {"kept", "broken", "open"} <= set(promises)
    assert len(late) < len(loans) // 2


@ONE
def test_people_have_their_roles_and_groups_their_members(life: Life) -> None:
    meena = life.who("meena")
    users = {row.login: row for row in life.asks.ask(meena, ListUsers())}
    assert set(users) == {"meena", "arun", "ravi", "pooja", "sunita"}
    assert [grant.role.value for grant in users["sunita"].grants] == ["cashier"]
    groups = life.asks.ask(meena, ListGroups())
    assert {row.members for row in groups} == {5}
    assert life.asks.ask(meena, CountWaiting())


@ONE
def test_progress_ends_at_the_last_day(life: Life) -> None:
    assert life.said[-1].done == life.said[-1].total
    assert "1 Apr 2026" in life.said[-1].say
    assert [one.done for one in life.said] == sorted(one.done for one in life.said)
