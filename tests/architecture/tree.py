"""The sources of the program as syntax trees, and what a check says about them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDERS = ("app", "ui", "tests", "installer")

Function = ast.FunctionDef | ast.AsyncFunctionDef
Found = Iterator[tuple[int, str]]


@dataclass(frozen=True)
class Source:
    """One file: its path from the root with forward slashes, its text and its tree."""

    path: str
    text: str
    tree: ast.Module

    def under(self, *places: str) -> bool:
        """Whether the file is one of `places` or lies in one of them."""
        return any(self.path == place or self.path.startswith(f"{place}/") for place in places)


@dataclass(frozen=True)
class Check:
    """A rule: what it says, where it holds, and how it finds what breaks it."""

    rule: str
    places: tuple[str, ...]
    find: Callable[[Source], Found]
    exempt: tuple[str, ...] = ()

    def holds_in(self, source: Source) -> bool:
        """Whether the rule is about this file."""
        return source.under(*self.places) and not source.under(*self.exempt)


def source(path: str, text: str) -> Source:
    """A source made of text, for planted violations too."""
    return Source(path, text, ast.parse(text))


@cache
def sources() -> tuple[Source, ...]:
    """Every Python file of the tree."""
    files = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.py")))
    return tuple(
        source(path.relative_to(ROOT).as_posix(), path.read_text("utf-8")) for path in files
    )


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function and method."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def name_of(node: ast.AST) -> str:
    """The last name of `a.b.c` or of a call of it; empty where there is none."""
    match node:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
        case ast.Call(func=func):
            return name_of(func)
        case ast.Subscript(value=value):
            return name_of(value)
    return ""
