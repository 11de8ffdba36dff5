"""The runner tells a mistake that is noticed from one that is not, in a copy of the tree."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.mutants import mutants
from tests.mutation.telling import Outcome
from tests.mutation.trial import KILLED, SURVIVED

ROOT = Path(__file__).parents[2]

PLANTED = (
    ("ageing", "days = (as_on - oldest_unpaid_due_on).days", "Sub to Add"),
    ("ageing", "if npa_since_on is not None and npa_since_on <= as_on:", "And to Or"),
    ("ageing", "if dpd <= end:", "LtE to Gt"),
    ("allocation", "return at, 0", "0 to 1"),
    ("allocation", "part = unpaid if unpaid < amount else amount", "Lt to GtE"),
    ("allocation", "rule.across is Across.HEAD,", "Is to IsNot"),
    ("level", "top *= growth", "statement left out"),
    ("level", "growths = [denominator + factor for factor in factors[:-1]]", "Add to Sub"),
    ("runs", "return [0] * min(free, len(numerators)) + numerators[free:] if free else numerators", "0 to 1"),  # noqa: E501
    ("runs", "if terms.interest is Interest.FLAT:", "Is to IsNot"),
    ("schedule", "rows.principal.insert(0, principal)", "0 to 1"),
    ("spans", "first = 0 if terms.first_due_on else 1", "1 to 2"),
)  # fmt: skip
# What comes out is the same: the search only begins a line further on.
HARMLESS = ("runs", "count = min(_MOST_LINES, count * 2)", "2 to 3")


def test_a_dozen_planted_mistakes_are_noticed_and_a_harmless_one_is_not(tmp_path: Path) -> None:
    planted, out = tmp_path / "planted.json", tmp_path / "outcomes.json"
    lines = [[module, 0, 0, text, what, SURVIVED] for module, text, what in (*PLANTED, HARMLESS)]
    planted.write_text("\n".join(map(json.dumps, lines)), "utf-8")
    words = [sys.executable, "-m", "tests.mutation", "--histories", "80", "--no-tests"]
    files = ["--again", str(planted), "--json", str(out)]
    told = subprocess.run([*words, *files], cwd=ROOT, check=False, capture_output=True, text=True)
    assert out.exists(), told.stderr
    became = {
        (one.mutant.module, one.mutant.text, one.mutant.what): one.said
        for one in map(Outcome.of, out.read_text("utf-8").splitlines())
    }
    assert became == {**dict.fromkeys(PLANTED, KILLED), HARMLESS: SURVIVED}
    assert "12/13 noticed" in told.stdout


@pytest.mark.parametrize("place", [*PLANTED, HARMLESS])
def test_a_planted_mistake_can_still_be_made(place: tuple[str, str, str]) -> None:
    module, text, what = place
    source = (ROOT / "app" / "domain" / f"{module}.py").read_text("utf-8")
    assert any((one.text, one.what) == (text, what) for one in mutants(module, source))


def test_a_reason_is_given_for_a_mistake_that_can_be_made() -> None:
    """A line that was changed takes its reasons with it."""
    reasons = json.loads((ROOT / "tests/mutation/survivors.json").read_text("utf-8"))
    made = {
        (one.module, one.text, one.what)
        for path in (ROOT / "app/domain").glob("*.py")
        for one in mutants(path.stem, path.read_text("utf-8"))
    }
    given = {(one["module"], one["text"], one["what"]) for one in reasons}
    assert given <= made
    assert all(len(one["why"]) > 10 for one in reasons)
