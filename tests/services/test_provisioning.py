"""Provisions are posted under a month's last day: what the norm asks, less what was posted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.commands.messages import SaveLateSettings
from app.domain.errors import StaleVersion, ValueRefused
from app.reports.grouping import BASE_LAYER, MICROFINANCE, NORMS
from app.rows.messages import GatewayFacts, MailFacts
from tests.services.acting import findings, posted_on, trial_balance
from tests.services.branch import OPENED, House
from tests.services.lending import lent, next_day, receive, shown, today
from tests.services.reporting import run, whole

EXPENSE, HELD = "5500", "2310"


def follow(house: House, norm: str, version: int = 0) -> int:
    command = SaveLateSettings(
        version=version, provision_norm=norm, mail=MailFacts(), gateway=GatewayFacts()
    )
    return house.run(house.manager, command).version


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return (day.replace(day=1) + timedelta(32)).replace(day=1) - timedelta(1)


def to_month_end(house: House) -> date:
    """Close everything up to a month's last day; returns that day."""
    last = month_end(today(house))
    next_day(house, (last - today(house)).days + 1)
    return last


def held(house: House, day: date) -> int:
    return -trial_balance(house, day).get(HELD, 0)


def required(house: House, norm: str, day: date) -> int:
    """What the report says is to be set aside."""
    result = run(house, "provisions", day, day, norm)
    return dict(result.totals).get("provision_minor", whole(result, "provision_minor"))


def test_a_branch_that_follows_no_norm_posts_nothing(house: House) -> None:
    lent(house)
    assert held(house, to_month_end(house)) == 0


def test_the_first_month_posts_all_and_the_next_the_difference(house: House) -> None:
    follow(house, BASE_LAYER)
    loan = lent(house, 10_000_00, 50)
    first = to_month_end(house)
    assert held(house, first) == 25_00  # 0.25 % of what is outstanding
    assert posted_on(house, first)[EXPENSE] == 25_00
    assert posted_on(house, first - timedelta(1)).get(EXPENSE) is None
    receive(house, loan, shown(house, loan).arrears.total_minor)
    second = to_month_end(house)
    outstanding = shown(house, loan).outstanding_minor
    required = (2 * outstanding * 25 + 10_000) // 20_000
    assert held(house, second) == required
    assert posted_on(house, second)[EXPENSE] == required - 25_00
    assert findings(house) == ()


def test_a_borrower_who_does_not_perform_is_provided_for_by_class(house: House) -> None:
    follow(house, BASE_LAYER)
    lent(house, 10_000_00, 50)
    while today(house) < OPENED + timedelta(98):
        last = to_month_end(house)
    assert held(house, last) == 1_000_00  # sub-standard: 10 %
    assert findings(house) == ()


@pytest.mark.parametrize("norm", NORMS)
def test_silence_provides_as_opening_every_month_does(
    house: House, second_house: House, norm: str
) -> None:
    for one in (house, second_house):
        follow(one, norm)
        lent(one, 10_000_00, 50)
        lent(one, 30_000_00, 12, product="IND-M", rate="22")
    next_day(house, 130)
    while today(second_house) < today(house):
        next_day(second_house, min(13, (today(house) - today(second_house)).days))
    assert trial_balance(house, today(house)) == trial_balance(second_house, today(house))
    assert held(house, today(house)) > 0
    assert findings(house) == ()


@pytest.mark.parametrize("norm", NORMS)
def test_what_is_posted_is_what_the_report_requires(house: House, norm: str) -> None:
    follow(house, norm)
    for _ in range(3):
        lent(house, 9_999_00, 50)
    while today(house) < OPENED + timedelta(110):
        last = to_month_end(house)
    assert held(house, last) == required(house, norm, last)


def test_a_norm_that_is_none_and_an_old_version_are_refused(house: House) -> None:
    with pytest.raises(ValueRefused):
        follow(house, "nbfc-top")
    assert follow(house, MICROFINANCE) == 1
    assert follow(house, BASE_LAYER, 1) == 2
    with pytest.raises(StaleVersion):
        follow(house, "", 1)
