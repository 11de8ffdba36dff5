"""Every text that a person sees goes through gettext, and keeps the tone."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeGuard

from tests.architecture.tree import Check, Found, Source, functions, name_of

_TRANSLATES = {"_", "N_", "ngettext", "pgettext", "npgettext", "gettext"}
_SHOWS = re.compile(
    r"set(Text|WindowTitle|Title|ToolTip|StatusTip|WhatsThis|PlaceholderText|LabelText|Caption"
    r"|InformativeText|AccessibleName|AccessibleDescription|Description|ButtonText|Prefix|Suffix)"
    r"|Q(Label|PushButton|CheckBox|RadioButton|GroupBox|Action|ToolButton|CommandLinkButton)"
)
_SHOWN_BY_NAME = {"title", "help", "hint", "tooltip", "placeholder", "caption", "description"}
_SILENT = {"getLogger", "debug", "info", "warning", "error", "exception", "critical", "namedtuple"}
_PROSE = re.compile(r"(?!Noto )[A-Z][a-z’']*,? [\w{(].*")
_LETTERS = re.compile(r"[A-Za-z]{2}")
_TONE = re.compile(r"!|\bsuccessful(ly)?\b|(?<!down )\bpayments?\b", re.IGNORECASE)


def untranslated(source: Source) -> Found:
    """Literals handed to what shows them, and sentences that stand about untranslated."""
    translated = set(_inside_translation(source.tree))
    silent = set(_never_shown(source.tree))
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call):
            for text in _shown(node):
                if text not in translated and _LETTERS.search(_words(text)):
                    yield text.lineno, _words(text)
        elif _is_prose(node) and node not in translated | silent:
            yield node.lineno, str(node.value)


def not_literal(source: Source) -> Found:
    """What cannot be collected for translators: anything but a plain literal in `_()`."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and name_of(node.func) in _TRANSLATES:
            for argument in node.args[:2] if name_of(node.func) == "ngettext" else node.args[:1]:
                if not isinstance(argument, ast.Constant):
                    yield node.lineno, ast.unparse(node)


def tone(source: Source) -> Found:
    """Exclamation marks, and words that the glossary or good manners keep out."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and name_of(node.func) in _TRANSLATES:
            for text in _constants(node):
                if isinstance(text.value, str) and _TONE.search(text.value):
                    yield node.lineno, text.value


def _is_prose(node: ast.AST) -> TypeGuard[ast.Constant]:
    return (
        isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and bool(_PROSE.fullmatch(node.value))
    )


def _shown(call: ast.Call) -> Iterator[ast.Constant | ast.JoinedStr]:
    """The literals a call puts before a person's eyes."""
    wanted = [keyword.value for keyword in call.keywords if keyword.arg in _SHOWN_BY_NAME]
    if _SHOWS.fullmatch(name_of(call.func)):
        wanted += call.args
    for value in wanted:
        if isinstance(value, ast.JoinedStr) or (
            isinstance(value, ast.Constant) and isinstance(value.value, str)
        ):
            yield value


def _words(text: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(text, ast.Constant):
        return str(text.value)
    parts = [part.value for part in text.values if isinstance(part, ast.Constant)]
    return " ".join(str(part) for part in parts)


def _inside_translation(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name_of(node.func) in _TRANSLATES:
            yield from ast.walk(node)


def _never_shown(tree: ast.Module) -> Iterator[ast.AST]:
    """Docstrings, words to another programmer in `raise` and `assert`, and the log."""
    for owner in (tree, *functions(tree), *_classes(tree)):
        for statement in owner.body:
            if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
                yield statement.value
    for node in ast.walk(tree):
        logged = isinstance(node, ast.Call) and name_of(node.func) in _SILENT
        if logged or isinstance(node, ast.Raise | ast.Assert | ast.JoinedStr):
            yield from ast.walk(node)


def _classes(tree: ast.Module) -> Iterator[ast.ClassDef]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef))


def _constants(node: ast.AST) -> Iterator[ast.Constant]:
    return (part for part in ast.walk(node) if isinstance(part, ast.Constant))


_NAMES = ("ui/parts/places_of_india.py",)  # proper names, written as in law
_SPEAKING = ("ui", "app/cli", "app/reports", "app/papers", "app/texts")
TEXT_CHECKS = (
    Check("Every visible text goes through gettext", _SPEAKING[:4], untranslated, _NAMES),
    Check("What is translated is a literal", _SPEAKING, not_literal, ("app/texts",)),
    Check("Texts keep the tone and the glossary", (*_SPEAKING, "app/texts"), tone),
)
