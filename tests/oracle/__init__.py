"""An independent calculator of loans in exact rationals, and its agreement with the engine."""

from __future__ import annotations
