"""Every module with handlers, imported once so that the registry is full."""

from __future__ import annotations

from app.services.registry import REGISTRY

__all__ = ["REGISTRY"]
