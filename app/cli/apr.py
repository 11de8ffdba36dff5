"""`kist apr FILE...`: the yearly rate of cost of any flows, by a named method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TextIO

from app.cli.calc import answer
from app.domain.cost_of_credit import cost_of


def apr(paths: Sequence[str], out: TextIO, err: TextIO, stdin: TextIO) -> int:
    """Print the method and the percent of each apr document, `-` being the standard input.

    One JSON object a line, in order. A mistake is told on `err` and nothing is printed on `out`:
    exit code 2.
    """
    return answer(paths, out, err, stdin, cost_of)
