"""The notes and coins of each currency that cash is counted by, and how they are called."""

from __future__ import annotations

import json
from functools import cache

from app.domain.counting import Piece, pieces_of
from app.paths import resources
from app.texts import SCREEN, Language
from app.texts.figures import amount


@cache
def pieces(currency: str) -> tuple[Piece, ...]:
    """The notes, then the coins of `currency`, the largest first, as shipped."""
    text = (resources() / "money" / "pieces.json").read_text("utf-8")
    return pieces_of(json.loads(text), currency)


def piece_name(minor: int, currency: str, *, coin: bool, language: Language = SCREEN) -> str:
    """What a piece is called: its worth, and that it is a coin."""
    _ = language.gettext
    worth = amount(minor, currency, trim=True)
    return _("{worth} coin").format(worth=worth) if coin else worth
