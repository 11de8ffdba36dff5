"""Cases of the second calculator with its answers, worked out before any mistake is made.

They are the first cases of `tests/oracle/test_agreement.py`, so the ordinary run has them too.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.oracle.documents import COVERED, document
from tests.oracle.model import answer
from tests.oracle.model_terms import Refused


class History(NamedTuple):
    """A calc document and its answer; None is a refusal."""

    seed: int
    document: dict[str, Any]
    answer: dict[str, Any] | None


def histories(count: int) -> list[History]:
    """The first cases, answered."""
    return [_answered(seed) for seed in range(count)]


def _answered(seed: int) -> History:
    asked = document(seed, COVERED)
    try:
        return History(seed, asked, answer(asked))
    except Refused:
        return History(seed, asked, None)


def agreed(asked: Sequence[History]) -> list[History]:
    """Those on which the engine, without any mistake, says the same: all, unless one is at work.

    They are looked at in a child, so that the engine is loaded anew by every other one.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        same = [place for place, one in enumerate(asked) if first_difference([one]) is None]
        with os.fdopen(writing, "w") as out:
            json.dump(same, out)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as back:
        places = json.load(back)
    os.waitpid(child, 0)
    return [asked[place] for place in places]


def first_difference(asked: Sequence[History]) -> int | None:
    """The place of the first history on which the engine says something else."""
    from tests.oracle.comparing import differences, engine_of

    for place, one in enumerate(asked):
        made, _ = engine_of(one.document)
        if (made is None) != (one.answer is None):
            return place
        if made is not None and next(iter(differences(made, one.answer)), None) is not None:
            return place
    return None
