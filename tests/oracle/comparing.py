"""One case put to both calculators, and where the answers part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from app.domain.calculation import calculation_of, result_of
from app.domain.errors import KistError
from tests.oracle.documents import Document
from tests.oracle.model import answer
from tests.oracle.model_terms import Refused


@dataclass(frozen=True, slots=True)
class Verdict:
    """What both said of a document: refused by both, or the places where they differ."""

    refused: bool
    differences: tuple[tuple[str, Any, Any], ...]


def compared(document: Document) -> Verdict:
    """Put a document to the engine and to the oracle; one that breaks differs, the run goes on."""
    try:
        engine, why = engine_of(document)
        oracle, reason = oracle_of(document)
    except Exception as broken:  # noqa: BLE001 - whatever it is, it is to be looked at
        return Verdict(False, (("broken", repr(broken), ""),))
    if engine is None or oracle is None:
        if engine is oracle:
            return Verdict(True, ())
        return Verdict(False, (("refused", why, reason),))
    return Verdict(False, tuple(differences(engine, oracle)))


def engine_of(document: Document) -> tuple[Any, str]:
    """The engine's answer, or why it refuses."""
    try:
        return result_of(calculation_of(document)), "answers"
    except KistError as error:
        return None, f"{error.code}: {error.params}"


def oracle_of(document: Document) -> tuple[Any, str]:
    """The oracle's answer, or why it refuses."""
    try:
        return answer(document), "answers"
    except Refused as error:
        return None, str(error)


def differences(engine: Any, oracle: Any, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Every place where two answers part."""
    if isinstance(engine, dict) and isinstance(oracle, dict):
        for key in {**engine, **oracle}:
            yield from differences(engine.get(key), oracle.get(key), f"{path}.{key}")
    elif isinstance(engine, list) and isinstance(oracle, list) and len(engine) == len(oracle):
        for at, (one, other) in enumerate(zip(engine, oracle, strict=True)):
            yield from differences(one, other, f"{path}[{at}]")
    elif engine != oracle:
        yield path, engine, oracle
