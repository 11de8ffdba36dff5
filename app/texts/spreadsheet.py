"""Text that a spreadsheet shows as it is: nothing in it is taken for a formula."""

from __future__ import annotations

import unicodedata

# Signs that make a formula of a cell in Excel, LibreOffice and Google Sheets, wide forms too.
_RUNS = tuple("=+-@\t\r\uff1d\uff0b\uff0d\uff20|%")


def guarded(kept: str, typed: str) -> str:
    """`kept`, with an apostrophe before it where it or what was `typed` would run."""
    first = typed.lstrip(" \n\xa0")[:1] or " "
    return f"'{kept}" if kept.startswith(_RUNS) or first in _RUNS else kept


def harmless(text: str) -> str:
    """`text` on one line without controls, guarded."""
    shown = (" " if sign.isspace() else sign for sign in text)
    kept = "".join(sign for sign in shown if unicodedata.category(sign) != "Cc")
    return guarded(" ".join(kept.split()), text)
