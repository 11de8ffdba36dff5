"""Sixty receipts and the other journeys, with their keys, milliseconds and the window's gaps.

Run it as `python -m tests.journeys.sixty`.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tests.journeys.seat import MANY_RECEIPTS, SAYS

LATE = "ignore::pytest.PytestAssertRewriteWarning"  # the names come from where Qt is known

if __name__ == "__main__":
    os.environ.setdefault(MANY_RECEIPTS, "60")
    os.environ[SAYS] = "1"
    found = [
        str(Path(__file__).parent / f"test_{name}.py")
        for name in ("cashier", "meeting", "silent_week", "month")
    ]
    sys.exit(pytest.main(["-q", "-s", "-p", "no:cacheprovider", "-W", LATE, *found]))
