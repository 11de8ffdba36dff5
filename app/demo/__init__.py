"""The demonstration branch: a life lived through the same gate, from a seed."""

from __future__ import annotations

from app.demo.living import live
from app.demo.stage import Lived, MovingClock, Plan, Stage

__all__ = ["Lived", "MovingClock", "Plan", "Stage", "live"]
