"""The engine and the second calculator give the same answer to the last digit."""

from __future__ import annotations

import copy

import pytest

from tests.oracle.__main__ import judged
from tests.oracle.comparing import differences, engine_of, oracle_of
from tests.oracle.documents import COVERED, document

BLOCK = 200


@pytest.mark.parametrize("first", range(0, 800, BLOCK))
def test_both_calculators_agree_on_every_case(first: int) -> None:
    parted = [
        (seed, verdict.differences[:3])
        for seed in range(first, first + BLOCK)
        if (verdict := judged(seed, COVERED)).differences
    ]
    assert not parted


def test_few_cases_are_refused() -> None:
    refused = sum(judged(seed, COVERED).refused for seed in range(200))
    assert refused < 200 * 18 // 100


def test_a_changed_figure_is_seen() -> None:
    answer, _ = engine_of(document(0, COVERED))
    other = copy.deepcopy(answer)
    other["schedule"][-1]["interest"] = "0.07"
    assert list(differences(answer, other)) == [
        (
            f".schedule[{len(answer['schedule']) - 1}].interest",
            answer["schedule"][-1]["interest"],
            "0.07",
        )
    ]


def test_a_line_left_out_is_seen() -> None:
    answer, _ = oracle_of(document(0, COVERED))
    assert list(differences(answer, {**answer, "schedule": answer["schedule"][:-1]}))
