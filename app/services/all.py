"""Every module with handlers, imported once so that the registry is full."""

from __future__ import annotations

from app.services import (
    branch,
    charges,
    days,
    disbursing,
    foreclosure,
    notes,
    products,
    promises,
    receipts,
    reversals,
    sign_in,
    users,
    visits,
    waivers,
)
from app.services.registry import REGISTRY

__all__ = [
    "REGISTRY",
    "branch",
    "charges",
    "days",
    "disbursing",
    "foreclosure",
    "notes",
    "products",
    "promises",
    "receipts",
    "reversals",
    "sign_in",
    "users",
    "visits",
    "waivers",
]
