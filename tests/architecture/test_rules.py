"""The rules of the tree hold, and each of them can fail."""

from __future__ import annotations

import pytest

from tests.architecture.checks import CHECKS
from tests.architecture.planted import CLEAN, PLANTED
from tests.architecture.texts import TEXT_CHECKS
from tests.architecture.tree import Check, source, sources

ALL = {check.rule: check for check in (*CHECKS, *TEXT_CHECKS)}


@pytest.mark.parametrize("check", ALL.values(), ids=ALL.keys())
def test_the_rule_holds_in_the_whole_tree(check: Check) -> None:
    found = [
        f"{one.path}:{line}: {what}"
        for one in sources()
        if check.holds_in(one)
        for line, what in check.find(one)
    ]
    assert not found, "\n".join([check.rule, *found])


@pytest.mark.parametrize("check", ALL.values(), ids=ALL.keys())
def test_the_rule_is_about_files_that_exist(check: Check) -> None:
    assert any(check.holds_in(one) for one in sources())


@pytest.mark.parametrize(("rule", "path", "text"), PLANTED)
def test_a_planted_violation_is_found(rule: str, path: str, text: str) -> None:
    one = source(path, text)
    assert ALL[rule].holds_in(one)
    assert list(ALL[rule].find(one))


@pytest.mark.parametrize(("rule", "path", "text"), CLEAN)
def test_what_is_allowed_is_left_alone(rule: str, path: str, text: str) -> None:
    one = source(path, text)
    assert not ALL[rule].holds_in(one) or not list(ALL[rule].find(one))


def test_every_rule_has_a_planted_violation() -> None:
    assert {rule for rule, _, _ in PLANTED} == set(ALL)
