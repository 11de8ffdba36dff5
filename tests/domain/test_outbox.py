"""Texts by stage, silent days, and when a message is tried again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from app.domain.errors import ValueRefused
from app.domain.letters import letter_stages_of, outcome_of_call
from app.domain.outbox import (
    MOST_TRIES,
    MessageState,
    after_refusal,
    by_stage,
    filled,
    next_try_at,
    silent_days_of,
    templates_on,
)
from app.services.letters import shipped_stages
from app.services.message_texts import shipped_templates

DAY = date(2026, 11, 25)
AT = datetime(2026, 11, 25, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("dpd", "name"),
    [
        *((0, None), (1, "reminder"), (30, "reminder"), (31, "demand"), (90, "demand")),
        *((91, "final"), (900, "final")),
    ],
)
def test_messages_and_letters_have_the_same_stages(dpd: int, name: str | None) -> None:
    found = by_stage(templates_on(shipped_templates(), DAY), dpd)
    assert (found and found.name) == name
    assert next((one.stage for one in shipped_stages() if one.fits(dpd)), None) == name


def test_a_later_text_takes_the_place_of_the_one_before_from_its_day_on() -> None:
    old, *_rest = shipped_templates()
    new = type(old)(old.name, DAY, 1, 5, 7, old.subjects, {"en": "new"})
    assert templates_on([new, old], DAY)["reminder"].texts == {"en": "new"}
    assert templates_on([new, old], DAY - timedelta(1))["reminder"].texts == old.texts


def test_braces_in_a_name_fill_nothing() -> None:
    said = filled("{name}: {amount}", {"name": "{amount}", "amount": "5"})
    assert said == "{amount}: 5"
    assert filled("{other}", {}) == "{other}"


def test_each_wait_is_longer_than_the_one_before_and_the_last_try_gives_up() -> None:
    waits = [next_try_at(tries, AT) - AT for tries in range(1, MOST_TRIES)]
    assert waits == sorted(set(waits))
    assert after_refusal(MOST_TRIES - 1) is MessageState.RETRY
    assert after_refusal(MOST_TRIES) is MessageState.FAILED


def test_documents_of_another_format_and_unknown_outcomes_are_refused() -> None:
    for read in (silent_days_of, letter_stages_of):
        with pytest.raises(ValueRefused):
            read({"format": "else", "rules": []})
    with pytest.raises(ValueRefused):
        outcome_of_call("shouted")
