"""What the engine reads of a fact besides its columns, as canonical JSON and back."""

from __future__ import annotations

import json
from datetime import date
from typing import Any, NamedTuple

from app.commands.codec import encode
from app.domain.allocation import Head
from app.domain.events import Opening, OpeningLine, Replan


class Detail(NamedTuple):
    """The parts of a fact that few kinds have. `annual_rate` as in `Event`."""

    annual_rate: int | None = None
    replan: Replan | None = None
    opening: Opening | None = None


NOTHING = Detail()


def detail_of(detail: Detail) -> str | None:
    """The text to store; None where there is nothing to say."""
    said: dict[str, Any] = {}
    if detail.annual_rate is not None:
        said["annual_rate"] = detail.annual_rate
    if detail.replan is not None:
        said["replan"] = detail.replan._asdict()
    if detail.opening is not None:
        lines = [line._asdict() for line in detail.opening.lines]
        said["opening"] = {"lines": lines, "excess": detail.opening.excess}
    return encode(said) if said else None


def read_detail(text: str | None) -> Detail:
    """What was stored."""
    if text is None:
        return NOTHING
    said: dict[str, Any] = json.loads(text)
    replan, opening = said.get("replan"), said.get("opening")
    return Detail(
        said.get("annual_rate"),
        None if replan is None else _replan(replan),
        None if opening is None else _opening(opening),
    )


def _replan(said: dict[str, Any]) -> Replan:
    first = said.get("first_due_on")
    return Replan(
        said.get("instalments"),
        None if first is None else date.fromisoformat(first),
        tuple(Head(head) for head in said.get("capitalise", ())),
    )


def _opening(said: dict[str, Any]) -> Opening:
    lines = (
        OpeningLine(**{**line, "due_on": date.fromisoformat(line["due_on"])})
        for line in said["lines"]
    )
    return Opening(tuple(lines), said.get("excess", 0))
