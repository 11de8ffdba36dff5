"""The one codec of commands, answers and stored values: canonical JSON and back.

Canonical means UTF-8, keys sorted, no spaces, whole numbers, ISO dates, fractions as "n/d",
enums by value, None left out. Hashes are made over exactly these bytes.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from fractions import Fraction
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from app.commands.base import KEEPS, PERSONAL, SECRET, Command
from app.domain.errors import ValueRefused

T = TypeVar("T")
Plain = dict[str, Any]


def canonical(value: object) -> str:
    """The canonical JSON text of plain values (dicts, lists, str, int, bool)."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def plain(value: object) -> Any:
    """A dataclass, enum, date, fraction or container as plain JSON values, None left out.

    A dataclass with a method `as_kept` leaves in that form: what may not be stored is not.
    """
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    if is_dataclass(value) and not isinstance(value, type):
        value = value.as_kept() if hasattr(value, "as_kept") else value
        pairs = ((f.name, getattr(value, f.name)) for f in fields(value))
        return {name: plain(item) for name, item in pairs if item is not None}
    return _plain_container(value)


def encode(value: object) -> str:
    """The canonical text of any value the codec knows."""
    return canonical(plain(value))


def decode(kind: type[T], text: str) -> T:
    """Build `kind` (a frozen dataclass) from its canonical text."""
    return build(kind, json.loads(text))


def build(kind: type[T], data: object) -> T:
    """Build `kind` from plain values; unknown keys are refused by name."""
    made: T = _build(kind, data)
    return made


def stored_payload(command: Command[Any], digest: Callable[[str], str]) -> tuple[str, Plain]:
    """The payload as the audit line keeps it, and the personal values for the side table.

    Secret fields are left out; a personal field leaves `{"digest": …}` of its canonical text.
    """
    payload: Plain = {}
    people: Plain = {}
    for item in fields(command):
        value = getattr(command, item.name)
        keeps = item.metadata.get(KEEPS)
        if value is None or keeps == SECRET:
            continue
        if keeps == PERSONAL:
            people[item.name] = encode(value)
            payload[item.name] = {"digest": digest(people[item.name])}
        else:
            payload[item.name] = plain(value)
    return canonical(payload), people


def stored_answer(answer: Any) -> str:
    """The answer as the audit line keeps it: secret fields, such as a number shown, left out."""
    secret = {f.name for f in fields(answer) if f.metadata.get(KEEPS) == SECRET}
    return canonical({k: v for k, v in plain(answer).items() if k not in secret})


def lifted(kind: type[Command[Any]], version: int, payload: Plain) -> Plain:
    """The payload of an older version as the present one reads it."""
    while version < kind.edition:
        payload = kind.lifts[version](payload)
        version += 1
    return payload


def _plain_container(value: object) -> Any:
    if isinstance(value, Mapping):
        return {plain(k): plain(v) for k, v in value.items() if v is not None}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, frozenset | set):
        return sorted(plain(item) for item in value)
    raise ValueRefused(why="not-encodable", kind=type(value).__name__)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {f.name: hints[f.name] for f in fields(kind)}


def _build(kind: Any, data: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _build_union(kind, data)
    if origin is tuple:
        return _build_tuple(get_args(kind), data)
    if origin is not None:
        return _build_container(origin, get_args(kind), data)
    if isinstance(kind, type) and is_dataclass(kind):
        return _build_dataclass(kind, data)
    return _build_scalar(kind, data)


def _build_tuple(items: tuple[Any, ...], data: Any) -> Any:
    if items[-1] is Ellipsis:
        return tuple(_build(items[0], one) for one in data)
    return tuple(_build(item, one) for item, one in zip(items, data, strict=True))


def _build_container(origin: Any, items: tuple[Any, ...], data: Any) -> Any:
    if origin is frozenset:
        return frozenset(_build(items[0], one) for one in data)
    return {_build(items[0], k): _build(items[1], v) for k, v in data.items()}


def _build_union(kind: Any, data: Any) -> Any:
    if data is None:
        return None
    members = [arg for arg in get_args(kind) if arg is not NoneType]
    return _build(members[0], data)


def _build_dataclass(kind: Any, data: Any) -> Any:
    hints = _hints(kind)
    unknown = set(data) - set(hints)
    if unknown:
        raise ValueRefused(why="unknown-key", key=sorted(unknown)[0], kind=kind.__name__)
    values = {name: _build(hint, data[name]) for name, hint in hints.items() if name in data}
    for name, hint in hints.items():
        if name not in data and NoneType in get_args(hint):
            values[name] = None
    return kind(**values)


def _build_scalar(kind: Any, data: Any) -> Any:
    if kind is datetime:
        return datetime.fromisoformat(data)
    if kind is date:
        return date.fromisoformat(data)
    if kind is Fraction:
        return Fraction(data)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    return data
