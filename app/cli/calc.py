"""`kist calc FILE...`: any loan from its terms and events, so that anybody can check a figure."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TextIO

from app.domain.calculation import calculation_of, result_of
from app.domain.errors import KistError
from app.domain.explanation import explanation_of
from app.texts import _
from app.texts.errors import sentence

REFUSED = 2
DONE = 0


def calc(
    paths: Sequence[str], out: TextIO, err: TextIO, stdin: TextIO, *, explain: bool = False
) -> int:
    """Print the result of each calc document, `-` being the standard input.

    `explain` adds the factors, unrounded values and roundings behind each line.

    One JSON object a line, in order. A mistake is told on `err` and nothing is printed on `out`:
    exit code 2.
    """
    return answer(paths, out, err, stdin, _explained if explain else _result)


def answer(
    paths: Sequence[str],
    out: TextIO,
    err: TextIO,
    stdin: TextIO,
    result: Callable[[object], dict[str, object]],
) -> int:
    """Read each document, work out its result, and print all of them or none."""
    made: list[dict[str, object]] = []
    for path in paths:
        try:
            made.append(result(_document(path, stdin)))
        except KistError as error:
            err.write(f"{_name(path)}: {refusal(error)}\n")
            return REFUSED
        except (OSError, ValueError) as error:
            err.write(_("{file}: cannot be read: {reason}").format(file=_name(path), reason=error))
            err.write("\n")
            return REFUSED
    for one in made:
        out.write(json.dumps(one, ensure_ascii=False) + "\n")
    return DONE


def refusal(error: KistError) -> str:
    """The sentence of an error; of a document: the path, what was given, what is allowed."""
    if "path" not in error.params or "allowed" not in error.params:
        return sentence(error)
    return _("{path}: given {given}; allowed: {allowed}").format(
        path=error.params["path"] or _("the document"),
        given=json.dumps(error.params.get("given"), ensure_ascii=False, default=str),
        allowed=error.params["allowed"],
    )


def _result(document: object) -> dict[str, object]:
    return result_of(calculation_of(document))


def _explained(document: object) -> dict[str, object]:
    calculation = calculation_of(document)
    return {**result_of(calculation), "explanation": explanation_of(calculation)}


def _document(path: str, stdin: TextIO) -> object:
    """The JSON of a file. Numbers with a point stay exact, so that they can be refused as given."""
    text = stdin.read() if path == "-" else Path(path).read_text(encoding="utf-8")
    document: object = json.loads(text, parse_float=Decimal)
    return document


def _name(path: str) -> str:
    return _("standard input") if path == "-" else path
