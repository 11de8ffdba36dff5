"""Every published case the documents can express comes out exactly; the others say why not."""

from __future__ import annotations

import pytest

from tests.domain.scope import SCOPE, Case, differences, shown
from tests.golden_table import table

EXPRESSIBLE = [case for case in SCOPE if "left_out" not in case]


@pytest.mark.parametrize("case", EXPRESSIBLE, ids=[f"{c['file']} {c['case']}" for c in EXPRESSIBLE])
def test_a_case_of_the_scope_comes_out_exactly(case: Case) -> None:
    assert shown(case).wrong == ""


def test_each_case_is_named_once_and_is_shown_or_says_why_not() -> None:
    names = [(case["file"], case["case"]) for case in SCOPE]
    assert len(set(names)) == len(names)
    for case in SCOPE:
        said = [key for key in ("golden", "document", "left_out") if case.get(key)]
        assert len(said) == 1, case["case"]
        assert ("document" in case) == ("expected" in case)
        assert ("document" in case) == ("source" in case)


def test_a_figure_that_differs_is_found() -> None:
    made = {"schedule": [{"number": 1, "interest": "1.00"}]}
    assert list(differences({"schedule": [{"interest": "1.00"}]}, made)) == []
    assert list(differences({"schedule": [{"interest": "1.01"}]}, made)) == [
        ".schedule[0].interest: 1.00 wanted 1.01"
    ]
    assert list(differences({"schedule": []}, made))
    assert list(differences({"apr": {"percent": "1"}}, made))


def test_the_table_says_of_each_case_what_became_of_it() -> None:
    lines = table()
    assert len(lines) == len(SCOPE) + 1
    assert (
        lines[-1]
        == f"{len(EXPRESSIBLE)} reproduced, 0 differ, {len(SCOPE) - len(EXPRESSIBLE)} left out"
    )
