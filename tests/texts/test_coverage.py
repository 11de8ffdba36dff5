"""Every reason that the program gives has words, and every enum that people see has names."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import app
from app.domain import errors
from app.domain.errors import KistError
from app.texts.refusals import SENTENCES

_ROOT = Path(str(app.__file__)).parents[1]
_KINDS: dict[str, type[KistError]] = {
    name: kind
    for name, kind in vars(errors).items()
    if isinstance(kind, type) and issubclass(kind, KistError)
}


def _reasons(tree: ast.AST) -> Iterator[tuple[type[KistError], str, int]]:
    """The plain `why` and `what` that errors are raised with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in _KINDS:
            for keyword in node.keywords:
                if keyword.arg in {"why", "what"}:
                    for text in _texts(keyword.value):
                        yield _KINDS[_name(node.func)], text, node.lineno


def _texts(value: ast.expr) -> Iterator[str]:
    match value:
        case ast.Constant(value=str(text)):
            yield text
        case ast.IfExp(body=body, orelse=other):
            yield from _texts(body)
            yield from _texts(other)


def _name(function: ast.expr) -> str:
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def test_every_reason_has_a_sentence() -> None:
    """Add what is missing to app/texts/refusals."""
    found, missing = 0, []
    for path in sorted([*(_ROOT / "app").rglob("*.py"), *(_ROOT / "ui").rglob("*.py")]):
        for kind, why, line in _reasons(ast.parse(path.read_text(encoding="utf-8"))):
            found += 1
            codes = [base.code for base in kind.__mro__ if issubclass(base, KistError)]
            if not any((code, why) in SENTENCES for code in codes):
                missing.append(f"{path.relative_to(_ROOT)}:{line}: {kind.code}, {why}")
    assert found > 50
    assert not missing
