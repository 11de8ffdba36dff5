"""Published figures, kept as files beside the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.domain.calculation import calculation_of, result_of

FOLDER = Path(__file__).parents[1] / "golden"


def golden(name: str) -> Any:
    """The content of a golden file."""
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def named(cases: list[dict[str, Any]]) -> list[str]:
    """What each case is called in a test report."""
    return [case["name"] for case in cases]


def result(document: object) -> dict[str, Any]:
    """What the engine answers to a calc document."""
    return result_of(calculation_of(document))
