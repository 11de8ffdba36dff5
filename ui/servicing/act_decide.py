"""Deciding on an act on a loan that somebody asked a second person for."""

from __future__ import annotations

from ui.parts.decide import Asked, DecideDialog

__all__ = ["Asked", "DecideDialog"]
