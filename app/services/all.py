"""Every module with handlers, imported once so that the registry is full."""

from __future__ import annotations

from app.services import branch, notes, products, promises, sign_in, users, visits
from app.services.registry import REGISTRY

__all__ = ["REGISTRY", "branch", "notes", "products", "promises", "sign_in", "users", "visits"]
