"""Every finding of the check of the books can be said."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from app.rows.findings import INVARIANTS, SENTENCES, finding
from app.rows.verify import Finding
from app.services import verify, verifying


def codes() -> set[str]:
    """The codes that findings are made with."""
    files = [*Path(str(verify.__file__)).parent.glob("*.py"), Path(str(verifying.__file__))]
    return {code for path in files for code in _codes(ast.parse(path.read_text("utf-8")))}


def _codes(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="Finding"), args=[_, ast.Constant(value=str(code)), *_]):
                yield code
            case ast.Assign(
                targets=[ast.Name(id="code")],
                value=ast.IfExp(
                    body=ast.Constant(value=str(one)), orelse=ast.Constant(value=str(two))
                ),
            ):
                yield from (one, two)


def test_every_finding_has_a_sentence() -> None:
    assert codes() == set(SENTENCES)
    assert set(INVARIANTS) == set(range(1, 10))


def test_a_sentence_names_the_place() -> None:
    said = finding(Finding(1, "serial-missing", "STP-1-2526-000007", "3", "7"))
    assert "STP-1-2526-000007" in said
