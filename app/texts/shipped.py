"""Names that the program ships: products to begin with and their charges, in other languages."""

from __future__ import annotations

from app.texts import N_, Language

NAMES = (
    N_("Group loan, weekly"),
    N_("Group loan, fortnightly"),
    N_("Individual loan, monthly"),
    N_("Flat rate, monthly"),
    N_("Processing fee"),
    N_("Insurance"),
    N_("Valuation"),
    N_("Other charge"),
)


def in_language(name: str, language: Language) -> str:
    """A shipped name in the language; one that the lender chose stays as it is."""
    return language.gettext(name) if name in NAMES else name
