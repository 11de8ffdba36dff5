"""What became of the mistakes: told on the screen, kept line by line, and recorded in counts."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from tests.mutation.mutants import Mutant
from tests.mutation.trial import KILLED, SURVIVED, TIMED_OUT

LEAST = 0.9
RECORD = Path("tests/mutation/record.json")
REASONS = Path("tests/mutation/survivors.json")


class Outcome(NamedTuple):
    """A mutant and what became of it."""

    mutant: Mutant
    said: str

    @classmethod
    def of(cls, line: str) -> Outcome:
        """An outcome as it was kept; where it stands and its number may have moved since."""
        *parts, said = json.loads(line)
        return cls(Mutant(*parts), said)


def kept(path: Path, outcome: Outcome) -> None:
    """Add an outcome to a file, a line each, so that a run can be looked into while it goes."""
    with path.open("a", encoding="utf-8") as out:
        out.write(json.dumps([*vars(outcome.mutant).values(), outcome.said]) + "\n")


def noticed_in(path: Path) -> dict[Mutant, str]:
    """The mistakes that an earlier run, broken off or with fewer tests, noticed."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return {one.mutant: one.said for one in map(Outcome.of, lines) if one.said != SURVIVED}


def recorded(root: Path, outcomes: Sequence[Outcome], seed: int) -> None:
    """Write the counts of a run beside the runner of the tree it was started in."""
    reasons = read_reasons(root / REASONS)
    record = {
        "on": datetime.now(UTC).date().isoformat(),
        "seed": seed,
        "all": _counts(outcomes, reasons),
        "modules": {name: _counts(some, reasons) for name, some in _by_module(outcomes).items()},
    }
    (root / RECORD).write_text(json.dumps(record, indent=1) + "\n", "utf-8")


def _counts(outcomes: Sequence[Outcome], reasons: dict[Any, str]) -> dict[str, int]:
    said = Counter(one.said for one in outcomes)
    left = [one.mutant for one in outcomes if one.said == SURVIVED]
    return {
        "made": len(outcomes),
        KILLED: said[KILLED],
        TIMED_OUT: said[TIMED_OUT],
        SURVIVED: len(left),
        "explained": sum(key_of(one) in reasons for one in left),
    }


def key_of(mutant: Mutant) -> tuple[str, str, str]:
    """What a reason is kept by: it holds however the lines of the module move."""
    return mutant.module, mutant.text, mutant.what


def read_reasons(path: Path) -> dict[tuple[str, str, str], str]:
    """Why a mutant cannot be noticed: it changes nothing that anyone could see."""
    read = json.loads(path.read_text("utf-8"))
    return {(one["module"], one["text"], one["what"]): one["why"] for one in read}


def told(outcomes: Sequence[Outcome]) -> int:
    """Print the survivors with their reasons and each module's share; 1 where it is too little."""
    reasons = read_reasons(REASONS)
    left = [one.mutant for one in outcomes if one.said == SURVIVED]
    unexplained = 0
    for mutant in left:
        why = reasons.get(key_of(mutant))
        unexplained += why is None
        where = f"app/domain/{mutant.module}.py:{mutant.line}"
        say(f"{where}: {mutant.what} | {mutant.text} | {why or 'NO REASON'}")
    for module, some in _by_module(outcomes).items():
        say(_share(module, some))
    say(_share("all", outcomes) + f"; {len(left) - unexplained} explained, {unexplained} not")
    noticed = 1 - len(left) / len(outcomes) if outcomes else 0
    return int(noticed < LEAST or unexplained > 0)


def _by_module(outcomes: Sequence[Outcome]) -> dict[str, list[Outcome]]:
    by: dict[str, list[Outcome]] = {}
    for one in outcomes:
        by.setdefault(one.mutant.module, []).append(one)
    return dict(sorted(by.items()))


def _share(name: str, outcomes: Sequence[Outcome]) -> str:
    noticed = sum(one.said != SURVIVED for one in outcomes)
    timed_out = sum(one.said == TIMED_OUT for one in outcomes)
    share = 100 * noticed / len(outcomes) if outcomes else 0
    return f"{name}: {noticed}/{len(outcomes)} noticed ({timed_out} timed out), {share:.1f} %"


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
