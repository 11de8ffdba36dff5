"""Random loans with the independent calculator's answers, worked out before any mutant."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from typing import Any, NamedTuple

from tests.oracle.documents import ALL_FEATURES, document
from tests.oracle.model import answer
from tests.oracle.model_terms import Refused

PLAIN: tuple[str, ...] = ()


class History(NamedTuple):
    """A calc document and its answer; None is a refusal."""

    seed: int
    document: dict[str, Any]
    answer: dict[str, Any] | None


def histories(count: int) -> list[History]:
    """As many loans of each sort: terms with everyday events, and with everything."""
    return [
        History(seed, asked, _answered(asked))
        for seed in range(count)
        for asked in (document(seed, PLAIN), document(seed, ALL_FEATURES))
    ]


def _answered(asked: dict[str, Any]) -> dict[str, Any] | None:
    try:
        return answer(asked)
    except Refused:
        return None


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
    from app.domain.calculation import calculation_of, result_of
    from app.domain.errors import KistError
    from tests.oracle.comparing import differences

    for place, one in enumerate(asked):
        try:
            made: Any = result_of(calculation_of(one.document))
        except KistError:
            made = None
        if (made is None) != (one.answer is None):
            return place
        if made is not None and next(iter(differences(made, one.answer)), None) is not None:
            return place
    return None
