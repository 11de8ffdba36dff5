"""Keys that lists and fields know by themselves, on every screen."""

from __future__ import annotations

from collections.abc import Sequence

from app.texts import _

Pairs = Sequence[tuple[str, str]]  # keys and what they do


def list_keys() -> Pairs:
    """In a list that has the focus."""
    return (
        ("↑", _("One row up")),
        ("↓", _("One row down")),
        ("Home", _("First row")),
        ("End", _("Last row")),
        ("Enter", _("Open the row")),
        ("Space", _("Choose the row, or not any more")),
        ("Shift+↓", _("Choose from here on")),
        ("Ctrl+A", _("Choose the whole list")),
        ("Ctrl+C", _("Copy what is chosen, else the row, as a table")),
    )


def field_keys() -> Pairs:
    """In a field of a form."""
    return (
        ("Enter", _("Next field; in the last one: done")),
        ("Tab", _("Next field or button")),
        ("Shift+Tab", _("The one before")),
        ("Ctrl+A", _("Accept the form")),
        ("Esc", _("Leave it as it was")),
        ("L", _("After an amount: lakh, as in 1.25 l; cr is crore")),
        ("+", _("Before a number in a date: so many days from today")),
    )
